"""Figures that two disclosures print of one year, table against table.

A budget prints last year's figures beside its own, a final account the budget that it is of, and
the carry-over at the beginning of a year is that of the end of the one before.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from budgetkit.checks.addresses import Sum, codes_of, columns_of, figures_in, parse
from budgetkit.checks.case import Case, Row
from budgetkit.checks.comparisons import compared
from budgetkit.checks.finding import Checks, Finding, skipped
from budgetkit.checks.messages import phrase
from budgetkit.checks.names import Wording, describe
from budgetkit.checks.printed import FAIL, PrintedFigure, compare_sides
from budgetkit.checks.printed_again import (
    ACCOUNT_STAGES,
    BUDGET_STAGES,
    Again,
    figures_by_place,
    findings,
    pairs,
)

_PREVIOUS = "previous_"


def title_of(case: Case) -> Wording:
    """Name a disclosure: the budget, or the final account, of its year."""
    return phrase(
        "title-of-account" if case.is_final_account else "title-of-budget", year=case.year
    )


def year_before(case: Case) -> Iterator[Finding]:
    """Compare the columns of last year with what was printed then."""
    rows = case.rows["facts"]
    if not any(row["measure"].startswith(_PREVIOUS) for row in rows):
        yield skipped(case, "skipped-no-previous")
        return
    budget = None if case.is_final_account else case.before
    account = case.before if case.is_final_account else case.account_before
    found: list[Finding] = []
    if budget is not None:
        again = _pairs(case, budget, ("budget", ""), BUDGET_STAGES)
        found += findings(case, budget, again, title_of(budget), (case.year, budget.year))
    if account is not None:
        again = _pairs(case, account, ("final",), ACCOUNT_STAGES)
        found += findings(case, account, again, title_of(account), (case.year, account.year))
        found += _of_executed(case, account)
    yield from found or [skipped(case, "skipped-no-common")]


def _pairs(
    case: Case, other: Case, stages: Iterable[str], first_stages: frozenset[str]
) -> list[Again]:
    """Figures of last year at some stages, each with the one that last year's disclosure prints."""
    stages = frozenset(stages)
    again = figures_by_place(
        case,
        lambda row: row["measure"].startswith(_PREVIOUS) and (row.get("stage") or "") in stages,
        _PREVIOUS,
    )
    tables = {place[0] for place in again}
    first = figures_by_place(
        other, lambda row: row["table"] in tables and (row.get("stage") or "") in first_stages
    )
    return pairs(again, first)


def _of_executed(case: Case, account: Case) -> Iterator[Finding]:
    """Skip what was expected to be spent: the final account came later."""
    found = _pairs(case, account, ("executed",), ACCOUNT_STAGES)
    if any(pair.differs for pair in found):
        yield skipped(case, "skipped-expected", {"other": title_of(account)}, found[0].again.table)


def budget_of_account(case: Case) -> Iterator[Finding]:
    """Compare the budget that a final account prints with the budget that was published."""
    budget = case.budget
    if budget is None:
        return
    tables = _tables_of_stages(case)
    again = figures_by_place(case, lambda row: row["table"] in tables and _is_budget(row))
    first = figures_by_place(budget, lambda row: row["table"] in tables and _is_budget(row))
    found = findings(case, budget, pairs(again, first), title_of(budget), (case.year, budget.year))
    yield from found or [skipped(case, "skipped-no-common")]


def _is_budget(row: Row) -> bool:
    return (row.get("stage") or "") in BUDGET_STAGES and not row["measure"].startswith(_PREVIOUS)


def _tables_of_stages(case: Case) -> frozenset[str]:
    """Tables of a final account that print more than one stage: the budget is one of them."""
    rows = case.rows["facts"]
    return frozenset(row["table"] for row in rows if row.get("stage") in ("final", "executed"))


class _Carried(NamedTuple):
    """A row of ``carried.csv``: the beginning of a year, and the end of the one before."""

    begins: tuple[Sum, ...]
    ends: tuple[Sum, ...]


@cache
def _carried() -> tuple[_Carried, ...]:
    text = (files("budgetkit.checks.rules") / "carried.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(_Carried(parse(row["begins"]), parse(row["ends"])) for row in rows)


def carried_over(case: Case) -> Iterator[Finding]:
    """Compare the carry-over at the beginning of a year with that at the end of the last one."""
    before = case.before if case.is_final_account else case.account_before
    if before is None:
        yield skipped(case, "skipped-no-account")
        return
    found = [finding for row in _carried() for finding in _carried_findings(case, before, row)]
    if not case.is_final_account and any(finding.status == FAIL for finding in found):
        # A budget is drawn up before the year is closed: what it carries over is an estimate.
        found = [finding for finding in found if finding.status != FAIL]
        found.append(skipped(case, "skipped-estimated", {"other": title_of(before)}))
    yield from found or [skipped(case, "skipped-no-common")]


def _carried_findings(case: Case, before: Case, row: _Carried) -> Iterator[Finding]:
    for begins in row.begins:
        for ends in row.ends:
            sides = list(_both(case, before, begins, ends))
            for now, then in sides:
                comparison = compare_sides([now], [then])
                words = {"figure": describe(now), "other": title_of(before)}
                yield compared(comparison, now, then, *words.values())._replace(
                    message="carried-over", words=words | {"end": describe(then)}
                )
            if sides:
                return


def _both(
    case: Case, before: Case, begins: Sum, ends: Sum
) -> Iterator[tuple[PrintedFigure, PrintedFigure]]:
    now, then = columns_of(case, begins), columns_of(before, ends)
    is_each = any(address.every for address in begins)
    codes: Sequence[str] = sorted(codes_of(now) & codes_of(then)) if is_each else [""]
    for code in codes:
        one, other = figures_in(now, code), figures_in(then, code)
        if len(one) == len(other) == 1:
            yield one[0], other[0]


CHECKS: Checks = {
    "year-before-table": year_before,
    "account-budget-table": budget_of_account,
    "carryover-year-before": carried_over,
}
