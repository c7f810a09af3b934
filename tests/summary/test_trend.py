"""Headline figures over the years."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from budgetkit.storage.figures import Figure
from budgetkit.summary.trend import AMOUNTS, trend_lines


def year(active: int | None, **amounts: float) -> Any:
    money = {key: Figure(amounts[key]) if key in amounts else None for key in AMOUNTS}
    head_count = Figure(active) if active is not None else None
    return SimpleNamespace(
        money=SimpleNamespace(**money), people=SimpleNamespace(figure=lambda _: head_count)
    )


def test_a_line_needs_two_years_and_keeps_its_gap() -> None:
    years = [
        year(5, expenditure=1.0, basic=2.0),
        year(None, expenditure=3.0),
        year(6, expenditure=4.0),
    ]
    total, people = trend_lines(years)
    assert total.key == "expenditure"
    assert [figure.amount for figure in total.figures if figure] == [1.0, 3.0, 4.0]
    assert people.is_people
    assert [figure and figure.amount for figure in people.figures] == [5, None, 6]
