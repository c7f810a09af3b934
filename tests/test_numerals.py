"""Numerals as they are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.numerals import MINUS, fold_digits, read_numeral

numbers = st.decimals(min_value=0, max_value=10**10, places=2)
#: What stands in figures, and what may slip between them.
printed = st.text("0123456789.,，'’、;:· 。-−–()（）Ol²①¥元%０５．　", max_size=14)


def digits(text: str) -> str:
    return "".join(char for char in fold_digits(text) if char in "0123456789").lstrip("0")


@given(printed)
def test_the_digits_of_a_numeral_are_those_printed_in_their_order(text: str) -> None:
    found = read_numeral(text)
    assert found is None or digits(f"{found.value:f}") == digits(text)


@given(numbers, st.sampled_from(MINUS))
def test_every_sign_of_a_minus_is_one(number: Decimal, sign: str) -> None:
    for text in (f"{sign}{number:,.2f}", f"{sign} {number:.2f}", f"{number:,.2f}{sign}"):
        found = read_numeral(text)
        assert found is not None
        assert found.value == -number


@given(numbers, st.sampled_from("'’`´、;:· "))
def test_unusual_separators_are_believed_by_their_groups(number: Decimal, comma: str) -> None:
    found = read_numeral(f"{number:,.2f}".replace(",", comma))
    assert found is not None
    assert found.value == number
    assert found.repaired is (number >= 1000)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_spread_digits_are_one_figure(number: Decimal) -> None:
    found = read_numeral("　".join(f"{number:,.2f}"))
    assert found is not None
    assert (found.value, found.repaired) == (number, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("（200.00）", "-200.00"),
        ("１，２３４．５０", "1234.50"),
        ("2, 776. 75", "2776.75"),
        ("1,234。56", "1234.56"),
        ("150·00", "150.00"),
        ("1.234,56", "1234.56"),
        ("1 234 567", "1234567"),
    ],
)
def test_what_is_one_numeral(text: str, value: str) -> None:
    found = read_numeral(text)
    assert found is not None
    assert str(found.value) == value


@pytest.mark.parametrize(
    "text",
    [
        "12 5", "12 345", "1 5.0", "1 2 3", "150.00 5.00", "150.00 -", "1:234", "3:2", "1、234",
        "1·234", "1.234.56", "1234,567.00", "150.00²", "150.00①", "15½", "150.00.", "(3)", "--5",
        "15O.00", "150.00元", "5%", "", "-",
    ],
)  # fmt: skip
def test_what_is_no_numeral_or_may_be_two(text: str) -> None:
    assert read_numeral(text) is None
