"""Lists of the prose against the rows of the tables: what is named, what is not, and its sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.findings import about, told, verdict
from budgetkit.checks.meaning import class_figures, class_path, core_name
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, PrintedFigure, format_amount, page_box
from budgetkit.checks.quoted import QuotedAmount, quoted_amount
from budgetkit.codelists import classification
from budgetkit.extraction.prose.wordings import meaning

#: A sentence with at least this many economic classes is a list of them.
MANY = 5
#: A list that passes over more than this share of the table's rows gives examples.
MISSED = 0.3
#: More absent classes than this in one list are told together.
FEW = 3
_LIST = re.compile(r"(?:主要|具体)?(?:包括|用于)[：:]?(?P<list>[^。；：]{20,})")
#: What a list is about, and the 类 that this is.
_ABOUT = (
    ("人员经费", ("301", "303")),
    ("公用经费", ("302", "310")),
)


def items_known(case: Case) -> Iterator[Finding]:
    """Find listed classes that no table has, under any name or with their amount."""
    printed = {figure.amount for figure in case.figures}
    for row in _listed(case):
        said = quoted_amount(row, "amount")
        if said is None or not said.amount:
            continue
        found = class_figures(case, row)
        if not found and any(abs(amount - said.amount) <= said.half for amount in printed):
            continue  # the row is there under another name
        status = PASS if found else FAIL
        yield told(
            status,
            f"文字说明列出的“{row['item']}”{format_amount(said.amount)}万元"
            + ("在表格中有对应科目" if found else "在支出表中没有对应科目"),
            f"'{row['item']}' {format_amount(said.amount)} (万元) of the prose "
            + ("stands in the tables" if found else "stands in no table of expenditure"),
            row,
            found=said.amount,
            measure="amount",
        )


def _listed(case: Case) -> list[Row]:
    """Rows of the prose that name a 项 outright."""
    found = []
    for row in case.rows["narrative"]:
        path = class_path(row)
        if path and path[-1].level == 3 and path[-1].name == core_name(row["item"]):
            found.append(row)
    return found


def items_complete(case: Case) -> Iterator[Finding]:
    """Find rows of the table that the prose's list passes over."""
    said = {code for row in _listed(case) for code, _ in class_figures(case, row)}
    names = {core_name(row["item"]) for row in case.rows["narrative"]}
    table = case.by_place.get(("general_expenditure", "", "total"), {})
    money = [f[0] for code, f in table.items() if len(code) == 7 and code.isdigit() and f[0].amount]
    if len(said) < 3 or 2 * len([f for f in money if f.code in said]) < len(money):
        return
    amounts_ = {s.amount for row in case.rows["narrative"] if (s := quoted_amount(row, "amount"))}
    for figure in money:
        known = figure.code in said or core_name(figure.name) in names
        if not known and any(abs(a - figure.amount) <= Decimal("0.005") for a in amounts_):
            continue
        yield about(
            figure,
            PASS if known else FAIL,
            f"表中“{figure.name}”{format_amount(figure.amount)}万元"
            + ("在文字说明中有说明" if known else "在文字说明中没有说明"),
            f"'{figure.name}' {format_amount(figure.amount)} (万元) of the table is "
            + ("explained" if known else "not explained in the prose"),
        )


def item_names(case: Case) -> Iterator[Finding]:
    """Compare the names that stand with a code in the prose with the table's."""
    called = {
        figure.code: core_name(figure.name)
        for figure in case.figures
        if figure.table in ("general_expenditure", "expenditure") and figure.code.isdigit()
    }
    for row in _listed(case):
        path = class_path(row)
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


def items_sum(case: Case) -> Iterator[Finding]:
    """Add up a complete list of 项 and compare it with the total said before it."""
    rows = _listed(case)
    sums: dict[str, list[tuple[Row, QuotedAmount]]] = {}
    for row in rows:
        said = quoted_amount(row, "amount")
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
            f"逐项说明的{len(items)}项合计{format_amount(total)}万元与总额{format_amount(whole.amount)}万元{zh}",
            f"the {len(items)} listed classes add up to {format_amount(total)}; this {en} with the total "
            f"{format_amount(whole.amount)} (万元)",
            {**items[0][0], "item": "total"},
            expected=whole.amount,
            found=total,
            tolerance=tolerance,
            measure="sum",
            other=whole,
        )


class ClassList(NamedTuple):
    """A sentence that lists economic classes (基本工资、津贴补贴、…), and what it is about."""

    row: Row
    classes: tuple[str, ...]
    names: dict[str, str]


@cache
def _economic() -> frozenset[str]:
    """Names of the 款 of the economic classification, stripped."""
    return frozenset(
        core_name(name)
        for code in classification("economic").values()
        if code.level == 2
        for name in (code.name, *code.aliases)
    )


