"""Parsers of amounts, counts and dates in prose."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.wordings import count, folded, in_wan, iso_dates

ONES = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{ONES[tens]}十"
    return head + (ONES[ones] if ones else "")


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


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_dates_are_read_in_every_form(day: date) -> None:
    year = "".join("〇" if digit == "0" else ONES[int(digit)] for digit in str(day.year))
    chinese = f"{year}年{in_chinese(day.month)}月{in_chinese(day.day)}日"
    for printed in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month:02d}.{day.day:02d}",
        f"{day.year}-{day.month}-{day.day}",
        chinese,
    ):
        assert iso_dates(printed) == [day.isoformat()], printed


@pytest.mark.parametrize("text", ["2025年13月1日", "2025年2月30日", "2025年", "1234.56"])
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert iso_dates(text) == []


def test_a_month_ends_on_its_last_day() -> None:
    assert iso_dates("2024年2月", last=True) == ["2024-02-29"]
    assert iso_dates("2024年2月") == ["2024-02-01"]


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_amounts_of_prose_are_wan(number: object) -> None:
    assert in_wan(f"{number:,}", "万元") == pytest.approx(float(str(number)))
    assert in_wan(f"{number}", "亿元") == pytest.approx(float(str(number)) * 10_000)


@given(st.text(max_size=30))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)
