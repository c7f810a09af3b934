"""The path of a document, from a PDF's pages to the rows of every table of a dataset.

Pages, grids, filled cells, sheets, tables; then, for each disclosure that the file holds, its
prose, its figures and their rows.  The rows are plain dicts, so that they cross from one
process to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from budgetkit.amounts import is_amount, squeeze
from budgetkit.errors import UnreadableDocument
from budgetkit.extraction.dataset_rows import Content, Rows, all_rows, document_row
from budgetkit.extraction.ocr.arithmetic import judge
from budgetkit.extraction.ocr.drawn import read_drawn
from budgetkit.extraction.ocr.page_pictures import is_picture, pictured_tables
from budgetkit.extraction.ocr.recogniser import EXTRA, is_installed
from budgetkit.extraction.ocr.scans import read_pictures, read_scan, recognised
from budgetkit.extraction.ocr.unnamed import name_unknown
from budgetkit.extraction.ocr.verify import verify_contents
from budgetkit.extraction.pdf.drawn_parts import with_drawn_parts
from budgetkit.extraction.pdf.drawn_signs import with_drawn_signs
from budgetkit.extraction.pdf.outlined import with_outlined
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.pdf.problems import NO_TEXT_LAYER
from budgetkit.extraction.prose.identity import Identity, TableTexts
from budgetkit.extraction.prose.project_keys import mentions_in_tables, unite
from budgetkit.extraction.prose.read_prose import read_prose
from budgetkit.extraction.split_file import FilePart, FilledPage, split_file
from budgetkit.extraction.tables.cells import FilledGrid, fill_grid
from budgetkit.extraction.tables.facts import (
    default_unit,
    read_facts,
    stated_department,
    unit_for_all,
)
from budgetkit.extraction.tables.grids import Grid, find_grids
from budgetkit.extraction.tables.headers import FORMS, Table, read_tables
from budgetkit.extraction.tables.sheets import read_sheets
from budgetkit.extraction.tables.stacked import fill_rows
from budgetkit.extraction.tables.stray import stray_amounts
from budgetkit.extraction.tables.table_content import TableContent, Unmapped
from budgetkit.extraction.tables.targets import read_targets
from budgetkit.extraction.tables.unruled import find_open_grids
from budgetkit.extraction.unread_pages import unread_figures, unread_pictures
from budgetkit.work.memory import gc_paused

#: A form names its department and year in this many rows.
FIRST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one disclosure: its row of ``documents`` and the rows of the others."""

    document: dict[str, Any]
    rows: Rows


class _Access(NamedTuple):
    """A file and how it is opened."""

    path: str | Path
    password: str | None
    unlock: bool

    def open(self) -> Pdf:
        return Pdf(self.path, password=self.password, unlock=self.unlock)


@gc_paused()
def read_file(
    path: str | Path, *, password: str | None = None, unlock: bool = False, verify: bool = False
) -> list[Reading]:
    """Read every disclosure of one PDF.

    Parameters
    ----------
    path
        The file.
    password
        Where the file has one.
    unlock
        Read a file although its owner locked it against extraction.
    verify
        Hold each figure against its picture on the page; needs the extra ``ocr``.

    Returns
    -------
    list of Reading
        One, or several where the file holds several disclosures.

    Raises
    ------
    UnreadableDocument
        The file can't be read, or has no text.
    UsageError
        Figures are to be verified, and the extra is not installed.
    """
    access = _Access(path, password, unlock)
    pages, unread = _read_pages(access)
    tables = read_tables(read_sheets(pages))
    parts = split_file(pages, tables)
    return [_read_disclosure(part, unread, access if verify else None) for part in parts]


def _read_pages(access: _Access) -> tuple[list[FilledPage], list[Unmapped]]:
    """Read the pages of a file, each with its grids and what is printed in their cells.

    Amounts of tables without rules that are not clear are returned beside them.
    """
    pages: list[FilledPage] = []
    unread: list[Unmapped] = []
    before: Grid | None = None
    can_recognise = is_installed()
    with access.open() as pdf:
        for page in pdf:
            if can_recognise and is_picture(page):
                page = read_scan(pdf, page)
            else:
                page = with_drawn_parts(with_drawn_signs(page))
            if can_recognise and not page.confidences:
                page = read_drawn(pdf, name_unknown(pdf, page))
            if pictured := pictured_tables(pdf, page):
                if can_recognise:
                    page, pictured = read_pictures(pdf, page, pictured)
                unread += unread_pictures(page, pictured)
            page, grids = _filled(page)
            found, listed = find_open_grids(page, grids, before)
            if found:
                grids += [fill_grid(grid, page) for grid in found]
                grids.sort(key=lambda filled: (filled.grid.box.top, filled.grid.box.x0))
            unread += [Unmapped("", page.number, box, text, rule) for box, text, rule in listed]
            before = grids[-1].grid if grids else None
            pages.append((page, tuple(grids)))
        inside = pdf.container() if not any(grids for _, grids in pages) else None
    if inside:
        raise UnreadableDocument(
            inside,
            file=access.path,
            remedy="open it in Adobe Reader, save or print what it holds as PDF, and read that",
        )
    if not any(page.chars for page, _ in pages):
        raise UnreadableDocument(
            f"{NO_TEXT_LAYER}: its {len(pages)} pages are pictures (a scan)",
            file=access.path,
            remedy=f"ask the publisher for the original, or have it read: pip install '{EXTRA}'",
        )
    return pages, unread


