"""A task, its limits and its outcome: plain values that processes exchange."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from budgetkit.errors import one_line

#: The limits of a task where none are given: seconds, and bytes of memory.
SECONDS, MEMORY = 120.0, 4 << 30
#: The failure of a task that ended its process twice, the second time with nothing else running.
DIED = "ended the process that worked on it, twice"


@dataclass(frozen=True, slots=True)
class Task:
    """A function to call.

    Attributes
    ----------
    key : str
        Unique among the tasks of a run.
    function : callable
        A function of a module, so that another process can import it.
    arguments : tuple
        Plain values.
    """

    key: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on time and memory.

    Attributes
    ----------
    seconds : float
        Time that one task may take; 0 for no limit.
    memory : int
        Bytes that the process of a task may have resident; 0 for no limit.
    tasks_per_worker : int
        A process is replaced after so many tasks, so that no library's leak adds up.
    """

    seconds: float = SECONDS
    memory: int = MEMORY
    tasks_per_worker: int = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task returned, or why it failed.

    Attributes
    ----------
    key : str
        Key of the task.
    value : object
        What its function returned; None where it failed.
    failure : str
        Why it failed, in one sentence without its full stop; empty where it did not.
    seconds : float
        Time that it took in the process that did it.
    memory : int
        Most bytes that this process had resident so far; 0 where that was not measured.
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


def too_slow(seconds: float) -> str:
    """Return the failure of a task that reached its time limit."""
    return f"took longer than {seconds:g} seconds (--time-limit)"


def too_large(memory: int) -> str:
    """Return the failure of a task that reached its memory limit (bytes)."""
    return f"needed more than {memory / (1 << 20):,.0f} MiB of memory (--memory-limit)"
