"""The prose against last year's document: what a change says the amount was before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetkit.checks.case import Case, Row
from budgetkit.checks.catalogue import Finding, check, plain
from budgetkit.checks.findings import GUIDE
from budgetkit.checks.meaning import figures_of
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, Figure
from budgetkit.checks.quoted import Said, amount_said, percent_said, said_figure, told, verdict
from budgetkit.checks.rules.narrative import compare_percent, interval, nearest, percent_finding

#: A change against what was spent, not against the budget of the year before.
_SPENT = re.compile(r"执行|决算|完成数|调整预算")


def implied(row: Row) -> Said | None:
    """Give last year's amount as a sentence implies it: the amount less its change."""
    said, change = amount_said(row, "amount"), amount_said(row, "change")
    if said is None or row["change"] is None or _SPENT.search(row["text"]):
        return None
    if change is None:  # 与上年持平 prints no number
        if row["change"]:
            return None
        return said
    return said._replace(amount=said.amount - change.amount, half=said.half + change.half)


@check(
    "change-year-before",
    "change",
    "由增减额推算的上年数应与上年公开的预算一致",
    "Last year's amount, as a change implies it, is the one that last year's document prints",
    source=GUIDE,
    needs="narrative year_before",
)
def year_before(case: Case) -> Iterator[Finding]:
    """Compare what each change implies with the document of the year before."""
    if case.before is None:
        return
    for row in case.rows["narrative"]:
        said = implied(row)
        figures = _before(case, case.before, row) if said else []
        if said is None or not figures:
            continue
        status, figure = nearest(said_figure(row, said), figures)
        zh, en = verdict(status)
        yield told(
            status,
            f"“{row['item']}”按增减额推算上年为{plain(said.amount)}万元，与上年公开的"
            f"{plain(figure.amount)}万元{zh}，相差{plain(said.amount - figure.amount)}万元",
            f"'{row['item']}' was {plain(said.amount)} last year by its change; this {en} with "
            f"{plain(figure.amount)} in last year's document, "
            f"difference {plain(said.amount - figure.amount)} (万元)",
            row,
            expected=figure.amount,
            found=said.amount,
            tolerance=said.half + figure.half if status == ROUNDING else Decimal(0),
            measure="change",
            other=figure,
        )
    yield from _percents(case, case.before)


def _before(case: Case, before: Case, row: Row) -> list[Figure]:
    """Last year's figures of a row; of a class, those of the code and tables of this year.

    A class that is not in last year's tables was not spent on: nothing to compare.
    """
    figures = figures_of(before, row)
    if not figures or not figures[0].code.isdigit():
        return figures
    now = figures_of(case, row)
    codes, tables = {figure.code for figure in now}, {figure.table for figure in now}
    if len(codes) != 1:
        return []
    return [figure for figure in figures if figure.code in codes and figure.table in tables]


def _percents(case: Case, last: Case) -> Iterator[Finding]:
    """Recompute percents that print no change from both years' figures."""
    for row in case.rows["narrative"]:
        share, said = percent_said(row, "change_pct"), amount_said(row, "amount")
        if share is None or said is None or row["change"] is not None or _SPENT.search(row["text"]):
            continue
        results = []
        for figure in _before(case, last, row):
            before = Said(figure.amount, figure.half, figure.unit, 0, 0)
            change = Said(said.amount - before.amount, said.half + before.half, "", 0, 0)
            ends = interval(change, before)
            if ends is not None:
                results.append((compare_percent(share, ends), figure))
        if not results:
            continue
        status, figure = min(results, key=lambda pair: (PASS, ROUNDING, FAIL).index(pair[0]))
        real = (said.amount - figure.amount) / figure.amount * 100
        finding = percent_finding(row, status, "change_pct", share, real, "增减百分比", "change")
        yield finding._replace(
            other_fact_id=figure.fact_id,
            other_place=figure.place,
            other_document=figure.document,
        )
