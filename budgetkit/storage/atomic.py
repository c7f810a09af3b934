"""Output folders: is there room for one, and how a finished one comes into its place."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from budgetkit.errors import UsageError


def check_folder(out: Path, *, mark: str = "", what: str = "") -> None:
    """Make sure that a folder may be written or replaced.

    Parameters
    ----------
    out
        It need not be there yet.
    mark
        File that says that a folder is one of ours; where it is given, a folder that holds
        something else is never replaced.
    what
        What such a folder is called: a dataset, a comparison.

    Raises
    ------
    UsageError
        It is a file, holds something else, or can't be written.
    """
    if out.exists() and not out.is_dir():
        raise UsageError("is a file, not a folder", file=out, remedy="give another --out")
    if mark and out.is_dir() and any(out.iterdir()) and not (out / mark).is_file():
        raise UsageError(
            f"the folder holds files that are not {what}",
            file=out,
            remedy="give --out an empty or new folder",
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out if out.is_dir() else out.parent):
            pass
    except OSError as error:
        raise UsageError(
            f"can't be written ({error.strerror})", file=out, remedy="give --out another folder"
        ) from error


@contextlib.contextmanager
def written_aside(out: Path) -> Iterator[Path]:
    """Give a new folder beside a place, and move it there when all is written.

    What stood there goes only when the new one stands; where writing fails it stays.

    Examples
    --------
    >>> import tempfile
    >>> out = Path(tempfile.mkdtemp()) / "out"
    >>> with written_aside(out) as folder:
    ...     _ = (folder / "a.txt").write_text("whole")
    >>> [path.name for path in out.iterdir()], [path.name for path in out.parent.iterdir()]
    (['a.txt'], ['out'])
    """
    out = out.resolve()
    aside, old = (out.parent / f".{out.name}.{ending}" for ending in ("new", "old"))
    for left in (aside, old):
        shutil.rmtree(left, ignore_errors=True)
    try:
        aside.mkdir(parents=True)
        yield aside
        if out.exists():
            out.replace(old)
        aside.replace(out)
    finally:
        for left in (aside, old):
            shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def aside(path: Path, *, mine: bool = False) -> Iterator[Path]:
    """Give another name to write a file under; it is moved into place when it is whole.

    Parameters
    ----------
    path
        Where the file shall stand.
    mine
        Whether others may be writing the same file: then the other name is nobody else's.  Else
        it is always the same one, so that what a killed run left is written over by the next.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name[:100]}.{uuid.uuid4().hex + '.' if mine else ''}part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_aside(path: Path, content: bytes) -> None:
    """Write a file so that no half of it is seen."""
    with aside(path) as part:
        part.write_bytes(content)


def as_json(value: Any) -> bytes:
    """Write JSON for people; what is no text (half a surrogate pair) is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")
