"""Which figures of the tables a sentence of the prose speaks of.

What an item means is data: ``codelists/said.csv`` lists, by the words of the item and of the
heading that it stands under, every place of a table that may print it.  A class of the
functional classification is found by its code or by its names.  Where nothing sure is found
the answer is empty: no finding rather than an accusation.
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
#: Tables that a heading speaks of, when it names them.
_ABOUT = (
    ("一般公共预算", ("general_expenditure",)),
    ("政府性基金", ("government_fund",)),
    ("财政拨款", ("appropriation_expenditure", "general_expenditure")),
)
_CLASS = re.compile(
    r"(?P<name>[^（）()“”\"：:，。；、]+)[（(](?P<code>\d{1,3})?(?P<level>[类款项])[)）]"
)
_LEVELS = {"类": 1, "款": 2, "项": 3}


class Rule(NamedTuple):
    """A row of the list: an item, the words of its heading, and where it may be printed."""

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
    """Strip a class name to what every place prints.

    Examples
    --------
    >>> core_name("1.其它司法支出"), core_name("职业年金缴费"), core_name("职业年金缴费支出")
    ('其他司法', '职业年金缴', '职业年金缴')
    """
    name = bare_name(name).replace("其它", "其他").replace("的", "")
    return re.sub(r"(支出|经费|费)$", "", re.sub("支出$", "", name))


def meant_figures(case: Case, row: Row) -> list[PrintedFigure]:
    """Give every figure that a row of ``narrative`` may mean; none where it isn't sure.

    Parameters
    ----------
    case
        The disclosure; the year before for what a change implies.
    row
        Of ``narrative``.

    Returns
    -------
    list of PrintedFigure
        The likeliest first.
    """
    found = case.kept(_meanings)
    key = row["item"], row["section"], row["text"]
    if key not in found:
        found[key] = _meant(case, row)
    return found[key]


def _meanings(_: Case) -> dict[tuple[str, str | None, str], list[PrintedFigure]]:
    """What rows were found to mean, by their words; filled as they are asked for."""
    return {}


def _meant(case: Case, row: Row) -> list[PrintedFigure]:
    item = squeeze(row["item"]).replace("(", "（").replace(")", "）")
    rule = _rule(item, f"{row['section'] or ''} {folded(row['text'][:40])}")
    if rule is not None:
        return [figure for place in rule.places for figure in _at(case, *place)]
    return [figure for _, figure in class_figures(case, row)]


def with_table_digits(case: Case, row: Row, said: QuotedAmount) -> QuotedAmount:
    """Give an amount of the prose the digits of the table that prints the same: 110 is 110.00."""
    halves = [f.half for f in meant_figures(case, row) if f.amount == said.amount]
    return said._replace(half=min([said.half, *halves]))


def _rule(item: str, about: str) -> Rule | None:
    fits = (rule for rule in _rules_of(item) if not rule.within or rule.within.search(about))
    return next(fits, None)


@lru_cache(maxsize=4096)
def _rules_of(item: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in _rules() if rule.item.fullmatch(item))


def _at(
    case: Case, table: str, section: str, codes: tuple[str, ...], measure: str
) -> list[PrintedFigure]:
    by_code = case.by_place.get((table, section, measure), {})
    parts = [
        [figure for figure in by_code.get(code, ()) if figure.fact_id not in case.projects_of]
        for code in codes
    ]
    if len(codes) == 1:
        return parts[0]
    if not all(len(part) == 1 for part in parts[:1]):
        return []
    whole = [part[0] for part in parts if len(part) == 1]
    amount = sum((figure.amount for figure in whole), Decimal(0))
    return [whole[0]._replace(amount=amount, half=whole[0].half * len(whole))]


def class_path(row: Row) -> tuple[Step, ...]:
    """Read the classes that a row's sentence names before its amount.

    Examples
    --------
    >>> [step.code for step in class_path({"text": "公共安全支出（204类）司法（06款）5元"})]
    ['204', '06']
    """
    return _path(row["text"])


@lru_cache(maxsize=4096)
def _path(text: str) -> tuple[Step, ...]:
    text = folded(text)
    stop = re.search(r"\d+(?:[.,]\d+)*(?:万|亿)?元", text)
    return _steps(text[: stop.start()] if stop else text)


def class_figures(case: Case, row: Row) -> list[tuple[str, PrintedFigure]]:
    """Give the figures of the class that a row names, with their codes.

    The names of the classes above it, in its sentence or in its headings, tell classes of one
    name apart; where they don't, all are given.
    """
    index = case.kept(_by_name)
    name = core_name(row["item"])
    path = class_path(row)
    last = path[-1] if path and path[-1].name == name else None
    code = "".join(step.code for step in path) if last else ""
    if last and last.level == 3 and len(code) == 7:
        found = index.codes.get(code, [])
    else:
        found = index.names.get(name) or index.paths.get(name, [])
        if last:
            found = [pair for pair in found if len(pair[0]) == 2 * last.level + 1]
        found = _under(index, found, [*path[:-1], *_headed(row)] if last else _headed(row))
    return _about(found, row)


class _Classes(NamedTuple):
    """Figures of the classes, by name, by name behind that of the class above, and by code."""

    names: dict[str, list[tuple[str, PrintedFigure]]]
    paths: dict[str, list[tuple[str, PrintedFigure]]]
    codes: dict[str, list[tuple[str, PrintedFigure]]]
    called: dict[str, str]


def _by_name(case: Case) -> _Classes:
    names: dict[str, list[tuple[str, PrintedFigure]]] = defaultdict(list)
    codes: dict[str, list[tuple[str, PrintedFigure]]] = defaultdict(list)
    called: dict[str, str] = {}
    for figure in case.figures:
        measures = _FUNCTIONS.get(figure.table)
        if (
            measures is None
            or figure.measure not in measures
            or figure.section not in ("", "expenditure")
            or not figure.code.isdigit()
            or figure.fact_id in case.projects_of
        ):
            continue
        name = core_name(figure.name)
        names[name].append((figure.code, figure))
        codes[figure.code].append((figure.code, figure))
        called.setdefault(figure.code, name)
    paths: dict[str, list[tuple[str, PrintedFigure]]] = defaultdict(list)
    for code, figures in codes.items():
        if above := called.get(code[:-2]):  # 人大事务行政运行
            paths[above + called[code]] += figures
    return _Classes(names, paths, codes, called)


def _headed(row: Row) -> tuple[Step, ...]:
    return _steps((row["section"] or "").replace(" > ", "、"))


@lru_cache(maxsize=4096)
def _steps(text: str) -> tuple[Step, ...]:
    return tuple(
        Step(_LEVELS[found["level"]], core_name(found["name"]), found["code"] or "")
        for found in _CLASS.finditer(text)
    )


def _under(
    index: _Classes, found: list[tuple[str, PrintedFigure]], above: Iterable[Step]
) -> list[tuple[str, PrintedFigure]]:
    """Keep the classes that stand under the named ones, where that leaves any."""
    for step in above:
        width = 2 * step.level + 1
        fits = [pair for pair in found if index.called.get(pair[0][:width]) == step.name]
        found = fits or found
    return found


def _about(found: list[tuple[str, PrintedFigure]], row: Row) -> list[tuple[str, PrintedFigure]]:
    """Keep the tables that the heading speaks of, where they print the class."""
    for words, tables in _ABOUT:
        if words in (row["section"] or ""):
            fits = [pair for pair in found if pair[1].table in tables]
            return fits or found
    return found
