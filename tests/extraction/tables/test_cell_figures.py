"""What the text of a cell is: a figure, unreadable, or no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.tables.cell_figures import CellFigure, Unreadable, read_figure
from budgetkit.numerals import fold_digits

words = st.text(
    "0123456789.,-−()（）[]¥￥元万%*＊约+'\"①²³½ OlI#/~年人上 \ufffd\ue001", max_size=14
)


@given(words)
def test_a_figure_is_a_part_of_its_text(text: str) -> None:
    found = read_figure(text)
    if isinstance(found, CellFigure):
        assert found.printed in "".join(fold_digits(text).split())
        plain = "".join(char for char in f"{found.value:f}" if char.isdigit())
        shown = "".join(char for char in found.printed if char.isdigit())
        assert plain.lstrip("0") == shown.lstrip("0")


@given(st.text(max_size=12))
def test_any_text_is_one_of_three(text: str) -> None:
    found = read_figure(text)
    assert found is None or isinstance(found, CellFigure | Unreadable)


@pytest.mark.parametrize(
    "text",
    [
        "150.00", "¥150.00", "￥ 150.00", "RMB150.00", "150.00²", "150.00①", "①150.00", "150.00*",
        "150.00＊", "150.00[1]", "150.00〔2〕", "150.00（注1）", "150.00注", "'150.00", "“150.00”",
        "约150.00", "+150.00", "150.00。", "150.00(含结转)", "1５０.００",
    ],
)  # fmt: skip
def test_what_stands_around_a_figure_is_no_part_of_it(text: str) -> None:
    found = read_figure(text)
    assert isinstance(found, CellFigure)
    assert (f"{found.value:f}", found.unit, found.note) == ("150.00", "", "")


@pytest.mark.parametrize(
    ("text", "unit"),
    [("150.00元", "元"), ("150.00 万元", "万元"), ("150万", "万元"), ("¥1.5亿元", "亿元"),
     ("150.00(万元)", "万元"), ("1500元整", "元")],
)  # fmt: skip
def test_a_unit_behind_a_figure_is_told(text: str, unit: str) -> None:
    found = read_figure(text)
    assert isinstance(found, CellFigure)
    assert found.unit == unit


def test_a_note_with_a_number_of_its_own_is_told() -> None:
    found = read_figure("150.00（上年90.00）")
    assert isinstance(found, CellFigure)
    assert (found.printed, found.note) == ("150.00", "(上年90.00)")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("#####", "too narrow"), ("#REF!", "formula"), ("#DIV/0!", "formula"),
        ("15O.00", "letters"), ("1OO.OO", "letters"),
        ("l50.00", "letters"), ("一5.00", "letters"), ("150.00/5.00", "more than one"),
        ("12 5", "more than one"), ("100-200", "more than one"), ("$5.00", "currency"),
        ("5.00美元", "currency"), ("1.5E+05", "power"), ("1\ufffd4.56", "without a name"),
        ("\ufffd\ufffd", "without a name"), ("\ue001\ue002.\ue003", "without a name"),
        ("..", "one number"),
        ("1,23", "one number"), ("150½", "one number"), ("≤5.00", "one number"),
        ("⁵0.00", "one number"), ("50.", "one number"),
        ("150.00(1)", "one number"), ("150.00余", "words"), ("5.00（减少）", "words"),
        ("150.00元万元", "one number"),
    ],
)  # fmt: skip
def test_what_looks_like_a_number_and_is_unreadable_says_why(text: str, reason: str) -> None:
    found = read_figure(text)
    assert isinstance(found, Unreadable)
    assert reason in found.reason


@pytest.mark.parametrize("text", ["234.五6", "234.б6", "1,2□4.56", "50¸00", "1٫234.56"])
def test_one_odd_character_among_digits_makes_a_text_unreadable(text: str) -> None:
    assert isinstance(read_figure(text), Unreadable)


@pytest.mark.parametrize("text", ["1.5T磁共振", "3年", "第2批", "2号楼"])
def test_words_with_digits_are_no_figures(text: str) -> None:
    assert not isinstance(read_figure(text), CellFigure)


def test_a_percent_is_told_from_other_unreadable_texts() -> None:
    found = read_figure("-5.00％")
    assert isinstance(found, Unreadable)
    assert found.is_percent


@pytest.mark.parametrize(
    "text",
    ["", "-", "—", "/", "科学技术支出", "9、资本", "12人", "3辆", "2025年", "2026-03-12", "(1)",
     "[2010301]", "3=1+2", "0210-后勤", "A20103", "\ue001务", "12、"],
)  # fmt: skip
def test_names_codes_counts_and_dates_do_not_look_like_figures(text: str) -> None:
    assert read_figure(text) is None
