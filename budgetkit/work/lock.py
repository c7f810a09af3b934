"""One run at a time on one output."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from budgetkit.errors import UsageError
from budgetkit.storage.remote import is_address


@contextlib.contextmanager
def only_run(journal: str | Path, out: str | Path) -> Iterator[None]:
    """Hold the lock of an output while a run is at it.

    The system lets go of it when the process ends, however it ends, so no lock is ever stale.
    An address of fsspec has no locks: there it is the user who sees to it.

    Raises
    ------
    UsageError
        Another run is at it.
    """
    if is_address(journal):
        yield
        return
    folder = Path(journal)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as handle:
        try:
            _take(handle)
        except OSError as error:
            handle.seek(0)
            holder = handle.read().strip()
            who = f" (process {holder})" if holder.isdigit() else ""
            raise UsageError(
                f"another run is writing this folder{who}",
                file=out,
                remedy="wait until it ends, or give another --out",
            ) from error
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        yield


def _take(handle: Any) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        handle.seek(1 << 30)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
