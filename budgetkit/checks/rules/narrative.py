"""The prose against the tables: every amount, share and percent of it recomputed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, Words
from budgetkit.checks.findings import told, verdict
from budgetkit.checks.meaning import meant_figures, with_table_digits
from budgetkit.checks.messages import sentence_of
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, PrintedFigure, format_amount
from budgetkit.checks.quoted import (
    QuotedAmount,
    QuotedPercent,
    quoted_amount,
    quoted_figure,
    quoted_percent,
    two_decimals,
)

#: Kinds of rows of ``narrative`` that speak of the tables.
_AMOUNTS = ("amount", "three_public", "meetings", "operating_costs", "procurement")
_WHOLE = re.compile(
    r"(?:本年)?(?:财政拨款)?(?:收入|支出|收支|收、支|收入、支出)(?:总)?(?:预算)?(?:总计|合计|总额)?"
    r"|(?:一般公共预算|财政)(?:财政)?拨款(?:收支|支出|收入)?(?:总)?(?:预算)?(?:总计|合计)?"
)


def nearest(said: PrintedFigure, figures: Sequence[PrintedFigure]) -> tuple[str, PrintedFigure]:
    """Compare an amount of the prose with the figures that it may mean.

    Returns
    -------
    tuple of str and PrintedFigure
        ``pass`` with the first figure that agrees; ``rounding`` where one print is the
        rounded or cut one of the other; else ``fail`` with the likeliest figure.
    """
    best = (FAIL, figures[0])
    for figure in figures:
        gap = abs(figure.amount - said.amount)
        if gap == 0:
            return PASS, figure
        coarse = max(figure.half, said.half)
        if best[0] == FAIL and figure.half != said.half and gap < 2 * coarse:
            # Half a digit is rounding; up to a whole one is a print that was cut off.
            cut = min((figure, said), key=lambda item: -item.half)
            if gap <= coarse or abs(cut.amount) < max(abs(figure.amount), abs(said.amount)):
                best = (ROUNDING, figure)
    return best


def amounts(case: Case) -> Iterator[Finding]:
    """Compare each amount of the prose with the tables that print it."""
    cut: list[Finding] = []
    for row in case.rows["narrative"]:
        if row["kind"] not in _AMOUNTS:
            continue
        said = quoted_amount(row, "amount")
        figures = meant_figures(case, row) if said else []
        if said is None or not figures:
            continue
        status, figure = nearest(quoted_figure(row, said), figures)
        if status == FAIL and len({f.code for f in figures}) > 1 and figures[0].code.isdigit():
            continue  # classes of one name that nothing tells apart
        zh, en = verdict(status)
        item = row["item"]
        finding = told(
            status,
            f"文字说明中“{item}”{format_amount(said.amount)}万元与表格列示{format_amount(figure.amount)}万元{zh}，"
            f"相差{format_amount(said.amount - figure.amount)}万元",
            f"'{item}' {format_amount(said.amount)} in the prose {en} with {format_amount(figure.amount)} "
            f"in table {figure.table}, difference {format_amount(said.amount - figure.amount)} (万元)",
            row,
            expected=figure.amount,
            found=said.amount,
            tolerance=max(figure.half, said.half) if status == ROUNDING else Decimal(0),
            measure="amount",
            other=figure,
        )
        if status == ROUNDING and abs(said.amount - figure.amount) > max(figure.half, said.half):
            cut.append(finding)
        else:
            yield finding
    if cut:
        # A prose that cuts digits off instead of rounding does so everywhere: say it once.
        words: Words = {"count": len(cut), "example": sentence_of(cut[0])}
        yield cut[0]._replace(message="narrative-amount-cut-off", words=words)


def interval(top: QuotedAmount, low: QuotedAmount) -> tuple[Decimal, Decimal] | None:
    """Give the least and greatest percent that two rounded amounts can stand for."""
    least, most = low.amount - low.half, low.amount + low.half
    if least <= 0 <= most:
        return None
    ends = [
        (top.amount + side * top.half) / base * 100 for side in (-1, 1) for base in (least, most)
    ]
    return min(ends), max(ends)


def compare_percent(said: QuotedPercent, ends: tuple[Decimal, Decimal]) -> str:
    """Tell whether a printed percent can come from amounts: cut off or rounded is ``rounding``."""
    low, high = ends
    if low - said.half <= said.value <= high + said.half:
        middle = (low + high) / 2
        return PASS if abs(middle - said.value) <= said.half else ROUNDING
    return ROUNDING if low - 2 * said.half < said.value < high + 2 * said.half else FAIL


def shares(case: Case) -> Iterator[Finding]:
    """Recompute each share from the amounts that can be its whole."""
    rows = case.rows["narrative"]
    for at, row in enumerate(rows):
        share, said = quoted_percent(row, "share_pct"), quoted_amount(row, "amount")
        if share is None or said is None:
            continue
        said = with_table_digits(case, row, said)
        wholes = list(_wholes(case, rows, at))
        results = [
            (compare_percent(share, ends), whole)
            for whole in wholes
            if (ends := interval(said, whole)) is not None
        ]
        if not results:
            continue
        status, whole = min(results, key=lambda pair: (PASS, ROUNDING, FAIL).index(pair[0]))
        if status == FAIL:
            whole = results[0][1]
        real = said.amount / whole.amount * 100
        yield percent_finding(row, status, "share_pct", share, real, "占比", "share")


def _wholes(case: Case, rows: Sequence[Row], at: int) -> Iterator[QuotedAmount]:
    """Amounts that can be the whole of a share: said before in its section, or in its table."""
    row = rows[at]
    if row["kind"] == "three_public":
        for figure in case.by_place.get(("three_public", "", "total"), {}).get("total", ()):
            yield QuotedAmount(figure.amount, figure.half, figure.unit, 0, 0)
        return
    section = row["section"] or ""
    top = " > ".join(section.split(" > ")[:-1])
    own = quoted_amount(row, "amount")
    for before in reversed(rows[:at]):
        if before["share_pct"] is not None and before["item"] == row["item"]:
            continue
        near = (before["section"] or "").startswith(section) or (
            top and (before["section"] or "").startswith(top)
        )
        if not near or not _WHOLE.fullmatch(before["item"] or ""):
            continue
        said = quoted_amount(before, "amount")
        if said is not None and own is not None and said.amount >= own.amount:
            yield said
    if (run := _run_whole(rows, at)) is not None:
        yield run
    side = "revenue" if "收入" in section else "expenditure"
    for figure in case.by_place.get(("summary", side, "amount"), {}).get("total", ()):
        yield QuotedAmount(figure.amount, figure.half, figure.unit, 0, 0)


def _run_whole(rows: Sequence[Row], at: int) -> QuotedAmount | None:
    """Give the amount before a run of shares, if two other shares of the run are of it."""
    section, start = rows[at]["section"], at
    while start and rows[start - 1]["section"] == section and rows[start]["share_pct"] is not None:
        start -= 1
    whole = quoted_amount(rows[start], "amount")
    if whole is None or rows[start]["share_pct"] is not None:
        return None
    agreeing = 0
    for row in rows[start + 1 :]:
        share, said = quoted_percent(row, "share_pct"), quoted_amount(row, "amount")
        if row["section"] != section or share is None or said is None:
            break
        ends = interval(said, whole)
        agreeing += (
            row is not rows[at] and ends is not None and compare_percent(share, ends) != FAIL
        )
    return whole if agreeing > 1 else None


def percent_finding(
    row: Row, status: str, measure: str, said: QuotedPercent, real: Decimal, zh: str, en: str
) -> Finding:
    """Word the finding about a percent: as printed, and as computed from the amounts."""
    word_zh, word_en = verdict(status)
    item = row.get("item") or ""
    return told(
        status,
        f"“{item}”的{zh}{said.value}%与按金额计算的{two_decimals(real)}%{word_zh}",
        f"the {en} of '{item}', {said.value} %, {word_en} with {two_decimals(real)} % "
        "computed from the amounts",
        row,
        expected=round(real, 4),
        found=said.value,
        tolerance=said.half,
        measure=measure,
    )


def percents(case: Case) -> Iterator[Finding]:
    """Recompute each percent of change from the amount and the change printed with it."""
    for row in case.rows["narrative"]:
        percent, said = quoted_percent(row, "change_pct"), quoted_amount(row, "amount")
        change = quoted_amount(row, "change")
        if percent is None or said is None or change is None:
            continue
        said = with_table_digits(case, row, said)
        before = QuotedAmount(said.amount - change.amount, said.half + change.half, "", 0, 0)
        ends = interval(change, before)
        if before.amount == 0 and change.amount:
            continue  # from nothing: 100 % is a convention
        if ends is None or before.amount < 0:
            if not change.amount and not percent.value:
                yield percent_finding(
                    row, PASS, "change_pct", percent, Decimal(0), "增减百分比", "change"
                )
            continue
        status = compare_percent(percent, ends)
        real = change.amount / before.amount * 100
        yield percent_finding(row, status, "change_pct", percent, real, "增减百分比", "change")


def increases(case: Case) -> Iterator[Finding]:
    """Find changes that would leave less than nothing for the year before."""
    for row in case.rows["narrative"]:
        said, change = quoted_amount(row, "amount"), quoted_amount(row, "change")
        if said is None or change is None or row["kind"] not in _AMOUNTS:
            continue
        impossible = change.amount - said.amount > said.half + change.half
        zh, en = ("大于", "more than") if impossible else ("不大于", "not more than")
        yield told(
            FAIL if impossible else PASS,
            f"“{row['item']}”比上年增加{format_amount(change.amount)}万元，{zh}本年数{format_amount(said.amount)}万元",
            f"'{row['item']}' is said to change by {format_amount(change.amount)}, {en} "
            f"the amount itself, {format_amount(said.amount)} (万元)",
            row,
            expected=said.amount,
            found=change.amount,
            tolerance=said.half + change.half,
            measure="change",
        )


CHECKS: Checks = {
    "narrative-amount": amounts,
    "narrative-share": shares,
    "narrative-percent": percents,
    "narrative-change": increases,
}
