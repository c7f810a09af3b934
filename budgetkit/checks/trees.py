"""Coded tables as trees: which rows are the parts of which, and what is printed of each.

A row's parent is the row with the longest code that begins its own, so that a level left out
breaks nothing; project rows hang below the row of their code.  A table that goes through its
units one after another is a tree for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from budgetkit.checks.case import Case
from budgetkit.checks.printed import FAIL, Comparison, PrintedFigure, compare_sum, single_figure

#: Tables whose rows are not classes that contain each other.
NO_TREE = frozenset({"three_public", "procurement", "performance_project", "performance_overall"})
#: Panels whose rows are items by name; their sums are rows of ``sums.csv``.
PANELS = frozenset({"summary", "appropriation_summary"})
TOTAL, UNITS = "total", ("unit", "department")


@dataclass(frozen=True, slots=True)
class TreeSum:
    """A printed whole and its printed parts.

    Attributes
    ----------
    level : str
        ``total``, ``class``, ``subclass``, ``item`` (its projects) or ``rows`` (without codes).
    readings : tuple
        Alternative lists of parts, where a table mixes kinds of rows.
    """

    level: str
    whole: PrintedFigure
    parts: tuple[PrintedFigure, ...]
    comparison: Comparison
    readings: tuple[tuple[PrintedFigure, ...], ...] = ()


@dataclass(slots=True)
class _Block:
    """Rows of one unit, or of the whole table: figures by code, of one column."""

    coded: dict[str, list[PrintedFigure]] = field(default_factory=lambda: defaultdict(list))
    projects: dict[str, list[PrintedFigure]] = field(default_factory=lambda: defaultdict(list))


def tree_sums(case: Case) -> dict[str, list[TreeSum]]:
    """Return every whole of the coded tables with its parts, by table."""
    columns: dict[tuple[str, str, str], list[PrintedFigure]] = defaultdict(list)
    for figure in case.figures:
        if figure.table not in NO_TREE:
            columns[figure.table, figure.section, figure.measure].append(figure)
    found: dict[str, list[TreeSum]] = defaultdict(list)
    for (table, _, _), figures in columns.items():
        found[table] += _of_panel(figures) if table in PANELS else _of_column(figures, case)
    return dict(found)


def gaps(case: Case) -> dict[str, set[Decimal]]:
    """Return the differences of the failing sums that a figure is in, by fact id.

    Where two tables contradict each other, the one that contradicts itself by the same amount
    is the wrong one.
    """
    found: dict[str, set[Decimal]] = defaultdict(set)
    for total in (total for sums in case.kept(tree_sums).values() for total in sums):
        if total.comparison.status == FAIL:
            for figure in (total.whole, *total.parts):
                found[figure.fact_id].add(abs(total.comparison.difference))
    return dict(found)


def _of_panel(figures: Sequence[PrintedFigure]) -> Iterator[TreeSum]:
    """Of a panel of named rows: the classes that have rows below them."""
    block = _Block()
    for figure in figures:
        if figure.code.isdigit():
            block.coded[figure.code].append(figure)
    yield from _of_block(block)


def _of_column(figures: Sequence[PrintedFigure], case: Case) -> Iterator[TreeSum]:
    whole = _Block()
    totals, units, rows = [], [], []
    blocks: list[_Block] = []
    for figure in figures:
        project = figure.fact_id in case.projects_of
        if figure.code.isdigit():
            for block in (whole, *blocks[-1:]):
                (block.projects if project else block.coded)[figure.code].append(figure)
        elif figure.code == TOTAL:
            totals.append(figure)
        elif figure.code in UNITS:
            units.append(figure)
            blocks.append(_Block())
        elif project or not figure.code:
            rows.append(figure)
    once = all(single_figure(found) for found in whole.coded.values())
    for block in [whole] if once else blocks:
        yield from _of_block(block)
    if total := single_figure(totals):
        yield from _of_total(total, whole if once else _Block(), units, rows)


def _parent(code: str, codes: Container[str]) -> str:
    """Find the longest printed code that a code begins with; empty where it is a root.

    Examples
    --------
    >>> _parent("2060101", {"206", "20601"}), _parent("2060101", {"206"}), _parent("301", {})
    ('20601', '206', '')
    """
    for length in range(len(code) - 2, 2, -2):
        if code[:length] in codes:
            return code[:length]
    return ""


@lru_cache(maxsize=4096)
def _parents(codes: frozenset[str]) -> dict[str, str]:
    """Parents of the codes of a table, which are the same in each of its columns."""
    return {code: _parent(code, codes) for code in codes}


def _of_block(block: _Block) -> Iterator[TreeSum]:
    below: dict[str, list[PrintedFigure]] = defaultdict(list)
    projects: dict[str, list[PrintedFigure]] = defaultdict(list)
    parents = _parents(frozenset(block.coded))
    for code, found in block.coded.items():
        parent = parents[code]
        if parent and (figure := single_figure(found)):
            below[parent].append(figure)
    for code, found in block.projects.items():
        has_row = code in block.coded
        parent = code if has_row else _parent(code, block.coded)
        if parent:
            (projects if has_row else below)[parent] += found
    for code, found in block.coded.items():
        whole = single_figure(found)
        if whole is None:
            continue
        if parts := below.get(code):
            yield _added("class" if len(code) == 3 else "subclass", whole, parts)
        if parts := projects.get(code):
            yield _added("item", whole, parts)


def _added(
    level: str,
    whole: PrintedFigure,
    parts: Sequence[PrintedFigure],
    *readings: Sequence[PrintedFigure],
) -> TreeSum:
    return TreeSum(
        level, whole, tuple(parts), compare_sum(whole, parts), tuple(map(tuple, readings))
    )


def _of_total(
    total: PrintedFigure,
    block: _Block,
    units: Sequence[PrintedFigure],
    rows: Sequence[PrintedFigure],
) -> Iterator[TreeSum]:
    """A total with its classes, functional or economic ones; else its units or its rows."""
    parents = _parents(frozenset(block.coded))
    readings: list[list[PrintedFigure]] = []
    for kind in sorted({code[0] for code in (*block.coded, *block.projects)}):
        roots = [
            figure
            for code, found in block.coded.items()
            if code[0] == kind and not parents[code] and (figure := single_figure(found))
        ]
        loose = [
            figure
            for code, found in block.projects.items()
            if code[0] == kind and code not in block.coded and not _parent(code, block.coded)
            for figure in found
        ]
        readings.append(roots + loose)
    readings = [reading for reading in readings if reading]
    if readings:
        with_rows = [reading + list(rows) for reading in readings] if rows else []
        yield _added("total", total, readings[0], *readings[1:], *with_rows)
    elif rows:
        yield _added("rows", total, rows)
    if len(units) > 1 and (readings or rows or not block.coded):
        yield _added("units", total, units)
    elif len(units) == 1:
        yield _added("department", units[0], [total])
