"""Frames as plain rows, split once by document.

A report or a comparison walks over disclosures.  Filtering whole frames for each of
them is what makes that slow: here a frame is turned into lists once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def records(table: pd.DataFrame) -> list[Row]:
    """Return rows as plain dicts with None for an empty cell."""
    plain = table.astype(object).where(table.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def text(value: Any) -> str:
    """Return the text of a cell, empty for an empty cell."""
    if isinstance(value, str):
        return value
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)


class ByDocument:
    """The rows of a frame, found by document.

    Parameters
    ----------
    table
        With a column ``document``.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self._table = table
        self._names = [str(name) for name in table.columns]

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for position, document in enumerate(self._table["document"].tolist()):
            found.setdefault(document, []).append(position)
        return found

    @cached_property
    def _columns(self) -> list[list[Any]]:
        columns = []
        for name in self._table.columns:
            column = self._table[name]
            columns.append(column.astype(object).where(column.notna(), None).tolist())
        return columns

    def rows(self, documents: Iterable[str]) -> list[Row]:
        """Return the rows of some documents, in the frame's order, None for an empty cell."""
        found: list[int] = []
        for document in documents:
            found.extend(self._positions.get(document, []))
        found.sort()
        return [
            dict(zip(self._names, (column[i] for column in self._columns), strict=True))
            for i in found
        ]
