"""The prose against last year's document: what a change says the amount was before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.findings import told, verdict
from budgetkit.checks.meaning import meant_figures
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, PrintedFigure, format_amount
from budgetkit.checks.quoted import QuotedAmount, quoted_amount, quoted_figure, quoted_percent
from budgetkit.checks.rules.narrative import compare_percent, interval, nearest, percent_finding

#: A change against what was spent, not against the budget of the year before.
_SPENT = re.compile(r"执行|决算|完成数|调整预算")


def implied(row: Row) -> QuotedAmount | None:
    """Give last year's amount as a sentence implies it: the amount less its change."""
    said, change = quoted_amount(row, "amount"), quoted_amount(row, "change")
    if said is None or row["change"] is None or _SPENT.search(row["text"]):
        return None
    if change is None:  # 与上年持平 prints no number
        if row["change"]:
            return None
        return said
    return said._replace(amount=said.amount - change.amount, half=said.half + change.half)


def year_before(case: Case) -> Iterator[Finding]:
    """Compare what each change implies with the document of the year before."""
    if case.before is None:
        return
    for row in case.rows["narrative"]:
        said = implied(row)
        figures = _before(case, case.before, row) if said else []
        if said is None or not figures:
            continue
        status, figure = nearest(quoted_figure(row, said), figures)
        zh, en = verdict(status)
        yield told(
            status,
            f"“{row['item']}”按增减额推算上年为{format_amount(said.amount)}万元，与上年公开的"
            f"{format_amount(figure.amount)}万元{zh}，相差{format_amount(said.amount - figure.amount)}万元",
            f"'{row['item']}' was {format_amount(said.amount)} last year by its change; this {en} with "
            f"{format_amount(figure.amount)} in last year's document, "
            f"difference {format_amount(said.amount - figure.amount)} (万元)",
            row,
            expected=figure.amount,
            found=said.amount,
            tolerance=said.half + figure.half if status == ROUNDING else Decimal(0),
            measure="change",
            other=figure,
        )
    yield from _percents(case, case.before)


def _before(case: Case, before: Case, row: Row) -> list[PrintedFigure]:
    """Last year's figures of a row; of a class, those of the code and tables of this year.

    A class that is not in last year's tables was not spent on: nothing to compare.
    """
    figures = meant_figures(before, row)
    if not figures or not figures[0].code.isdigit():
        return figures
    now = meant_figures(case, row)
    codes, tables = {figure.code for figure in now}, {figure.table for figure in now}
    if len(codes) != 1:
        return []
    return [figure for figure in figures if figure.code in codes and figure.table in tables]


def _percents(case: Case, last: Case) -> Iterator[Finding]:
    """Recompute percents that print no change from both years' figures."""
    for row in case.rows["narrative"]:
        share, said = quoted_percent(row, "change_pct"), quoted_amount(row, "amount")
        if share is None or said is None or row["change"] is not None or _SPENT.search(row["text"]):
            continue
        results = []
        for figure in _before(case, last, row):
            before = QuotedAmount(figure.amount, figure.half, figure.unit, 0, 0)
            change = QuotedAmount(said.amount - before.amount, said.half + before.half, "", 0, 0)
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


CHECKS: Checks = {
    "change-year-before": year_before,
}
