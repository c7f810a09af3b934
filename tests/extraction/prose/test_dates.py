"""Dates and periods in prose."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.dates import iso_dates, read_period
from tests.helpers.prose import ONES, in_chinese


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


@given(st.dates())
def test_only_days_of_this_century_are_dates(day: date) -> None:
    found = iso_dates(f"{day.year}年{day.month}月{day.day}日")
    assert found == ([str(day)] if 2000 <= day.year <= 2099 else [])


@pytest.mark.parametrize("text", ["2025年13月1日", "2025年2月30日", "2025年", "1234.56"])
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert iso_dates(text) == []


def test_a_month_ends_on_its_last_day() -> None:
    assert iso_dates("2024年2月", last=True) == ["2024-02-29"]
    assert iso_dates("2024年2月") == ["2024-02-01"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年1月1日至2025年12月31日", ("2025-01-01", "2025-12-31")),
        ("2025年3月-2026年2月", ("2025-03-01", "2026-02-28")),
        ("2025年度全年", ("2025-01-01", "2025-12-31")),
        ("2025年1-12月", ("2025-01-01", "2025-12-31")),
        ("2025年12月31日至2025年1月1日", (None, None)),
        ("长期", (None, None)),
    ],
)
def test_periods(text: str, expected: tuple[str | None, str | None]) -> None:
    assert read_period(text) == expected