def _filled(page: Page) -> tuple[Page, list[FilledGrid]]:
    """Fill the ruled grids of a page.

    Figures among others that are drawn as shapes are characters without a name; a page that has
    only such is looked at as a whole (``unread_figures``).
    """
    found = find_grids(page)
    grids = [fill_rows(grid, page) for grid in found]
    is_drawn_on = page.marks or page.pictures
    if is_drawn_on and any(is_amount(cell.text) for grid in grids for cell in grid.cells):
        drawn = with_outlined(page, [cell.box for grid in grids for cell in grid.cells])
        if drawn is not page:
            return drawn, [fill_rows(grid, drawn) for grid in found]
    return page, grids


def _read_disclosure(
    part: FilePart, unread: list[Unmapped], witness: _Access | None = None
) -> Reading:
    """Read the prose and the figures of one disclosure into rows.

    ``witness`` is the file whose pictures the figures are held against, if they are.
    """
    areas = [(page, [grid.grid.box for grid in grids]) for page, grids in part.pages]
    prose = read_prose(areas, _table_texts(part))
    department = prose.identity.printed or stated_department(part.tables)
    unit = default_unit(part.tables)
    for_all = unit_for_all(paragraph.text for paragraph in prose.paragraphs)
    contents = [_read_table(table, department, for_all, prose.identity) for table in part.tables]
    contents = judge(recognised([page for page, _ in part.pages], contents))
    if witness:
        with witness.open() as pdf:
            contents = verify_contents(pdf, [page for page, _ in part.pages], contents)
    stray = _stray_amounts(part, unread)
    stray += _of_unread_pages(part, contents, stray, prose.contents_pages)
    facts = [fact for content in contents for fact in content.facts]
    projects = unite([*mentions_in_tables(facts), *prose.projects])
    content = Content(part, prose, unit, contents, stray, projects)
    return Reading(document_row(content), all_rows(content))


def _stray_amounts(part: FilePart, unread: list[Unmapped]) -> list[Unmapped]:
    """List the amounts of a disclosure that stand in no cell, each once."""
    stray = [amount for page, grids in part.pages for amount in stray_amounts(page, grids)]
    numbers = {page.number for page, _ in part.pages}
    own = [amount for amount in unread if amount.page in numbers]
    known = {(amount.page, amount.box) for amount in own}
    shown = _shown_overleaf(part)
    return [
        *own,
        *(
            amount
            for amount in stray
            if (amount.page, amount.box) not in known
            and not any(
                (amount.page + step, amount.text, round(amount.box.x0 / 2)) in shown
                for step in (-1, 1)
            )
        ),
    ]


def _of_unread_pages(
    part: FilePart,
    contents: Sequence[TableContent],
    stray: Iterable[Unmapped],
    of_contents: frozenset[int],
) -> list[Unmapped]:
    """List what stands on the pages of a disclosure that gave nothing although they hold figures.

    A page of the table of contents gives nothing, and is no such page.
    """
    read = {item.page for kinds in contents for kind in kinds for item in kind}
    read |= {amount.page for amount in stray}
    found = []
    for page, grids in part.pages:
        if page.number in read:
            continue
        if listed := unread_figures(page, [filled.grid.box for filled in grids]):
            found += listed if grids or page.number not in of_contents else []
    return found


def _shown_overleaf(part: FilePart) -> set[tuple[int, str, int]]:
    """Page, text and place of the amounts in cells.

    A spreadsheet prints a cell that a page break cuts on both pages, and hides one copy.
    """
    return {
        (page.number, squeeze(cell.text), round(cell.printed_box.x0 / 2))
        for page, grids in part.pages
        for filled in grids
        for cell in filled.cells
        if cell.lines and is_amount(cell.text)
    }


def _table_texts(part: FilePart) -> TableTexts:
    """What the tables of a disclosure print that tells whose they are."""
    rows = [
        [cell.text for cell in row]
        for _, grids in part.pages
        for grid in grids
        for row in grid.by_row()[:FIRST_ROWS]
    ]
    titles = [table.title for table in part.tables]
    return TableTexts(titles, stated_department(part.tables), rows)


def _read_table(
    table: Table, department: str, unit: str | None, identity: Identity
) -> TableContent:
    if table.table in FORMS:
        return read_targets(table, department, unit)
    stage = "final" if identity.kind == "final_account" else "budget"
    return read_facts(table, department, unit, stage)
