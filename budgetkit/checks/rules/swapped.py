"""Columns that stand in each other's place: basic and project expenditure, swapped in one table.

Every sum within such a table holds.  What tells are the tables beside it, where the amounts of the
two columns stand the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from budgetkit.checks.case import Case
from budgetkit.checks.finding import Checks, Finding, about_figure, found_or_none
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import FAIL, PrintedFigure

BASIC, PROJECT = "basic", "project"
#: Tables that print both columns.
TABLES = ("expenditure", "general_expenditure", "appropriation_expenditure")
#: Tables whose total is one of the columns of these.
_ALONE = (
    ("basic_expenditure", BASIC),
    ("appropriation_basic", BASIC),
    ("project_expenditure", PROJECT),
)
#: Digits of an amount that is not met by chance.
DIGITS = 4
#: So many amounts that stand the other way round are certain.
CERTAIN = 2

#: A code's two figures in one table.
_Pair = tuple[PrintedFigure, PrintedFigure]


def _pairs(case: Case, table: str) -> dict[str, _Pair]:
    """Return the two figures of each code of a table, where both can be told apart."""
    found = {}
    columns = [case.by_place.get((table, "", measure), {}) for measure in (BASIC, PROJECT)]
    for code in columns[0].keys() & columns[1].keys():
        basic, project = (column[code] for column in columns)
        if len(basic) != 1 or len(project) != 1 or basic[0].amount == project[0].amount:
            continue
        if all(len(str(one[0].amount).replace(".", "")) >= DIGITS for one in (basic, project)):
            found[code] = basic[0], project[0]
    return {code: pair for code, pair in found.items() if pair[0].amount and pair[1].amount}


def _votes(one: dict[str, _Pair], other: dict[str, _Pair]) -> tuple[int, int]:
    """Count the codes whose two amounts are the same in two tables, and those that are swapped."""
    same = swapped = 0
    for code in one.keys() & other.keys():
        amounts, others = ([figure.amount for figure in pair[code]] for pair in (one, other))
        same += amounts[0] == others[0] or amounts[1] == others[1]
        swapped += amounts == others[::-1]
    return same, swapped


def swapped(case: Case) -> Sequence[Finding]:
    """Find tables whose basic and project expenditure stand in each other's column."""
    pairs = {table: rows for table in TABLES if (rows := _pairs(case, table))}
    same, other_way = dict.fromkeys(pairs, 0), dict.fromkeys(pairs, 0)
    witness: dict[str, str] = {}
    for one, other in combinations(pairs, 2):
        agree, differ = _votes(pairs[one], pairs[other])
        for table, beside in ((one, other), (other, one)):
            same[table] += agree
            other_way[table] += differ
            if differ:
                witness.setdefault(table, beside)
    for table, alone, agree, differ in _totals(case, pairs):
        same[table] += agree
        other_way[table] += differ
        if differ:
            witness[table] = alone
    accused = [table for table in pairs if other_way[table] and not same[table]]
    found = []
    for table in accused:
        beside = witness[table]
        if beside in accused and accused.index(beside) < accused.index(table):
            continue  # one of the two: said once
        is_certain = other_way[table] >= CERTAIN and beside not in accused
        found.append(_finding(case, pairs[table], beside, is_certain))
    return found_or_none(case, found, "columns-swapped")


def _totals(case: Case, pairs: dict[str, dict[str, _Pair]]) -> Iterator[tuple[str, str, int, int]]:
    """Compare the totals of both columns with tables that print one of them alone."""
    for alone, measure in _ALONE:
        total = case.figure(alone, "", "total", "total")
        for table, found in pairs.items():
            if total is None or "total" not in found:
                continue
            basic, project = (figure.amount for figure in found["total"])
            own, other = (basic, project) if measure == BASIC else (project, basic)
            yield table, alone, total.amount == own, total.amount == other


def _finding(case: Case, pairs: dict[str, _Pair], beside: str, is_certain: bool) -> Finding:
    basic, project = pairs.get("total") or next(iter(pairs.values()))
    words = {"beside": name_of("table", beside), "title": name_of("table", basic.table)}
    finding = about_figure(basic, FAIL, "columns-swapped", words)
    return finding._replace(
        found=project.amount,
        certain=is_certain,
        other_fact_id=project.fact_id,
        other_place=project.place,
        other_document=project.document,
        # Rows with one of the two amounts are swapped as well.
        facts=tuple(
            figure.fact_id
            for measure in (BASIC, PROJECT)
            for figures in case.by_place[basic.table, "", measure].values()
            for figure in figures
        ),
    )


CHECKS: Checks = {"columns-swapped": swapped}
