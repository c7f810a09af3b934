"""Sums and limits that the prose prints with their parts: procurement, 三公, target projects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, about_sentence
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import FAIL, PASS, compare_sum
from budgetkit.checks.quoted import QuotedAmount, quoted_amount, quoted_amounts
from budgetkit.extraction.prose.wordings import folded

_PURCHASES = ("政府采购货物", "政府采购工程", "政府采购服务")
#: Each is within the one before it.
_RESERVES = ("政府采购", "面向中小企业预留政府采购", "小微企业预留政府采购")
_THREE_PUBLIC = "“三公”经费"
_VEHICLES = "公务用车购置及运行费"
_OF_VEHICLES = ("公务用车购置费", "公务用车运行费")
_OF_THREE_PUBLIC = ("因公出国（境）费", _VEHICLES, "公务接待费")
#: What is managed for others, or evaluated, need not be among the department's own projects.
_NOT_OWN_PROJECTS = re.compile("整体|评价|专项资金|转移支付")
_TARGETS = re.compile(r"项目(?:共)?(?:计)?(\d+)个[^。]{0,20}?资金(?:共|合计|总额)?")


class _Item(NamedTuple):
    row: Row
    amount: QuotedAmount


def _sections(case: Case, kind: str) -> Iterable[dict[str, _Item]]:
    """Return the first amount of each item of a kind, section by section."""
    sections: dict[str, dict[str, _Item]] = {}
    for row in case.rows["narrative"]:
        amount = quoted_amount(row, "amount") if row["kind"] == kind else None
        if amount is not None:
            section = sections.setdefault(row["section"] or "", {})
            section.setdefault(row["item"], _Item(row, amount))
    return sections.values()


def _sum_finding(
    row: Row, whole: QuotedAmount, parts: Sequence[QuotedAmount], table: str, code: str, name: str
) -> Finding:
    """Compare an amount of the prose with the sum of its parts; ``name`` is its row of names."""
    comparison = compare_sum(whole, parts)
    return about_sentence(
        row,
        comparison.status,
        "prose-sum",
        {"whole": name_of("sum", name)},
        expected=comparison.expected,
        found=comparison.found,
        tolerance=comparison.tolerance,
        table=table,
        code=code,
        measure="total",
    )


def procurement(case: Case) -> Iterator[Finding]:
    """Add up the kinds of procurement that the prose names."""
    for items in _sections(case, "procurement"):
        whole = items.get("政府采购")
        parts = [items[name].amount for name in _PURCHASES if name in items]
        # One kind alone may be an example.
        if whole and len(parts) > 1:
            yield _sum_finding(*whole, parts, "procurement", "total", "procurement")


def reserves(case: Case) -> Iterator[Finding]:
    """Find reserves for small enterprises that are more than what they are a part of."""
    for items in _sections(case, "procurement"):
        known = [items[name] for name in _RESERVES if name in items]
        for (_, limit), (row, reserve) in pairwise(known):
            yield about_sentence(
                row,
                FAIL if reserve.amount > limit.amount else PASS,
                "procurement-reserve",
                expected=limit.amount,
                found=reserve.amount,
                tolerance=Decimal(0),
                table="procurement",
                measure="total",
            )


def three_public(case: Case) -> Iterator[Finding]:
    """Add up the kinds of 三公 that the prose names, and those of vehicles."""
    for items in _sections(case, "three_public"):
        whole, all_vehicles = items.get(_THREE_PUBLIC), items.get(_VEHICLES)
        parts = [items[name].amount for name in _OF_THREE_PUBLIC if name in items]
        vehicles = [items[name].amount for name in _OF_VEHICLES if name in items]
        if len(parts) == 2 and all_vehicles is None and len(vehicles) == 2:
            parts += vehicles
        if whole and len(parts) > 2:
            yield _sum_finding(*whole, parts, "narrative", _THREE_PUBLIC, "three_public")
        if all_vehicles and len(vehicles) == 2:
            yield _sum_finding(*all_vehicles, vehicles, "narrative", _VEHICLES, "vehicles")


def target_lists(case: Case) -> Iterator[Finding]:
    """Add up a list of projects that is as long as the number printed before it."""
    for row in case.rows["paragraphs"]:
        match = _TARGETS.search(folded(row["text"]))
        if match is None:
            continue
        amounts = [one for one in quoted_amounts(row["text"]) if one.start >= match.end()]
        whole, parts = amounts[:1], amounts[1:]
        if len(parts) == int(match[1]) and len(parts) > 1:
            item = {**row, "item": "绩效目标"}
            yield _sum_finding(item, whole[0], parts, "narrative", "绩效目标", "targets")


def target_money(case: Case) -> Iterator[Finding]:
    """Find projects with targets that have more money than all projects together."""
    totals = case.by_place.get(("expenditure", "", "project"), {}).get("total", [])
    for row in case.rows["narrative"]:
        amount = quoted_amount(row, "amount") if row["kind"] == "performance" else None
        if amount is None or not totals or _NOT_OWN_PROJECTS.search(row["text"]):
            continue
        limit = totals[0]
        tolerance = max(amount.half, limit.half)
        yield about_sentence(
            row,
            FAIL if amount.amount - limit.amount > tolerance else PASS,
            "performance-within-projects",
            expected=limit.amount,
            found=amount.amount,
            tolerance=tolerance,
            measure="amount",
            other=limit,
        )


CHECKS: Checks = {
    "procurement-sum": procurement,
    "procurement-reserve": reserves,
    "three-public-said-sum": three_public,
    "performance-list-sum": target_lists,
    "performance-within-projects": target_money,
}
