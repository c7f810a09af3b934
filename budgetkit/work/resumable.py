"""A run over many items that continues where an earlier run stopped.

Extraction (an item is a PDF) and reports (an item is a department and year) are such runs.  What
was done is kept in the journal beside the output, one entry per item, as soon as it is done.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from budgetkit.progress import Watch
from budgetkit.work.journal import Journal
from budgetkit.work.run_tasks import run_tasks
from budgetkit.work.tasks import Limits, Outcome, Task

#: The journal's file that describes the last run.
SUMMARY = "run.json"

Item = TypeVar("Item")


class ResumableRun(ABC, Generic[Item]):
    """One run; a subclass says what is done for an item, and what of it is kept.

    Parameters
    ----------
    journal
        Beside the output; the caller holds its lock.
    watch
        Shows the progress of the run.

    Attributes
    ----------
    preload : tuple of str
        Modules that workers import, and functions ``module:function`` that they call, before
        their first task.
    kept, done : int
        Items that an earlier run had done, and those that this run did.
    """

    preload: tuple[str, ...] = ()

    def __init__(self, journal: Journal, watch: Watch | None) -> None:
        self.journal, self._watch = journal, watch or Watch()
        self.kept, self.done = 0, 0
        self._start, self._memory = time.time(), 0
        self._seconds: list[tuple[float, str]] = []

    @abstractmethod
    def _title(self, item: Item) -> str:
        """Return the name of an item as the user knows it."""

    @abstractmethod
    def _is_done(self, item: Item) -> bool:
        """Whether the journal holds the item, and nothing that it depends on has changed."""

    @abstractmethod
    def _task(self, item: Item, with_files: bool) -> Task:
        """Return the task of an item; with the bytes of its files where workers can't see them."""

    @abstractmethod
    def _keep(self, item: Item, outcome: Outcome) -> str:
        """Keep what came of an item, and return its problem (empty where there is none)."""

    def run(
        self,
        items: Sequence[Item],
        *,
        limits: Limits,
        jobs: int = 1,
        cluster: str | None = None,
        force: bool = False,
    ) -> None:
        """Do the items that are not done yet.

        Parameters
        ----------
        items
            All items of the run.
        limits
            Time and memory for each item.
        jobs
            Number of processes; 0 works in this process, without limits.
        cluster
            Address of a Dask scheduler that does the work instead.
        force
            Do all items, even if unchanged.
        """
        waiting = [item for item in items if force or not self._is_done(item)]
        self.kept = len(items) - len(waiting)
        self._watch.begin(len(waiting), self.kept)
        if not waiting:
            return
        under_way: dict[str, Item] = {}

        def tasks() -> Iterator[Task]:
            for item in waiting:
                task = self._task(item, with_files=bool(cluster))
                under_way[task.key] = item
                yield task

        for outcome in run_tasks(
            tasks(), jobs=jobs, cluster=cluster, limits=limits, preload=self.preload
        ):
            item = under_way.pop(outcome.key)
            problem = self._keep(item, outcome)
            self.done += 1
            self._memory = max(self._memory, outcome.memory)
            self._seconds.append((round(outcome.seconds, 2), self._title(item)))
            self._watch.tell(self._title(item), problem)

    def summarise(
        self, command: str, counts: dict[str, int], failures: dict[str, str]
    ) -> dict[str, Any]:
        """Describe the run, for people and programs, and write that into the journal.

        Parameters
        ----------
        command
            Name of the command.
        counts
            What was done, in the words of the command.
        failures
            Why an item failed, in one sentence, by file.

        Returns
        -------
        dict
            Also the start (UTC), the seconds it took, the five slowest items and the memory
            (MiB) of the largest worker.
        """
        summary = {
            "command": command,
            "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._start)),
            "seconds": round(time.time() - self._start, 1),
            **counts,
            "failed": len(failures),
            "failures": failures,
            "slowest": [list(pair) for pair in sorted(self._seconds, reverse=True)[:5]],
            "worker_memory_mib": round(self._memory / (1 << 20)),
        }
        self.journal.write_json(SUMMARY, summary)
        return summary
