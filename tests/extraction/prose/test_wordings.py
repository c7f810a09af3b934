"""Parsers of amounts and counts in prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.wordings import count, folded, in_wan
from tests.helpers.prose import in_chinese


@pytest.mark.parametrize("number", range(1, 100))
def test_chinese_numerals_below_a_hundred_are_counts(number: int) -> None:
    assert count(in_chinese(number)) == number


@given(st.integers(min_value=0, max_value=999_999_999))
def test_digits_are_counts(number: int) -> None:
    assert count(str(number)) == number


@given(st.text(max_size=6))
def test_any_text_is_a_count_or_none(text: str) -> None:
    number = count(text)
    assert number is None or number >= 0


@pytest.mark.parametrize("text", ["", "二三", "若干", "1.5", "一百"])
def test_what_is_no_count_is_none(text: str) -> None:
    assert count(text) is None


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_amounts_of_prose_are_wan(number: object) -> None:
    assert in_wan(f"{number:,}万元") == pytest.approx(float(str(number)))
    assert in_wan(f"{number}亿元") == pytest.approx(float(str(number)) * 10_000)


@given(st.text(max_size=30))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)
