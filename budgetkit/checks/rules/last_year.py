"""The prose compared with last year's document, and with the amounts of last year it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from budgetkit.checks.case import Case, Row
from budgetkit.checks.clauses import says_own_change
from budgetkit.checks.comparisons import quote
from budgetkit.checks.finding import Checks, Finding, about_sentence
from budgetkit.checks.meaning import class_path, meant_figures
from budgetkit.checks.percents import best_quotient, percent_finding
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, PrintedFigure, in_unit
from budgetkit.checks.prose_findings import not_parsed, one_if_restated
from budgetkit.checks.quoted import (
    QuotedAmount,
    QuotedPercent,
    closest_figure,
    percent_of_print,
    quoted_amount,
    quoted_amounts,
    quoted_percent,
    said_as,
)
from budgetkit.extraction.prose.wordings import NUMBER, any_of, folded, matcher

#: A change from what was spent or planned otherwise, not from the budget of the year before.
_SPENT = re.compile(r"执行|决算|完成数|调整预算|[比较与同](?:年初|全年|本年|当年|调整后的?)?预算")
_PREVIOUS_YEAR = re.compile("执行数|决算数|上年")


def year_before(case: Case) -> Iterator[Finding]:
    """Compare what each change implies with the document of the year before."""
    if case.before is None:
        return
    yield from one_if_restated(list(_changes(case, case.before)))
    yield from _percents_of_both_years(case, case.before)


def _changes(case: Case, before: Case) -> Iterator[Finding]:
    """Compare last year's budget, as each change implies it, with last year's document."""
    for row in case.rows["narrative"]:
        implied = _implied_amount(row)
        figures = _figures_before(case, before, row) if implied else []
        if implied is None or not figures:
            continue
        status, figure = closest_figure(implied, figures)
        if status == FAIL and row["change"] and not says_own_change(case, row):
            yield not_parsed(row)
            continue
        yield about_sentence(
            row,
            status,
            "change-year-before",
            expected=figure.amount,
            found=implied.amount,
            tolerance=implied.half + figure.half if status == ROUNDING else Decimal(0),
            measure="change",
            other=figure,
        )._replace(quotes=(quote(implied.amount, figure), quote(figure.amount, figure)))


def _implied_amount(row: Row) -> QuotedAmount | None:
    """Return last year's budget as a sentence implies it: its amount less its change."""
    amount, change = quoted_amount(row, "amount"), quoted_amount(row, "change")
    if amount is None or row["change"] is None or _SPENT.search(row["text"]):
        return None
    if change is not None:
        return amount.minus(change)
    unchanged = not row["change"]  # 与上年持平 prints no number
    return amount if unchanged else None


def _figures_before(case: Case, before: Case, row: Row) -> list[PrintedFigure]:
    """Return last year's figures of a row; of a class, those of the same code and tables.

    A class that is not in last year's tables had no budget: there is nothing to compare.
    """
    figures = meant_figures(before, row)
    if not figures or not figures[0].code.isdigit():
        return figures
    now = meant_figures(case, row)
    codes, tables = {figure.code for figure in now}, {figure.table for figure in now}
    if len(codes) != 1:
        return []
    return [figure for figure in figures if figure.code in codes and figure.table in tables]


def _percents_of_both_years(case: Case, before: Case) -> Iterator[Finding]:
    """Recompute the percents that stand without a change from the figures of both years."""
    for row in case.rows["narrative"]:
        percent, amount = quoted_percent(row, "change_pct"), quoted_amount(row, "amount")
        if percent is None or amount is None or row["change"] is not None:
            continue
        if _SPENT.search(row["text"]):
            continue
        figures = _figures_before(case, before, row)
        best = best_quotient(percent, [(amount.minus(figure), figure) for figure in figures])
        if best:
            yield percent_finding(row, "change_pct", percent, best.status, best.percent)._replace(
                other_fact_id=best.whole.fact_id,
                other_place=best.whole.place,
                other_document=best.whole.document,
            )


