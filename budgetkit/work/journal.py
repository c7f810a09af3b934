"""What a run has done so far, kept beside its output: one file a piece of work.

A run that was killed goes on from it, and the next run does only what is new.  An entry's name
is the digest of all that it depends on, and its head the digest of its own bytes: an entry that
is old is not found, one that is half-written is not believed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from budgetkit.storage.atomic import as_json
from budgetkit.storage.remote import beside, folder_at

#: First word of an entry; another one when the form of entries changes.
FORM = b"budgetkit-1"
#: Ending of the journal's folder.
ENDING = "journal"


class Journal:
    """The entries beside one output.

    Parameters
    ----------
    out
        Path or address of the output.
    """

    def __init__(self, out: str | Path) -> None:
        self.place = beside(out, ENDING)
        self._folder = folder_at(self.place)

    def put(self, key: str, payload: bytes, *, condition: str = "") -> None:
        """Keep what was done, whole or not at all.

        Parameters
        ----------
        key
            As of :func:`digest`.
        payload
            Any bytes.
        condition
            It holds only under this, as a limit on time; empty where it holds always.
        """
        body = condition.encode() + b"\n" + payload
        seal = hashlib.sha256(body).hexdigest().encode()
        self._folder.write(key, b" ".join((FORM, seal)) + b"\n" + body)

    def get(self, key: str, *, condition: str = "") -> bytes | None:
        """Give what was kept; None where there is nothing whole that holds under a condition."""
        content = self._folder.read(key)
        if content is None:
            return None
        head, _, body = content.partition(b"\n")
        if head.split(b" ") != [FORM, hashlib.sha256(body).hexdigest().encode()]:
            return None
        kept_for, _, payload = body.partition(b"\n")
        return payload if kept_for.decode() in ("", condition) else None

    def sweep(self, keys: Collection[str]) -> None:
        """Remove the entries that a run had no use for."""
        for name in self._folder.names():
            if len(name) == 64 and name not in keys:
                self._folder.remove(name)

    def note(self, name: str, value: Any) -> None:
        """Write a JSON file for people beside the entries."""
        self._folder.write(name, as_json(value))

    def noted(self, name: str) -> Any:
        """Read such a file; None where there is none."""
        content = self._folder.read(name)
        try:
            return None if content is None else json.loads(content)
        except ValueError:
            return None


def digest(*parts: object) -> str:
    """Digest all that a piece of work depends on.

    Examples
    --------
    >>> digest("a", 1) == digest("a", 1), digest("a", 1) == digest("a", 2)
    (True, False)
    """
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()
