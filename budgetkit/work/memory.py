"""The memory of processes, and the garbage collector where it costs more than it frees."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the garbage collector while very many objects without cycles are made.

    The characters of a document and the rows of an audit hold no cycles: they are freed with
    their last reference, and a collector would only walk over them again and again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def resident_bytes(pid: int) -> int:
    """Return the bytes that a process has resident; 0 where it is gone."""
    import psutil

    with contextlib.suppress(psutil.Error):
        return int(psutil.Process(pid).memory_info().rss)
    return 0


def peak_bytes(pid: int) -> int:
    """Return the most bytes that a process ever had resident; those of now outside of Linux."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as lines:  # noqa: PTH123
            found = next((line for line in lines if line.startswith("VmHWM:")), "")
        return int(found.split()[1]) * 1024
    except (OSError, IndexError, ValueError):
        return resident_bytes(pid)
