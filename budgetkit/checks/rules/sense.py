"""What the prose says of two items that can't both be so, and reasons that are of another item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import (
    Checks,
    Finding,
    about_sentence,
    found_or_none,
)
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.quoted import QuotedAmount, quoted_amount, said_as
from budgetkit.extraction.prose.wordings import folded

_REVENUE, _EXPENDITURE = "收入预算", "支出预算"
#: Changes from what was spent need not be those from the budget.
_SPENT = re.compile("执行|决算|完成数|调整")
#: The items of 三公 and what a reason for each speaks of.
_TOPICS = (
    ("公务接待", re.compile("接待|来访|来宾|公务活动")),
    ("因公出国", re.compile("出国|出境|因公|境外|国外|团组")),
    ("公务用车", re.compile("车|燃油|里程")),
    ("会议费", re.compile("会议|会务")),
    ("培训费", re.compile("培训")),
)
#: Reasons that stand for any item.
_AMOUNT = re.compile("元|%|％|预算数|持平")
_NO_VEHICLES = re.compile(
    r"(?:公务用车|车辆)(?:实有|现有|保有)?(?:保有量|数量|数|共|总数)(?:为|共|计)?0(?:辆|台)"
    r"|(?:共有|实有|现有|保有)(?:公务用车|车辆)(?:共|合?计)?0(?:辆|台)"
)
_NOT_OWN = re.compile("租|平台|集中管理|统一调配|统筹")
_NO_RISE = re.compile("只减不增|零增长|只降不升|不增长")
_KINDS = ("政府采购货物", "政府采购工程", "政府采购服务")
_KIND_WORDS = re.compile("货物|工程|服务")
_PURCHASES, _THREE_PUBLIC = "政府采购", "“三公”经费"


def both_sides(case: Case) -> Iterator[Finding]:
    """Compare the changes of revenue and expenditure where their totals are one amount.

    Each year's revenue is its expenditure, so that both change alike.
    """
    for revenue, money, change in _changes(case, _REVENUE):
        for expenditure, spent, other in _changes(case, _EXPENDITURE):
            if expenditure["document"] != revenue["document"] or money.amount != spent.amount:
                continue
            tolerance = change.half + other.half
            agrees = abs(change.amount - other.amount) <= 2 * tolerance
            finding = about_sentence(
                {**expenditure, "item": _EXPENDITURE},
                PASS if agrees else FAIL,
                "both-sides",
                expected=change.amount,
                found=other.amount,
                tolerance=2 * tolerance,
                measure="change",
                other_row=revenue,
            )
            yield finding._replace(quotes=(_signed(expenditure, other), _signed(revenue, change)))
            return


def _changes(case: Case, item: str) -> Iterator[tuple[Row, QuotedAmount, QuotedAmount]]:
    for row in case.rows["narrative"]:
        if row["item"] != item or row["kind"] != "amount":
            continue
        amount, change = quoted_amount(row, "amount"), quoted_amount(row, "change")
        if not (amount and amount.amount and change and change.amount):
            continue
        if not _SPENT.search(folded(row["text"])[: change.start]):
            yield row, amount, change


def _signed(row: Row, change: QuotedAmount) -> str:
    return f"{'-' if change.amount < 0 else '+'}{said_as(row, change)}"


def reasons(case: Case) -> Sequence[Finding]:
    """Find reasons of an item of 三公 that speak of another item alone."""
    found = []
    for row in case.rows["narrative"]:
        if row["kind"] not in ("three_public", "meetings") or not row["reason"]:
            continue
        own = [words for name, words in _TOPICS if name in row["item"]]
        reason = row["reason"]
        if len(own) != 1 or own[0].search(reason) or _AMOUNT.search(reason):
            continue
        others = [name for name, words in _TOPICS if name[:4] in reason and words is not own[0]]
        if others:
            words = {"reason": reason[:40], "other": others[0]}
            found.append(about_sentence(row, FAIL, "reason-of-other", words, measure="reason"))
    return found_or_none(case, found, "reason-of-other")


def running_costs(case: Case) -> Iterator[Finding]:
    """Find running costs of the office that are more than all operating money of the basic table.

    机关运行经费 is the part of 公用经费 that administrative bodies have.
    """
    limit = case.figure("basic_expenditure", "", "total", "operating")
    if limit is None:
        return
    for row in case.rows["narrative"]:
        said = quoted_amount(row, "amount") if row["kind"] == "operating_costs" else None
        if said is None or not said.amount or row["item"] != "机关运行经费":
            continue
        tolerance = said.half + limit.half
        yield about_sentence(
            row,
            FAIL if said.amount - limit.amount > tolerance else PASS,
            "running-costs-within",
            expected=limit.amount,
            found=said.amount,
            tolerance=tolerance,
            measure="amount",
            other=limit,
        )


def vehicles(case: Case) -> Iterator[Finding]:
    """Find money for running vehicles where the prose says that there are none."""
    costs = case.figure("three_public", "", "vehicle_operation", "total")
    bought = case.figure("three_public", "", "vehicle_purchase", "total")
    if costs is None:
        return
    for row in case.rows["paragraphs"]:
        text = folded(row["text"]) if "辆" in row["text"] or "台" in row["text"] else ""
        if _NO_VEHICLES.search(text) and not _NOT_OWN.search(text):
            is_wrong = costs.amount > 0 and not (bought and bought.amount)
            yield about_sentence(
                {**row, "item": "公务用车运行费"},
                FAIL if is_wrong else PASS,
                "vehicles-none",
                {"money": costs.amount},
                measure="count",
                other=costs,
            )


def three_public_rises(case: Case) -> Iterable[Finding]:
    """Find 三公 that is said to rise, and not to be allowed to."""
    for row in case.rows["narrative"]:
        if row["kind"] != "three_public" or row["item"] != _THREE_PUBLIC or not row["change"]:
            continue
        rises = row["change"] > 0 and bool(_NO_RISE.search(row["text"]))
        yield about_sentence(row, FAIL if rises else PASS, "three-public-rises", measure="reason")


def procurement_split(case: Case) -> Iterator[Finding]:
    """Find procurement that neither the prose nor a table splits into goods, works and services."""
    rows = [row for row in case.rows["narrative"] if row["kind"] == "procurement"]
    wholes = [row for row in rows if row["item"] == _PURCHASES and row["amount"]]
    if not wholes:
        return
    text = "".join(r["text"] for r in case.rows["paragraphs"] if _PURCHASES in r["text"])
    is_split = (
        any(row["item"] in _KINDS for row in rows)
        or "procurement" in case.tables
        or bool(_KIND_WORDS.search(text.replace("公共服务", "").replace("购买服务", "")))
    )
    row = wholes[0]
    yield about_sentence(
        row,
        PASS if is_split else FAIL,
        "procurement-split",
        found=Decimal(str(row["amount"])),
        measure="total",
    )


CHECKS: Checks = {
    "change-both-sides": lambda case: found_or_none(case, [*both_sides(case)], "both-sides-none"),
    "narrative-reason-item": reasons,
    "running-costs-within": running_costs,
    "three-public-no-vehicles": lambda case: found_or_none(
        case, [*vehicles(case)], "vehicles-not-said"
    ),
    "three-public-rises": three_public_rises,
    "procurement-split": procurement_split,
}
