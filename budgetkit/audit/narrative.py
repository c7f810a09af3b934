"""The prose against the tables: every amount, share and percent of it recomputed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from budgetkit.audit.case import Case, Row
from budgetkit.audit.catalogue import Finding, check, plain
from budgetkit.audit.figures import FAIL, PASS, ROUNDING, Figure
from budgetkit.audit.prose import (
    Said,
    Share,
    amount_said,
    amounts_in,
    kept,
    percent_said,
    said_figure,
    shown,
    told,
    verdict,
)
from budgetkit.audit.said import class_figures, core, figures_of, path_of
from budgetkit.prose.wordings import NUMBER, any_of, folded, matcher

#: Kinds of rows of ``narrative`` that speak of the tables.
_AMOUNTS = ("amount", "three_public", "meetings", "operating_costs", "procurement")
_WHOLE = re.compile(r"(收入|支出|收支|收、支|拨款)")
_OF = re.compile(r"占(?P<whole>[^，。；、%]{0,30}?)(?:的)?(?:比重|比例)?(?:为)?\d")


def nearest(said: Figure, figures: Sequence[Figure]) -> tuple[str, Figure]:
    """Compare an amount of the prose with the figures that it may mean.

    Returns
    -------
    tuple of str and Figure
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


@check(
    "narrative-amount",
    "narrative",
    "文字说明的金额应与表格一致",
    "An amount of the prose is the amount of its table",
    source="财政部《地方预决算公开操作规程》（财预〔2016〕143号）",
    needs="narrative facts",
)
def amounts(case: Case) -> Iterator[Finding]:
    """Compare each amount of the prose with the tables that print it."""
    for row in case.rows["narrative"]:
        if row["kind"] not in _AMOUNTS:
            continue
        said = amount_said(row, "amount")
        figures = figures_of(case, row) if said else []
        if said is None or not figures:
            continue
        status, figure = nearest(said_figure(row, said), figures)
        if status == FAIL and len({f.code for f in figures}) > 1 and figures[0].code.isdigit():
            continue  # classes of one name that nothing tells apart
        zh, en = verdict(status)
        item = row["item"]
        yield told(
            status,
            f"文字说明中“{item}”{plain(said.amount)}万元与表格列示{plain(figure.amount)}万元{zh}，"
            f"相差{plain(said.amount - figure.amount)}万元",
            f"'{item}' {plain(said.amount)} in the prose {en} with {plain(figure.amount)} "
            f"in table {figure.table}, difference {plain(said.amount - figure.amount)} (万元)",
            row,
            expected=figure.amount,
            found=said.amount,
            tolerance=max(figure.half, said.half) if status == ROUNDING else Decimal(0),
            measure="amount",
            other=figure,
        )


def interval(top: Said, low: Said) -> tuple[Decimal, Decimal] | None:
    """Give the least and greatest percent that two rounded amounts can stand for."""
    least, most = low.amount - low.half, low.amount + low.half
    if least <= 0 <= most:
        return None
    ends = [
        (top.amount + side * top.half) / base * 100 for side in (-1, 1) for base in (least, most)
    ]
    return min(ends), max(ends)


def compare_percent(said: Share, ends: tuple[Decimal, Decimal]) -> str:
    """Tell whether a printed percent can come from amounts: cut off or rounded is ``rounding``."""
    low, high = ends
    if low - said.half <= said.value <= high + said.half:
        middle = (low + high) / 2
        return PASS if abs(middle - said.value) <= said.half else ROUNDING
    return ROUNDING if low - 2 * said.half < said.value < high + 2 * said.half else FAIL


@check(
    "narrative-share",
    "narrative",
    "占比应等于金额除以合计",
    "A share of the prose is the amount divided by its whole",
    source="arithmetic",
    needs="narrative",
)
def shares(case: Case) -> Iterator[Finding]:
    """Recompute each share from the amounts that can be its whole."""
    rows = case.rows["narrative"]
    for at, row in enumerate(rows):
        share, said = percent_said(row, "share_pct"), amount_said(row, "amount")
        if share is None or said is None:
            continue
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
        yield _percent_finding(row, status, "share_pct", share, real, "占比", "share")


