"""The progress of a run, as the user sees it.

On a terminal: a bar with the rate, the time left and the failures so far.  In a pipe or a log:
one line every half minute, so nothing for a short run.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from budgetkit.errors import visible

#: Seconds between two lines in a log.
EVERY = 30.0


class Watch:
    """Follows the progress of a run; this one shows nothing, subclasses do."""

    def begin(self, waiting: int, kept: int) -> None:
        """Take note that the run begins, or its next part.

        Parameters
        ----------
        waiting
            Number of items to do.
        kept
            Number of items that an earlier run did.
        """

    def tell(self, name: str, problem: str) -> None:
        """Take note that an item is done.

        Parameters
        ----------
        name
            Name of the item.
        problem
            Why it failed; empty where it did not.
        """


@contextmanager
def watching(what: str, stream: TextIO | None = None, *, every: float = EVERY) -> Iterator[Watch]:
    """Show the progress of a run on a stream.

    Parameters
    ----------
    what
        Plural of the items: ``documents``.
    stream
        Standard error where it is None.
    every
        Seconds between two lines, where the stream is not a terminal.

    Yields
    ------
    Watch
        Its methods are called with each item.
    """
    stream = stream or sys.stderr
    if stream.isatty():
        with _bar(what, stream) as watch:
            yield watch
        return
    log = _Log(what, stream, every)
    try:
        yield log
    finally:
        log.close()


class _Log(Watch):
    """One line every half minute, even while a single item takes longer."""

    def __init__(self, what: str, stream: TextIO, every: float) -> None:
        self._what, self._stream, self._every = what, stream, every
        self._total = self._done = self._failed = 0
        self._start, self._over = time.monotonic(), threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def begin(self, waiting: int, kept: int) -> None:
        self._total, self._start = waiting, time.monotonic()
        self._done = self._failed = 0
        if not self._thread.is_alive() and not self._over.is_set():
            self._thread.start()

    def tell(self, name: str, problem: str) -> None:
        self._done += 1
        self._failed += bool(problem)

    def close(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _tick(self) -> None:
        while not self._over.wait(self._every):
            self._stream.write(self._line() + "\n")
            self._stream.flush()

    def _line(self) -> str:
        counts = f"{self._done} of {self._total} {self._what}, {self._failed} failed"
        if not self._done:
            return counts
        each = (time.monotonic() - self._start) / self._done
        left = each * (self._total - self._done)
        return f"{counts}, {60 / each:.0f} a minute, {_clock(left)} left"


def _clock(seconds: float) -> str:
    """Write a time as minutes and seconds.

    Examples
    --------
    >>> _clock(75.2)
    '1:15'
    """
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


@contextmanager
def _bar(what: str, stream: TextIO) -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    # The name of a file is plain text: markup in it is not obeyed.
    counts = [TextColumn(f"{{task.fields[{n}]}}", markup=False) for n in ("rate", "failed")]
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), *counts,
        TimeRemainingColumn(), TextColumn("{task.fields[last]}", markup=False),
    )  # fmt: skip
    with Progress(*columns, console=Console(file=stream), transient=True) as bar:
        yield _Bar(bar, what)


class _Bar(Watch):
    """A progress bar of rich."""

    def __init__(self, bar: Any, what: str) -> None:
        self._bar, self._done, self._failed = bar, 0, 0
        self._task = bar.add_task(what, total=None, rate="", failed="", last="")
        self._start = time.monotonic()

    def begin(self, waiting: int, kept: int) -> None:
        self._start = time.monotonic()
        self._done = self._failed = 0
        self._bar.update(self._task, total=waiting, completed=0)

    def tell(self, name: str, problem: str) -> None:
        self._done += 1
        self._failed += bool(problem)
        minutes = max(time.monotonic() - self._start, 0.001) / 60
        self._bar.update(
            self._task,
            completed=self._done,
            rate=f"{self._done / minutes:.0f}/min",
            failed=f"{self._failed} failed" if self._failed else "",
            last=visible(name),
        )