class _Growth(NamedTuple):
    """A paragraph that prints last year's amount, this year's, and the percent between them."""

    row: Row
    before: QuotedAmount
    now: QuotedAmount
    percent: QuotedPercent | None

    @property
    def path(self) -> tuple[str, ...]:
        """Names of the classes that the paragraph is about."""
        return tuple(step.name for step in class_path(self.row["text"]))


@cache
def _growth_pattern() -> re.Pattern[str]:
    amount = rf"(?:{NUMBER})(?:亿元|万元|元)"
    up, down = any_of("change", "up"), any_of("change", "down")
    return re.compile(
        rf"20\d\d年[^，。；]{{0,14}}?(?:执行|决算|预算)数?为?(?P<before>{amount})[，,]"
        rf"(?P<clause>20\d\d年[^，。；0-9]{{0,14}}?)(?P<now>{amount})[，,]"
        rf"[^，。；]{{0,20}}?(?:(?:(?P<down>{down})|(?P<up>{up}))(?P<percent>{NUMBER})%|持平)"
    )


def _growths(case: Case) -> list[_Growth]:
    found = []
    for row in case.rows["paragraphs"]:
        text = folded(row["text"])
        if not _PREVIOUS_YEAR.search(text):
            continue
        for match in _growth_pattern().finditer(text):
            (before,), (now,) = quoted_amounts(match["before"]), quoted_amounts(match["now"])
            percent = percent_of_print(match["percent"]) if match["percent"] else None
            if percent and match["down"]:
                percent = percent._replace(value=-percent.value)
            found.append(_Growth(row, before, now, percent))
    return found


def base_percents(case: Case) -> Iterator[Finding]:
    """Recompute the percents that stand beside both amounts."""
    for growth in case.kept(_growths):
        percent = growth.percent or QuotedPercent(Decimal(0), Decimal(0))
        best = best_quotient(percent, [(growth.now.minus(growth.before), growth.before)])
        if best:
            item = growth.path[-1] if growth.path else growth.row["text"][:12]
            row = {**growth.row, "item": item}
            yield percent_finding(row, "change_pct", percent, best.status, best.percent)


def amounts_twice(case: Case) -> Iterator[Finding]:
    """Compare the amount that opens a paragraph with the one that it repeats."""
    for growth in case.kept(_growths):
        row, now = growth.row, growth.now
        first = quoted_amounts(row["text"])[0]
        first_stop = folded(row["text"]).find("。")
        opens_paragraph = not 0 < first_stop <= first.start
        if not growth.path or not opens_paragraph or first.unit != now.unit:
            continue
        yield about_sentence(
            {**row, "item": growth.path[-1]},
            PASS if first.amount == now.amount else FAIL,
            "narrative-amount-twice",
            expected=first.amount,
            found=now.amount,
            tolerance=Decimal(0),
            measure="amount",
        )._replace(quotes=(in_unit(now.amount, now.unit), said_as(row, first)))


def directions(case: Case) -> Iterator[Finding]:
    """Find decreases whose only reason is that the same item increased, and the reverse."""
    for growth in case.kept(_growths):
        percent = growth.percent
        text = folded(growth.row["text"])
        because = matcher("change", "reason").search(text)
        if percent is None or not percent.value or because is None or not growth.path:
            continue
        name = growth.path[-1]
        reason = text[because.end() :].strip("：:，。 ")
        match = re.fullmatch(rf".*{re.escape(name)}.{{0,6}}?(增加|减少)", reason)
        if match is None:
            continue
        direction = "增加" if percent.value > 0 else "减少"
        yield about_sentence(
            {**growth.row, "item": name},
            PASS if match[1] == direction else FAIL,
            "narrative-reason-direction",
            {
                "direction": direction,
                "size": str(abs(percent.value)),
                "percent": str(percent.value),
                "reason": reason[-20:],
            },
            measure="reason",
        )


CHECKS: Checks = {
    "change-year-before": year_before,
    "narrative-base-percent": base_percents,
    "narrative-amount-twice": amounts_twice,
    "narrative-reason-direction": directions,
}
