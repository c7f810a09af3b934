"""What findings call tables, columns and figures, in both languages."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from budgetkit.checks.printed import PrintedFigure
from budgetkit.codelists.english import english_name

#: Quotation marks inside of a quotation, in English.
_INNER_MARKS = str.maketrans("“”", "‘’")


class Wording(NamedTuple):
    """A wording in both languages."""

    zh: str
    en: str


@cache
def _names() -> dict[str, Wording]:
    text = (files("budgetkit.checks") / "names.csv").read_text(encoding="utf-8")
    return {row["key"]: Wording(row["zh"], row["en"]) for row in csv.DictReader(text.splitlines())}


@cache
def name_of(kind: str, name: str) -> Wording:
    """Return the words for a table, section, measure or code.

    Parameters
    ----------
    kind
        Of name: the part of a key of ``names.csv`` before its full stop.
    name
        The id.

    Returns
    -------
    Wording
        The id itself where it has no row.

    Examples
    --------
    >>> name_of("measure", "basic").zh, name_of("measure", "reclaimed").en
    ('基本支出', 'reclaimed')
    """
    return _names().get(f"{kind}.{name}", Wording(name, name))


def join_wordings(wordings: Iterable[Wording], zh: str = "、", en: str = ", ") -> Wording:
    """Join wordings to one.

    Parameters
    ----------
    wordings
        In their order.
    zh, en
        What stands between two of them.

    Returns
    -------
    Wording

    Examples
    --------
    >>> join_wordings([name_of("table", "revenue"), name_of("table", "summary")]).en
    'revenue table, summary of revenue and expenditure'
    """
    columns = list(zip(*wordings, strict=True)) or [(), ()]
    return Wording(zh.join(columns[0]), en.join(columns[1]))


@cache
def _column(table: str, section: str, measure: str) -> tuple[Wording, Wording]:
    """The words before and after the name of a row."""
    panel, column = name_of("section", section), name_of("measure", measure)
    title = name_of("table", table)
    before = Wording(f"{title.zh}{panel.zh}", f"{title.en}{', ' + panel.en if section else ''}")
    after = Wording("", "") if measure == "amount" else Wording(column.zh, f", {column.en}")
    return before, after


def describe(figure: PrintedFigure) -> Wording:
    """Name a figure by its table, row and column.

    Examples
    --------
    >>> from decimal import Decimal
    >>> place = "expenditure", "", "20601", "basic", "科学技术管理事务"
    >>> figure = PrintedFigure(Decimal(1), Decimal(0), "万元", "", *place, None, "", True)
    >>> describe(figure).zh
    '部门支出总表“科学技术管理事务”（20601）基本支出'
    """
    return _described(figure.table, figure.section, figure.measure, figure.code, figure.name)


@lru_cache(maxsize=65536)
def _described(table: str, section: str, measure: str, code: str, name: str) -> Wording:
    before, after = _column(table, section, measure)
    name = name.replace(" ", "")
    english = english_name(name) or f"“{name.translate(_INNER_MARKS)}”"
    if code in ("total", "department"):
        row = Wording(f"“{name or '合计'}”", name_of("code", code).en)
    elif code and not any(map(str.isdigit, code)):  # an id of ours, which no document prints
        own = name_of("code", code)
        row = Wording(f"“{name or own.zh}”", own.en if own.en != code else english)
    elif code:
        row = Wording(f"“{name}”（{code}）", f"{code} {english}")
    else:
        row = Wording(f"“{name}”" if name else "", english if name else "")
    place = ", ".join(filter(None, (before.en, row.en)))
    return Wording(f"{before.zh}{row.zh}{after.zh}", f"{place}{after.en}")
