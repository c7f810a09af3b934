"""A pool of local processes that watches each task: its time, its memory, and its process."""

from __future__ import annotations

import os
import pickle
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait

from budgetkit.work.forkserver import ForkServer
from budgetkit.work.memory import peak_bytes, resident_bytes
from budgetkit.work.spawn import SpawnedWorkers
from budgetkit.work.tasks import DIED, Limits, Outcome, Task, too_large, too_slow

#: Seconds between two looks at the memory and the time of the workers.
LOOK = 0.1


@dataclass
class _Worker:
    """A process and what it does."""

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
        Number of processes.
    limits
        Limits of each task.
    preload
        Modules that a worker imports, and functions ``module:function`` that it calls, before
        its first task.
    fork
        Whether to fork workers; None forks wherever the system does so safely.
    """

    def __init__(
        self,
        jobs: int,
        limits: Limits,
        preload: tuple[str, ...] = (),
        *,
        fork: bool | None = None,
    ) -> None:
        self._jobs, self._limits = jobs, limits
        if fork is None:
            # macOS can fork, but its libraries do not survive it.
            fork = hasattr(os, "fork") and sys.platform != "darwin"
        self._source = ForkServer(preload) if fork else SpawnedWorkers(preload)
        self._workers: list[_Worker] = []

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.connection.close()
        self._source.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Do tasks and yield their outcomes as they come.

        A task whose process died is done again at the end, with nothing else running: the system
        may have ended the process because another one filled the memory.
        """
        died: list[Task] = []
        yield from self._run(tasks, self._jobs, died)
        for task in died:
            died_again: list[Task] = []
            yield from self._run([task], 1, died_again)
            yield from (Outcome(task.key, None, DIED) for _ in died_again)

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
                is_ready = connection in ready
                outcomes.extend(self._take(worker, died) if is_ready else self._watch(worker))
            yield from outcomes

    def _give(self, task: Task, died: list[Task]) -> None:
        idle = next((w for w in self._workers if w.task is None), None)
        if idle is None:
            idle = _Worker(*self._source.start())
            self._workers.append(idle)
        idle.task, idle.since = task, time.monotonic()
        try:
            idle.connection.send(task)
        except OSError:
            self._drop(idle)
            died.append(task)

    def _take(self, worker: _Worker, died: list[Task]) -> Iterator[Outcome]:
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
        worker.memory = max(worker.memory, peak_bytes(worker.pid))
        if worker.done >= self._limits.tasks_per_worker:
            self._drop(worker)
        yield replace(outcome, memory=worker.memory)

    def _watch(self, worker: _Worker) -> Iterator[Outcome]:
        """End a worker that is over a limit; its task has failed."""
        task, limits = worker.task, self._limits
        if task is None:
            return
        seconds = time.monotonic() - worker.since
        now = resident_bytes(worker.pid)
        worker.memory = max(worker.memory, now)
        failure = ""
        if limits.seconds and seconds > limits.seconds:
            failure = too_slow(limits.seconds)
        elif limits.memory and now > limits.memory:
            failure = too_large(limits.memory)
        if failure:
            self._drop(worker)
            yield Outcome(task.key, None, failure, seconds, worker.memory)

    def _drop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.connection.close()
        self._source.kill(worker.pid)