def _wholes(case: Case, rows: Sequence[Row], at: int) -> Iterator[Said]:
    """Amounts that can be the whole of a share: said before in its section, or in its table."""
    row = rows[at]
    if row["kind"] == "three_public":
        for figure in case.by_place.get(("three_public", "", "total"), {}).get("total", ()):
            yield Said(figure.amount, figure.half, figure.unit, 0, 0)
        return
    section = row["section"] or ""
    top = " > ".join(section.split(" > ")[:-1])
    own = amount_said(row, "amount")
    for before in reversed(rows[:at]):
        if before["share_pct"] is not None and before["item"] == row["item"]:
            continue
        near = (before["section"] or "").startswith(section) or (
            top and (before["section"] or "").startswith(top)
        )
        if not near or not _WHOLE.search(before["item"] or ""):
            continue
        said = amount_said(before, "amount")
        if said is not None and own is not None and said.amount >= own.amount:
            yield said
    side = "revenue" if "收入" in section else "expenditure"
    for figure in case.by_place.get(("summary", side, "amount"), {}).get("total", ()):
        yield Said(figure.amount, figure.half, figure.unit, 0, 0)


def _percent_finding(
    row: Row, status: str, measure: str, said: Share, real: Decimal, zh: str, en: str
) -> Finding:
    word_zh, word_en = verdict(status)
    item = row.get("item") or ""
    return told(
        status,
        f"“{item}”的{zh}{said.value}%与按金额计算的{shown(real)}%{word_zh}",
        f"the {en} of '{item}', {said.value} %, {word_en} with {shown(real)} % "
        "computed from the amounts",
        row,
        expected=round(real, 4),
        found=said.value,
        tolerance=said.half,
        measure=measure,
    )


@check(
    "narrative-percent",
    "narrative",
    "增减百分比应等于增减额除以上年数",
    "A percent of change is the change divided by last year's amount",
    source="arithmetic",
    needs="narrative",
)
def percents(case: Case) -> Iterator[Finding]:
    """Recompute each percent of change from the amount and the change printed with it."""
    for row in case.rows["narrative"]:
        percent, said = percent_said(row, "change_pct"), amount_said(row, "amount")
        change = amount_said(row, "change")
        if percent is None or said is None or change is None:
            continue
        before = Said(said.amount - change.amount, said.half + change.half, "", 0, 0)
        ends = interval(change, before)
        if before.amount == 0 and change.amount:
            continue  # from nothing: 100 % is a convention
        if ends is None or before.amount < 0:
            if not change.amount and not percent.value:
                yield _percent_finding(
                    row, PASS, "change_pct", percent, Decimal(0), "增减百分比", "change"
                )
            continue
        status = compare_percent(percent, ends)
        real = change.amount / before.amount * 100
        yield _percent_finding(row, status, "change_pct", percent, real, "增减百分比", "change")


@check(
    "narrative-change",
    "narrative",
    "增加额不应大于本年数",
    "An increase is not more than the amount that increased",
    source="arithmetic",
    needs="narrative",
)
def increases(case: Case) -> Iterator[Finding]:
    """Find changes that would leave less than nothing for the year before."""
    for row in case.rows["narrative"]:
        said, change = amount_said(row, "amount"), amount_said(row, "change")
        if said is None or change is None or row["kind"] not in _AMOUNTS:
            continue
        impossible = change.amount - said.amount > said.half + change.half
        zh, en = ("大于", "more than") if impossible else ("不大于", "not more than")
        yield told(
            FAIL if impossible else PASS,
            f"“{row['item']}”比上年增加{plain(change.amount)}万元，{zh}本年数{plain(said.amount)}万元",
            f"'{row['item']}' is said to change by {plain(change.amount)}, {en} "
            f"the amount itself, {plain(said.amount)} (万元)",
            row,
            expected=said.amount,
            found=change.amount,
            tolerance=said.half + change.half,
            measure="change",
        )


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


class _Base(tuple):  # (row, before, now, percent)
    __slots__ = ()


def _bases(case: Case) -> list[tuple[Row, Said, Said, Share | None]]:
    found = []
    for row in case.rows["paragraphs"]:
        text = folded(row["text"])
        if "执行数" not in text and "决算数" not in text and "上年" not in text:
            continue
        for match in _base().finditer(text):
            (before,), (now,) = amounts_in(match["before"]), amounts_in(match["now"])
            share = None
            if match["pct"]:
                digits = match["pct"].replace(",", "")
                half = Decimal(1).scaleb(-len(digits.partition(".")[2])) / 2
                share = Share(Decimal(digits) * (-1 if match["down"] else 1), half)
            found.append((row, before, now, share))
    return found