def _class_lists(case: Case) -> list[ClassList]:
    found = []
    for row in case.rows["paragraphs"]:
        for match in _LIST.finditer(row["text"]):
            tokens = [token for token in re.split("[、，,]", match["list"]) if token]
            names = {core_name(token): token for token in tokens}
            if len(_economic() & names.keys()) < MANY:
                continue
            about = row["text"][: match.start()][-40:]
            classes = next((codes for words, codes in _ABOUT if words in about), ())
            found.append(ClassList(row, classes, names))
    return found


@lru_cache(maxsize=65536)
def _like(one: str, other: str) -> bool:
    """Whether one name is the other with words left out: 养老保险缴, 机关事业单位基本养老保险缴.

    Examples
    --------
    >>> _like("养老保险缴", "机关事业单位基本养老保险缴"), _like("劳务", "委托业务")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return len(short) > 1 and all(char in rest for char in short)


def _covers(said: str, name: str, figure: PrintedFigure) -> bool:
    """Whether a name of the prose is that of a row, or one that contains it."""
    return said == name or _like(said, name) or figure.code in _covered(said)


@cache
def _covered(said: str) -> frozenset[str]:
    return frozenset(meaning(said, "class", "covers").split())


def _basic_rows(case: Case) -> dict[str, PrintedFigure]:
    rows: dict[str, PrintedFigure] = {}
    for table in ("basic_expenditure", "appropriation_basic"):
        for code, figures in case.by_place.get((table, "", "total"), {}).items():
            if len(code) == 5 and code.isdigit():
                rows.setdefault(core_name(figures[0].name), figures[0])
    return rows


@cache
def _rests() -> dict[str, str]:
    """Codes of the rests of the economic classes by stripped name: 其他工资福利."""
    codes = classification("economic")
    return {core_name(codes[code].name): code for code in codes if code.endswith("99")}


def classes_known(case: Case) -> Iterator[Finding]:
    """Find listed classes that the table doesn't have."""
    rows = _basic_rows(case)
    if not rows or "basic_expenditure" in case.unread:
        return
    for listed in case.kept(_class_lists):
        absent = [
            listed.names[name]
            for name in sorted(_economic() & listed.names.keys())
            if not any(_covers(name, other, figure) for other, figure in rows.items())
        ]
        # A list copied from the template says it all at once.
        groups = [absent] if len(absent) > FEW else [[word] for word in absent] or [[]]
        for words in groups:
            named = "、".join(words)
            yield told(
                FAIL if words else PASS,
                f"文字说明列举的“{named}”不在基本支出表中"
                if words
                else "没有发现列举的科目不在基本支出表中",
                f"'{named}' of the prose is not in the table of basic expenditure"
                if words
                else "no listed class is missing from the table of basic expenditure",
                {**listed.row, "item": named},
                measure="class",
            )


def classes_complete(case: Case) -> Iterator[Finding]:
    """Find rows of the table that a list of the prose passes over."""
    rows = _basic_rows(case)
    codes = {figure.code for figure in rows.values()}
    missing: dict[str, tuple[PrintedFigure, Row]] = {}
    for listed in case.kept(_class_lists):
        # A rest that has no row of its own stands for any other row of its class.
        rests = [_rests()[name] for name in listed.names if name in _rests()]
        open_ended = {code[:3] for code in rests if code not in codes}
        own = {
            name: figure
            for name, figure in rows.items()
            if figure.amount
            and (not listed.classes or figure.code[:3] in listed.classes)
            and figure.code[:3] not in open_ended
        }
        gone = {
            name: figure
            for name, figure in own.items()
            if not any(_covers(said, name, figure) for said in listed.names)
        }
        # A list that names a few examples doesn't claim to be whole.
        if len(gone) <= len(own) * MISSED:
            for name, figure in gone.items():
                missing.setdefault(name, (figure, listed.row))
    for name, figure in rows.items():
        if not figure.amount:
            continue
        other = missing.get(name)
        yield about(
            figure,
            FAIL if other else PASS,
            f"基本支出表中的“{figure.name}”{format_amount(figure.amount)}万元"
            + ("在文字说明中没有列举" if other else "没有被文字说明遗漏"),
            f"'{figure.name}' {format_amount(figure.amount)} (万元) of the basic expenditure is "
            + ("not listed in the prose" if other else "not passed over in the prose"),
            other_place=page_box(other[1]) if other else None,
        )


CHECKS: Checks = {
    "narrative-item-known": items_known,
    "narrative-items-complete": items_complete,
    "narrative-item-name": item_names,
    "narrative-items-sum": items_sum,
    "class-list-known": classes_known,
    "class-list-complete": classes_complete,
}
