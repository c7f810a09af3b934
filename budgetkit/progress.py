"""What a person sees while a run goes on.

On a terminal a bar with the rate, the time left and the failures so far.  In a pipe or a log
nothing at first, and one line each half minute of a run that takes longer than that.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TextIO

#: Seconds between two lines in a log.
EVERY = 30.0


class Watch(Protocol):
    """Is told how a run goes on."""

    def begin(self, waiting: int, kept: int) -> None:
        """Hear how much there is to do, and how much was done by an earlier run."""

    def tell(self, name: str, problem: str) -> None:
        """Hear that a piece is done; the problem is empty where there was none."""


class _Unwatched:
    def begin(self, waiting: int, kept: int) -> None:
        """Nobody looks."""

    def tell(self, name: str, problem: str) -> None:
        """Nobody looks."""


def unwatched() -> Watch:
    """Give a watch that shows nothing."""
    return _Unwatched()


@contextmanager
def watching(what: str, stream: TextIO | None = None, *, every: float = EVERY) -> Iterator[Watch]:
    """Show a run to whoever looks at a stream.

    Parameters
    ----------
    what
        Plural of what is done: ``documents``.
    stream
        Standard error where it is None.
    every
        Seconds between two lines, where the stream is no terminal.
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


class _Log:
    """One line each half minute, also while a single piece takes longer."""

    def __init__(self, what: str, stream: TextIO, every: float) -> None:
        self._what, self._stream, self._every = what, stream, every
        self._total = self._done = self._failed = 0
        self._start, self._over = time.monotonic(), threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def begin(self, waiting: int, kept: int) -> None:
        self._total, self._start = waiting, time.monotonic()
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
        said = f"{self._done} of {self._total} {self._what}, {self._failed} failed"
        if not self._done:
            return said
        each = (time.monotonic() - self._start) / self._done
        left = each * (self._total - self._done)
        return f"{said}, {60 / each:.0f} a minute, {_clock(left)} left"


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

    # A file's name is text: no markup of it is obeyed.
    said = [TextColumn(f"{{task.fields[{n}]}}", markup=False) for n in ("rate", "failed")]
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), *said,
        TimeRemainingColumn(), TextColumn("{task.fields[last]}", markup=False),
    )  # fmt: skip
    with Progress(*columns, console=Console(file=stream), transient=True) as bar:
        yield _Bar(bar, what)


class _Bar:
    """A bar of rich."""

    def __init__(self, bar: Any, what: str) -> None:
        self._bar, self._done, self._failed = bar, 0, 0
        self._task = bar.add_task(what, total=None, rate="", failed="", last="")
        self._start = time.monotonic()

    def begin(self, waiting: int, kept: int) -> None:
        self._start = time.monotonic()
        self._bar.update(self._task, total=waiting)

    def tell(self, name: str, problem: str) -> None:
        self._done += 1
        self._failed += bool(problem)
        minutes = max(time.monotonic() - self._start, 0.001) / 60
        self._bar.update(
            self._task,
            completed=self._done,
            rate=f"{self._done / minutes:.0f}/min",
            failed=f"{self._failed} failed" if self._failed else "",
            last=name,
        )
