"""Cut a file that holds several disclosures into one part for each.

Stands between the tables of a file and the reading of each disclosure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetkit.amounts import squeeze
from budgetkit.extraction.pdf.lines import read_lines
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.cells import FilledGrid
from budgetkit.extraction.tables.headers import FORMS, Table

#: A page with its grids, top to bottom, what is printed in their cells included.
FilledPage = tuple[Page, tuple[FilledGrid, ...]]

#: A cover page has no more lines than this.
COVER_LINES = 12
_COVER = re.compile(r"20\d\d年.*(部门|单位)?[预决]算")
_YEAR = re.compile(r"20\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class FilePart:
    """The pages and tables of one disclosure, where a file may hold several."""

    pages: tuple[FilledPage, ...]
    tables: tuple[Table, ...]


def split_file(pages: Sequence[FilledPage], tables: Sequence[Table]) -> list[FilePart]:
    """Cut a file where a disclosure begins: at the cover before its first table.

    Parameters
    ----------
    pages
        Every page of the file.
    tables
        Its tables, in reading order.

    Returns
    -------
    list of FilePart
        One, but where a second summary table comes behind a cover, or begins the tables of
        another department or year.
    """
    starts = [table.pages[0] for table in tables if table.table == "summary"]
    cuts = []
    for start in starts[1:]:
        before = max((t.pages[-1] for t in tables if t.pages[-1] < start), default=0)
        between = [page for page, _ in pages if before < page.number <= start]
        cover = next((page.number for page in between if _is_cover(page)), None)
        if cover is not None or _begins_again(tables, start):
            cuts.append(cover or start)
    edges = [1, *cuts, len(pages) + 1]
    return [
        FilePart(
            tuple(pair for pair in pages if first <= pair[0].number < end),
            tuple(table for table in tables if first <= table.pages[0] < end),
        )
        for first, end in pairwise(edges)
        if first < end
    ]


def _begins_again(tables: Sequence[Table], start: int) -> bool:
    """Whether another disclosure begins on a page, and not a second printing of the same tables."""
    before = {table.table for table in tables if table.table and table.pages[0] < start}
    after = {table.table for table in tables if table.table and table.pages[0] >= start}
    earlier, again = (
        [t for t in tables if t.table == "summary" and (t.pages[0] >= start) is later]
        for later in (False, True)
    )
    same, other = _same(earlier[-1], again[0]), _differ(earlier[-1], again[0])
    printed_twice = (before & after) - FORMS
    summary_came_first = len(before - FORMS) <= 1 < len(after - before)
    return (len(printed_twice) > 1 and not same) or (summary_came_first and other)


def _same(first: Table, second: Table) -> bool:
    """Whether two tables have one title, and state one department or print the same figures."""
    if squeeze(first.title) != squeeze(second.title) or first.department != second.department:
        return False
    return bool(first.department) or _texts(first) == _texts(second)


def _texts(table: Table) -> list[str]:
    return [squeeze(placed.cell.text) for row in table.rows for placed in row.cells]


def _differ(first: Table, second: Table) -> bool:
    """Whether two tables state different departments, or different years in their titles."""
    departments = {first.department, second.department} - {""}
    years = [set(_YEAR.findall(table.title)) for table in (first, second)]
    return len(departments) > 1 or (all(years) and not years[0] & years[1])


def _is_cover(page: Page) -> bool:
    lines = read_lines(page.chars)
    text = squeeze("".join(line.text for line in lines))
    return len(lines) <= COVER_LINES and bool(_COVER.search(text))
