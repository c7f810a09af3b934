"""Columns that stand in each other's place: basic and project, personnel and operating expenditure.

Every sum within such a table holds.  What tells basic from project expenditure are the tables
beside it, where the two amounts stand the other way round; wages and pensions (301, 303) are
personnel expenditure, goods and services (302, 310) operating expenditure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from budgetkit.checks.case import Case
from budgetkit.checks.finding import Checks, Finding, Words, about_figure, found_or_none
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import FAIL, PrintedFigure

BASIC, PROJECT = "basic", "project"
PERSONNEL, OPERATING = "personnel", "operating"
#: Economic classes by the column that they belong to, and tables that print both columns.
_CLASSES = {"301": PERSONNEL, "303": PERSONNEL, "302": OPERATING, "310": OPERATING}
BY_CLASS = ("basic_expenditure", "appropriation_basic")
#: So many rows in the other column, of both kinds and with none in its own, were exchanged.
EXCHANGED = 3
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
        found.append(_finding(case, pairs[table], beside))
    found += filter(None, (_by_class(case, table) for table in BY_CLASS))
    return found_or_none(case, found, "columns-swapped")


def _by_class(case: Case, table: str) -> Finding | None:
    """Find personnel and operating expenditure in each other's column, by the class of each row."""
    columns = {m: case.by_place.get((table, "", m), {}) for m in (PERSONNEL, OPERATING)}
    rows: dict[bool, list[str]] = {True: [], False: []}
    for code in columns[PERSONNEL].keys() | columns[OPERATING].keys():
        own = _CLASSES.get(code[:3])
        filled = [m for m, column in columns.items() if any(f.amount for f in column.get(code, ()))]
        if own and len(filled) == 1:
            rows[filled == [own]].append(code)
    kinds = {_CLASSES[code[:3]] for code in rows[False]}
    if rows[True] or len(kinds) < len(columns) or len(rows[False]) < EXCHANGED:
        return None
    personnel, operating = (
        column.get("total") or column[min(column)] for column in columns.values()
    )
    words = {"title": name_of("table", table)}
    return _exchanged(case, (personnel[0], operating[0]), "classes-swapped", words)


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


def _finding(case: Case, pairs: dict[str, _Pair], beside: str) -> Finding:
    basic, project = pairs.get("total") or next(iter(pairs.values()))
    words = {"beside": name_of("table", beside), "title": name_of("table", basic.table)}
    return _exchanged(case, (basic, project), "columns-swapped", words)


def _exchanged(case: Case, pair: _Pair, message: str, words: Words) -> Finding:
    """A finding about two columns, at a figure of each; a person should look."""
    one, other = pair
    return about_figure(one, FAIL, message, words)._replace(
        found=other.amount,
        certain=False,
        other_fact_id=other.fact_id,
        other_place=other.place,
        other_document=other.document,
        # Rows with one of the two amounts are swapped as well.
        facts=tuple(
            figure.fact_id
            for measure in (one.measure, other.measure)
            for figures in case.by_place[one.table, "", measure].values()
            for figure in figures
        ),
    )


CHECKS: Checks = {"columns-swapped": swapped}
