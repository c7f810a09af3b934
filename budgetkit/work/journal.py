"""What a run has done so far, kept in a folder beside its output: one file per item.

A run that was killed continues from it, and the next run does only what is new.  An entry is
named after the digest of all that it depends on, and begins with the digest of its own bytes: an
outdated entry is never found, and a damaged one is never used.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from budgetkit.storage.atomic import as_json
from budgetkit.storage.lock import locked
from budgetkit.storage.remote import beside, folder_at, is_address

#: First word of an entry; change it when the form of entries changes.
FORM = b"budgetkit-1"
#: Ending of the journal's folder.
ENDING = "journal"


class Journal:
    """The journal beside one output.

    Parameters
    ----------
    out
        Path or address of the output.
    """

    def __init__(self, out: str | Path) -> None:
        self.place = beside(out, ENDING)
        self._out, self._folder = out, folder_at(self.place)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock of the output, so that there is one run at a time.

        The system releases it when the process ends, however it ends, so no lock is ever stale.
        Addresses of fsspec have no locks: there the user has to take care.

        Raises
        ------
        UsageError
            Another run holds it.
        """
        if is_address(self.place):
            yield
            return
        with locked(Path(self.place) / "lock", self._out):
            yield

    def put(self, key: str, payload: bytes, *, condition: str = "") -> None:
        """Write an entry, whole or not at all.

        Parameters
        ----------
        key
            As returned by :func:`digest`.
        payload
            Any bytes.
        condition
            The entry is valid only under this condition, as a time limit; empty for always.
        """
        body = condition.encode() + b"\n" + payload
        seal = hashlib.sha256(body).hexdigest().encode()
        self._folder.write(key, b" ".join((FORM, seal)) + b"\n" + body)

    def get(self, key: str, *, condition: str = "") -> bytes | None:
        """Read the payload of an entry.

        Parameters
        ----------
        key
            As returned by :func:`digest`.
        condition
            The condition of this run.

        Returns
        -------
        bytes or None
            None where there is no entry, or it is damaged, or valid under another condition.
        """
        content = self._folder.read(key)
        if content is None:
            return None
        head, _, body = content.partition(b"\n")
        if head.split(b" ") != [FORM, hashlib.sha256(body).hexdigest().encode()]:
            return None
        valid_under, _, payload = body.partition(b"\n")
        return payload if valid_under.decode() in ("", condition) else None

    def sweep(self, keys: Collection[str]) -> None:
        """Remove all entries but those with the given keys."""
        for name in self._folder.names():
            if len(name) == 64 and name not in keys:
                self._folder.remove(name)

    def write_json(self, name: str, value: object) -> None:
        """Write a JSON file beside the entries.

        Parameters
        ----------
        name
            Of the file.
        value
            What it shall hold.
        """
        self._folder.write(name, as_json(value))

    def put_json(self, name: str, value: object) -> None:
        """Write an entry that stays when others are swept.

        Parameters
        ----------
        name
            Of the entry.
        value
            What JSON can hold.
        """
        self.put(name, as_json(value))

    def get_json(self, name: str) -> Any:
        """Read such an entry; None where there is none or it is damaged."""
        content = self.get(name)
        return None if content is None else json.loads(content)


def digest(*parts: object) -> str:
    """Digest all that the result of a task depends on.

    Parameters
    ----------
    *parts
        Values that JSON can hold.

    Returns
    -------
    str
        64 hexadecimal digits.

    Examples
    --------
    >>> digest("a", 1) == digest("a", 1), digest("a", 1) == digest("a", 2)
    (True, False)
    """
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()
