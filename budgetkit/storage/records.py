"""Frames as plain rows, split once by document.

A report or a comparison walks over disclosures.  Filtering whole frames for each of
them is what makes that slow: here a frame is turned into lists once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def with_none(table: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of plain values, with None for an empty cell."""
    return table.astype(object).where(table.notna(), None)


def records(table: pd.DataFrame) -> list[Row]:
    """Return rows as plain dicts with None for an empty cell."""
    rows = with_none(table).to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in rows]


def text(value: Any) -> str:
    """Return the text of a cell, empty for an empty cell."""
    if isinstance(value, str):
        return value
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)


class _Column:
    """The cells of a column, in little room: each distinct value once, numbers as numbers."""

    def __init__(self, column: pd.Series[Any]) -> None:
        import pandas as pd

        self._values: list[Any] | None = None
        if pd.api.types.is_numeric_dtype(column.dtype) and not column.hasnans:
            self._cells = column.to_numpy()
            return
        self._cells, distinct = pd.factorize(column)
        self._values = [*distinct.astype(object).tolist(), None]  # an empty cell has the code -1

    def at(self, rows: slice | list[int]) -> list[Any]:
        """Return the cells of some rows, None for an empty one."""
        cells = self._cells[rows].tolist()
        values = self._values
        return cells if values is None else [values[cell] for cell in cells]


class DocumentRows(Protocol):
    """The rows of a table, found by document."""

    def rows(self, documents: Iterable[str]) -> list[Row]:
        """Return the rows of some documents, in the table's order, None for an empty cell."""
        ...


class ByDocument:
    """The rows of a frame, found by document; the frame itself is not kept.

    Parameters
    ----------
    table
        With a column ``document``.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self._positions: dict[str, list[int]] = {}
        for position, document in enumerate(table["document"].tolist()):
            self._positions.setdefault(document, []).append(position)
        self._columns = {str(name): _Column(table[name]) for name in table.columns}

    def rows(self, documents: Iterable[str]) -> list[Row]:
        """Return the rows of some documents, in the frame's order, None for an empty cell."""
        found: list[int] = []
        for document in documents:
            found.extend(self._positions.get(document, []))
        found.sort()
        if not found:
            return []
        # Mostly the rows of one document, which follow each other.
        follow = found[-1] - found[0] == len(found) - 1
        rows = slice(found[0], found[-1] + 1) if follow else found
        names = list(self._columns)
        cells = zip(*(column.at(rows) for column in self._columns.values()), strict=True)
        return [dict(zip(names, row, strict=True)) for row in cells]
