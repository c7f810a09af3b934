"""Coded tables as trees: which rows are the parts of which, and what is printed of each.

A row's parent is the row with the longest code that begins its own, so that a level left out
breaks nothing; project rows hang below the row of their code.  A table that goes through its
units one after another is a tree for each; rows of a budget unit are never parts of another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from budgetkit.checks.case import Case
from budgetkit.checks.printed import FAIL, Comparison, PrintedFigure, compare_sum, single_figure
from budgetkit.own_facts import REPEATED_PANELS

#: Tables whose rows are not classes that contain each other.
NO_TREE = frozenset({"three_public", "procurement", "performance_project", "performance_overall"})
#: Panels whose rows are items by name; their sums are rows of ``sum_rules.csv``.
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

    case: Case
    coded: dict[str, list[PrintedFigure]] = field(default_factory=lambda: defaultdict(list))
    projects: dict[str, list[PrintedFigure]] = field(default_factory=lambda: defaultdict(list))
    #: Rows without a code, by the code of the row above them.
    uncoded: dict[str, list[PrintedFigure]] = field(default_factory=lambda: defaultdict(list))
    last: str = ""

    def add(self, figure: PrintedFigure) -> None:
        """Take the next figure of the column, where it has a code or stands below one."""
        if figure.code.isdigit():
            self.last = figure.code
            is_project = figure.fact_id in self.case.projects_of
            (self.projects if is_project else self.coded)[figure.code].append(figure)
        elif not figure.code and self.last and figure.fact_id not in self.case.projects_of:
            self.uncoded[self.last].append(figure)

    def uncoded_below(self, code: str) -> list[PrintedFigure]:
        """Return the rows without a code that stand among the rows below a class."""
        return [
            figure
            for above, figures in self.uncoded.items()
            if above.startswith(code)
            for figure in figures
        ]


def tree_sums(case: Case) -> dict[str, list[TreeSum]]:
    """Return every whole of the coded tables with its parts, by table."""
    columns: dict[tuple[str, str, str, str], list[PrintedFigure]] = defaultdict(list)
    for figure in case.own_figures:
        if figure.table not in NO_TREE:
            columns[figure.table, figure.section, figure.measure, ""].append(figure)
    own = {figure.fact_id for figure in case.own_figures} if case.unit_of else set()
    for figure in case.figures if case.unit_of else ():
        unit = case.unit_of.get(figure.fact_id)
        if unit and figure.fact_id not in own and figure.table not in NO_TREE:
            # The row of a unit as a whole is a part of the department's total.
            whose = "" if figure.code in UNITS else unit
            if figure.section not in REPEATED_PANELS and figure.fact_id not in case.stage_of:
                columns[figure.table, figure.section, figure.measure, whose].append(figure)
    found: dict[str, list[TreeSum]] = defaultdict(list)
    for (table, _, _, unit), figures in columns.items():
        if table in PANELS:
            found[table] += _of_panel(figures, case)
        elif unit:
            found[table] += _of_unit(figures, case)
        else:
            found[table] += _of_column(figures, case)
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


def _of_panel(figures: Sequence[PrintedFigure], case: Case) -> Iterator[TreeSum]:
    """Of a panel of named rows: the classes that have rows below them."""
    block = _Block(case)
    for figure in figures:
        block.add(figure)
    yield from _of_block(block)


def _of_unit(figures: Sequence[PrintedFigure], case: Case) -> Iterator[TreeSum]:
    """Of the rows of one budget unit: its classes."""
    block = _Block(case)
    for figure in figures:
        block.add(figure)
    if all(case.figures_of_row(found) for found in block.coded.values()):
        yield from _of_block(block)


def _of_column(figures: Sequence[PrintedFigure], case: Case) -> Iterator[TreeSum]:
    """Of a column of a table, and of each of its printings where it is printed again in full."""
    for printing in _printings(figures):
        yield from _of_printing(printing, case)


def _printings(figures: Sequence[PrintedFigure]) -> list[Sequence[PrintedFigure]]:
    """The figures of each printing of a table; all of them where one may continue another.

    Two printings that each end in one and the same total are each a table of its own: one may
    print a figure right and the other wrong.
    """
    found: dict[str, list[PrintedFigure]] = defaultdict(list)
    for figure in figures:
        found[figure.fact_id.rsplit(":", 1)[0]].append(figure)
    totals = [[f.amount for f in printing if f.code == TOTAL] for printing in found.values()]
    is_again = len(found) > 1 and all(len(one) == 1 and one == totals[0] for one in totals)
    codes = [{f.code for f in printing if f.code.isdigit()} for printing in found.values()]
    is_again = is_again and bool(set.intersection(*codes))
    return list(found.values()) if is_again else [figures]


def _of_printing(figures: Sequence[PrintedFigure], case: Case) -> Iterator[TreeSum]:
    whole = _Block(case)
    totals, units, rows = [], [], []
    blocks: list[_Block] = []
    for figure in figures:
        project = figure.fact_id in case.projects_of
        for block in (whole, *blocks[-1:]):
            block.add(figure)
        if figure.code.isdigit():
            continue
        if figure.code == TOTAL:
            totals.append(figure)
        elif figure.code in UNITS:
            units.append(figure)
            blocks.append(_Block(case))
        elif project or not figure.code:
            rows.append(figure)
    once = all(case.figures_of_row(found) for found in whole.coded.values())
    for block in [whole] if once else blocks:
        yield from _of_block(block)
    if total := single_figure(totals):
        yield from _of_total(total, whole if once else _Block(case), units, rows)


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
        if parent := parents[code]:
            below[parent] += block.case.figures_of_row(found)
    for code, found in block.projects.items():
        has_row = code in block.coded
        parent = code if has_row else _parent(code, block.coded)
        if parent:
            (projects if has_row else below)[parent] += found
    for code, found in block.coded.items():
        if len(printed := block.case.figures_of_row(found)) != 1:
            continue
        whole = printed[0]
        if parts := below.get(code):
            found_sum = _added("class" if len(code) == 3 else "subclass", whole, parts)
            if found_sum.comparison.status == FAIL and (more := block.uncoded_below(code)):
                with_more = _added(found_sum.level, whole, [*parts, *more])
                found_sum = found_sum if with_more.comparison.status == FAIL else with_more
            yield found_sum
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
            if code[0] == kind and not parents[code]
            for figure in block.case.figures_of_row(found)
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
        others = [u for u in units if u.code != "department" or u.amount != total.amount]
        yield _added("units", total, units, *([others, [*others, *rows]] if others else []))
    elif len(units) == 1:
        yield _added("department", units[0], [total])
