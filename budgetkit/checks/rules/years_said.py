"""Another disclosure's figures in the prose: last year's, and the budget of a final account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetkit.checks.case import Case, Row
from budgetkit.checks.comparisons import quote
from budgetkit.checks.finding import Checks, Finding, about_sentence, skipped
from budgetkit.checks.meaning import class_figures, class_path, meant_figures
from budgetkit.checks.printed import FAIL, PrintedFigure
from budgetkit.checks.prose_findings import one_if_restated
from budgetkit.checks.quoted import QuotedAmount, closest_figure, quoted_amount, quoted_amounts
from budgetkit.checks.rules.years import title_of
from budgetkit.extraction.prose.wordings import folded

#: An amount of the year before, of which a paragraph says whether it was planned or spent.
_LAST_YEAR = re.compile(
    r"(?P<year>20\d\d|上一?)年度?[^，。；0-9]{0,14}?(?P<stage>预算|决算)数?(?:为|是|安排)?(?=\d)"
)
_FIRST_BUDGET = re.compile(r"年初预算(?:数|安排)?(?:为|是)?(?=\d)")
_FIRST_BUDGET_ITEM = re.compile(r"的?年初预算(?:数|安排)?$")


def year_before_said(case: Case) -> Iterator[Finding]:
    """Compare last year's amount, as a paragraph about a class quotes it, with last year's."""
    found = []
    account = case.before if case.is_final_account else case.account_before
    budget = None if case.is_final_account else case.before
    years = (str(case.year - 1), "上", "上一")
    for row in case.rows["paragraphs"]:
        text = folded(row["text"])
        for match in _LAST_YEAR.finditer(text):
            other = account if match["stage"] == "决算" else budget
            if match["year"] in years and other is not None:
                found += _compared(row, _amount_at(text, match.end()), other, "year-before-said")
    yield from one_if_restated(found) or [skipped(case, "skipped-no-common")]


def account_budget_said(case: Case) -> Iterator[Finding]:
    """Compare the budget that the prose of a final account says with the published budget."""
    budget = case.budget
    if budget is None:
        return
    found = []
    for row in case.rows["paragraphs"]:
        text = folded(row["text"])
        if match := _FIRST_BUDGET.search(text):
            quoted = _amount_at(text, match.end())
            if quoted == quoted_amounts(row["text"])[0]:  # else it may be of another class
                found += _compared(row, quoted, budget, "account-budget-said")
    for row in case.rows["narrative"]:
        item = row["item"] or ""
        whole = _FIRST_BUDGET_ITEM.sub("", item)
        amount = quoted_amount(row, "budget") or quoted_amount(row, "amount")
        if whole == item or not whole or amount is None:
            continue
        figures = meant_figures(budget, {**row, "item": whole})
        found += _said(row | {"item": whole}, amount, figures, budget, "account-budget-said")
    yield from one_if_restated(found) or [skipped(case, "skipped-no-common")]


def _amount_at(text: str, at: int) -> QuotedAmount | None:
    return next((one for one in quoted_amounts(text) if one.start == at), None)


def _compared(row: Row, quoted: QuotedAmount | None, other: Case, message: str) -> list[Finding]:
    """Compare an amount of a paragraph about a class with that class in another disclosure."""
    path = class_path(row["text"])
    if not path or quoted is None:
        return []
    said = {**row, "item": path[-1].name, "section": row["heading"]}
    pairs = class_figures(other, said)
    if len({code for code, _ in pairs}) != 1:
        return []
    return _said(said, quoted, [figure for _, figure in pairs], other, message)


def _said(
    row: Row, quoted: QuotedAmount, figures: Sequence[PrintedFigure], other: Case, message: str
) -> list[Finding]:
    if not figures:
        return []
    status, figure = closest_figure(quoted, figures)
    finding = about_sentence(
        row,
        status,
        message,
        {"other": title_of(other)},
        expected=figure.amount,
        found=quoted.amount,
        tolerance=quoted.half + figure.half if status != FAIL else quoted.amount * 0,
        measure="amount",
        other=figure,
    )
    return [finding._replace(quotes=(quote(quoted.amount, figure), quote(figure.amount, figure)))]


CHECKS: Checks = {
    "year-before-said": year_before_said,
    "account-budget-said": account_budget_said,
}
