"""Texts that a spreadsheet would take for a formula, marked as texts.

A PDF, a file's name or a department may begin with ``=``: opened as CSV that would be run.  A
spreadsheet takes what follows an apostrophe for text.  Plain numbers stay as they are.  Tables of
a dataset hold texts as printed, since programs read them; what is made for offices is marked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

#: What a formula begins with (OWASP, "CSV injection"); a number may too, and is none.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: Rows of a sheet, with that of the names of its columns.
SHEET_ROWS = 1_048_576
_NUMBER = r"^[-+]*[0-9,.]*%?$"


def as_text(cell: str) -> str:
    r"""Put an apostrophe before a text that a spreadsheet would take for a formula.

    A carriage return is a new line: alone it would end the row (``csv`` does not quote it).

    Examples
    --------
    >>> as_text("=1+1"), as_text("-12.30"), as_text("-"), as_text("教育局\r")
    ("'=1+1", '-12.30', '-', '教育局\n')
    """
    is_formula = cell.startswith(FORMULA_STARTS) and not re.match(_NUMBER, cell)
    return one_newline(f"'{cell}" if is_formula else cell)


def one_newline(text: str) -> str:
    """Write every end of a line in the same way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Mark the texts of a frame; the same frame where there is nothing to mark."""
    found = table
    for place, column in enumerate(table.columns):
        cells = table.iloc[:, place]
        if cells.dtype.kind in "biufcmM" or cells.dtype.name in ("Int64", "boolean"):
            continue
        texts = cells.astype("string").str
        if texts.startswith(FORMULA_STARTS).any() or texts.contains("\r", regex=False).any():
            found = found.copy() if found is table else found
            found[column] = [as_text(cell) if isinstance(cell, str) else cell for cell in cells]
    return found
