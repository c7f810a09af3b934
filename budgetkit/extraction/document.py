"""A whole document: from a PDF's pages to the rows of every table of a dataset.

This is the path of a document as one reads it: pages, grids, cells, sheets,
tables, facts; and beside it the prose.  The result holds plain dicts, so that
it crosses from one process to another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

from budgetkit.amounts import is_amount, squeeze
from budgetkit.codelists import read_codelist
from budgetkit.errors import UnreadableDocument
from budgetkit.extraction.pdf.lines import Line, box_around, read_lines, type_size
from budgetkit.extraction.pdf.pages import Char, Page, Pdf
from budgetkit.extraction.prose.page_rows import page_row, paragraph_rows
from budgetkit.extraction.prose.project_keys import mentions_in_tables, unite
from budgetkit.extraction.prose.read_prose import Prose, read_prose
from budgetkit.extraction.tables.cells import FilledGrid, fill_grid
from budgetkit.extraction.tables.facts import Fact, Unmapped, default_unit, read_facts
from budgetkit.extraction.tables.grids import find_grids
from budgetkit.extraction.tables.headers import FORMS, Table, read_tables
from budgetkit.extraction.tables.sheets import outside, read_sheets
from budgetkit.extraction.tables.targets import Indicator, read_targets
from budgetkit.geometry import Box
from budgetkit.schema import TABLES
from budgetkit.work.garbage import uncollected

Rows = dict[str, list[dict[str, Any]]]

#: A cover page has no more lines than this.
COVER_LINES = 12
#: What follows an amount of prose, where a gap for filling in stands before it.
_OF_PROSE = re.compile(r"万?元|亿元|%|％|个百分点")
_COVER = re.compile(r"20\d\d年.*(部门|单位)?预算")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one disclosure: its row of ``documents`` and the rows of the others."""

    document: dict[str, Any]
    rows: Rows


@dataclass(frozen=True, slots=True)
class _Part:
    """The pages and tables of one disclosure, where a file may hold several."""

    pages: tuple[tuple[Page, tuple[FilledGrid, ...]], ...]
    tables: tuple[Table, ...]


