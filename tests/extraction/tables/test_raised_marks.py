"""Raised marks beside figures."""

from __future__ import annotations

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.tables.raised_marks import without_raised_marks
from tests.helpers.drawn import text


def kept(chars: list[Char]) -> tuple[str, bool, bool]:
    found = without_raised_marks(chars)
    return "".join(char.text for char in found.chars), found.has_marks, bool(found.problem)


def test_a_small_raised_or_lowered_digit_beside_a_figure_is_a_mark() -> None:
    figure = text("150.00", 100, 114)
    for mark in ("1", "12", "(1)", "注"):
        assert kept([*text(mark, 131, 110, size=5), *figure]) == ("150.00", True, False)
    assert kept([*text("1", 96, 110, size=5), *figure]) == ("150.00", True, False)
    assert kept([*text("2", 131, 116, size=5), *figure]) == ("150.00", True, False)


def test_figures_of_one_size_are_as_they_were() -> None:
    figure = text("150.00", 100, 114)
    assert without_raised_marks(figure).chars is figure


def test_a_small_line_above_or_below_is_no_mark() -> None:
    figure = text("150.00", 100, 114)
    for baseline in (104, 122):
        chars = [*figure, *text("90.00", 100, baseline, size=6)]
        assert kept(chars) == ("150.0090.00", False, False)


def test_small_digits_that_may_be_part_of_the_figure_make_it_unreadable() -> None:
    assert kept([*text("1,234.", 100, 114), *text("56", 130, 110, size=5)])[2]
    assert kept([*text("150.00", 100, 114), *text("1", 131, 114, size=5)])[2]
    assert kept([*text("15", 100, 114), *text("2", 110, 110, size=5), *text("0.00", 113, 114)])[2]


def test_names_keep_their_characters() -> None:
    chars = [*text("项目12", 100, 114), *text("1", 131, 110, size=5)]
    assert without_raised_marks(chars).chars is chars
