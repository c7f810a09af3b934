"""Where files are: a folder of this machine, or anything that fsspec reaches by an address.

An object store has no rename and no lock.  So a folder there is whole when its manifest, which
is written last, says so, and each entry of a journal carries the digest of its own bytes.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from budgetkit.errors import UsageError
from budgetkit.storage.atomic import write_aside


def is_address(place: str | Path) -> bool:
    """Tell an address of fsspec from a path of this machine.

    Examples
    --------
    >>> is_address("s3://bucket/pdfs"), is_address("pdfs/a.pdf")
    (True, False)
    """
    return isinstance(place, str) and "://" in place


class Folder(Protocol):
    """A flat folder of small files."""

    def read(self, name: str) -> bytes | None:
        """Give a file's bytes; None where there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file so that nobody meets half of it."""

    def remove(self, name: str) -> None:
        """Remove a file; fine where there is none."""

    def names(self) -> list[str]:
        """List the files."""


class LocalFolder:
    """A folder of this machine, made when first written to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> bytes | None:
        """Give a file's bytes; None where there is none."""
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, content: bytes) -> None:
        """Write aside, then rename."""
        write_aside(self.path / name, content)

    def remove(self, name: str) -> None:
        """Remove a file."""
        (self.path / name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """List the files, those of a killed run that stand half-written left out."""
        if not self.path.is_dir():
            return []
        return sorted(p.name for p in self.path.iterdir() if p.is_file() and p.suffix != ".part")


class RemoteFolder:
    """A folder that fsspec reaches; a file there appears whole or not at all."""

    def __init__(self, address: str) -> None:
        self._files, self._root = filesystem(address)

    def read(self, name: str) -> bytes | None:
        """Give a file's bytes; None where there is none."""
        try:
            content: bytes = self._files.cat_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return None
        return content

    def write(self, name: str, content: bytes) -> None:
        """Put a file."""
        self._files.makedirs(f"{self._root}/{name}".rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(f"{self._root}/{name}", content)

    def remove(self, name: str) -> None:
        """Remove a file."""
        with contextlib.suppress(FileNotFoundError):
            self._files.rm_file(f"{self._root}/{name}")

    def names(self) -> list[str]:
        """List the files, those of folders below with their folder."""
        try:
            found = self._files.find(self._root)
        except FileNotFoundError:
            return []
        root = self._root.strip("/")
        return sorted(path.strip("/")[len(root) + 1 :] for path in found)


def folder_at(place: str | Path) -> Folder:
    """Give the folder at a path or address."""
    return RemoteFolder(str(place)) if is_address(place) else LocalFolder(Path(place))


def beside(place: str | Path, ending: str) -> str | Path:
    """Name the hidden folder beside an output: ``.dataset.journal`` beside ``dataset``.

    Examples
    --------
    >>> beside("s3://bucket/dataset", "journal")
    's3://bucket/.dataset.journal'
    """
    if is_address(place):
        above, _, name = str(place).rstrip("/").rpartition("/")
        return f"{above}/.{name}.{ending}"
    path = Path(place).resolve()
    return path.parent / f".{path.name}.{ending}"


def filesystem(address: str) -> tuple[Any, str]:
    """Give the file system of an address and the path on it.

    Raises
    ------
    UsageError
        No such kind of address, or the library for it is not installed.
    """
    import fsspec

    try:
        files, root = fsspec.core.url_to_fs(address)
    except (ValueError, ImportError) as error:
        raise UsageError(
            f"this kind of address can't be reached ({error})", file=address
        ) from error
    return files, str(root).rstrip("/")


@cache
def fetched(address: str) -> Path:
    """Copy a file here once a process, and give its path.

    Raises
    ------
    UsageError
        It is not there.
    """
    files, path = filesystem(address)
    name = hashlib.sha256(address.encode()).hexdigest()[:16] + Path(path).suffix
    try:
        files.get_file(path, str(_spool() / name))
    except OSError as error:
        raise UsageError("can't be fetched", file=address) from error
    return _spool() / name


@cache
def _spool() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="budgetkit-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def addresses_below(address: str) -> Iterator[tuple[str, str]]:
    """List the PDFs at an address or below it: each with its path relative to what was given.

    Raises
    ------
    UsageError
        There is nothing.
    """
    files, root = filesystem(address)
    if files.isfile(root):
        yield str(files.unstrip_protocol(root)), root.rpartition("/")[2]
        return
    if not files.exists(root):
        raise UsageError("there is no such file or folder", file=address)
    for path in sorted(files.find(root)):
        if path.lower().endswith(".pdf"):
            yield str(files.unstrip_protocol(path)), path[len(root) :].strip("/")
