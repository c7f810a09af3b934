"""One run at a time writes an output; the system releases the lock however a process ends."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from budgetkit.errors import UsageError


@contextlib.contextmanager
def locked(file: Path, out: str | Path, *, stays: bool = True) -> Iterator[None]:
    """Hold a lock, so that there is one run at a time.

    Parameters
    ----------
    file
        That is locked; it holds the number of the process.
    out
        The output, for the message.
    stays
        Whether the file stays afterwards.

    Yields
    ------
    None
        While the lock is held.

    Raises
    ------
    UsageError
        Another run holds it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with _opened(file, out) as handle:
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        try:
            yield
        finally:
            if not stays:
                file.unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(file: Path, out: str | Path) -> Iterator[Any]:
    """Open the file and lock it; again, where another run removed it in between."""
    while True:
        with file.open("a+", errors="replace") as handle:
            try:
                _lock(handle)
            except OSError as error:
                handle.seek(0)
                holder = handle.read().strip()
                who = f" (process {holder})" if holder.isdigit() else ""
                raise UsageError(
                    f"another run is writing this folder{who}",
                    file=out,
                    remedy="wait until it ends, or give another --out",
                ) from error
            if _is_same(file, handle):
                yield handle
                return


def _is_same(file: Path, handle: Any) -> bool:
    try:
        return os.path.samestat(os.fstat(handle.fileno()), file.stat())
    except FileNotFoundError:
        return False


def _lock(handle: Any) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        handle.seek(1 << 30)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
