"""What the cells of a column hold, where its header does not say: a hint for a person, no more."""

from __future__ import annotations

from collections.abc import Sequence

from budgetkit.amounts import parse_number, squeeze
from budgetkit.codelists import bare_name, is_total, known_names
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.row_codes import one_column_code, split_code

#: This share of the cells of a column must hold the same kind of thing.
MOST = 0.6


def label_by_cells(table: Table, column: int) -> str:
    """Guess the label of a column by its cells.

    Parameters
    ----------
    table
        With its rows.
    column
        Its index, from 0.

    Returns
    -------
    str
        ``code``, ``name`` or ``project_name``; empty where the cells tell nothing.
    """
    texts = [
        squeeze(placed.cell.text)
        for row in table.rows
        for placed in row.cells
        if placed.col == column and placed.cell.text and not is_total(placed.cell.text, table.table)
    ]
    numbers = [text for text in texts if parse_number(text) is not None]
    if _most(texts, [text for text in texts if one_column_code([text], table.table).code]):
        return "code" if _most(texts, numbers) else "name"
    if numbers or not texts:
        return ""
    if _most(texts, [t for t in texts if {t, bare_name(t), split_code(t)[1]} & known_names()]):
        return "name"
    return "project_name" if table.table == "project_expenditure" and column == 0 else ""


def _most(texts: Sequence[str], some: Sequence[str]) -> bool:
    return len(some) >= max(1, MOST * len(texts))
