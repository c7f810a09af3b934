"""The prose compared with the tables and with itself: every amount, share and percent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from budgetkit.checks.case import Case, Row
from budgetkit.checks.clauses import is_part, says_own_change, says_own_percent
from budgetkit.checks.comparisons import quote
from budgetkit.checks.finding import Checks, Finding, Words, about_sentence
from budgetkit.checks.meaning import (
    class_figures,
    core_name,
    meant_figures,
    named_tables,
    tables_meant,
    with_table_digits,
)
from budgetkit.checks.messages import sentence_of
from budgetkit.checks.percents import (
    best_quotient,
    compare_percent,
    percent_finding,
    percent_range,
)
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, SKIPPED, PrintedFigure, Rounded
from budgetkit.checks.prose_findings import not_parsed
from budgetkit.checks.quoted import (
    QuotedAmount,
    closest_figure,
    is_slip,
    quoted_amount,
    quoted_percent,
    said_as,
)

#: Under so many headings with an amount each, an item is told part by part.
PARTS = 3
#: Tables that print general expenditure by its functional classes.
BY_CLASS = ("general_expenditure", "appropriation_expenditure")
#: Kinds of rows of ``narrative`` whose amounts the tables print.
_AMOUNTS = ("amount", "three_public", "meetings", "operating_costs", "procurement")
#: Kinds whose items a disclosure must print; where no table does, the amount is said to be skipped.
_NAMED = ("three_public", "operating_costs", "procurement")
_WHOLE = re.compile(
    r"(?:本年)?(?:财政拨款)?(?:收入|支出|收支|收、支|收入、支出)(?:总)?(?:预算)?(?:总计|合计|总额)?"
    r"|(?:一般公共预算|财政)(?:财政)?拨款(?:收支|支出|收入)?(?:总)?(?:预算)?(?:总计|合计)?"
)


def amounts(case: Case) -> Iterator[Finding]:
    """Compare each amount of the prose with the tables that print it."""
    cut_off: list[Finding] = []
    by_part, agreeing = case.kept(_said_part_by_part), case.kept(_said_as_printed)
    for row in case.rows["narrative"]:
        quoted = quoted_amount(row, "amount") if row["kind"] in _AMOUNTS else None
        figures = meant_figures(case, row) if quoted else []
        if quoted is None or not figures:
            if quoted and quoted.amount and row["kind"] in _NAMED:
                alone = {"item": row["item"]}
                yield about_sentence(
                    row, SKIPPED, "skipped-said-alone", alone, found=quoted.amount, measure="amount"
                )
            continue
        status, figure = closest_figure(quoted, figures)
        ambiguous_class = figures[0].code.isdigit() and len({f.code for f in figures}) > 1
        of_a_part = (row["item"], _parent(row)) in by_part
        if status == FAIL and (ambiguous_class or of_a_part):
            continue
        is_a_part = (row["item"], row["section"]) in agreeing and is_part(case, row)
        if status == FAIL and (is_a_part or _under_another_name(case, quoted, figure)):
            yield not_parsed(row)
            continue
        tables_differ = (
            status == FAIL and figure.code.isdigit() and len({f.amount for f in figures}) > 1
        )
        if tables_differ:
            figure = min(figures, key=lambda one: abs(one.amount - quoted.amount))
        coarser = max(figure.half, quoted.half)
        finding = about_sentence(
            row,
            status,
            "narrative-amount",
            {"other_table": figure.table},
            expected=figure.amount,
            found=quoted.amount,
            tolerance=coarser if status == ROUNDING else Decimal(0),
            measure="amount",
            other=figure,
        )._replace(
            may_stand_in=tables_meant(row),
            quotes=(said_as(row, quoted), quote(figure.amount, figure)),
        )
        if status == FAIL and (tables_differ or not _is_plain(case, row, quoted, figure)):
            # Where its tables disagree with each other, the sentence may be right.
            finding = finding._replace(certain=False)
        if status == ROUNDING and abs(quoted.amount - figure.amount) > coarser:
            cut_off.append(finding)
        else:
            yield finding
    if cut_off:
        # A text that cuts digits off does so everywhere: one finding stands for all.
        words: Words = {"count": len(cut_off), "example": sentence_of(cut_off[0])}
        yield cut_off[0]._replace(message="narrative-amount-cut-off", words=words)


def _said_as_printed(case: Case) -> set[tuple[str, str]]:
    """Return items, each with its heading, of which one amount is that of the tables.

    Another amount of it there may be a part: 政府采购 712.49, 其中一般公共预算 504.98.
    """
    found = set()
    for row in case.rows["narrative"]:
        quoted = quoted_amount(row, "amount") if row["kind"] in _AMOUNTS else None
        if quoted and any(f.amount == quoted.amount for f in meant_figures(case, row)):
            found.add((row["item"], row["section"]))
    return found


def _under_another_name(case: Case, quoted: QuotedAmount, figure: PrintedFigure) -> bool:
    """Whether a table prints the amount for the same code, whose name it has wrong."""
    name = core_name(figure.name)
    return figure.code.isdigit() and any(
        other.code == figure.code
        and other.amount == quoted.amount
        and core_name(other.name) != name
        for other in case.own_figures
    )


def _is_plain(case: Case, row: Row, quoted: QuotedAmount, figure: PrintedFigure) -> bool:
    """Whether an amount can only be meant for the figure that it differs from.

    Its table is one that the heading names and was read whole, no other one prints the amount for
    the same class, and the two are one number with a slip, and not two numbers.
    """
    elsewhere = (other.amount for _, other in class_figures(case, row, "any"))
    return (
        figure.table in tables_meant(row)
        and _is_where_it_should(case, row, figure)
        and figure.table not in case.unread
        and quoted.amount not in elsewhere
        and is_slip(quoted.amount, figure.amount)
    )


def _is_where_it_should(case: Case, row: Row, figure: PrintedFigure) -> bool:
    """Whether every table of classes that may be meant has the class of a figure, if any has it.

    Where one of them lost it with a page, the sentence may speak of that one.
    """
    if not figure.code.isdigit():
        return True
    tables = {table for table, *_ in case.by_place}.intersection(BY_CLASS, tables_meant(row))
    return tables <= {one.table for one in meant_figures(case, row) if one.code == figure.code}


def _said_part_by_part(case: Case) -> set[tuple[str, str]]:
    """Return items with an amount below each of several headings, with what stands above these.

    Such headings are units, or classes: each amount is that of its part.
    """
    headings: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for row in case.rows["narrative"]:
        if row["kind"] in _AMOUNTS and row["amount"] and _parent(row):
            headings[row["item"], _parent(row)][row["section"]] = row["amount"]
    return {item for item, found in headings.items() if len(set(found.values())) >= PARTS}


def _parent(row: Row) -> str:
    return (row["section"] or "").rpartition(" > ")[0]


def shares(case: Case) -> Iterator[Finding]:
    """Recompute each share from the amounts that can be its whole."""
    rows = case.rows["narrative"]
    for at, row in enumerate(rows):
        share, quoted = quoted_percent(row, "share_pct"), quoted_amount(row, "amount")
        if share is None or quoted is None:
            continue
        part = with_table_digits(case, row, quoted)
        best = best_quotient(share, [(part, whole) for whole in _wholes(case, rows, at)])
        if best:
            yield percent_finding(row, "share_pct", share, best.status, best.percent)


def _wholes(case: Case, rows: Sequence[Row], at: int) -> Iterator[Rounded]:
    """Yield the amounts that a share can be a part of, the likeliest first.

    Those printed before it in its section come first, then the totals of its table.
    """
    row = rows[at]
    if row["kind"] == "three_public":
        yield from case.by_place.get(("three_public", "", "total"), {}).get("total", ())
        return
    section = row["section"] or ""
    parent = " > ".join(section.split(" > ")[:-1])
    part = quoted_amount(row, "amount")
    for earlier in reversed(rows[:at]):
        is_share_of_same = earlier["share_pct"] is not None and earlier["item"] == row["item"]
        earlier_section = earlier["section"] or ""
        is_near = earlier_section.startswith(section) or (
            parent and earlier_section.startswith(parent)
        )
        if is_share_of_same or not is_near or not _WHOLE.fullmatch(earlier["item"] or ""):
            continue
        whole = quoted_amount(earlier, "amount")
        if whole is not None and part is not None and whole.amount >= part.amount:
            yield whole
    if (whole := _whole_of_run(rows, at)) is not None:
        yield whole
    for table in named_tables(section):
        yield from case.by_place.get((table, "", "total"), {}).get("total", ())
    side = "revenue" if "收入" in section else "expenditure"
    yield from case.by_place.get(("summary", side, "amount"), {}).get("total", ())


def _whole_of_run(rows: Sequence[Row], at: int) -> QuotedAmount | None:
    """Return the amount before a run of shares, if at least two other shares of it agree."""
    section, start = rows[at]["section"], at
    while start and rows[start - 1]["section"] == section and rows[start]["share_pct"] is not None:
        start -= 1
    whole = quoted_amount(rows[start], "amount")
    if whole is None or rows[start]["share_pct"] is not None:
        return None
    agreeing = 0
    for row in rows[start + 1 :]:
        share, part = quoted_percent(row, "share_pct"), quoted_amount(row, "amount")
        if row["section"] != section or share is None or part is None:
            break
        ends = percent_range(part, whole)
        agrees = ends is not None and compare_percent(share, ends) != FAIL
        agreeing += row is not rows[at] and agrees
    return whole if agreeing > 1 else None


def percents(case: Case) -> Iterator[Finding]:
    """Recompute each percent of change from the amount and the change printed with it."""
    for row in case.rows["narrative"]:
        percent, change = quoted_percent(row, "change_pct"), quoted_amount(row, "change")
        quoted = quoted_amount(row, "amount")
        if percent is None or change is None or quoted is None:
            continue
        before = with_table_digits(case, row, quoted).minus(change)
        from_nothing = before.amount == 0 and change.amount != 0
        if from_nothing:  # 100 % is a convention
            continue
        best = best_quotient(percent, [(change, before)]) if before.amount >= 0 else None
        if best and best.status == FAIL and not _is_parsed(case, row):
            yield not_parsed(row)
        elif best:
            yield percent_finding(row, "change_pct", percent, best.status, best.percent)
        elif not change.amount and not percent.value:
            yield percent_finding(row, "change_pct", percent, PASS, Decimal(0))


def _is_parsed(case: Case, row: Row) -> bool:
    return says_own_change(case, row) and says_own_percent(row)


def increases(case: Case) -> Iterator[Finding]:
    """Find increases by more than the amount itself: last year's would be negative."""
    for row in case.rows["narrative"]:
        quoted, change = quoted_amount(row, "amount"), quoted_amount(row, "change")
        if quoted is None or change is None or row["kind"] not in _AMOUNTS:
            continue
        tolerance = quoted.half + change.half
        is_more = change.amount - quoted.amount > tolerance
        if is_more and not says_own_change(case, row):
            yield not_parsed(row)
            continue
        yield about_sentence(
            row,
            FAIL if is_more else PASS,
            "narrative-change",
            expected=quoted.amount,
            found=change.amount,
            tolerance=tolerance,
            measure="change",
        )._replace(quotes=(said_as(row, change), said_as(row, quoted)) if is_more else None)


CHECKS: Checks = {
    "narrative-amount": amounts,
    "narrative-share": shares,
    "narrative-percent": percents,
    "narrative-change": increases,
}
