"""What is done, within which limits, and what came of it: plain types that cross processes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: Seconds that one piece of work may take, and bytes of memory that its process may fill.
SECONDS, MEMORY = 120.0, 4 << 30


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work.

    Attributes
    ----------
    key : str
        Its own among the tasks of a run.
    function : callable
        Of a module of the package, so that another process can import it.
    arguments : tuple
        Plain values.
    """

    key: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take.

    Attributes
    ----------
    seconds : float
        Time on the clock; 0 for no limit.
    memory : int
        Bytes resident in the process that does it; 0 for no limit.
    tasks_a_worker : int
        A process is replaced after so many, so that no library's leak adds up.
    """

    seconds: float = SECONDS
    memory: int = MEMORY
    tasks_a_worker: int = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task.

    Attributes
    ----------
    key : str
        Of the task.
    value : object
        What its function gave; None where it failed.
    failure : str
        Why it failed, in one sentence without its full stop; empty where it did not.
    seconds : float
        On the clock, in the process that did it.
    memory : int
        Most bytes that this process had resident so far; 0 where nobody looked.
    """

    key: str
    value: Any
    failure: str = ""
    seconds: float = 0.0
    memory: int = 0


def perform(task: Task) -> Outcome:
    """Do a task in this process; an exception becomes its failure.

    Examples
    --------
    >>> perform(Task("a", divmod, (7, 2))).value
    (3, 1)
    >>> perform(Task("a", divmod, (7, 0))).failure
    'stopped with ZeroDivisionError: integer division or modulo by zero'
    """
    start = time.perf_counter()
    try:
        value, failure = task.function(*task.arguments), ""
    except Exception as error:
        value, failure = None, f"stopped with {type(error).__name__}: {one_line(str(error))}"
    return Outcome(task.key, value, failure, time.perf_counter() - start)


def one_line(text: str) -> str:
    r"""Fold a message into one line.

    Examples
    --------
    >>> one_line("first\n  second ")
    'first second'
    """
    return " ".join(text.split()) or "no message"


def too_slow(seconds: float) -> str:
    """Say that the limit on time was met."""
    return f"took longer than {seconds:g} seconds (--time-limit)"


def too_large(memory: int) -> str:
    """Say that the limit on memory was met."""
    return f"needed more than {memory / (1 << 20):,.0f} MiB of memory (--memory-limit)"


#: Said of work that ended its process twice, the second time with nothing else running.
DIED = "ended the process that worked on it, twice"