def read_file(
    path: str | Path, *, password: str | None = None, unlock: bool = False
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

    Returns
    -------
    list of Reading
        One, or several where the file holds several disclosures.

    Raises
    ------
    UnreadableDocument
        The file can't be read, or has no text.
    """
    with uncollected():
        return _read(path, password=password, unlock=unlock)


def _read(path: str | Path, *, password: str | None, unlock: bool) -> list[Reading]:
    with Pdf(path, password=password, unlock=unlock) as pdf:
        pages = [(page, tuple(fill_grid(g, page) for g in find_grids(page))) for page in pdf]
    if not any(page.chars for page, _ in pages):
        raise UnreadableDocument(
            f"has no text layer: its {len(pages)} pages are pictures (a scan)",
            file=path,
            remedy="ask the publisher for the original, or run text recognition on it first",
        )
    tables = read_tables(read_sheets(pages))
    return [_read_part(part) for part in _split(pages, tables)]


def _split(
    pages: Sequence[tuple[Page, tuple[FilledGrid, ...]]], tables: Sequence[Table]
) -> list[_Part]:
    """Cut a file where a second disclosure begins: at the cover before its first table."""
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
        _Part(
            tuple(pair for pair in pages if first <= pair[0].number < end),
            tuple(table for table in tables if first <= table.pages[0] < end),
        )
        for first, end in pairwise(edges)
        if first < end
    ]


def _begins_again(tables: Sequence[Table], start: int) -> bool:
    """Whether more than the summary is printed again from a page on: it is no mere continuation."""
    before = {table.table for table in tables if table.table and table.pages[0] < start}
    after = {table.table for table in tables if table.table and table.pages[0] >= start}
    return len((before & after) - FORMS) > 1 or len(before - FORMS) <= 1 < len(after - before)


def _is_cover(page: Page) -> bool:
    lines = read_lines(page.chars)
    text = squeeze("".join(line.text for line in lines))
    return len(lines) <= COVER_LINES and bool(_COVER.search(text))


def _read_part(part: _Part) -> Reading:
    prose = read_prose([(page, [grid.grid.box for grid in grids]) for page, grids in part.pages])
    department = prose.identity.department or _stated_department(part.tables)
    unit = default_unit(part.tables)
    shown = {page.number: page for page, _ in part.pages}
    facts: list[tuple[str, Fact]] = []
    unmapped: list[Unmapped] = []
    indicators: list[Indicator] = []
    table_rows = []
    for name, table in _named(part.tables):
        if table.table in FORMS:
            form = read_targets(table, unit)
            found, lost = list(form.facts), list(form.unmapped)
            indicators.extend(form.indicators)
        else:
            found, lost = read_facts(table, department, unit)
        facts.extend((name, fact) for fact in found)
        unmapped.extend(lost)
        table_rows.append(_table_row(table, len(found)))
    unmapped.extend(item for page, grids in part.pages for item in stray_amounts(page, grids))
    rows = _prose_rows(prose, shown)
    rows["facts"] = [_fact_row(name, fact, shown) for name, fact in facts]
    rows["unmapped"] = [_placed(asdict(item), shown) for item in unmapped]
    rows["indicators"] = [_placed(asdict(item), shown) for item in indicators]
    rows["tables"] = table_rows
    rows["pages"] = [page_row(page, grids) for page, grids in part.pages]
    rows["projects"] = [
        asdict(mention)
        for mention in unite([*mentions_in_tables(fact for _, fact in facts), *prose.projects])
    ]
    document = _document_row(part, prose, department, unit, facts, unmapped)
    return Reading(document, rows)


def stray_amounts(page: Page, grids: Sequence[FilledGrid]) -> list[Unmapped]:
    """List the amounts of table rows that stand in no cell: off the page, or without rules.

    Parameters
    ----------
    page
        Any page.
    grids
        Its grids; on a page without any, prose and charts print amounts that are no cells.

    Returns
    -------
    list of Unmapped
        Amounts that stand alone in their line, as the cells of a row do.
    """
    boxes = [grid.grid.box for grid in grids]
    found = _alone(page.number, page.outside, "stands outside of the page as shown")
    if boxes:
        found += _alone(page.number, outside(page.chars, boxes), "stands in no ruled cell")
    return found


def _alone(page: int, chars: Sequence[Char], rule: str) -> list[Unmapped]:
    found = []
    for line in read_lines(chars):
        words = _words(line)
        texts = ["".join(char.text for char in word) for word in words]
        for word, text, after in zip(words, texts, [*texts[1:], ""], strict=True):
            if is_amount(text) and not _OF_PROSE.match(after):
                found.append(Unmapped("", page, box_around(word), text, rule))
    return found


def _words(line: Line) -> list[list[Char]]:
    """Runs of characters with wide gaps between them, as between the cells of a row."""
    size = type_size(line.chars)
    words = [[line.chars[0]]]
    for before, char in pairwise(line.chars):
        if char.x0 - before.x1 > size:
            words.append([])
        words[-1].append(char)
    return words


def _named(tables: Iterable[Table]) -> list[tuple[str, Table]]:
    """Tables with a name that is theirs alone: the third target form is performance_project-3."""
    counts: Counter[str] = Counter()
    named = []
    for table in tables:
        kind = table.table or "unknown"
        counts[kind] += 1
        named.append((kind if counts[kind] == 1 else f"{kind}-{counts[kind]}", table))
    return named


def _stated_department(tables: Iterable[Table]) -> str:
    names = Counter(table.department for table in tables if table.department)
    return names.most_common(1)[0][0] if names else ""


def _table_row(table: Table, n_facts: int) -> dict[str, Any]:
    return {
        "table": table.table,
        "title": table.title,
        "unit": table.unit or "",
        "pages": " ".join(map(str, table.pages)),
        "note": table.note,
        "n_rows": len(table.rows),
        "n_facts": n_facts,
    }


def _fact_row(name: str, fact: Fact, pages: dict[int, Page]) -> dict[str, Any]:
    row = {field.name: getattr(fact, field.name) for field in fields(fact)}
    row |= {"fact_id": f"{name}:{fact.row + 1}.{fact.column + 1}", "amount": float(fact.amount)}
    return _placed(row, pages)


def _placed(row: dict[str, Any], pages: dict[int, Page]) -> dict[str, Any]:
    """Replace a box in the reading frame by its edges on the page as shown."""
    box: Box = pages[row["page"]].as_shown(row.pop("box"))
    return row | {edge: round(value, 2) for edge, value in box._asdict().items()}


def _prose_rows(prose: Prose, pages: dict[int, Page]) -> Rows:
    return {
        "profile": [asdict(line) for line in prose.profile],
        "glossary": [asdict(item) for item in prose.glossary],
        "assets": [asdict(item) for item in prose.assets],
        "staffing": [asdict(prose.staffing)] if prose.staffing else [],
        "narrative": [asdict(item) for item in prose.narrative],
        "paragraphs": list(paragraph_rows(prose.paragraphs)),
    }


def _document_row(
    part: _Part,
    prose: Prose,
    department: str,
    unit: str | None,
    facts: Sequence[object],
    unmapped: Sequence[object],
) -> dict[str, Any]:
    problems = []
    identity = prose.identity
    if not department:
        problems.append("names no department on its cover or above its tables")
    if not identity.year:
        problems.append("names no budget year on its cover")
    if not part.tables:
        problems.append("holds no ruled table: its figures are read from its prose alone")
    if unmapped:
        problems.append(f"{len(unmapped)} printed amounts are listed in unmapped")
    return {
        "pages": len(part.pages),
        "department": department,
        "scope": identity.scope,
        "region": identity.region,
        "year": identity.year,
        "issued": prose.issued,
        "notice": identity.notice,
        "family": family_of(part.tables),
        "unit": unit or "",
        "status": "partial" if problems else "ok",
        "error": "; ".join(problems),
        "n_tables": len(part.tables),
        "n_facts": len(facts),
        "n_unmapped": len(unmapped),
    }


def family_of(tables: Iterable[Table]) -> str:
    """Tell the template family by the tables that a disclosure holds; empty where none fits."""
    found = {table.table for table in tables}
    for row in read_codelist("families"):
        if set(row["requires"].split()) <= found:
            return row["family"]
    return ""


def empty_rows() -> Rows:
    """Give a dataset without a row: every table of the schema."""
    return {name: [] for name in TABLES}
