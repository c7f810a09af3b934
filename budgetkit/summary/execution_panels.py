"""Which tables of a budget and of its final account are set side by side, and their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from budgetkit.own_facts import is_split
from budgetkit.storage.figures import Figure, figure_of, sum_of
from budgetkit.storage.records import Row, text
from budgetkit.summary.amount_lines import ECONOMIC_TABLES, FUNCTION_TABLES, THREE_PUBLIC

#: Codes of a line of each kind.
_CODES = {
    "functional": re.compile(r"2\d{2}(?:\d{2}){0,2}"),
    "economic": re.compile(r"3\d{2}(?:\d{2})?"),
    "three_public": re.compile("|".join(THREE_PUBLIC)),
}
#: Lines that come before those with a code.
_FIRST = ("total", "basic", "project", "personnel", "operating")
#: Rows of each line by its code.
Cells = dict[str, list[Row]]


class Panel(NamedTuple):
    """What is compared of a table.

    Attributes
    ----------
    table, section : str
        Canonical ids; ``section`` is empty where a table has one panel.
    measures : tuple of str
        Columns of a line, the first that prints it; the others are what some templates split
        the first into.
    uses : tuple of str
        Columns of the whole that are lines of their own.
    whole : str
        Code of the whole: a 总计 with what is carried over is none.
    """

    table: str
    section: str = ""
    measures: tuple[str, ...] = ("total",)
    uses: tuple[str, ...] = ()
    whole: str = "total"


#: Where lines of a kind are looked for, the widest table first.
PANELS: Mapping[str, tuple[Panel, ...]] = {
    "functional": (
        *(Panel(table, uses=("basic", "project")) for table in FUNCTION_TABLES),
        Panel("summary", "expenditure", ("amount", "total"), whole="current_year"),
        Panel("appropriation_summary", "expenditure", whole="current_year"),
    ),
    "economic": tuple(
        Panel(table, measures=("total", "personnel", "operating"), uses=("personnel", "operating"))
        for table in ECONOMIC_TABLES
    ),
    "three_public": (Panel("three_public"),),
}


def cells_of(kind: str, panel: Panel, measures: Sequence[str], rows: Iterable[Row]) -> Cells:
    """Return the rows of each line; of one that several columns print, those of the first.

    Parameters
    ----------
    kind
        Of the lines.
    panel
        That they are of.
    measures
        Its columns, tried in their order.
    rows
        Facts of the panel.

    Returns
    -------
    dict of str to list of dict
        By code.
    """
    by_measure: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if text(row.get("project")):
            continue
        by_measure.setdefault((text(row["code"]), row["measure"]), []).append(row)
    wholes = ("total", "department") if panel.whole == "total" else (panel.whole,)
    whole = next((code for code in wholes if any(known == code for known, _ in by_measure)), "")
    found: Cells = {}
    for measure in measures:
        for (code, known), cell in by_measure.items():
            is_line = measure not in panel.uses if code == whole else _CODES[kind].fullmatch(code)
            if known == measure and is_line:
                found.setdefault("total" if code == whole else code, cell)
    for use in panel.uses:
        if (whole, use) in by_measure:
            found[use] = by_measure[whole, use]
    return found


def cell_figure(rows: Sequence[Row]) -> Figure | None:
    """Return the figure of a line; None where it is doubtful, or printed twice and not alike."""
    figures = [figure for row in rows if (figure := figure_of(row))]
    if not figures or any(row["certainty"] == "doubtful" for row in rows):
        return None
    if is_split(rows):
        return sum_of(figures)
    return figures[0] if len({figure.amount for figure in figures}) == 1 else None


def in_order(code: str) -> tuple[int, str]:
    """Return what sorts lines: the whole and its parts, 三公 as printed, then by code."""
    for order in (_FIRST, THREE_PUBLIC):
        if code in order:
            return order.index(code) - len(order), ""
    return 0, code
