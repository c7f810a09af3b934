"""Projects that a table of projects leaves out, by its own total and its own classes.

Rows of projects without a code may contain each other, so that they may add up to more than their
total and prove nothing; where they add up to less, a row is missing.  In a table that goes down to
its projects a class with money and no row below it has lost its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from budgetkit.checks.case import Case
from budgetkit.checks.finding import Checks, Finding, about_figure
from budgetkit.checks.printed import FAIL, PASS, PrintedFigure, compare_sum, single_figure
from budgetkit.own_facts import WHOLES

TABLES = ("project_expenditure", "carryover")
#: Digits of a class that has others below it.
CLASS = (3, 5)
#: So many classes with rows show that the table prints the rows of every class.
WITH_ROWS = 2


def rows_complete(case: Case) -> Iterator[Finding]:
    """Find totals and classes of tables of projects that the rows below them do not fill."""
    for (table, section, measure), column in case.by_place.items():
        if table in TABLES:
            yield from _of_total(case, column)
            if measure == "total" and not section:
                yield from _of_classes(case, column)


def _of_total(case: Case, column: dict[str, list[PrintedFigure]]) -> Iterator[Finding]:
    """Compare a total with the projects that have no code, where it is the department's own."""
    rows = [figure for figure in column.get("", ()) if figure.fact_id in case.projects_of]
    whole = single_figure(column.get("total", []))
    others = [code for code in column if code and not code.isdigit() and code not in WHOLES]
    of_department = {figure.amount for figure in column.get("department", ())}
    is_one = not others and len(rows) == len(column.get("", ()))
    if whole is None or not rows or not is_one or of_department - {whole.amount}:
        return
    comparison = compare_sum(whole, rows)
    if comparison.status == FAIL and comparison.expected > comparison.found:
        return  # some of them may contain others
    yield _finding(whole, FAIL if comparison.status == FAIL else PASS, comparison.expected)


def _of_classes(case: Case, column: dict[str, list[PrintedFigure]]) -> Iterator[Finding]:
    """Find classes with money and without a row, beside others that have rows."""
    below: dict[int, dict[str, bool]] = defaultdict(dict)
    codes = [code for code in column if code.isdigit()]
    for code in codes:
        if len(code) in CLASS:
            below[len(code)][code] = any(c != code and c.startswith(code) for c in codes)
    for classes in below.values():
        if sum(classes.values()) < WITH_ROWS:
            continue
        for code, has_rows in classes.items():
            whole = single_figure(column[code])
            if has_rows or whole is None or whole.fact_id in case.projects_of:
                continue
            if whole.amount:
                yield _finding(whole, FAIL, Decimal(0))


def _finding(whole: PrintedFigure, status: str, rows: Decimal) -> Finding:
    words = {"name": whole.name.replace(" ", "") or whole.code}
    found = about_figure(whole, status, "project-rows", words, found=rows)
    return found._replace(certain=False)


CHECKS: Checks = {"project-rows": rows_complete}
