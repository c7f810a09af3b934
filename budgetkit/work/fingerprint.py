"""A digest of the code: results of other code are out of date."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib import metadata
from pathlib import Path

from budgetkit.codelists.own_lists import FOLDER_VARIABLE

PACKAGE = Path(__file__).resolve().parent.parent
#: Files and folders of the package on which the reading of a document depends.
READING = (
    "amounts.py", "errors.py", "geometry.py", "numerals.py", "schema.py", "schema.csv",
    "sum_rules.py", "sum_rules.csv", "codelists", "extraction",
    "storage/atomic.py", "storage/manifest.py", "work/memory.py",
)  # fmt: skip
#: Those on which the files of a dataset depend, given what was read.
WRITING = (*READING, "storage")
#: Libraries that may read or draw otherwise in another version.
LIBRARIES = ("camelot-py", "pypdfium2", "pandas", "matplotlib", "seaborn", "pillow", "nbconvert")


@cache
def code_digest(parts: tuple[str, ...] = ()) -> str:
    """Digest files of the package, versions of libraries and the user's own code lists.

    Parameters
    ----------
    parts
        Files and folders of the package; the whole package where empty.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    found = hashlib.sha256()
    for library in LIBRARIES:
        found.update(f"{library} {metadata.version(library)}\n".encode())
    for path in _files(parts):
        found.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
        found.update(hashlib.sha256(path.read_bytes()).digest())
    folder = os.environ.get(FOLDER_VARIABLE)
    for path in sorted(Path(folder).glob("*.csv")) if folder else ():
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _files(parts: tuple[str, ...]) -> list[Path]:
    places = [PACKAGE / part for part in parts] or [PACKAGE]
    files = [
        path
        for place in places
        for path in ([place] if place.is_file() else sorted(place.rglob("*")))
        if path.is_file() and path.suffix in (".py", ".csv", ".html", ".css", ".j2", ".json", ".js")
    ]
    return sorted(files)
