"""Lists of the prose compared with the rows of the tables: names, completeness and sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from budgetkit.checks.case import Case, Row
from budgetkit.checks.comparisons import quote
from budgetkit.checks.finding import Checks, Finding, about_figure, about_sentence, sentence_id
from budgetkit.checks.meaning import class_figures, class_path, core_name
from budgetkit.checks.printed import FAIL, PASS, PrintedFigure, compare_sum, page_box
from budgetkit.checks.prose_findings import is_subsequence
from budgetkit.checks.quoted import QuotedAmount, quoted_amount
from budgetkit.codelists import classification
from budgetkit.extraction.prose.wordings import meaning

#: A sentence with at least this many economic classes is a list of them.
MANY = 5
#: A list that leaves out more than this share of the table's rows gives examples.
MISSED = 0.3
_LIST = re.compile(r"(?:主要|具体)?(?:包括|用于)[：:]?(?P<list>[^。；：]{20,})")
#: What a term means lists the classes that it can have, not those that have money.
_DEFINES = re.compile("指用于|是指|指的是|指为|[（）)]指|(?:名词|术语)(?:解释|说明)")
#: What a list is about, and the 类 that this is.
_TOPICS = (
    ("人员经费", ("301", "303")),
    ("公用经费", ("302", "310")),
)


def _listed_items(case: Case) -> list[Row]:
    """Return the rows of the prose whose item is named as a 项."""
    found = []
    for row in case.rows["narrative"]:
        path = class_path(row["text"])
        if path and path[-1].level == 3 and path[-1].name == core_name(row["item"]):
            found.append(row)
    return found


def _item_rows(case: Case) -> dict[str, list[PrintedFigure]]:
    """Return the 项 of the general budget by code."""
    table = case.by_place.get(("general_expenditure", "", "total"), {})
    return {code: figures for code, figures in table.items() if len(code) == 7 and code.isdigit()}


def items_known(case: Case) -> Iterator[Finding]:
    """Find listed items that no table has, neither their name nor their amount."""
    printed = {figure.amount for figure in case.figures}
    of_units = {core_name(f.name) for f in case.figures if f.fact_id in case.unit_of}
    for row in _listed_items(case):
        quoted = quoted_amount(row, "amount")
        if quoted is None or not quoted.amount:
            continue
        found = class_figures(case, row)
        if not found and core_name(row["item"]) in of_units:
            continue  # the tables print it for each unit
        if not found and any(abs(amount - quoted.amount) <= quoted.half for amount in printed):
            continue  # the tables print it under another name
        yield about_sentence(
            row,
            PASS if found else FAIL,
            "narrative-item-known",
            found=quoted.amount,
            measure="amount",
        )


def items_complete(case: Case) -> Iterator[Finding]:
    """Find items of the table that the list of the prose leaves out."""
    listed = {code for row in _listed_items(case) for code, _ in class_figures(case, row)}
    names = {core_name(row["item"]) for row in case.rows["narrative"]}
    items = [figures[0] for figures in _item_rows(case).values() if figures[0].amount]
    is_list = len(listed) >= 3 and 2 * sum(item.code in listed for item in items) >= len(items)
    if not is_list:
        return
    amounts = {
        one.amount for row in case.rows["narrative"] if (one := quoted_amount(row, "amount"))
    }
    for item in items:
        explained = item.code in listed or core_name(item.name) in names
        if not explained and any(abs(one - item.amount) <= Decimal("0.005") for one in amounts):
            continue  # the prose prints it under another name
        status = PASS if explained else FAIL
        yield about_figure(item, status, "narrative-items-complete", {"name": item.name})


def item_names(case: Case) -> Iterator[Finding]:
    """Compare the names that stand with a code in the prose with the table's."""
    names = {
        figure.code: core_name(figure.name)
        for figure in case.figures
        if figure.table in ("general_expenditure", "expenditure") and figure.code.isdigit()
    }
    for row in _listed_items(case):
        code = ""
        for step in class_path(row["text"]):
            code += step.code
            name = names.get(code) if step.code else None
            if name is None:
                continue
            yield about_sentence(
                row,
                PASS if name == step.name else FAIL,
                "narrative-item-name",
                {"quoted": step.name, "printed": name},
                code=code,
                measure="name",
            )


def items_sum(case: Case) -> Iterator[Finding]:
    """Compare the sum of a complete list of items with the total of the table."""
    sections: dict[str, list[tuple[Row, QuotedAmount]]] = {}
    for row in _listed_items(case):
        if (quoted := quoted_amount(row, "amount")) is not None:
            sections.setdefault(row["section"] or "", []).append((row, quoted))
    codes = _item_rows(case).keys()
    totals = case.by_place.get(("general_expenditure", "", "total"), {}).get("total", ())
    for items in sections.values():
        listed = {code for row, _ in items for code, _ in class_figures(case, row)}
        is_complete = bool(codes) and codes <= listed and len(listed) == len(items)
        if not is_complete or not totals:
            continue
        comparison = compare_sum(totals[0], [quoted for _, quoted in items])
        yield about_sentence(
            {**items[0][0], "item": "total"},
            comparison.status,
            "narrative-items-sum",
            {"count": len(items)},
            expected=comparison.found,
            found=comparison.expected,
            tolerance=comparison.tolerance,
            measure="sum",
            other=totals[0],
        )._replace(
            quotes=(quote(comparison.expected, totals[0]), quote(comparison.found, totals[0])),
            facts=(*[sentence_id(row) for row, _ in items], totals[0].fact_id),
        )


