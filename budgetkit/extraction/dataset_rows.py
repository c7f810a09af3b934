"""What was read of a disclosure, as rows of the tables of a dataset.

Last stage of a document's path.  Boxes in the reading frame of a page become its edges on the
page as shown, in points; amounts become floats in 万元.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from budgetkit.codelists import read_codelist
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.page_rows import paragraph_rows
from budgetkit.extraction.prose.reading import Prose
from budgetkit.extraction.split_file import FilePart
from budgetkit.extraction.tables.facts import Fact, Unmapped
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.indicators import Indicator
from budgetkit.schema import TABLES

Rows = dict[str, list[dict[str, Any]]]


def empty_rows() -> Rows:
    """Return a dataset without a row: every table of the schema."""
    return {name: [] for name in TABLES}


def document_row(
    part: FilePart,
    prose: Prose,
    department: str,
    unit: str | None,
    *,
    n_facts: int,
    n_unmapped: int,
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
    n_facts, n_unmapped
        Number of its rows in ``facts`` and in ``unmapped``.

    Returns
    -------
    dict
        Its status is ``partial`` where anything is missing or unmapped, and the error says what.
    """
    problems = []
    identity = prose.identity
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
        "n_facts": n_facts,
        "n_unmapped": n_unmapped,
    }


def _template_family(tables: Iterable[Table]) -> str:
    """The template family by the tables that a disclosure holds; empty where none fits."""
    found = {table.table for table in tables}
    rows = read_codelist("families")
    return next((row["family"] for row in rows if set(row["requires"].split()) <= found), "")


def table_names(tables: Iterable[Table]) -> list[str]:
    """Return a name of its own for each table; a third form is ``performance_project-3``."""
    counts: Counter[str] = Counter()
    names = []
    for table in tables:
        kind = table.table or "unknown"
        counts[kind] += 1
        names.append(kind if counts[kind] == 1 else f"{kind}-{counts[kind]}")
    return names


def table_row(table: Table, n_facts: int) -> dict[str, Any]:
    """Return the row of ``tables`` of one table.

    Parameters
    ----------
    table
        Over all its pages.
    n_facts
        Number of its rows in ``facts``.

    Returns
    -------
    dict
        Its pages joined by spaces.
    """
    return {
        "table": table.table,
        "title": table.title,
        "unit": table.unit or "",
        "pages": " ".join(map(str, table.pages)),
        "note": table.note,
        "n_rows": len(table.rows),
        "n_facts": n_facts,
    }


def fact_row(table_name: str, fact: Fact, page: Page) -> dict[str, Any]:
    """Return the row of ``facts`` of one figure.

    Parameters
    ----------
    table_name
        As of :func:`table_names`; with row and column it makes the id of the fact.
    fact
        As read.
    page
        The one that it stands on.

    Returns
    -------
    dict
        ``amount`` is in 万元, the edges of the box in points from the top left of the shown page.
    """
    row = placed_row(fact, page)
    fact_id = f"{table_name}:{fact.row + 1}.{fact.column + 1}"
    return row | {"fact_id": fact_id, "amount": float(fact.amount)}


def placed_row(item: Fact | Unmapped | Indicator, page: Page) -> dict[str, Any]:
    """Return the fields of an item, its box replaced by edges on the page as shown.

    Parameters
    ----------
    item
        With a ``box`` in the reading frame of its page (points).
    page
        The one that it stands on.

    Returns
    -------
    dict
        ``x0``, ``top``, ``x1`` and ``bottom`` are in points from the top left of the shown page.
    """
    row = {field.name: getattr(item, field.name) for field in fields(item)}
    box = page.as_shown(row.pop("box"))
    return row | {edge: round(value, 2) for edge, value in box._asdict().items()}


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
