"""The reports of one run: which of them wait, how they are made, what came of each."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgetkit.errors import UsageError
from budgetkit.progress import Watch
from budgetkit.report.index import Line
from budgetkit.report.make import Wanted, make
from budgetkit.report.subsets import Parts, pack_part
from budgetkit.storage.atomic import write_aside
from budgetkit.storage.reader import DatasetReader
from budgetkit.work import Limits, Outcome, run_tasks
from budgetkit.work import Task as Work
from budgetkit.work.fingerprint import code_digest
from budgetkit.work.journal import Journal, digest

#: The folder of notebooks that failed.
FAILED = "failed"
#: What a worker has done before its report is asked for.
PREPARED = ("budgetkit.report.prepare:prepare",)
#: Seconds that a notebook has to stop by itself when its time is over.
GRACE = 10.0


@dataclass(frozen=True, slots=True)
class Task:
    """One report to make: which disclosure, and the name of its file."""

    department: str
    scope: str
    year: int
    file: str

    @property
    def title(self) -> str:
        """What a person is told of it."""
        return f"{self.department} {self.year}"


@dataclass(frozen=True)
class Wish:
    """What is the same for each report of a run."""

    lang: str
    path: Path
    pdf: bool
    inside: bool
    limits: Limits

    def of(self, task: Task, notebook: bytes) -> Wanted:
        """Say it of one report."""
        return Wanted(
            task.department, task.scope, task.year, self.lang, notebook, self.path.name,
            self.limits.seconds, self.inside, self.pdf,
        )  # fmt: skip


class Batch:
    """One run: which reports wait, what came of them."""

    def __init__(
        self,
        dataset: DatasetReader,
        out: Path,
        journal: Journal,
        work: list[Task],
        wish: Wish,
        watch: Watch,
    ) -> None:
        self._out, self._journal, self._work = out, journal, work
        self._wish, self._watch, self._start = wish, watch, time.time()
        self._notebook = _read(wish.path)
        self._disclosures = dataset.disclosures
        self._parts = Parts(dataset, Path(journal.place) / "parts")
        self._rows = self._parts.digests(journal)
        self._lines: dict[str, Line] = {}
        self._memory, self._seconds = 0, list[tuple[float, str]]()
        self.kept = 0

    def _key(self, task: Task) -> str:
        return digest(
            self._rows[task.department], task.department, task.scope, task.year, task.file,
            self._wish.lang, self._wish.pdf, hashlib.sha256(self._notebook).hexdigest(),
            code_digest(),
        )  # fmt: skip

    def make(self, force: bool, jobs: int, cluster: str | None) -> None:
        """Make the reports that are not there as they would be."""
        waiting = [task for task in self._work if force or not self._fresh(task)]
        self.kept = len(self._work) - len(waiting)
        by_file = {task.file: task for task in waiting}
        self._watch.begin(len(waiting), self.kept)
        limits = self._wish.limits
        hard = Limits(limits.seconds + GRACE if limits.seconds else 0, limits.memory, 1)
        outcomes = run_tasks(
            self._tasks(waiting, cluster),
            jobs=jobs if waiting else 0,
            cluster=cluster if waiting else None,
            limits=hard,
            prepared=PREPARED,
        )
        for outcome in outcomes:
            self._keep(by_file[outcome.key], outcome)
        self._parts.clear()
        if len(self._work) > 1:
            self._journal.sweep({self._key(task) for task in self._work})

    def _tasks(self, waiting: list[Task], cluster: str | None) -> Iterator[Work]:
        for task in waiting:
            folder = self._parts.write(task.department, self._rows[task.department])
            part = pack_part(folder) if cluster else str(folder)
            yield Work(task.file, make, (part, self._wish.of(task, self._notebook)))

    def _fresh(self, task: Task) -> bool:
        """Whether an earlier run made it, and its files are as that run wrote them."""
        entry = self._journal.get(self._key(task))
        if entry is None:
            return False
        noted = json.loads(entry)
        for name, written in noted["files"].items():
            path = self._out / name
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != written:
                return False
        self._lines[task.file] = Line(**noted["line"])
        return True

    def _keep(self, task: Task, outcome: Outcome) -> None:
        made = outcome.value or {"row": {}, "problem": outcome.failure}
        problem = made["problem"]
        stem = task.file.removesuffix(".html")
        files = {task.file: made.get("page"), f"{stem}.pdf": made.get("pdf")}
        files[f"{FAILED}/{stem}.ipynb"] = made.get("notebook")
        written = {}
        for name, content in files.items():
            if content is None:
                # A page of an earlier run must not stand for this one.
                (self._out / name).unlink(missing_ok=True)
                continue
            write_aside(self._out / name, content)
            written[name] = hashlib.sha256(content).hexdigest()
        line = Line(
            task.department, task.scope, task.year, task.file, problem,
            notebook=f"{FAILED}/{stem}.ipynb" if made.get("notebook") else "",
            pdf=f"{stem}.pdf" if made.get("pdf") else "",
            **(made["row"] or self._known(task)),
        )  # fmt: skip
        self._lines[task.file] = line
        if not problem:
            noted = {"files": written, "line": line.as_dict()}
            self._journal.put(self._key(task), json.dumps(noted).encode())
        self._memory = max(self._memory, outcome.memory)
        self._seconds.append((round(outcome.seconds, 2), task.title))
        self._watch.tell(task.title, problem)

    def _known(self, task: Task) -> dict[str, Any]:
        """What the index says of a report whose process was ended."""
        rows = self._disclosures[task.department, task.scope, task.year]
        return {"region": next((str(row["region"]) for row in rows if row["region"]), "")}

    def line(self, task: Task) -> Line:
        """Give the index's line of a report."""
        return self._lines[task.file]

    def summary(self) -> dict[str, Any]:
        """Give an account of the run."""
        failures = {file: line.problem for file, line in self._lines.items() if line.problem}
        return {
            "command": "report",
            "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._start)),
            "seconds": round(time.time() - self._start, 1),
            "reports": len(self._work),
            "made": len(self._seconds),
            "kept": self.kept,
            "failed": len(failures),
            "failures": failures,
            "slowest": [list(pair) for pair in sorted(self._seconds, reverse=True)[:5]],
            "worker_memory_mib": round(self._memory / (1 << 20)),
        }


def _read(notebook: Path) -> bytes:
    if not notebook.is_file():
        raise UsageError("there is no such notebook", file=notebook)
    return notebook.read_bytes()
