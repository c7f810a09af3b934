"""Sums that the prose prints with their parts: procurement, 三公, lists of target projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.findings import told, verdict
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, format_amount
from budgetkit.checks.quoted import QuotedAmount, quoted_amount, quoted_amounts
from budgetkit.extraction.prose.wordings import folded

_PURCHASES = {"政府采购货物", "政府采购工程", "政府采购服务"}
_VEHICLES = {"公务用车购置费", "公务用车运行费"}
_SPENT = ("因公出国（境）费", "公务用车购置及运行费", "公务接待费")
_TARGETS = re.compile(r"项目(?:共)?(?:计)?(\d+)个[^。]{0,20}?资金(?:共|合计|总额)?")


def _sum(
    row: Row,
    whole: QuotedAmount,
    parts: Sequence[QuotedAmount],
    table: str,
    code: str,
    zh: str,
    en: str,
) -> Finding:
    """Compare an amount of the prose with the sum of the parts that it names."""
    total = sum((part.amount for part in parts), Decimal(0))
    half = max(part.half for part in parts)
    tolerance = (len(parts) + 1) * max(half, whole.half)
    gap = abs(total - whole.amount)
    status = PASS if gap == 0 else ROUNDING if gap <= tolerance else FAIL
    word_zh, word_en = verdict(status)
    return told(
        status,
        f"{zh}{format_amount(whole.amount)}万元与各部分之和{format_amount(total)}万元{word_zh}，"
        f"相差{format_amount(whole.amount - total)}万元",
        f"{en} {format_amount(whole.amount)} {word_en} with the sum of its parts {format_amount(total)}, "
        f"difference {format_amount(whole.amount - total)} (万元)",
        row,
        expected=total,
        found=whole.amount,
        tolerance=tolerance,
        table=table,
        code=code,
        measure="total",
    )


def _said(rows: Sequence[Row], *items: str) -> list[tuple[Row, QuotedAmount]]:
    """Amounts said of some items, the first of each."""
    found: dict[str, tuple[Row, QuotedAmount]] = {}
    for row in rows:
        said = quoted_amount(row, "amount")
        if row["item"] in items and said is not None:
            found.setdefault(row["item"], (row, said))
    return list(found.values())


def _of_kind(case: Case, kind: str) -> dict[str, list[Row]]:
    by_section: dict[str, list[Row]] = {}
    for row in case.rows["narrative"]:
        if row["kind"] == kind:
            by_section.setdefault(row["section"] or "", []).append(row)
    return by_section


def procurement(case: Case) -> Iterator[Finding]:
    """Add up the kinds of procurement that the prose names."""
    for rows in _of_kind(case, "procurement").values():
        whole, parts = _said(rows, "政府采购"), _said(rows, *_PURCHASES)
        # One kind alone may be an example; a whole that is all of one kind is said so.
        if len(whole) == 1 and len(parts) > 1:
            row, said = whole[0]
            yield _sum(
                row,
                said,
                [part for _, part in parts],
                "procurement",
                "total",
                "政府采购预算",
                "procurement",
            )


def reserves(case: Case) -> Iterator[Finding]:
    """Hold the reserves against the whole."""
    for rows in _of_kind(case, "procurement").values():
        chain = [
            _said(rows, item)
            for item in ("政府采购", "面向中小企业预留政府采购", "小微企业预留政府采购")
        ]
        known = [found[0] for found in chain if found]
        for (_, whole), (row, part) in pairwise(known):
            over = part.amount > whole.amount
            yield told(
                FAIL if over else PASS,
                f"“{row['item']}”{format_amount(part.amount)}万元{'大于' if over else '不大于'}"
                f"{format_amount(whole.amount)}万元",
                f"'{row['item']}' {format_amount(part.amount)} is {'more' if over else 'not more'} than "
                f"{format_amount(whole.amount)} (万元)",
                row,
                expected=whole.amount,
                found=part.amount,
                tolerance=Decimal(0),
                table="procurement",
                measure="total",
            )


def three_public(case: Case) -> Iterator[Finding]:
    """Add up the kinds of 三公 that the prose names, and those of vehicles."""
    for rows in _of_kind(case, "three_public").values():
        whole, parts = _said(rows, "“三公”经费"), _said(rows, *_SPENT)
        vehicles = _said(rows, *_VEHICLES)
        if len(parts) == 2 and not _said(rows, "公务用车购置及运行费") and len(vehicles) == 2:
            parts = [*parts, *vehicles]
        if len(whole) == 1 and len(parts) > 2:
            row, said = whole[0]
            yield _sum(
                row,
                said,
                [part for _, part in parts],
                "narrative",
                "“三公”经费",
                "“三公”经费",
                "三公",
            )
        both = _said(rows, "公务用车购置及运行费")
        if both and len(vehicles) == 2:
            row, said = both[0]
            yield _sum(
                row,
                said,
                [part for _, part in vehicles],
                "narrative",
                "公务用车购置及运行费",
                "公务用车购置及运行费",
                "vehicles",
            )


def target_lists(case: Case) -> Iterator[Finding]:
    """Add up a list of projects that is as long as the number said before it."""
    for row in case.rows["paragraphs"]:
        match = _TARGETS.search(folded(row["text"]))
        if match is None:
            continue
        amounts = [said for said in quoted_amounts(row["text"]) if said.start >= match.end()]
        if len(amounts) != int(match[1]) + 1 or len(amounts) < 3:
            continue
        yield _sum(
            {**row, "item": "绩效目标"},
            amounts[0],
            amounts[1:],
            "narrative",
            "绩效目标",
            "编报绩效目标的项目资金",
            "the projects with targets:",
        )


def target_money(case: Case) -> Iterator[Finding]:
    """Hold the money of the projects with targets against all projects."""
    totals = case.by_place.get(("expenditure", "", "project"), {}).get("total", [])
    for row in case.rows["narrative"]:
        said = quoted_amount(row, "amount")
        if row["kind"] != "performance" or said is None or not totals or "整体" in row["text"]:
            continue
        whole = totals[0]
        over = said.amount - whole.amount > max(said.half, whole.half)
        yield told(
            FAIL if over else PASS,
            f"编报绩效目标的项目资金{format_amount(said.amount)}万元{'大于' if over else '不大于'}"
            f"项目支出{format_amount(whole.amount)}万元",
            f"the projects with targets have {format_amount(said.amount)}, all projects "
            f"{format_amount(whole.amount)} (万元)",
            row,
            expected=whole.amount,
            found=said.amount,
            tolerance=max(said.half, whole.half),
            measure="amount",
            other=whole,
        )


CHECKS: Checks = {
    "procurement-sum": procurement,
    "procurement-reserve": reserves,
    "three-public-said-sum": three_public,
    "performance-list-sum": target_lists,
    "performance-within-projects": target_money,
}
