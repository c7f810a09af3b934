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
from budgetkit.storage.manifest import sha256_of

#: First byte of an entry: readings, a problem of the file, or one that may be gone the next time.
READINGS, PROBLEM, PASSING = b"R", b"P", b"T"
#: Strings up to this length are shared between documents: names of tables, measures, codes.
SHARED_LENGTH = 40
_shared: dict[str, str] = {}


class Passing(str):
    """A problem of access or memory, not of the file: it may be gone the next time."""

    __slots__ = ()


#: Problem of a file that is not the one that was listed.
CHANGED = Passing("was changed while it was read; run it again")


def pack(result: list[Reading] | str) -> bytes:
    """Return the entry of readings, or of the problem that stopped them."""
    if isinstance(result, str):
        mark = PASSING if isinstance(result, Passing) else PROBLEM
        return mark + result.encode("utf-8", "backslashreplace")
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
    if problem := problem_of(entry):
        return problem
    return [
        Reading(
            reading["document"], {name: _rows(table) for name, table in reading["rows"].items()}
        )
        for reading in json.loads(zlib.decompress(entry[1:]))["readings"]
    ]


def problem_of(entry: bytes) -> str:
    """Return the problem of an entry; empty where it holds readings."""
    return entry[1:].decode() if entry[:1] in (PROBLEM, PASSING) else ""


def is_passing(entry: bytes) -> bool:
    """Whether an entry holds a problem that may be gone the next time, and is not to be kept."""
    return entry[:1] == PASSING


def read_entry(
    source: str | bytes,
    sha256: str,
    password: str | None,
    unlock: bool,
    verify: bool = False,
) -> bytes:
    """Read one file into an entry, in a worker.

    Parameters
    ----------
    source
        Its path, or its bytes where the worker may not see the path.
    sha256
        Of the bytes that are to be read; empty where they could not be hashed.
    password, unlock, verify
        As of :func:`budgetkit.extraction.document.read_file`.

    Returns
    -------
    bytes
        As of :func:`pack`; a problem is a sentence, never an exception.
    """
    if isinstance(source, str):
        return pack(_read_listed(Path(source), sha256, (password, unlock, verify)))
    with tempfile.TemporaryDirectory(prefix="budgetkit-") as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(source)
        return pack(_read_listed(path, sha256, (password, unlock, verify)))


def _read_listed(
    path: Path, sha256: str, access: tuple[str | None, bool, bool]
) -> list[Reading] | str:
    """Read a file, and make sure that it was the one that was listed, from start to end."""
    try:
        if sha256 and sha256_of(path) != sha256:
            return CHANGED
        result = _read(path, *access)
        return CHANGED if sha256 and sha256_of(path) != sha256 else result
    except OSError as error:
        return Passing(f"can't be opened ({error.strerror or error})")
    except MemoryError:
        return Passing("there was not enough memory to read it; run it again with fewer --jobs")


def _read(path: Path, password: str | None, unlock: bool, verify: bool) -> list[Reading] | str:
    """Read one file; a problem of the file is a sentence, never an exception."""
    try:
        return read_file(path, password=password, unlock=unlock, verify=verify)
    except BudgetkitError as error:
        page = f"page {error.page}: " if error.page else ""
        remedy = f"; {error.remedy}" if error.remedy else ""
        return f"{page}{error.problem}{remedy}"
    except (OSError, MemoryError):
        raise
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
