"""What findings call tables, columns and figures, in both languages."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from budgetkit.checks.printed import Figure


class Said(NamedTuple):
    """A wording in both languages."""

    zh: str
    en: str


@cache
def _names() -> dict[str, Said]:
    text = (files("budgetkit.checks") / "names.csv").read_text(encoding="utf-8")
    return {row["key"]: Said(row["zh"], row["en"]) for row in csv.DictReader(text.splitlines())}


@cache
def named(kind: str, name: str) -> Said:
    """Give the words for a table, section, measure or code; the id itself where there are none.

    Examples
    --------
    >>> named("measure", "basic").zh, named("measure", "reclaimed").en
    ('基本支出', 'reclaimed')
    """
    return _names().get(f"{kind}.{name}", Said(name, name))


def input_name(name: str, lang: str) -> str:
    """Name what a check needs: a table, or a part of the dataset.

    Examples
    --------
    >>> input_name("carryover", "zh"), input_name("year_before", "en")
    ('上年结转结余表', 'the disclosure of the year before')
    """
    said = named("table", name)
    return said.zh if lang == "zh" else said.en


@cache
def _column(table: str, section: str, measure: str) -> tuple[Said, Said]:
    """The words before and after a row's own name."""
    panel, column = named("section", section), named("measure", measure)
    title = named("table", table)
    before = Said(f"{title.zh}{panel.zh}", f"{title.en}{', ' + panel.en if section else ''}")
    after = Said("", "") if measure == "amount" else Said(column.zh, f", {column.en}")
    return before, after


def described(figure: Figure) -> Said:
    """Say what a figure is: its table, row and column.

    Examples
    --------
    >>> from decimal import Decimal
    >>> figure = Figure(Decimal(1), Decimal(0), "万元", "", "expenditure", "", "20601", "basic",
    ...                 "科学技术管理事务", None, "", True)
    >>> described(figure).zh
    '部门支出总表“科学技术管理事务”（20601）基本支出'
    """
    return _described(figure.table, figure.section, figure.measure, figure.code, figure.name)


@lru_cache(maxsize=65536)
def _described(table: str, section: str, measure: str, code: str, name: str) -> Said:
    before, after = _column(table, section, measure)
    name = name.replace(" ", "")
    if code in ("total", "department"):
        row = Said(f"“{name or '合计'}”", named("code", code).en)
    elif code:
        row = Said(f"“{name}”（{code}）", f"{code} {name}")
    else:
        row = Said(f"“{name}”" if name else "", name)
    return Said(f"{before.zh}{row.zh}{after.zh}", f"{before.en}, {row.en}{after.en}")
