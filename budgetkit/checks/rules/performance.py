"""Performance targets against the money: budgets, costs and weights of the target forms.

A project's form and its rows in the project and carry-over tables are joined by the key of
:func:`budgetkit.extraction.prose.project_keys.unite`.  Money that no table splits by project
(unit funds of the year) is not compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from budgetkit.amounts import UNITS, parse_number
from budgetkit.checks.case import Case, Row
from budgetkit.checks.comparisons import compared
from budgetkit.checks.finding import Checks, Finding, about_figure, about_sentence, skipped
from budgetkit.checks.messages import phrase
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import (
    FAIL,
    PASS,
    Comparison,
    PrintedFigure,
    compare_sides,
    compare_sum,
)
from budgetkit.checks.rules.projects import Project, projects_of

#: A form may leave 10 points to the rate of execution.
_WEIGHTS = (Decimal(100), Decimal(90), Decimal(1), Decimal("0.9"))
_FORM = "performance_project"


class _Pair(NamedTuple):
    """The money of a form, and the figures of the tables that it is the sum of."""

    figure: PrintedFigure
    parts: list[PrintedFigure]

    @property
    def comparison(self) -> Comparison:
        """The form against the tables."""
        if len(self.parts) > 1:
            return compare_sum(self.figure, self.parts)
        return compare_sides([self.figure], self.parts)


def budgets(case: Case) -> Iterator[Finding]:
    """Compare each form's money with the tables that print the project."""
    for project in projects_of(case).values():
        totals = project.all(_FORM, "total")
        year = project.all("project_expenditure", "total")
        carried = project.all("carryover", "total")
        if len(totals) != 1 or not (year or carried):
            continue
        pairs = [_Pair(totals[0], [*year, *carried])]
        if any(figure.amount for figure in project.all(_FORM, "other")):
            # A table may print the money of the treasury alone, and what was carried over.
            fiscal, own = project.all(_FORM, "fiscal"), project.all("carryover", "fiscal_subtotal")
            treasury = [_Pair(f, [*year, *own]) for f in fiscal[:1] if year or own]
            if (len(fiscal) != 1 or not treasury) and pairs[0].comparison.status == FAIL:
                continue
            pairs = [*treasury, *pairs]
        agreeing = [pair for pair in pairs if pair.comparison.status != FAIL]
        figure, parts = pair = (agreeing or pairs)[0]
        nearest = min(parts, key=lambda part: abs(part.amount - figure.amount))
        yield compared(
            pair.comparison,
            figure,
            nearest,
            phrase("form-of-project", project=project.key),
            phrase("budget-in-tables"),
            facts=(figure.fact_id, *[part.fact_id for part in parts]),
        )


def forms_present(case: Case) -> Iterator[Finding]:
    """Find projects of the tables without a form, where most of the others have one."""
    money: list[tuple[Project, PrintedFigure]] = []
    wholes = case.kept(_wholes_of_rows)
    for project in projects_of(case).values():
        rows = [*project.all("project_expenditure", "total"), *project.all("carryover", "total")]
        money += [(project, f) for f in rows if f.amount and f.fact_id not in wholes][:1]
    if 2 * sum(_FORM in project.tables for project, _ in money) < len(money):
        return  # the document shows forms of a few projects alone
    if len(wholes) > 1 and not all(_FORM in project.tables for project, _ in money):
        yield skipped(case, "skipped-nested", {"title": name_of("table", "project_expenditure")})
        return
    for project, figure in money:
        has = _FORM in project.tables
        yield about_figure(
            figure,
            PASS if has else FAIL,
            "performance-form-present",
            {"project": project.key},
            found=figure.amount if has else None,
            code=figure.code or project.key,
            measure="total",
        )


def _wholes_of_rows(case: Case) -> frozenset[str]:
    """Rows of the project table that are the sum of those below them: units, kinds of projects."""
    figures = [
        figure
        for figure in case.figures
        if figure.table == "project_expenditure" and figure.measure == "total"
    ]
    found = set()
    for at, whole in enumerate(figures):
        rest = whole.amount
        for below, part in enumerate(figures[at + 1 :], 1):
            rest -= part.amount
            if rest <= 0 or not whole.amount:
                if below > 1 and abs(rest) <= (below + 1) * whole.half:
                    found.add(whole.fact_id)
                break
    return frozenset(found)


