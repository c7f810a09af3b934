"""Findings by their cause, in the order of what they move."""

from __future__ import annotations

from typing import Any

from budgetkit.storage.findings import by_cause, money_moved


def row(cause: str, difference: float | None, **fields: Any) -> dict[str, Any]:
    given = {
        "cause": cause,
        "certain": True,
        "kind": "arithmetic",
        "measure": "total",
        "weight": 80,
    }
    return given | {"difference": difference} | fields


def test_certain_ones_come_first_then_money_then_words() -> None:
    words = row("words", None, kind="text", weight=10)
    rows = [row("look", 900.0, certain=False), words, row("small", 2.0), row("large", -50.0)]
    assert [group[0]["cause"] for group in by_cause(rows)] == ["large", "small", "words", "look"]


def test_a_cause_is_one_group_and_begins_with_what_weighs_most() -> None:
    light, heavy = row("a", 3.0, kind="narrative", weight=60), row("a", 3.0, weight=95)
    assert by_cause([light, row("b", 1.0), heavy]) == [[heavy, light], [row("b", 1.0)]]


def test_a_percent_and_a_head_count_move_no_money() -> None:
    assert money_moved(row("a", 5.0, measure="share_pct")) == 0
    assert money_moved(row("a", 5.0, kind="staffing")) == 0
    assert money_moved(row("a", float("nan"))) == 0
    assert money_moved(row("a", -5.0)) == 5


def test_findings_without_a_cause_stay_alone() -> None:
    assert len(by_cause([row("", 1.0), row("", 1.0)])) == 2
