"""Head counts and the cost of a person in post."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from budgetkit.disclosure import DisclosureRows, select
from budgetkit.summary.people import Staff, profile, staff
from budgetkit.summary.summarize import summarize
from tests.helpers.truth import NAMES, amount, read, truth


def disclosure_of(dataset: Path, name: str) -> DisclosureRows:
    told = truth(name)
    return select(read(dataset), told["department"], told["scope"], told["year"])


@pytest.mark.parametrize("name", NAMES)
def test_cost_per_head_is_wages_by_people_in_post(sample_dataset: Path, name: str) -> None:
    disclosure = disclosure_of(sample_dataset, name)
    people, cost = staff(disclosure), summarize(disclosure).per_head
    active = truth(name)["staff"].get("active")
    if not active:
        assert cost is None
        return
    assert people.counts["active"] == active
    wages = amount(name, "basic_expenditure", "total", code="301")
    assert wages is not None
    assert cost is not None
    assert cost.wages.amount == pytest.approx(wages / active)
    assert cost.wages.fact_ids


def test_what_shi_you_counts_is_said_where_it_follows() -> None:
    seed = Staff({"authorized": 27, "total": 44, "active": 25, "retired": 19}, {}, 7, None)
    assert seed.counted_in_total == ("active", "retired")
    assert Staff({"total": 44, "active": 25, "retired": 10}, {}, None, None).counted_in_total == ()
    assert Staff({"total": 25, "active": 25, "retired": 3}, {}, None, None).counted_in_total == (
        "active",
    )


def test_functions_and_offices_are_those_of_the_truth(sample_dataset: Path) -> None:
    told = truth("yunting-jyj-2025")
    found = profile(disclosure_of(sample_dataset, "yunting-jyj-2025"))
    assert len(found.functions) == len(told["functions"])
    assert list(found.offices) == told["offices"]


def test_no_cost_per_head_without_people(sample_dataset: Path) -> None:
    summary = summarize(disclosure_of(sample_dataset, "yunting-jyj-2025"))
    assert summary.per_head is not None
    for counts in ({}, {"active": 0}):
        assert replace(summary, people=Staff(counts, {}, None, None)).per_head is None