def overall(case: Case) -> Iterator[Finding]:
    """Compare transfers and the total of the overall form with the summary."""
    form = {f.measure: f for f in case.figures if f.table == "performance_overall"}
    summary = case.by_place.get(("summary", "revenue", "amount"), {})
    transfer, printed = form.get("general_transfer"), summary.get("general_transfer", ())
    if transfer is not None and len(printed) == 1:
        comparison = compare_sides([transfer], printed)
        yield compared(
            comparison,
            transfer,
            printed[0],
            phrase("transfers-in-overall-form"),
            phrase("transfers-in-summary"),
        )
    sources = [form[m] for m in ("general_own", "general_transfer", "other") if m in form]
    total = form.get("total") or next(iter(summary.get("total", ())), None)
    if total is not None and len(sources) > 1:
        yield compared(
            compare_sum(total, sources),
            total,
            sources[0],
            phrase("whole-budget"),
            phrase("sources-of-overall-form"),
        )


def _forms(case: Case) -> dict[tuple[str, str, int], list[Row]]:
    """Indicators by the form that they stand in.

    Several units may each have a form of a project of one name: such a form begins with other
    money, or behind a page of another project.
    """
    forms: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
    number, last = 0, None
    for row in case.rows["indicators"]:
        this = row["document"], row["project"] or "", row.get("budget"), row.get("fiscal")
        number += this != last
        last = this
        forms[row["document"], row["project"] or "", number].append(row)
    return forms


def costs(case: Case) -> Iterator[Finding]:
    """Add up the cost targets in money and compare the sum with the budget."""
    for (_, project, _), rows in _forms(case).items():
        budget = rows[0]["budget"]
        found = [(row, cost) for row in rows if (cost := _cost(row)) is not None]
        if not budget or not project or not found:
            continue
        whole = Decimal(str(budget))
        single = [pair for pair in found if pair[1] != whole]
        total = sum((cost for _, cost in single), Decimal(0))
        row, cost = max(found, key=lambda pair: pair[1])
        # A cost that is named for itself may be a part of another one.
        one_alone = cost > whole
        if cost <= whole:
            cost = max(total, cost)
        yield about_sentence(
            row,
            FAIL if cost > whole else PASS,
            "performance-cost",
            expected=whole,
            found=cost,
            tolerance=Decimal(0),
            table="indicators",
            code=project,
            measure="target",
        )._replace(certain=one_alone or cost <= whole)


def _cost(row: Row) -> Decimal | None:
    """A cost target in money, 万元; None for a price a head or a piece, and for all else."""
    levels = f"{row['level1'] or ''}{row['level2'] or ''}"
    unit = (row["unit"] or "").strip()
    if "成本" not in levels or unit not in UNITS or re.search("社会成本|生态", levels):
        return None
    name = row["level3"] or ""
    if re.search(r"标准|单价|人均|每|均|次$|/", name):
        return None
    number = parse_number(row["target"] or "")
    return number * UNITS[unit] if number is not None else None


def weights(case: Case) -> Iterator[Finding]:
    """Add up the weights of each form."""
    for (_, project, _), rows in _forms(case).items():
        numbers = [_weight(row["weight"]) for row in rows]
        known = [number for number in numbers if number is not None]
        if not known or len(known) < len(numbers):
            continue
        total = sum(known, Decimal(0))
        yield about_sentence(
            rows[0],
            PASS if total in _WEIGHTS else FAIL,
            "performance-weights",
            {"total": f"{total:f}"},
            expected=Decimal(100) if total > 90 else Decimal(90),
            found=total,
            tolerance=Decimal(0),
            table="indicators",
            code=project or "整体",
            measure="weight",
        )


def _weight(text: str | None) -> Decimal | None:
    try:
        return Decimal((text or "").strip().rstrip("分%％"))
    except InvalidOperation:
        return None


CHECKS: Checks = {
    "performance-budget": budgets,
    "performance-form-present": forms_present,
    "performance-overall": overall,
    "performance-cost": costs,
    "performance-weights": weights,
}
