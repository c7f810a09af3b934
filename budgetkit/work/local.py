"""Work in local processes, each task watched: its time, its memory, its process's life."""

from __future__ import annotations

import contextlib
import pickle
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from typing import Any

from budgetkit.work.spawn import Births, births
from budgetkit.work.tasks import DIED, Limits, Outcome, Task, too_large, too_slow

#: Seconds between two looks at the memory and the clock of the workers.
LOOK = 0.1


@dataclass
class Worker:
    """A process and what it is at."""

    connection: Connection
    pid: int
    task: Task | None = None
    since: float = 0.0
    done: int = 0
    memory: int = 0


class LocalPool:
    """Processes of this machine that do tasks.

    Parameters
    ----------
    jobs
        Processes at the same time.
    limits
        Of each task.
    prepared
        Modules to import and ``module:function`` to call before work comes.
    fork
        Whether to fork workers; as the system can where it is None.
    """

    def __init__(
        self,
        jobs: int,
        limits: Limits,
        prepared: tuple[str, ...] = (),
        *,
        fork: bool | None = None,
    ) -> None:
        self._jobs, self._limits = jobs, limits
        self._births: Births = births(prepared, fork=fork)
        self._workers: list[Worker] = []

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.connection.close()
        self._births.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Do tasks; outcomes come as they are ready.

        A task whose process died is done again at the end, with nothing else running: what
        ended it may have been a neighbour's hunger.
        """
        died: list[Task] = []
        yield from self._run(tasks, self._jobs, died)
        for task in died:
            again: list[Task] = []
            yield from self._run([task], 1, again)
            yield from (Outcome(task.key, None, DIED) for _ in again)

    def _run(self, tasks: Iterable[Task], jobs: int, died: list[Task]) -> Iterator[Outcome]:
        queue = iter(tasks)
        more = True
        while True:
            while more and sum(w.task is not None for w in self._workers) < jobs:
                task = next(queue, None)
                if task is None:
                    more = False
                else:
                    self._give(task, died)
            busy = {w.connection: w for w in self._workers if w.task is not None}
            if not busy and not more:
                return
            outcomes: deque[Outcome] = deque()
            ready = wait(list(busy), timeout=LOOK)
            for connection, worker in busy.items():
                said = self._take(worker, died) if connection in ready else self._watch(worker)
                outcomes.extend(said)
            yield from outcomes

    def _give(self, task: Task, died: list[Task]) -> None:
        idle = next((w for w in self._workers if w.task is None), None)
        if idle is None:
            idle = Worker(*self._births.worker())
            self._workers.append(idle)
        idle.task, idle.since = task, time.monotonic()
        try:
            idle.connection.send(task)
        except OSError:
            self._drop(idle)
            died.append(task)

    def _take(self, worker: Worker, died: list[Task]) -> Iterator[Outcome]:
        task = worker.task
        if task is None:
            return
        try:
            outcome: Outcome = pickle.loads(worker.connection.recv_bytes())
        except (EOFError, OSError):
            self._drop(worker)
            died.append(task)
            return
        worker.task, worker.done = None, worker.done + 1
        worker.memory = max(worker.memory, peak(worker.pid))
        if worker.done >= self._limits.tasks_a_worker:
            self._drop(worker)
        yield replace(outcome, memory=worker.memory)

    def _watch(self, worker: Worker) -> Iterator[Outcome]:
        """End a worker that is over a limit; its task has failed."""
        task, limits = worker.task, self._limits
        if task is None:
            return
        seconds = time.monotonic() - worker.since
        now = resident(worker.pid)
        worker.memory = max(worker.memory, now)
        failure = ""
        if limits.seconds and seconds > limits.seconds:
            failure = too_slow(limits.seconds)
        elif limits.memory and now > limits.memory:
            failure = too_large(limits.memory)
        if failure:
            self._drop(worker)
            yield Outcome(task.key, None, failure, seconds, worker.memory)

    def _drop(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.connection.close()
        self._births.kill(worker.pid)


def resident(pid: int) -> int:
    """Bytes that a process has resident; 0 where it is gone."""
    import psutil

    with contextlib.suppress(psutil.Error):
        return int(psutil.Process(pid).memory_info().rss)
    return 0


def peak(pid: int) -> int:
    """Most bytes that a process had resident so far, where the system tells; else those now."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as lines:  # noqa: PTH123
            found = next((line for line in lines if line.startswith("VmHWM:")), "")
        return int(found.split()[1]) * 1024
    except (OSError, IndexError, ValueError):
        return resident(pid)


def guarded(task: Task, limits: Limits, prepared: tuple[str, ...]) -> Outcome:
    """Do one task in a process that is kept for the next one: what a cluster's worker calls.

    So the limits hold there as they do here, and a file that ends its process does not end
    the cluster's worker.
    """
    wanted = (limits, prepared)
    kept: tuple[Any, LocalPool] | None = getattr(_kept, "pool", None)
    if kept is None or kept[0] != wanted:
        if kept is not None:
            kept[1].close()
        kept = _kept.pool = (wanted, LocalPool(1, limits, prepared))
    try:
        (outcome,) = kept[1].run([task])
    except BaseException:
        kept[1].close()
        _kept.pool = None
        raise
    return outcome


#: The pool of each thread that calls :func:`guarded`.
_kept = threading.local()
