"""Figures that two disclosures print of one year: tables, carry-over, the budget of an account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from budgetkit.checks.audit.catalogue import run_checks
from budgetkit.checks.case import Case
from budgetkit.checks.finding import Finding
from budgetkit.disclosure import DisclosureKey
from tests.helpers.cases import case, cases_in, fact, table
from tests.helpers.finals import THREE, Pair, typeset_pair


def judged(one: Case, check: str) -> list[Finding]:
    return [finding for found, finding in run_checks(one) if found.id == check]


def failed(one: Case, check: str) -> list[Finding]:
    return [finding for finding in judged(one, check) if finding.status == "fail"]


def account(year: int, facts: Iterable[dict[str, Any]], **others: Any) -> Case:
    """A final account."""
    name = f"account-{year}"
    rows = [{**row, "document": name, "fact_id": f"{name}:{row['fact_id']}"} for row in facts]
    tables = [table(of, document=name) for of in {row["table"] for row in rows}]
    made = case(year=year, facts=rows, tables=tables)
    (document,) = made.documents
    document |= {"document": name, "kind": "final_account", "department": "某局"}
    key = DisclosureKey("某局", "department", year, "final_account")
    return replace(made, key=key, documents=(document,), **others)


def ends(amount: str) -> dict[str, Any]:
    return fact("summary", "carryover_next_year", amount, section="expenditure", measure="amount")


def begins(amount: str) -> dict[str, Any]:
    return fact("summary", "carryover", amount, section="revenue", measure="amount")


@pytest.mark.parametrize(("amount", "found"), [("35.20", 0), ("35.80", 1)])
def test_a_year_begins_with_what_the_last_one_ended_with(amount: str, found: int) -> None:
    before = account(2023, [ends("35.20")])
    one = account(2024, [begins(amount)], before=before)
    assert len(failed(one, "carryover-year-before")) == found


def test_a_budget_estimates_its_carry_over() -> None:
    made = case(facts=[begins("35.80")], tables=[table("summary")])
    one = replace(made, account_before=account(2024, [ends("35.20")]))
    messages = [finding.message for finding in judged(one, "carryover-year-before")]
    assert messages == ["skipped-estimated"]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Case, ...]]:
    folder = tmp_path_factory.mktemp("pairs")
    same = typeset_pair(folder, Pair(department="云汀市水务局"))
    other = Pair(department="云汀市民政局", three_stated=("15.00", *THREE[1:]))
    differs = typeset_pair(folder, other, stem="civil")
    return {"same": cases_in(*map(Path, same)), "differs": cases_in(*map(Path, differs))}


def test_the_budget_in_a_final_account_is_the_published_one(
    pairs: dict[str, tuple[Case, ...]],
) -> None:
    (one,) = [one for one in pairs["same"] if one.is_final_account]
    assert {finding.status for finding in judged(one, "account-budget-table")} == {"pass"}


def test_another_budget_in_a_final_account_is_one_finding_to_look_at(
    pairs: dict[str, tuple[Case, ...]],
) -> None:
    (one,) = [one for one in pairs["differs"] if one.is_final_account]
    (finding,) = failed(one, "account-budget-table")
    assert (finding.table, finding.code) == ("three_public", "total")
    assert finding.quotes == ("15.00万元", "12.00万元")


def test_what_was_spent_may_differ_from_the_budget(pairs: dict[str, tuple[Case, ...]]) -> None:
    (one,) = [one for one in pairs["same"] if one.is_final_account]
    spent = {row["printed"] for row in one.rows["facts"] if row["stage"] == "final"}
    assert "9.60" in spent
    assert not failed(one, "account-budget-table")


def stated(**note: str) -> Case:
    """A final account that prints another budget, in a table with a note."""
    rows = [fact("three_public", "total", "12.00", stage="budget")]
    rows.append(fact("three_public", "total", "9", stage="final"))
    rows[1]["fact_id"] += ":final"
    budget = case(year=2024, facts=[fact("three_public", "total", "10.00", stage="budget")])
    one = account(2024, rows, budget=budget)
    one.rows["tables"][0].update(note)
    return one


def test_an_adjusted_budget_may_be_another() -> None:
    assert len(failed(stated(), "account-budget-table")) == 1
    one = stated(note="预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数。")
    assert [f.message for f in judged(one, "account-budget-table")] == ["skipped-adjusted"]


def test_what_was_expected_to_be_spent_is_not_held_against_the_account() -> None:
    now = fact("expenditure", "total", "90.00", measure="previous_total", stage="executed")
    made = case(facts=[now], tables=[table("expenditure")])
    spent = fact("expenditure", "total", "88.00", stage="final")
    one = replace(made, account_before=account(2024, [spent]))
    assert {finding.status for finding in judged(one, "year-before-table")} == {"skipped"}


def test_last_years_account_is_held_against_an_account() -> None:
    now = fact("expenditure", "total", "90.00", measure="previous_total", stage="final")
    before = account(2023, [fact("expenditure", "total", "88.00", stage="final")])
    assert len(failed(account(2024, [now], before=before), "year-before-table")) == 1
