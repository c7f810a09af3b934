"""Files on this machine, and those that fsspec reaches by an address.

An object store can neither rename nor lock.  So a folder there is complete when it has its
manifest, which is written last, and each entry of a journal holds the digest of its own bytes.
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
from typing import Any

from budgetkit.errors import UsageError
from budgetkit.storage.atomic import write_aside


def is_address(place: str | Path) -> bool:
    """Whether this is an address of fsspec, and not a path of this machine.

    Examples
    --------
    >>> is_address("s3://bucket/pdfs"), is_address("pdfs/a.pdf")
    (True, False)
    """
    return isinstance(place, str) and "://" in place


class LocalFolder:
    """A flat folder of files on this machine; it is made when a file is first written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file; None where there is no such file."""
        try:
            return (self._path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file so that it is never seen half-written.

        Parameters
        ----------
        name
            Of the file.
        content
            All of its bytes.
        """
        write_aside(self._path / name, content)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self._path / name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """Return the names of all files, without those that a killed run left half-written."""
        if not self._path.is_dir():
            return []
        return sorted(p.name for p in self._path.iterdir() if p.is_file() and p.suffix != ".part")


class RemoteFolder:
    """A folder that fsspec reaches, with the same methods as :class:`LocalFolder`."""

    def __init__(self, address: str) -> None:
        self._files, self._root = _file_system(address)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file; None where there is no such file."""
        try:
            content: bytes = self._files.cat_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return None
        return content

    def write(self, name: str, content: bytes) -> None:
        """Write a file.

        Parameters
        ----------
        name
            Of the file; it may be in a folder below.
        content
            All of its bytes.
        """
        self._files.makedirs(f"{self._root}/{name}".rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(f"{self._root}/{name}", content)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self._files.rm_file(f"{self._root}/{name}")

    def names(self) -> list[str]:
        """Return the names of all files; those in folders below begin with their folder."""
        try:
            found = self._files.find(self._root)
        except FileNotFoundError:
            return []
        root = self._root.strip("/")
        return sorted(path.strip("/")[len(root) + 1 :] for path in found)


def folder_at(place: str | Path) -> LocalFolder | RemoteFolder:
    """Return the folder at a path or address."""
    return RemoteFolder(str(place)) if is_address(place) else LocalFolder(Path(place))


def beside(place: str | Path, ending: str) -> str | Path:
    """Return the path or address of a hidden folder beside an output.

    Parameters
    ----------
    place
        Path or address of the output.
    ending
        Last part of the hidden folder's name.

    Returns
    -------
    str or Path
        ``.dataset.journal`` beside ``dataset``.

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


@cache
def fetched(address: str) -> Path:
    """Copy a file to this machine, once per process, and return its path.

    Raises
    ------
    UsageError
        It can't be fetched.
    """
    files, path = _file_system(address)
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


def forget_fetched() -> None:
    """Forget the copies, whose folder is gone."""
    fetched.cache_clear()
    _spool.cache_clear()


def addresses_below(address: str) -> Iterator[tuple[str, str]]:
    """Yield the PDFs at an address or below it: address, and path relative to what was given.

    Raises
    ------
    UsageError
        There is no such file or folder.
    """
    files, root = _file_system(address)
    if files.isfile(root):
        yield str(files.unstrip_protocol(root)), root.rpartition("/")[2]
        return
    if not files.exists(root):
        raise UsageError("there is no such file or folder", file=address)
    for path in sorted(files.find(root)):
        if path.lower().endswith(".pdf"):
            yield str(files.unstrip_protocol(path)), path[len(root) :].strip("/")


def _file_system(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path on it."""
    import fsspec

    try:
        files, root = fsspec.core.url_to_fs(address)
    except (ValueError, ImportError) as error:
        raise UsageError(
            f"this kind of address can't be reached ({error})", file=address
        ) from error
    return files, str(root).rstrip("/")
