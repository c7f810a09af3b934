"""Sentences that print last year's amount beside the percent: recomputed from both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.findings import told, verdict
from budgetkit.checks.meaning import class_path
from budgetkit.checks.printed import FAIL, PASS, format_amount
from budgetkit.checks.quoted import QuotedAmount, QuotedPercent, quoted_amounts
from budgetkit.checks.rules.narrative import compare_percent, interval, percent_finding
from budgetkit.extraction.prose.wordings import NUMBER, any_of, folded, matcher


@cache
def _base() -> re.Pattern[str]:
    """A year's base, this year's amount and the percent between them, in one sentence or two."""
    amount = rf"(?:{NUMBER})(?:亿元|万元|元)"
    up, down = any_of("change", "up"), any_of("change", "down")
    return re.compile(
        rf"20\d\d年[^，。；]{{0,14}}?(?:执行|决算|预算)数?为?(?P<before>{amount})[，,]"
        rf"(?P<clause>20\d\d年[^，。；0-9]{{0,14}}?)(?P<now>{amount})[，,]"
        rf"[^，。；]{{0,20}}?(?:(?:(?P<down>{down})|(?P<up>{up}))(?P<pct>{NUMBER})%|持平)"
    )


def _bases(case: Case) -> list[tuple[Row, QuotedAmount, QuotedAmount, QuotedPercent | None]]:
    found = []
    for row in case.rows["paragraphs"]:
        text = folded(row["text"])
        if "执行数" not in text and "决算数" not in text and "上年" not in text:
            continue
        for match in _base().finditer(text):
            (before,), (now,) = quoted_amounts(match["before"]), quoted_amounts(match["now"])
            share = None
            if match["pct"]:
                digits = match["pct"].replace(",", "")
                half = Decimal(1).scaleb(-len(digits.partition(".")[2])) / 2
                share = QuotedPercent(Decimal(digits) * (-1 if match["down"] else 1), half)
            found.append((row, before, now, share))
    return found


def base_percents(case: Case) -> Iterator[Finding]:
    """Recompute percents that stand beside both amounts."""
    for row, before, now, share in case.kept(_bases):
        change = QuotedAmount(now.amount - before.amount, now.half + before.half, "", 0, 0)
        ends = interval(change, before)
        named = {**row, "item": _named(row)}
        if ends is None:
            continue
        share = share or QuotedPercent(Decimal(0), Decimal(0))
        real = change.amount / before.amount * 100
        status = compare_percent(share, ends)
        yield percent_finding(named, status, "change_pct", share, real, "增减百分比", "change")


def _named(row: Row) -> str:
    steps = class_path(row)
    return steps[-1].name if steps else str(row["text"])[:12]


def amounts_twice(case: Case) -> Iterator[Finding]:
    """Compare the amount that opens a paragraph with the one that it repeats."""
    for row, _, now, _ in case.kept(_bases):
        if not class_path(row):
            continue
        first = quoted_amounts(row["text"])[0]
        if first.start >= folded(row["text"]).find("。") > 0 or first.unit != now.unit:
            continue
        status = PASS if first.amount == now.amount else FAIL
        zh, en = verdict(status)
        name = _named(row)
        yield told(
            status,
            f"“{name}”前文{format_amount(first.amount)}万元与后文预算安排{format_amount(now.amount)}万元{zh}",
            f"'{name}' {format_amount(first.amount)} and then {format_amount(now.amount)} (万元) "
            f"in one paragraph: {en}",
            {**row, "item": name},
            expected=first.amount,
            found=now.amount,
            tolerance=Decimal(0),
            measure="amount",
        )


def directions(case: Case) -> Iterator[Finding]:
    """Find a decrease whose only reason is that the same item increased."""
    for row, _, _, share in case.kept(_bases):
        text = folded(row["text"])
        at = matcher("change", "reason").search(text)
        name = row and class_path(row)
        if share is None or at is None or not name or not share.value:
            continue
        reason = text[at.end() :].strip("：:，。 ")
        own = re.fullmatch(rf".*{re.escape(name[-1].name)}.{{0,6}}?(增加|减少)", reason)
        if own is None:
            continue
        wrong = (own[1] == "增加") != (share.value > 0)
        said = "增加" if share.value > 0 else "减少"
        yield told(
            FAIL if wrong else PASS,
            f"“{name[-1].name}”{said}{abs(share.value)}%，所述原因却是“{reason[-20:]}”"
            if wrong
            else f"“{name[-1].name}”的增减原因与增减方向一致",
            f"'{name[-1].name}' changes by {share.value} %, "
            + ("but its reason says the reverse" if wrong else "and its reason agrees"),
            {**row, "item": name[-1].name},
            measure="reason",
        )


CHECKS: Checks = {
    "narrative-base-percent": base_percents,
    "narrative-amount-twice": amounts_twice,
    "narrative-reason-direction": directions,
}
