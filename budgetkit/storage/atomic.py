"""Files and folders that appear at once and whole, or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Bytes of a name, of the 255 that a system allows: the rest is for endings and numbers.
NAME_BYTES = 200


@contextlib.contextmanager
def written_aside(out: Path) -> Iterator[Path]:
    """Yield a new folder to write into; it takes the place of another when all is written.

    The old folder is removed only when the new one is in its place, and is put back if it can't
    get there.

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
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists() and not out.exists():
        old.replace(out)  # an earlier run was killed between the two steps
    shutil.rmtree(old, ignore_errors=True)
    try:
        with naming(out):
            aside.mkdir(parents=True)
            yield aside
        if out.exists():
            out.replace(old)
        try:
            aside.replace(out)
        except OSError:
            if old.exists():
                old.replace(out)
            raise
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextlib.contextmanager
def naming(file: Path) -> Iterator[None]:
    """Name the file that an error of the system is about, where the error does not.

    Libraries that write a file often leave its name out; a temporary name says nothing to a user.
    """
    try:
        yield
    except OSError as error:
        is_temporary = str(error.filename or "").endswith((".part", ".new"))
        if error.errno is not None and (error.filename is None or is_temporary):
            error.filename, error.filename2 = str(file), None
        raise


@contextlib.contextmanager
def aside(path: Path, *, shared: bool = False) -> Iterator[Path]:
    """Yield a temporary name to write a file under; the file is renamed when it is whole.

    Parameters
    ----------
    path
        The final name.
    shared
        Whether other processes may write the same file: then the temporary name is unique.
        Otherwise it is always the same, so that the next run overwrites what a killed run left.

    Yields
    ------
    Path
        The temporary name, in the same folder.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    own = f"{uuid.uuid4().hex}." if shared else ""
    part = path.with_name(f".{cut_name(path.name)}.{own}part")
    try:
        with naming(path):
            yield part
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def cut_name(name: str) -> str:
    """Cut the name of a file to :data:`NAME_BYTES`: systems count bytes, not characters.

    Examples
    --------
    >>> cut_name("short"), len(cut_name("预" * 82)), len(cut_name("a" * 255))
    ('short', 66, 200)
    """
    return os.fsencode(name)[:NAME_BYTES].decode("utf-8", "ignore")


def write_aside(path: Path, content: bytes) -> None:
    """Write a file so that it is never seen half-written.

    Parameters
    ----------
    path
        The file.
    content
        All of its bytes.
    """
    with aside(path) as part:
        part.write_bytes(content)


def as_json(value: Any) -> bytes:
    """Return a value as readable JSON; invalid text (half a surrogate pair) is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")
