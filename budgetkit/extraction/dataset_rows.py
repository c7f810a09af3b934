"""What was read of a disclosure, as rows of the tables of a dataset.

Last stage of a document's path: boxes in the reading frame of a page become edges on the page
as shown, and amounts become floats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from budgetkit.codelists import read_codelist
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.page_rows import paragraph_rows
from budgetkit.extraction.prose.reading import Prose
from budgetkit.extraction.split_file import FilePart
from budgetkit.extraction.tables.facts import Fact, TableContent, Unmapped
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.indicators import Indicator
from budgetkit.geometry import Box
from budgetkit.schema import TABLES

Rows = dict[str, list[dict[str, Any]]]


def empty_rows() -> Rows:
    """Return a dataset without a row: every table of the schema."""
    return {name: [] for name in TABLES}


def document_row(
    part: FilePart, prose: Prose, department: str, unit: str | None, rows: Rows
) -> dict[str, Any]:
    """Return the row of ``documents`` of one disclosure.

    Parameters
    ----------
    part
        Its pages and tables.
    prose
        What its prose says.
    department
        Its name, empty where the document prints none.
    unit
        The unit that its tables agree on.
    rows
        Of its ``facts`` and ``unmapped``, which are counted.

    Returns
    -------
    dict
        Its status is ``partial`` where anything is missing or unmapped, and the error says what.
    """
    identity, n_unmapped = prose.identity, len(rows["unmapped"])
    problems = []
    if not department:
        problems.append("names no department on its cover or above its tables")
    if not identity.year:
        problems.append("names no budget year on its cover")
    if not part.tables:
        problems.append("holds no ruled table: its figures are read from its prose alone")
    if n_unmapped:
        problems.append(f"{n_unmapped} printed amounts are listed in unmapped")
    return {
        "pages": len(part.pages),
        "department": department,
        "scope": identity.scope,
        "region": identity.region,
        "year": identity.year,
        "issued": prose.issued,
        "notice": identity.notice,
        "family": _template_family(part.tables),
        "unit": unit or "",
        "status": "partial" if problems else "ok",
        "error": "; ".join(problems),
        "n_tables": len(part.tables),
        "n_facts": len(rows["facts"]),
        "n_unmapped": n_unmapped,
    }


def _template_family(tables: Iterable[Table]) -> str:
    """The template family by the tables that a disclosure holds; empty where none fits."""
    found = {table.table for table in tables}
    rows = read_codelist("families")
    return next((row["family"] for row in rows if set(row["requires"].split()) <= found), "")


def prose_rows(prose: Prose) -> Rows:
    """Return the rows of the tables that are read from prose alone."""
    profile = (*prose.functions, *prose.offices, *prose.units)
    return {
        "profile": [asdict(line) for line in profile],
        "glossary": [asdict(item) for item in prose.glossary],
        "assets": [asdict(item) for item in prose.assets],
        "staffing": [asdict(prose.staffing)] if prose.staffing else [],
        "narrative": [asdict(item) for item in prose.narrative],
        "paragraphs": list(paragraph_rows(prose.paragraphs)),
    }


def table_rows(part: FilePart, contents: Sequence[TableContent], stray: Iterable[Unmapped]) -> Rows:
    """Return the rows of the tables that are read from ruled tables.

    Parameters
    ----------
    part
        Pages and tables of the disclosure.
    contents
        What each of these tables says.
    stray
        Amounts in no cell of a table.

    Returns
    -------
    dict
        Amounts in 万元, edges in points from the top left of the page as shown.
    """
    pages = {page.number: page for page, _ in part.pages}
    rows: Rows = {"facts": [], "unmapped": [], "indicators": [], "tables": []}
    for name, table, content in zip(_names(part.tables), part.tables, contents, strict=True):
        rows["tables"].append(_table_row(table, len(content.facts)))
        rows["facts"] += [_fact_row(name, fact, pages) for fact in content.facts]
        rows["unmapped"] += [_placed(amount, pages) for amount in content.unmapped]
        rows["indicators"] += [_placed(indicator, pages) for indicator in content.indicators]
    rows["unmapped"] += [_placed(amount, pages) for amount in stray]
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
        "n_rows": len(table.rows),
        "n_facts": n_facts,
    }


def _fact_row(table: str, fact: Fact, pages: Mapping[int, Page]) -> dict[str, Any]:
    fact_id = f"{table}:{fact.row + 1}.{fact.column + 1}"
    return _placed(fact, pages) | {"fact_id": fact_id, "amount": float(fact.amount)}


def _placed(item: Fact | Unmapped | Indicator, pages: Mapping[int, Page]) -> dict[str, Any]:
    """The fields of an item, its box replaced by its edges on the page as shown."""
    row = {field.name: getattr(item, field.name) for field in fields(item)}
    box: Box = pages[item.page].as_shown(row.pop("box"))
    return row | {edge: round(value, 2) for edge, value in box._asdict().items()}
