"""Lines of figures in one cell."""

from __future__ import annotations

import pytest

from budgetkit.extraction.pdf.lines import read_lines
from budgetkit.extraction.tables.broken_figures import (
    are_figure_lines,
    is_broken,
    stand_side_by_side,
    usual_decimals,
)
from budgetkit.geometry import Box
from tests.helpers.drawn import text, width_of


def joined(*texts: str, width: float = 80, decimals: int | None = 2) -> bool:
    """Whether lines, set at the right of a cell, are read as one figure."""
    box = Box(100, 100, 100 + width, 100 + 12 * len(texts) + 4)
    chars = [
        char
        for i, line in enumerate(texts)
        for char in text(line, box.x1 - 2 - width_of(line), 112 + 12 * i)
    ]
    lines = read_lines(chars)
    return are_figure_lines(lines) and is_broken(lines, box, decimals)


@pytest.mark.parametrize(
    "texts",
    [("14,348,85", "3.34"), ("1,234.", "56"), ("150.0", "0"), ("1500", "000"), ("-1,234", ".50")],
)
def test_a_figure_goes_on_where_its_parts_say_so(texts: tuple[str, ...]) -> None:
    assert joined(*texts)


@pytest.mark.parametrize(
    "texts",
    [("3", "12"), ("150", "100.00"), ("100.00", "150"), ("150.00", "90.00"), ("12,345", "9,800"),
     ("150.5", "3.25"), ("-", "150.00")],
)  # fmt: skip
def test_figures_below_each_other_are_never_joined(texts: tuple[str, ...]) -> None:
    assert not joined(*texts)
    assert not joined(*texts, decimals=None)


def test_a_line_that_fills_its_cell_goes_on() -> None:
    assert joined("1234567", "89", width=40)
    assert not joined("1234567", "89", width=60)
    assert not joined("12345", "1234567", width=40)


def test_lines_with_words_are_no_figures() -> None:
    assert not joined("150.00", "（上年90.00）")


def test_usual_decimals_are_those_of_nearly_all_amounts() -> None:
    assert usual_decimals(["1.00", "2.00", "3.00", "类", "206"]) == 2
    assert usual_decimals(["1.00", "2.5", "3.00", "4.123"]) is None


def test_a_gap_as_between_columns_makes_two_figures() -> None:
    (line,) = read_lines([*text("12", 100, 114), *text("345.67", 140, 114)])
    assert stand_side_by_side(line)
    (line,) = read_lines([*text("12", 100, 114), *text("345.67", 113, 114)])
    assert not stand_side_by_side(line)
    spread = [char for i, word in enumerate("150.00") for char in text(word, 100 + 16 * i, 114)]
    (line,) = read_lines(spread)
    assert not stand_side_by_side(line)
