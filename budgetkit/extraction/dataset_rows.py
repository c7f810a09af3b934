"""What was read of a disclosure, as rows of the tables of a dataset.

Last stage of a document's path: boxes in the reading frame of a page become edges on the page
as shown, and amounts become floats.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from budgetkit.codelists import read_codelist
from budgetkit.extraction.page_account import count_pieces, pieces_of
from budgetkit.extraction.pdf.characters import UNKNOWN
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.departments import department_id
from budgetkit.extraction.prose.page_rows import page_row, paragraph_rows
from budgetkit.extraction.prose.projects import ProjectMention
from budgetkit.extraction.prose.read_prose import Prose
from budgetkit.extraction.split_file import FilePart
from budgetkit.extraction.tables.headers import FORMS, Table
from budgetkit.extraction.tables.held import label_by_cells
from budgetkit.extraction.tables.indicators import Indicator
from budgetkit.extraction.tables.table_content import Fact, TableContent, Unmapped
from budgetkit.extraction.unread_pages import name_pages
from budgetkit.geometry import Box
from budgetkit.schema import PAGE_NOT_READ, TABLES

_DIGIT = re.compile(rf"[\d{UNKNOWN}]")

Rows = dict[str, list[dict[str, Any]]]
#: Problems of a document that another one, or the name of its file, may solve.
NO_DEPARTMENT = "names no department on its cover or above its tables"
NO_YEAR = "names no budget year on its cover"


def empty_rows() -> Rows:
    """Return a dataset without a row: every table of the schema."""
    return {name: [] for name in TABLES}


@dataclass(frozen=True, slots=True)
class Content:
    """What was read of one disclosure.

    ``contents`` holds what each table of ``part`` says, in the same order; ``unit`` is the one
    that the tables agree on; ``stray`` are amounts in no cell of a table.
    """

    part: FilePart
    prose: Prose
    unit: str | None
    contents: Sequence[TableContent]
    stray: Sequence[Unmapped]
    projects: Sequence[ProjectMention]


def document_row(content: Content) -> dict[str, Any]:
    """Return the row of ``documents``: partial where anything is missing or unmapped."""
    tables, identity = content.part.tables, content.prose.identity
    n_unmapped = len(content.stray) + sum(len(table.unmapped) for table in content.contents)
    problems = []
    if not identity.department:
        problems.append(NO_DEPARTMENT)
    if not identity.year:
        problems.append(NO_YEAR)
    if not tables:
        problems.append("holds no ruled table: its figures are read from its prose alone")
    problems += name_pages(content.stray)
    if n_amounts := n_unmapped - sum(item.cause == PAGE_NOT_READ for item in content.stray):
        problems.append(f"{n_amounts} printed amounts are listed in unmapped")
    return {
        "pages": len(content.part.pages),
        "kind": identity.kind,
        "department": identity.department,
        "department_id": department_id(identity.department),
        "scope": identity.scope,
        "level": identity.level,
        "region": identity.region,
        "year": identity.year,
        "issued": content.prose.issued,
        "notice": identity.notice,
        "family": _template_family(tables),
        "unit": content.unit or "",
        "status": "partial" if problems else "ok",
        "error": "; ".join(filter(None, (*problems, identity.found))),
        "n_tables": len(tables),
        "n_facts": sum(len(table.facts) for table in content.contents),
        "n_unmapped": n_unmapped,
    }


def _template_family(tables: Iterable[Table]) -> str:
    """The template family by the tables that a disclosure holds; empty where none fits."""
    found = {table.table for table in tables}
    rows = read_codelist("families")
    return next((row["family"] for row in rows if set(row["requires"].split()) <= found), "")


def all_rows(content: Content) -> Rows:
    """Return the rows of every other table: amounts in 万元, edges in points of the shown page."""
    pages = {page.number: page for page, _ in content.part.pages}
    prose = content.prose
    rows: Rows = {
        "facts": [],
        "unmapped": [],
        "indicators": [],
        "tables": [],
        "pages": _page_rows(content),
        "projects": [asdict(project) for project in content.projects],
        "profile": [asdict(line) for line in prose.profile],
        "glossary": [asdict(item) for item in prose.glossary],
        "assets": [asdict(item) for item in prose.assets],
        "staffing": [asdict(prose.staffing)] if prose.staffing else [],
        "narrative": [asdict(item) for item in prose.narrative],
        "paragraphs": list(paragraph_rows(prose.paragraphs)),
        "contents": [asdict(entry) for entry in prose.contents],
    }
    tables = content.part.tables
    for name, table, read in zip(_names(tables), tables, content.contents, strict=True):
        rows["tables"].append(_table_row(table, len(read.facts)))
        rows["facts"] += [_fact_row(name, fact, pages) for fact in read.facts]
        rows["unmapped"] += [_placed(amount, pages) for amount in read.unmapped]
        rows["indicators"] += [_placed(indicator, pages) for indicator in read.indicators]
    rows["unmapped"] += [_placed(amount, pages) for amount in content.stray]
    return rows


def _page_rows(content: Content) -> list[dict[str, Any]]:
    """The rows of ``pages``, each with the account of its number-like pieces."""
    facts: dict[int, list[Box]] = defaultdict(list)
    unmapped: dict[int, list[Box]] = defaultdict(list)
    not_read: dict[int, str] = {}
    for fact in (fact for table in content.contents for fact in table.facts):
        facts[fact.page].append(fact.box)
    listed = [amount for table in content.contents for amount in table.unmapped]
    for amount in (*listed, *content.stray):
        unmapped[amount.page].append(amount.box)
        if amount.cause == PAGE_NOT_READ:
            not_read[amount.page] = amount.rule
    rows = []
    for page, grids in content.part.pages:
        number = page.number
        row = page_row(page, grids, contents=number in content.prose.contents_pages)
        counts = count_pieces(
            page,
            pieces_of(page),
            facts=facts[number],
            unmapped=unmapped[number],
            cells=[(c.box, c.text) for grid in grids for c in grid.cells if _DIGIT.search(c.text)],
            contents=row["role"] == "contents",
        )
        account = {"n_painted": counts.n_painted, **counts._asdict()}
        rows.append(row | account | {"not_read": not_read.get(number, "")})
    return rows


def _names(tables: Iterable[Table]) -> Iterator[str]:
    """A name of its own for each table: the third form is ``performance_project-3``."""
    counts: Counter[str] = Counter()
    for table in tables:
        kind = table.table or "unknown"
        counts[kind] += 1
        yield kind if counts[kind] == 1 else f"{kind}-{counts[kind]}"


def _table_row(table: Table, n_facts: int) -> dict[str, Any]:
    return {
        "table": table.table,
        "title": table.title,
        "unit": table.unit or "",
        "pages": " ".join(map(str, table.pages)),
        "note": table.note,
        "unknown": " | ".join(_unknown_headers(table)),
        "n_rows": len(table.rows),
        "n_facts": n_facts,
    }


def _unknown_headers(table: Table) -> list[str]:
    """Paths of headers that hold an unknown word, each with that word and what its cells hold."""
    found = (
        f"{' > '.join(column.path)}: {column.word}{f' = {holds}' if holds else ''}"
        for at, column in enumerate(table.columns)
        if column.word and not column.role
        for holds in [label_by_cells(table, at)]
    )
    return list(dict.fromkeys(found)) if table.table and table.table not in FORMS else []


def _fact_row(table: str, fact: Fact, pages: Mapping[int, Page]) -> dict[str, Any]:
    fact_id = f"{table}:{fact.row + 1}.{fact.column + 1}"
    return _placed(fact, pages) | {"fact_id": fact_id, "amount": float(fact.amount)}


def _placed(item: Fact | Unmapped | Indicator, pages: Mapping[int, Page]) -> dict[str, Any]:
    """The fields of an item, its box replaced by its edges on the page as shown."""
    row = {field.name: getattr(item, field.name) for field in fields(item)}
    box: Box = pages[item.page].as_shown(row.pop("box"))
    return row | {edge: round(value, 2) for edge, value in box._asdict().items()}
