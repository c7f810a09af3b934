"""The PDFs to read, from the files, folders and addresses that a user names."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetkit.errors import UsageError, escaped
from budgetkit.storage.manifest import sha256_of
from budgetkit.storage.remote import addresses_below, fetched, is_address

#: Problem of a folder.
NO_PDF = "the folder holds no PDF"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, or a folder or file that gives none, with its ``problem``.

    ``source`` is relative to the folder that was given; ``document`` is its id: the stem, with
    folder names where stems clash.  ``sha256`` is empty where its bytes can't be read, and
    ``address`` where it is a file of this machine.
    """

    path: Path
    source: str
    document: str
    sha256: str
    problem: str = ""
    address: str = ""

    @property
    def home(self) -> str:
        """Where its PDF is found again: a whole path, or an address."""
        return self.address or str(_real(self.path))


def find_inputs(paths: Iterable[str | Path]) -> list[Input]:
    """List the PDFs of files and folders, each once.

    Parameters
    ----------
    paths
        Files are taken as they are; a folder means every PDF below it.  An address of fsspec
        (``s3://bucket/pdfs``) may stand for either; its files are fetched.

    Returns
    -------
    list of Input
        Sorted by source; a folder without a PDF, or one that can't be listed, and a file given
        twice are listed with their problem.

    Raises
    ------
    UsageError
        A path does not exist.
    """
    found: list[_Found] = []
    empty: list[Input] = []
    for path in paths:
        files, problems = _at_address(str(path)) if is_address(path) else _at_path(Path(path))
        found += files
        empty += problems
    return _unique(found) + empty


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    source: str
    address: str = ""


def _at_address(address: str) -> tuple[list[_Found], list[Input]]:
    files = [_Found(fetched(a), source, a) for a, source in addresses_below(address)]
    return files, [] if files else [_no_input(Path(address), Path(address), NO_PDF)]


def _at_path(path: Path) -> tuple[list[_Found], list[Input]]:
    if not _exists(path):
        raise UsageError("there is no such file or folder", file=path)
    if not path.is_dir():
        return [_Found(path, path.name)], []
    files, shut = _pdfs_below(path)
    problems = [_no_input(folder, path, f"can't be listed ({why})") for folder, why in shut]
    if not files and not shut:
        problems.append(_no_input(path, path, NO_PDF))
    return [_Found(file, _relative(file, path)) for file in files], problems


def _real(path: Path) -> Path:
    """Follow links; unlike ``Path.resolve`` it does not raise at a loop of them."""
    return Path(os.path.realpath(path))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a loop of links, or a name that is too long
        return False


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _no_input(folder: Path, given: Path, problem: str) -> Input:
    inside = "" if folder == given else f"/{_relative(folder, given)}"
    name = printable((_real(given).name if given.exists() else given.name) + inside)
    return Input(folder, name, name, "", problem)


def _pdfs_below(folder: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """PDFs in a folder, and folders that can't be listed and why; links are followed once."""
    files: list[Path] = []
    shut: list[tuple[Path, str]] = []
    seen: set[tuple[int, int]] = set()

    def note(error: OSError) -> None:
        shut.append((Path(error.filename), error.strerror or str(error)))

    walk = os.walk(folder, followlinks=True, onerror=note)
    for top, folders, names in walk:
        about = Path(top).stat()
        if (about.st_dev, about.st_ino) in seen:
            folders.clear()
            continue
        seen.add((about.st_dev, about.st_ino))
        folders.sort()
        files += [
            Path(top, name)
            for name in names
            if name.lower().endswith(".pdf") and not Path(top, name).is_dir()
        ]
    return sorted(files), sorted(shut)


def printable(name: str) -> str:
    r"""Write a file's name so that any table, page or terminal can show it.

    Control characters, and bytes that are no UTF-8, are written as what they are.

    Examples
    --------
    >>> printable("二〇二五.pdf"), printable("a\nb\x1b[31m.pdf")
    ('二〇二五.pdf', 'a\\x0ab\\x1b[31m.pdf')
    """
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(
        char if char.isprintable() or char == "\u3000" else escaped(char) for char in text
    )


def _unique(found: Sequence[_Found]) -> list[Input]:
    once = {item.address or str(_real(item.path)): item for item in reversed(found)}
    files = sorted(once.values(), key=lambda item: (item.source, str(item.path)))
    names = _ids([_parts(item) for item in files])
    inputs, seen = [], dict[str, str]()
    for item, name in zip(files, names, strict=True):
        source = printable(item.source)
        digest = "" if (problem := _is_special(item.path)) else _digest(item.path)
        if digest and (twin := seen.get(digest)):
            problem = f"is the same document as {twin}, which is read once"
        seen.setdefault(digest, source)
        inputs.append(Input(item.path, source, name, digest, problem, item.address))
    return inputs


def _parts(item: _Found) -> tuple[str, ...]:
    source = Path(item.source)
    folders = source.parent.parts or (_real(item.path).parent.name,)
    return tuple(printable(part) for part in (*folders, source.stem))


def _ids(parts: Sequence[tuple[str, ...]]) -> list[str]:
    """Shortest names that differ: the stem, with folders before it, then with a number."""
    names = [p[-1] for p in parts]
    for depth in range(2, max(map(len, parts), default=1) + 1):
        clash = {name for name, count in Counter(names).items() if count > 1}
        names = [
            "/".join(p[-depth:]) if n in clash else n for n, p in zip(names, parts, strict=True)
        ]
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
    return unique


def _is_special(path: Path) -> str:
    """The problem of a pipe or a device, which must not be opened; empty for others."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return ""
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "is a pipe or a device, not a file"


def _digest(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return ""
