"""Where the PDFs of a dataset are: where they were read, or beside the dataset.

A folder with PDFs and their dataset may be carried elsewhere, on a stick for example; then the
paths of the machine that made it say nothing.  A PDF beside the dataset counts if it is the one
that was read, byte by byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError
from budgetkit.storage.manifest import sha256_of
from budgetkit.storage.remote import fetched, is_address

if TYPE_CHECKING:
    import pandas as pd


class PdfPlaces:
    """The places of the PDFs of a dataset.

    Parameters
    ----------
    folder
        Of the dataset.
    local
        Paths or addresses by document, on the machine that extracted it; may be empty.
    documents
        The table of that name.
    """

    def __init__(self, folder: Path, local: Mapping[str, str], documents: pd.DataFrame) -> None:
        self._folder, self._local = folder, local
        rows = documents[["document", "source", "sha256"]].fillna("").to_numpy().tolist()
        self._read_from: dict[str, tuple[str, str]] = {
            name: (source, digest) for name, source, digest in rows
        }

    def every(self) -> dict[str, str]:
        """Return the place of each document's PDF; where it is gone, that where it was."""
        names = dict.fromkeys((*self._local, *self._read_from))
        places = ((name, self._place(name)) for name in names)
        return {name: str(place) for name, place in places if place is not None}

    def find(self, document: str) -> Path:
        """Find the PDF of a document.

        Raises
        ------
        UsageError
            The file is neither where it was when the dataset was made nor beside it.
        """
        place = self._place(document)
        path = fetched(place) if isinstance(place, str) and is_address(place) else place
        if path is None or not _is_file(Path(path)):
            source, _ = self._read_from.get(document, (document, ""))
            raise UsageError(
                "the PDF is not where it was when the dataset was made",
                file=source,
                remedy="put it back or beside the dataset, or extract the dataset again",
            )
        return Path(path)

    def _place(self, document: str) -> str | Path | None:
        known = self._local.get(document)
        if known is not None and (is_address(known) or _is_file(Path(known))):
            return known
        source, digest = self._read_from.get(document, ("", ""))
        names = dict.fromkeys((source, Path(source).name)) if source else ()
        for folder in (self._folder, self._folder.resolve().parent):
            for name in names:
                if _is_file(folder / name) and sha256_of(folder / name) == digest:
                    return folder / name
        return known


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name that is too long for the disk is none."""
    try:
        return path.is_file()
    except OSError:
        return False
