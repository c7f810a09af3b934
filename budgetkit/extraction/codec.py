"""Readings as the bytes that a journal keeps and processes exchange.

JSON by columns, compressed: it is small, the same bytes for the same reading, and unlike a
pickle it runs nothing when it is read.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from pathlib import Path
from typing import Any

from budgetkit.errors import BudgetkitError, one_line
from budgetkit.extraction.document import Reading, read_file

#: First byte of an entry.
PROBLEM, READINGS = b"P", b"R"
#: Strings up to this length are shared between documents: names of tables, measures, codes.
SHARED_LENGTH = 40
_shared: dict[str, str] = {}


def pack(result: list[Reading] | str) -> bytes:
    """Return the entry of readings, or of the problem that stopped them."""
    if isinstance(result, str):
        return PROBLEM + result.encode("utf-8", "backslashreplace")
    readings = [
        {
            "document": reading.document,
            "rows": {name: _columns(rows) for name, rows in reading.rows.items()},
        }
        for reading in result
    ]
    text = json.dumps(
        {"readings": readings}, ensure_ascii=True, separators=(",", ":"), allow_nan=False
    )
    return READINGS + zlib.compress(text.encode("ascii"), 6)


def unpack(entry: bytes) -> list[Reading] | str:
    """Return what :func:`pack` was given.

    Examples
    --------
    >>> unpack(pack("is not a PDF"))
    'is not a PDF'
    """
    if entry[:1] == PROBLEM:
        return problem_of(entry)
    return [
        Reading(
            reading["document"], {name: _rows(table) for name, table in reading["rows"].items()}
        )
        for reading in json.loads(zlib.decompress(entry[1:]))["readings"]
    ]


def problem_of(entry: bytes) -> str:
    """Return the problem of an entry; empty where it holds readings."""
    return entry[1:].decode() if entry[:1] == PROBLEM else ""


def read_entry(
    source: str | bytes, password: str | None, unlock: bool, verify: bool = False
) -> bytes:
    """Read one file into an entry, in a worker.

    Parameters
    ----------
    source
        Its path, or its bytes where the worker may not see the path.
    password, unlock, verify
        As of :func:`budgetkit.extraction.document.read_file`.

    Returns
    -------
    bytes
        As of :func:`pack`; a problem is a sentence, never an exception.
    """
    if isinstance(source, str):
        return pack(_read(Path(source), password, unlock, verify))
    with tempfile.TemporaryDirectory(prefix="budgetkit-") as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(source)
        return pack(_read(path, password, unlock, verify))


def _read(path: Path, password: str | None, unlock: bool, verify: bool) -> list[Reading] | str:
    """Read one file; a problem is a sentence, never an exception."""
    try:
        return read_file(path, password=password, unlock=unlock, verify=verify)
    except BudgetkitError as error:
        page = f"page {error.page}: " if error.page else ""
        remedy = f"; {error.remedy}" if error.remedy else ""
        return f"{page}{error.problem}{remedy}"
    except Exception as error:
        message = f"{type(error).__name__}: {one_line(str(error))}"
        return f"could not be read ({message}); please report this file"


def _columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows as columns where all have the same keys, else as they are."""
    names = list(rows[0]) if rows else []
    if any(list(row) != names for row in rows):
        return {"rows": rows}
    return {"names": names, "columns": [[row[name] for row in rows] for name in names]}


def _rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    if "rows" in table:
        plain: list[dict[str, Any]] = table["rows"]
        return plain
    columns = [[_share(value) for value in column] for column in table["columns"]]
    return [dict(zip(table["names"], values, strict=True)) for values in zip(*columns, strict=True)]


def _share(value: Any) -> Any:
    if isinstance(value, str) and len(value) <= SHARED_LENGTH:
        return _shared.setdefault(value, value)
    return value
