"""What the program wrote into a folder: names and hashes, in a hidden file of the folder.

A folder that holds anything else is never replaced, so that no file of a user is lost; a file
that is no longer as it was written is never trusted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from budgetkit.errors import UsageError
from budgetkit.storage.atomic import as_json, aside

#: The hidden file.
MANIFEST = ".budgetkit.json"
_FILES, _WHOLE = "files", "replaced_as_a_whole"
#: What systems put into folders by themselves.
_OF_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def read_manifest(folder: Path) -> dict[str, str] | None:
    """Read the hashes of the files that were written into a folder, by name.

    Returns
    -------
    dict of str to str, or None
        An empty hash is that of a file that is written one by one; None where the folder has no
        manifest, or one that can't be read.
    """
    try:
        found = json.loads((folder / MANIFEST).read_bytes())[_FILES]
        return {str(name): str(hashed) for name, hashed in found.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def is_replaced(folder: Path) -> bool:
    """Whether a folder is one that the next run replaces as a whole."""
    try:
        return bool(json.loads((folder / MANIFEST).read_bytes())[_WHOLE])
    except (OSError, ValueError, LookupError, TypeError):
        return False


def seal(folder: Path) -> None:
    """Write the manifest of a folder that is replaced as a whole: everything in it, as it is.

    What a folder in it notes of its own files is taken over: they are not read again.
    """
    noted = {
        f"{_name(part.parent, folder)}/{name}": hashed
        for part in folder.rglob(MANIFEST)
        if part.parent != folder
        for name, hashed in (read_manifest(part.parent) or {}).items()
    }
    names = {_name(file, folder): file for file in _files(folder)}
    found = {name: noted.get(name) or sha256_of(file) for name, file in names.items()}
    _write(folder, found, True)


def add_to_manifest(folder: Path, names: Iterable[str]) -> None:
    """Note files as written by the program, with the hashes of those that are there.

    Parameters
    ----------
    folder
        That holds the files.
    names
        Relative to the folder.
    """
    hashes = {name: sha256_of(folder / name) for name in names}
    _write(folder, (read_manifest(folder) or {}) | hashes, is_replaced(folder))


def claim(folder: Path, names: Collection[str]) -> None:
    """Note files that will be written into a folder one by one, and may be overwritten.

    Parameters
    ----------
    folder
        That will hold them.
    names
        Relative to the folder.

    Raises
    ------
    UsageError
        A file of such a name is there, and the program didn't write it.
    """
    known = read_manifest(folder) or {}
    for name in names:
        if name not in known and (folder / name).exists():
            raise UsageError(
                f"the folder holds {name}, which would be overwritten and is not of this program",
                file=folder,
                remedy="move it away, or give another --out",
            )
    if set(names) - set(known):
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder, known | dict.fromkeys(names, ""), is_replaced(folder))


def _write(folder: Path, files: Mapping[str, str], whole: bool) -> None:
    with aside(folder / MANIFEST, shared=True) as path:
        path.write_bytes(as_json({_WHOLE: whole, _FILES: dict(sorted(files.items()))}))


def strange_file(folder: Path, keeps: Collection[str] = ()) -> str:
    """Name a file of a folder that the program did not write.

    Parameters
    ----------
    folder
        With or without a manifest.
    keeps
        Files of people that are not strange there.

    Returns
    -------
    str
        Empty where there is none.
    """
    known = {*(read_manifest(folder) or {}), *keeps}
    return next((name for file in _files(folder) if (name := _name(file, folder)) not in known), "")


def is_as_written(folder: Path, names: Iterable[str]) -> bool:
    """Whether files of a folder have the bytes that were written.

    Parameters
    ----------
    folder
        With a manifest.
    names
        Relative to the folder.

    Returns
    -------
    bool
        False where one is gone, or the folder has no manifest.
    """
    known = read_manifest(folder) or {}
    return all(_is(folder / name, known.get(name, "")) for name in names)


def spoiled_file(folder: Path, names: Iterable[str]) -> str:
    """Name a file of a folder that is gone, cut or changed since it was written.

    Parameters
    ----------
    folder
        With a manifest, else nothing is known.
    names
        Relative to the folder; those that the manifest doesn't know pass.

    Returns
    -------
    str
        Empty where there is none.
    """
    known = read_manifest(folder) or {}
    noted = (name for name in names if known.get(name))
    return next((name for name in noted if not _is(folder / name, known[name])), "")


def _is(file: Path, hashed: str) -> bool:
    return file.is_file() and sha256_of(file) == hashed


def _files(folder: Path) -> Iterator[Path]:
    return (
        file
        for file in sorted(folder.rglob("*"))
        if not file.is_dir() and file.name not in (MANIFEST, *_OF_THE_SYSTEM)
    )


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()