class _ClassList(NamedTuple):
    """A sentence that lists economic classes (基本工资、津贴补贴、…).

    Attributes
    ----------
    row : dict
        Its paragraph.
    classes : tuple of str
        Codes of the 类 that it is about; empty where that is not known.
    names : dict of str to str
        The listed names as printed, by :func:`core_name`.
    """

    row: Row
    classes: tuple[str, ...]
    names: dict[str, str]


@cache
def _economic_names() -> frozenset[str]:
    return frozenset(
        core_name(name)
        for code in classification("economic").values()
        if code.level == 2
        for name in (code.name, *code.aliases)
    )


def _class_lists(case: Case) -> list[_ClassList]:
    found = []
    for row in case.rows["paragraphs"]:
        for match in _LIST.finditer(row["text"]):
            tokens = [token for token in re.split("[、，,]", match["list"]) if token]
            names = {core_name(token): token for token in tokens}
            if len(_economic_names() & names.keys()) < MANY:
                continue
            before = row["text"][: match.start()]
            if _DEFINES.search(before) or _DEFINES.search(row["heading"] or ""):
                continue
            context = before[-40:]
            classes = next((codes for words, codes in _TOPICS if words in context), ())
            found.append(_ClassList(row, classes, names))
    return found


@lru_cache(maxsize=65536)
def _is_short_for(one: str, other: str) -> bool:
    """Whether one name is the other with words left out: 养老保险缴, 机关事业单位基本养老保险缴."""
    return min(len(one), len(other)) > 1 and is_subsequence(one, other)


def _covers(listed: str, name: str, figure: PrintedFigure) -> bool:
    """Whether a listed name is that of a row, or the name of a wider class."""
    return listed == name or _is_short_for(listed, name) or figure.code in _codes_covered(listed)


@cache
def _codes_covered(listed: str) -> frozenset[str]:
    return frozenset(meaning(listed, "class", "covers").split())


def _basic_rows(case: Case) -> dict[str, PrintedFigure]:
    rows: dict[str, PrintedFigure] = {}
    for table in ("basic_expenditure", "appropriation_basic"):
        for code, figures in case.by_place.get((table, "", "total"), {}).items():
            if len(code) == 5 and code.isdigit():
                rows.setdefault(core_name(figures[0].name), figures[0])
    return rows


@cache
def _residual_classes() -> dict[str, str]:
    """Return the codes of the classes for all the rest (其他工资福利) by name."""
    codes = classification("economic")
    return {core_name(codes[code].name): code for code in codes if code.endswith("99")}


def classes_known(case: Case) -> Iterator[Finding]:
    """Find listed classes of which the table of basic expenditure has no amount.

    Its row may be printed, and empty: that is no amount either.
    """
    rows = _basic_rows(case)
    if not rows or "basic_expenditure" in case.unread:
        return
    for listed in case.kept(_class_lists):
        absent = [
            listed.names[name]
            for name in sorted(_economic_names() & listed.names.keys())
            if not any(_covers(name, other, figure) for other, figure in rows.items())
        ]
        # A list that was copied from the template names many: they are one finding.
        yield about_sentence(
            {**listed.row, "item": "、".join(absent)},
            FAIL if absent else PASS,
            "class-list-known",
            measure="class",
        )


def classes_complete(case: Case) -> Iterator[Finding]:
    """Find rows of the table that a list of the prose leaves out."""
    rows = _basic_rows(case)
    left_out: dict[str, Row] = {}
    for listed in case.kept(_class_lists):
        for name in _left_out(listed, rows):
            left_out.setdefault(name, listed.row)
    for name, figure in rows.items():
        if not figure.amount:
            continue
        row = left_out.get(name)
        yield about_figure(
            figure,
            FAIL if row else PASS,
            "class-list-complete",
            {"name": figure.name},
            other_place=page_box(row) if row else None,
        )


def _left_out(listed: _ClassList, rows: dict[str, PrintedFigure]) -> list[str]:
    """Return the names of the rows that a list leaves out; none of a list of examples."""
    codes = {figure.code for figure in rows.values()}
    # A class for the rest that has no row of its own stands for any row of its 类.
    residual = [_residual_classes()[name] for name in listed.names if name in _residual_classes()]
    open_ended = {code[:3] for code in residual if code not in codes}
    expected = {
        name: figure
        for name, figure in rows.items()
        if figure.amount
        and (not listed.classes or figure.code[:3] in listed.classes)
        and figure.code[:3] not in open_ended
    }
    missing = [
        name
        for name, figure in expected.items()
        if not any(_covers(other, name, figure) for other in listed.names)
    ]
    return missing if len(missing) <= len(expected) * MISSED else []


CHECKS: Checks = {
    "narrative-item-known": items_known,
    "narrative-items-complete": items_complete,
    "narrative-item-name": item_names,
    "narrative-items-sum": items_sum,
    "class-list-known": classes_known,
    "class-list-complete": classes_complete,
}
