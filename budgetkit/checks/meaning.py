"""Which figures of the tables a sentence of the prose refers to.

``codelists/said.csv`` lists, by the words of an item and of the heading above it, every place
of a table that can print its amount.  A class of the functional classification is found by its
code or by its names.  Where nothing is certain the answer is empty: better no finding than a
wrong one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from budgetkit.amounts import squeeze
from budgetkit.checks.case import Case, Row
from budgetkit.checks.printed import PrintedFigure
from budgetkit.checks.quoted import QuotedAmount
from budgetkit.codelists import bare_name, read_codelist
from budgetkit.extraction.prose.wordings import folded

#: Tables with rows of the functional classification, and the measure that is the amount.
_FUNCTIONS = {
    "general_expenditure": ("total",),
    "appropriation_expenditure": ("total",),
    "expenditure": ("total",),
    "appropriation_summary": ("total", "general_budget", "amount"),
    "summary": ("amount", "total"),
    "government_fund": ("total",),
    "state_capital": ("total",),
}
#: Tables that a heading names.
_TABLES_NAMED = (
    ("财政拨款收支", ("appropriation_summary",)),
    ("一般公共预算", ("general_expenditure",)),
    ("政府性基金", ("government_fund",)),
    ("财政拨款", ("appropriation_expenditure", "general_expenditure")),
)
_CLASS = re.compile(
    r"(?P<name>[^（）()“”\"：:，。；、]+)[（(](?P<code>\d{1,3})?(?P<level>[类款项])[)）]"
)
_LEVELS = {"类": 1, "款": 2, "项": 3}


class Rule(NamedTuple):
    """A row of ``said.csv``: an item, the words of its heading, and where it can be printed."""

    item: re.Pattern[str]
    within: re.Pattern[str] | None
    places: tuple[tuple[str, str, tuple[str, ...], str], ...]


class Step(NamedTuple):
    """One class of a path such as 公共安全支出（204类）司法（06款）."""

    level: int
    name: str
    code: str


@cache
def _rules() -> tuple[Rule, ...]:
    rules = []
    for row in read_codelist("said"):
        places = []
        for place in row["places"].split():
            table, section, codes, measure = place.split("/")
            places.append((table, section, tuple(codes.split("+")), measure))
        within = re.compile(row["within"]) if row["within"] else None
        rules.append(Rule(re.compile(row["item"]), within, tuple(places)))
    return tuple(rules)


@lru_cache(maxsize=4096)
def core_name(name: str) -> str:
    """Strip a class name to the characters that every document prints.

    Examples
    --------
    >>> core_name("1.其它司法支出"), core_name("职业年金缴费"), core_name("职业年金缴费支出")
    ('其他司法', '职业年金缴', '职业年金缴')
    """
    name = bare_name(name).replace("其它", "其他").replace("的", "")
    return re.sub(r"(支出|经费|费)$", "", re.sub("支出$", "", name))


def meant_figures(case: Case, row: Row) -> list[PrintedFigure]:
    """Return the figures of the tables that a row of ``narrative`` can refer to.

    Parameters
    ----------
    case : Case
        The disclosure whose tables are searched.
    row : Mapping
        Of ``narrative``, of this disclosure or of the one a year later.

    Returns
    -------
    list of PrintedFigure
        The likeliest first; empty where the item is not known.
    """
    known = case.memo.setdefault(meant_figures, {})
    key = row["item"], row["section"], row["text"]
    if key not in known:
        known[key] = _meant_figures(case, row)
    found: list[PrintedFigure] = known[key]
    return found


def _meant_figures(case: Case, row: Row) -> list[PrintedFigure]:
    rule = _rule_of(row)
    if rule is not None:
        return [figure for place in rule.places for figure in _printed_at(case, *place)]
    return [figure for _, figure in class_figures(case, row)]


def tables_meant(row: Row) -> frozenset[str]:
    """Return every table that can print the amount of a row of ``narrative``, read or not."""
    rule = _rule_of(row)
    if rule is not None:
        return frozenset(table for table, *_ in rule.places)
    return frozenset(named_tables(row["section"] or "") or _FUNCTIONS)


def with_table_digits(case: Case, row: Row, quoted: QuotedAmount) -> QuotedAmount:
    """Give an amount of the prose the precision of the table that prints the same amount.

    110 in the prose is exact to half a unit; where the table prints 110.00, to half a hundredth.

    Parameters
    ----------
    case : Case
        The disclosure whose tables are searched.
    row : Mapping
        Of ``narrative``.
    quoted : QuotedAmount
        Its amount, 万元.

    Returns
    -------
    QuotedAmount
        The same amount with the smaller ``half``.
    """
    halves = [f.half for f in meant_figures(case, row) if f.amount == quoted.amount]
    return quoted._replace(half=min([quoted.half, *halves]))


def _rule_of(row: Row) -> Rule | None:
    item = squeeze(row["item"]).replace("(", "（").replace(")", "）")
    return _rule(item, f"{row['section'] or ''} {folded(row['text'][:40])}")


def _rule(item: str, context: str) -> Rule | None:
    matching = (rule for rule in _rules_of(item) if not rule.within or rule.within.search(context))
    return next(matching, None)


@lru_cache(maxsize=4096)
def _rules_of(item: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in _rules() if rule.item.fullmatch(item))


def _printed_at(
    case: Case, table: str, section: str, codes: tuple[str, ...], measure: str
) -> list[PrintedFigure]:
    """Return the figures of one place; several codes are added up if the first is printed."""
    by_code = case.by_place.get((table, section, measure), {})
    parts = [
        [figure for figure in by_code.get(code, ()) if figure.fact_id not in case.projects_of]
        for code in codes
    ]
    if len(codes) == 1:
        return parts[0]
    if len(parts[0]) != 1:
        return []
    single = [part[0] for part in parts if len(part) == 1]
    amount = sum((figure.amount for figure in single), Decimal(0))
    return [single[0]._replace(amount=amount, half=single[0].half * len(single))]


@lru_cache(maxsize=4096)
def class_path(text: str) -> tuple[Step, ...]:
    """Return the classes that a sentence names before its first amount.

    Examples
    --------
    >>> [step.code for step in class_path("公共安全支出（204类）司法（06款）5元")]
    ['204', '06']
    """
    text = folded(text)
    amount = re.search(r"\d+(?:[.,]\d+)*(?:万|亿)?元", text)
    return _steps(text[: amount.start()] if amount else text)


def class_figures(case: Case, row: Row, tables: str = "named") -> list[tuple[str, PrintedFigure]]:
    """Return the figures of the class that a row of ``narrative`` names.

    Classes of one name are distinguished by the classes above them, which the sentence or
    its headings name; where these do not decide, the figures of all are returned.

    Parameters
    ----------
    case : Case
        The disclosure whose tables are searched.
    row : Mapping
        Of ``narrative``.
    tables : str
        ``named``: those that the heading names, where they print the class; else ``any``.

    Returns
    -------
    list of tuple of str and PrintedFigure
        Each figure with the code of its class.
    """
    index = case.kept(_index_classes)
    name = core_name(row["item"])
    path = class_path(row["text"])
    headings = _steps((row["section"] or "").replace(" > ", "、"))
    last = path[-1] if path and path[-1].name == name else None
    code = "".join(step.code for step in path) if last else ""
    if last and last.level == 3 and len(code) == 7:
        found = index.by_code.get(code, [])
    else:
        found = index.by_name.get(name) or index.by_long_name.get(name, [])
        if last:
            found = [pair for pair in found if len(pair[0]) == 2 * last.level + 1]
        found = _below(index, found, [*path[:-1], *headings] if last else headings)
    return found if tables == "any" else _in_named_table(found, row)


class _Classes(NamedTuple):
    """Figures of the classes, each with its code, and the name of each code."""

    by_name: dict[str, list[tuple[str, PrintedFigure]]]
    #: By the name of the class above, followed by the name: 人大事务行政运行.
    by_long_name: dict[str, list[tuple[str, PrintedFigure]]]
    by_code: dict[str, list[tuple[str, PrintedFigure]]]
    names: dict[str, str]


def _index_classes(case: Case) -> _Classes:
    by_name: dict[str, list[tuple[str, PrintedFigure]]] = defaultdict(list)
    by_code: dict[str, list[tuple[str, PrintedFigure]]] = defaultdict(list)
    names: dict[str, str] = {}
    for figure in filter(_is_class_amount, case.own_figures):
        if figure.fact_id in case.projects_of:
            continue
        name = core_name(figure.name)
        by_name[name].append((figure.code, figure))
        by_code[figure.code].append((figure.code, figure))
        names.setdefault(figure.code, name)
    by_long_name: dict[str, list[tuple[str, PrintedFigure]]] = defaultdict(list)
    for code, figures in by_code.items():
        if parent := names.get(code[:-2]):
            by_long_name[parent + names[code]] += figures
    return _Classes(by_name, by_long_name, by_code, names)


def _is_class_amount(figure: PrintedFigure) -> bool:
    return (
        figure.measure in _FUNCTIONS.get(figure.table, ())
        and figure.section in ("", "expenditure")
        and figure.code.isdigit()
    )


@lru_cache(maxsize=4096)
def _steps(text: str) -> tuple[Step, ...]:
    return tuple(
        Step(_LEVELS[found["level"]], core_name(found["name"]), found["code"] or "")
        for found in _CLASS.finditer(text)
    )


def _below(
    index: _Classes, found: list[tuple[str, PrintedFigure]], parents: Iterable[Step]
) -> list[tuple[str, PrintedFigure]]:
    """Keep the classes that stand below the named ones; a name that leaves none is ignored."""
    for step in parents:
        width = 2 * step.level + 1
        below = [pair for pair in found if index.names.get(pair[0][:width]) == step.name]
        found = below or found
    return found


def named_tables(heading: str) -> tuple[str, ...]:
    """Return the tables that a heading names; none where it names none that is known."""
    return next((tables for words, tables in _TABLES_NAMED if words in heading), ())


def _in_named_table(
    found: list[tuple[str, PrintedFigure]], row: Row
) -> list[tuple[str, PrintedFigure]]:
    """Keep the figures of the table that the heading names, where that table prints any."""
    tables = named_tables(row["section"] or "")
    return [pair for pair in found if pair[1].table in tables] or found