@check(
    "narrative-base-percent",
    "narrative",
    "与上年执行数相比的增减幅度应能由两个金额算出",
    "The percent between last year's and this year's amount follows from both",
    source="arithmetic",
    needs="paragraphs",
)
def base_percents(case: Case) -> Iterator[Finding]:
    """Recompute percents that stand beside both amounts."""
    for row, before, now, share in kept(case, "_bases", _bases):
        change = Said(now.amount - before.amount, now.half + before.half, "", 0, 0)
        ends = interval(change, before)
        named = {**row, "item": _named(row)}
        if ends is None:
            continue
        share = share or Share(Decimal(0), Decimal(0))
        real = change.amount / before.amount * 100
        status = compare_percent(share, ends)
        yield _percent_finding(named, status, "change_pct", share, real, "增减百分比", "change")


def _named(row: Row) -> str:
    steps = path_of(row)
    return steps[-1].name if steps else str(row["text"])[:12]


@check(
    "narrative-amount-twice",
    "narrative",
    "同一段落中同一项目的预算数应前后一致",
    "A paragraph gives its item one amount",
    source="arithmetic",
    needs="paragraphs narrative",
)
def amounts_twice(case: Case) -> Iterator[Finding]:
    """Compare the amount that opens a paragraph with the one that it repeats."""
    for row, _, now, _ in kept(case, "_bases", _bases):
        if not path_of(row):
            continue
        first = amounts_in(row["text"])[0]
        if first.start >= folded(row["text"]).find("。") > 0 or first.unit != now.unit:
            continue
        status = PASS if first.amount == now.amount else FAIL
        zh, en = verdict(status)
        name = _named(row)
        yield told(
            status,
            f"“{name}”前文{plain(first.amount)}万元与后文预算安排{plain(now.amount)}万元{zh}",
            f"'{name}' {plain(first.amount)} and then {plain(now.amount)} (万元) "
            f"in one paragraph: {en}",
            {**row, "item": name},
            expected=first.amount,
            found=now.amount,
            tolerance=Decimal(0),
            measure="amount",
        )


@check(
    "narrative-reason-direction",
    "narrative",
    "增减原因的方向应与增减方向一致",
    "A reason for more does not stand behind less, nor the reverse",
    source="财政部《地方预决算公开操作规程》（财预〔2016〕143号）",
    needs="paragraphs",
)
def directions(case: Case) -> Iterator[Finding]:
    """Find a decrease whose only reason is that the same item increased."""
    for row, _, _, share in kept(case, "_bases", _bases):
        text = folded(row["text"])
        at = matcher("change", "reason").search(text)
        name = row and path_of(row)
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


@check(
    "narrative-item-known",
    "narrative",
    "文字说明列出的支出科目应在表格中",
    "A class that the prose lists stands in the tables",
    source="财政部《地方预决算公开操作规程》（财预〔2016〕143号）",
    needs="narrative general_expenditure",
)
def items_known(case: Case) -> Iterator[Finding]:
    """Find listed classes that no table has, under any name or with their amount."""
    printed = {figure.amount for figure in case.figures}
    for row in _listed(case):
        said = amount_said(row, "amount")
        if said is None or not said.amount:
            continue
        found = class_figures(case, row)
        near = any(abs(amount - said.amount) <= said.half for amount in printed)
        if not found and near:
            continue  # the row is there under another name
        status = PASS if found else FAIL
        yield told(
            status,
            f"文字说明列出的“{row['item']}”{plain(said.amount)}万元"
            + ("在表格中有对应科目" if found else "在支出表中没有对应科目"),
            f"'{row['item']}' {plain(said.amount)} (万元) of the prose "
            + ("stands in the tables" if found else "stands in no table of expenditure"),
            row,
            found=said.amount,
            measure="amount",
        )


def _listed(case: Case) -> list[Row]:
    """Rows of the prose that name a 项 outright."""
    found = []
    for row in case.rows["narrative"]:
        path = path_of(row)
        if path and path[-1].level == 3 and path[-1].name == core(row["item"]):
            found.append(row)
    return found


