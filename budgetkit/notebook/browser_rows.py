"""The rows of a frame as a browser gets them: plain cells, and a table that needs no script."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from budgetkit.render.labels import words_of

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | None
#: Whole numbers above it are no longer exact in a browser: they are shown as text.
EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is shown.

    Attributes
    ----------
    name, unit : str
        As in the header.
    decimals : bool
        Whether its numbers are written with two decimals.
    """

    name: str
    unit: str
    decimals: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a frame that a browser gets.

    Attributes
    ----------
    columns : tuple of Column
        As in the frame, an index with names before them.
    cells : list of list
        Texts, numbers, and None where nothing is.
    total : int
        Rows of the frame.
    """

    columns: tuple[Column, ...]
    cells: list[list[Cell]]
    total: int


def rows_of(data: pd.DataFrame, most: int) -> Rows:
    """Take the first rows of a frame.

    Parameters
    ----------
    data
        Its units are those of ``attrs["units"]``; an index other than 0, 1, 2 … becomes columns.
    most
        How many rows.

    Returns
    -------
    Rows

    Examples
    --------
    >>> import pandas as pd
    >>> rows_of(pd.DataFrame({"year": [2024.0, None], "name": ["a", None]}), 9).cells
    [[2024, 'a'], [None, None]]
    """
    units: Mapping[str, str] = dict(data.attrs.get("units", {}))
    shown = _with_index(data.head(most))
    columns, cells = [], []
    for place, label in enumerate(shown.columns):
        parts: object = label
        name = " / ".join(map(str, parts)) if isinstance(parts, tuple) else str(parts)
        column = shown.iloc[:, place].astype(object)
        values = [_cell(value) for value in column.where(column.notna(), None)]
        unit = units.get(name, "")
        decimals = _has_decimals(values, unit)
        if not decimals:
            values = [int(value) if isinstance(value, float) else value for value in values]
        columns.append(Column(name, unit, decimals))
        cells.append(values)
    return Rows(tuple(columns), [list(row) for row in zip(*cells, strict=True)], len(data))


def _with_index(data: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    unnamed = list(data.index.names) == [None]
    return data if unnamed and pd.api.types.is_integer_dtype(data.index) else _index_first(data)


def _index_first(data: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    index = data.index.to_frame(index=False)
    names = [str(name or "") for name in data.index.names]
    columns = pd.Index([*names, *data.columns], tupleize_cols=False)
    found = pd.concat([index, data.reset_index(drop=True)], axis=1, ignore_index=True)
    return found.set_axis(columns, axis=1)


def _cell(value: Any) -> Cell:
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, Integral):
        return int(value) if abs(int(value)) < EXACT else str(value)
    if isinstance(value, Real):
        return float(value) if math.isfinite(value) else str(value)
    return str(value)


def _has_decimals(values: Sequence[Cell], unit: str) -> bool:
    """Years and pages with gaps are floats in a frame, and still whole numbers."""
    numbers = [value for value in values if isinstance(value, float)]
    whole = all(value.is_integer() and abs(value) < EXACT for value in numbers)
    return bool(numbers) and (bool(unit) or not whole)


def table_html(rows: Rows, most: int) -> str:
    """Write the first rows as a table that any reader of HTML shows.

    Parameters
    ----------
    rows
        As of :func:`rows_of`.
    most
        How many.

    Returns
    -------
    str
        Nothing in it is a script.
    """
    heads = "".join(
        f"<th>{escape(one.name)}{f' <small>({escape(one.unit)})</small>' if one.unit else ''}</th>"
        for one in rows.columns
    )
    lines = (f"<tr>{''.join(map(_cell_html, row, rows.columns))}</tr>" for row in rows.cells[:most])
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _cell_html(cell: Cell, column: Column) -> str:
    if cell is None:
        return "<td></td>"
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    return f'<td class="n">{written(cell, decimals=column.decimals)}</td>'


def written(number: float, *, decimals: bool) -> str:
    """Write a number as the script does.

    Parameters
    ----------
    number
        Finite.
    decimals
        With thousands separators and two decimals; where these would be 0.00, two digits.

    Returns
    -------
    str

    Examples
    --------
    >>> written(1234.5, decimals=True), written(0.0012, decimals=True)
    ('1,234.50', '0.0012')
    """
    if not decimals:
        return f"{number}"
    return f"{number:.2}" if number and abs(number) < 0.005 else f"{number:,.2f}"


def script_data(value: object) -> str:
    """Write a value for a script element: nothing in it ends the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f'<script type="application/json">{text.replace("<", chr(92) + "u003c")}</script>'


def table_data(rows: Rows, file: str, lang: str) -> dict[str, object]:
    """Return what ``browser_rows.js`` takes.

    Parameters
    ----------
    rows
        As of :func:`rows_of`.
    file
        Name of the CSV that a reader saves.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    dict
        For :func:`script_data`.
    """
    columns = [{"name": c.name, "unit": c.unit, "decimals": c.decimals} for c in rows.columns]
    return {"columns": columns, "rows": rows.cells, "total": rows.total, "file": file,
            "say": words(lang)}  # fmt: skip


def words(lang: str) -> dict[str, str]:
    """Return the words of a language."""
    return {key: row[lang] for key, row in words_of("budgetkit.notebook", "words.csv").items()}
