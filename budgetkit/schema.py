"""The tables of a dataset and their columns, as listed in ``schema.csv``.

Names, order and types are the data contract: files, frames and ``datapackage.json`` are made from
that list, and from nothing else.
"""

from __future__ import annotations

import csv
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

#: Increase it when rows change their meaning: then every document is read again.
VERSION = 5
#: Cause of the rows of ``unmapped`` of a page of which nothing was read: any table may stand there.
PAGE_NOT_READ = "page"
#: Rule of the rows of ``unmapped`` of a column that is known to hold percents.
PERCENT_RULE = "a percent is no amount"


class Field(NamedTuple):
    """A column: its name, its type (of Frictionless) and its meaning."""

    name: str
    type: str
    meaning: str


def _read() -> dict[str, tuple[Field, ...]]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    tables = groupby(rows, key=lambda row: row[0])
    return {table: tuple(Field(*row[1:]) for row in fields) for table, fields in tables}


#: The columns of each table that ``budgetkit extract`` writes.
TABLES = _read()
#: Those of the tables that are derived from these: ``budgetkit audit`` adds one to a dataset.
DERIVED = {"checks": TABLES.pop("checks")}

_UNITS = {"万元": "万元", "points": "pt", "per cent": "%"}
#: Columns whose unit stands beside them where frames are made of several tables.
_MIXED = frozenset({"value"})
_EDGES = ("x0", "top", "x1", "bottom")


def units(table: str) -> dict[str, str]:
    """Return the units of a table's columns, by column; those without a unit are left out.

    Examples
    --------
    >>> units("narrative")["change"], units("facts")["x1"]
    ('万元', 'pt')
    """
    found = {}
    for field in TABLES.get(table, ()):
        unit = next((unit for word, unit in _UNITS.items() if word in field.meaning), "")
        if field.type == "number" and (unit or field.name in _EDGES):
            found[field.name] = unit or "pt"
    return found


@cache
def frame_units() -> dict[str, str]:
    """Return the units of the columns that mean the same in every table, by column.

    All frames of a dataset carry it as ``attrs["units"]``: pandas keeps what is the same on both
    sides of a merge.  A column whose name has other units elsewhere, as ``value``, is left out.

    Examples
    --------
    >>> frame_units()["amount"], "value" in frame_units()
    ('万元', False)
    """
    found: dict[str, set[str]] = {}
    for table in TABLES:
        for column, unit in units(table).items():
            found.setdefault(column, set()).add(unit)
    return {
        column: next(iter(known))
        for column, known in found.items()
        if len(known) == 1 and column not in _MIXED
    }
