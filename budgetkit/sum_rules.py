"""Which columns of a table, and which rows of a panel, add up to which: ``sum_rules.csv``.

The audit tests every one of them; the reader of scans takes them as the judge of its digits.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple


class SumRule(NamedTuple):
    """A whole and its parts.

    Attributes
    ----------
    id : str
        Of the check.
    axis : str
        ``measure``: columns of each row; ``item``: rows of a panel, in each column.
    tables : tuple of str
    section : str
        ``*`` for any.
    whole : str
    parts : tuple of tuple of str
        Readings of a table of that kind: the one that holds in most of its rows is taken.
    closed_by : str
        A part without which the list is incomplete and the whole is a limit; empty where it is
        always complete.  With ``=`` before it the list is complete whatever else is printed, and
        there is none without it.
    """

    id: str
    axis: str
    tables: tuple[str, ...]
    section: str
    whole: str
    parts: tuple[tuple[str, ...], ...]
    closed_by: str


@cache
def sum_rules() -> tuple[SumRule, ...]:
    """Return every row of the list.

    Examples
    --------
    >>> next(rule.parts for rule in sum_rules() if rule.id == "basic-columns")
    (('personnel', 'operating'),)
    """
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return tuple(
        SumRule(
            id,
            axis,
            tuple(tables.split()),
            section,
            whole,
            tuple(tuple(reading.split()) for reading in parts.split("|")),
            closed_by,
        )
        for id, axis, tables, section, whole, parts, closed_by in rows
    )