@check(
    "narrative-items-complete",
    "narrative",
    "支出表中的项级科目应在文字说明中逐项说明",
    "Every 项 of the expenditure is explained in the prose",
    source="财政部《地方预决算公开操作规程》（财预〔2016〕143号）",
    needs="narrative general_expenditure",
)
def items_complete(case: Case) -> Iterator[Finding]:
    """Find rows of the table that the prose's list passes over."""
    said = {code for row in _listed(case) for code, _ in class_figures(case, row)}
    names = {core(row["item"]) for row in case.rows["narrative"]}
    table = case.by_place.get(("general_expenditure", "", "total"), {})
    money = [f[0] for code, f in table.items() if len(code) == 7 and code.isdigit() and f[0].amount]
    if len(said) < 3 or 2 * len([f for f in money if f.code in said]) < len(money):
        return
    amounts_ = {s.amount for row in case.rows["narrative"] if (s := amount_said(row, "amount"))}
    for figure in money:
        known = figure.code in said or core(figure.name) in names
        if not known and any(abs(a - figure.amount) <= Decimal("0.005") for a in amounts_):
            continue
        yield Finding(
            PASS if known else FAIL,
            f"表中“{figure.name}”{plain(figure.amount)}万元"
            + ("在文字说明中有说明" if known else "在文字说明中没有说明"),
            f"'{figure.name}' {plain(figure.amount)} (万元) of the table is "
            + ("explained" if known else "not explained in the prose"),
            figure.amount,
            None,
            None,
            figure.table,
            figure.code,
            figure.measure,
            figure.fact_id,
            place=figure.place,
            document=figure.document,
            sure=figure.sure,
        )


@check(
    "narrative-item-name",
    "narrative",
    "文字说明的科目名称应与同一编码的表格科目一致",
    "A class of the prose has the name that its code has in the tables",
    source="财政部年度《政府收支分类科目》",
    needs="narrative general_expenditure",
)
def item_names(case: Case) -> Iterator[Finding]:
    """Compare the names that stand with a code in the prose with the table's."""
    called = {
        figure.code: core(figure.name)
        for figure in case.figures
        if figure.table in ("general_expenditure", "expenditure") and figure.code.isdigit()
    }
    for row in _listed(case):
        path = path_of(row)
        code = ""
        for step in path:
            code += step.code
            name = called.get(code) if step.code else None
            if name is None:
                continue
            status = PASS if name == step.name else FAIL
            yield told(
                status,
                f"文字说明把{code}称为“{step.name}”，表格中为“{name}”"
                if status == FAIL
                else f"{code}的名称与表格一致",
                f"{code} is called '{step.name}' in the prose and '{name}' in the tables",
                row,
                code=code,
                measure="name",
            )


@check(
    "narrative-items-sum",
    "narrative",
    "逐项说明的金额之和应等于说明的合计",
    "The listed classes of the prose add up to its total",
    source="arithmetic",
    needs="narrative general_expenditure",
)
def items_sum(case: Case) -> Iterator[Finding]:
    """Add up a complete list of 项 and compare it with the total said before it."""
    rows = _listed(case)
    sums: dict[str, list[tuple[Row, Said]]] = {}
    for row in rows:
        said = amount_said(row, "amount")
        if said is not None:
            sums.setdefault(row["section"] or "", []).append((row, said))
    table = case.by_place.get(("general_expenditure", "", "total"), {})
    codes = {code for code in table if len(code) == 7 and code.isdigit()}
    for items in sums.values():
        named = {code for row, _ in items for code, _ in class_figures(case, row)}
        totals = table.get("total", ())
        if not codes or not codes <= named or len(named) != len(items) or not totals:
            continue
        whole = totals[0]
        total = sum((said.amount for _, said in items), Decimal(0))
        half = max(*(said.half for _, said in items), whole.half)
        tolerance = (len(items) + 1) * half
        gap = abs(total - whole.amount)
        status = PASS if gap == 0 else ROUNDING if gap <= tolerance else FAIL
        zh, en = verdict(status)
        yield told(
            status,
            f"逐项说明的{len(items)}项合计{plain(total)}万元与总额{plain(whole.amount)}万元{zh}",
            f"the {len(items)} listed classes add up to {plain(total)}; this {en} with the total "
            f"{plain(whole.amount)} (万元)",
            {**items[0][0], "item": "total"},
            expected=whole.amount,
            found=total,
            tolerance=tolerance,
            measure="sum",
            other=whole,
        )
