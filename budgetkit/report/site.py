"""Reports of a whole dataset: a page for each department and year, and an index of them.

Each is made in a process of its own, forked from one that has all imports done.  What was made
is noted in a journal beside the folder: a run that was killed goes on, the next one makes only
what changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from budgetkit.dataset import Dataset
from budgetkit.errors import UsageError
from budgetkit.paths import notebooks_folder
from budgetkit.places import write_aside
from budgetkit.progress import Watch, unwatched
from budgetkit.records import Row
from budgetkit.report.index import Line, comparison_beside, index_page
from budgetkit.report.labels import Labels
from budgetkit.report.made import Wanted, make
from budgetkit.report.parts import Parts, pack_part
from budgetkit.report.pdf import chromium
from budgetkit.report.subject import keys, text
from budgetkit.work import Limits, Outcome, run_tasks
from budgetkit.work import Task as Work
from budgetkit.work.code import code_digest
from budgetkit.work.journal import Journal, digest
from budgetkit.work.lock import only_run

#: The notebook that each report is a run of.
NOTEBOOK = "department_report.ipynb"
#: The page that lists the reports, and the folder of notebooks that failed.
INDEX, FAILED = "index.html", "failed"
#: What a worker has done before its report is asked for.
PREPARED = ("budgetkit.report.engine:prepare",)
#: Seconds that a notebook has to stop by itself when its time is over.
GRACE = 10.0
#: What a page can be had as.
FORMATS = ("html", "pdf")
#: Characters that stay as they are in the name of a file.
_NOT_IN_NAME = re.compile(r"[^\w.-]+")


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


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a run made.

    Attributes
    ----------
    index : Path
        The page that lists the reports.
    rendered, failed : int
        Reports that stand, and those that do not.
    problems : dict of str to str
        By file of the report: why it failed, in one sentence.
    kept : int
        Of those that stand, how many an earlier run had made.
    summary : dict
        Account of the run, for people and programs.
    """

    index: Path
    rendered: int
    failed: int
    problems: dict[str, str]
    kept: int = 0
    summary: dict[str, Any] = field(default_factory=dict)


def tasks(
    dataset: Dataset,
    department: str | None = None,
    scope: str | None = None,
    year: int | None = None,
) -> list[Task]:
    """List the reports of a dataset, each with a file name that is its own.

    Raises
    ------
    UsageError
        There is no such department, scope or year.
    """
    dataset.choose(department, year, scope)
    found = keys(dataset, department=department, scope=scope, year=year)
    names = [_name(dataset.disclosures[key]) for key in found]
    seen: Counter[str] = Counter([Path(INDEX).stem])
    result = []
    for key, name in zip(found, names, strict=True):
        seen[name.lower()] += 1
        count = seen[name.lower()]
        result.append(Task(*key, f"{name}.html" if count == 1 else f"{name}~{count}.html"))
    return result


def _name(documents: list[Row]) -> str:
    """Name of a report's file: the id of the disclosure that holds the tables."""
    order = sorted(documents, key=lambda row: (row["status"] != "ok", row["document"]))
    tabled = [row for row in order if row["n_tables"]]
    document = (tabled or order)[0]["document"]
    return _NOT_IN_NAME.sub("_", text(document))[:120]


def render_reports(
    dataset: Dataset,
    out: str | Path,
    *,
    department: str | None = None,
    scope: str | None = None,
    year: int | None = None,
    lang: str = "zh",
    format: str = "html",
    notebook: str | Path | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    force: bool = False,
    limits: Limits | None = None,
    watch: Watch | None = None,
) -> Rendering:
    """Make a report for each department, scope and year of a dataset, and an index of them.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    out
        Folder; each file is written aside and then moved into place, the index last.
    department, scope, year
        Those alone, where given.
    lang
        ``zh`` or ``en``.
    format
        ``html``, or ``pdf`` for a PDF beside each page.
    notebook
        That makes a report; the project's own where it is None.
    jobs
        Reports at the same time, each in a process of its own; 0 starts a kernel for each.
    cluster
        Address of a Dask scheduler whose workers make them instead.
    force
        Make every report anew.  Else one is made again only where its department's rows, the
        notebook, the parameters or the package changed.
    limits
        Time and memory that one report may take.
    watch
        Told of each report when it is done.

    Returns
    -------
    Rendering
        One that failed stops no other.

    Raises
    ------
    UsageError
        There is no such department, scope, year, language or format, ``out`` can't be written,
        or another run is at it.
    """
    out, say = Path(out), Labels(lang)
    work = tasks(dataset, department, scope, year)
    _check_format(format)
    _check_folder(out)
    journal = Journal(out)
    with only_run(journal.place, out):
        limits = limits or Limits()
        path = Path(notebook) if notebook else notebooks_folder() / NOTEBOOK
        wish = _Wish(lang, path, format == "pdf", jobs != 0, limits)
        run = _Run(dataset, out, journal, work, wish, watch or unwatched())
        run.make(force, jobs, cluster)
        lines = [run.line(task) for task in work]
        page = index_page(dataset, lines, say, comparison=comparison_beside(out))
        write_aside(out / INDEX, page.encode("utf-8"))
        summary = run.summary()
        journal.note("run.json", summary)
    problems = {line.file: line.problem for line in lines if line.problem}
    return Rendering(
        out / INDEX, len(work) - len(problems), len(problems), problems, run.kept, summary
    )


def _check_folder(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError("is a file, not a folder", file=out, remedy="give another --out")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise UsageError(
            f"can't be written ({error.strerror})", file=out, remedy="give --out another folder"
        ) from error


def _check_format(format: str) -> None:
    if format not in FORMATS:
        raise UsageError(f"there is no format '{format}'", remedy=f"take {' or '.join(FORMATS)}")
    if format == "pdf":
        chromium()


@dataclass(frozen=True)
class _Wish:
    """What is the same for each report of a run."""

    lang: str
    path: Path
    pdf: bool
    inside: bool
    limits: Limits

    def of(self, task: Task, notebook: bytes) -> Wanted:
        return Wanted(
            task.department, task.scope, task.year, self.lang, notebook, self.path.name,
            self.limits.seconds, self.inside, self.pdf,
        )  # fmt: skip


class _Run:
    """One run: which reports wait, what came of them."""

    def __init__(
        self,
        dataset: Dataset,
        out: Path,
        journal: Journal,
        work: list[Task],
        wish: _Wish,
        watch: Watch,
    ) -> None:
        self._out, self._journal, self._work = out, journal, work
        self._wish, self._watch, self._start = wish, watch, time.time()
        self._notebook = _read(wish.path)
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
            **made["row"],
        )  # fmt: skip
        self._lines[task.file] = line
        if not problem:
            noted = {"files": written, "line": line.as_dict()}
            self._journal.put(self._key(task), json.dumps(noted).encode())
        self._memory = max(self._memory, outcome.memory)
        self._seconds.append((round(outcome.seconds, 2), task.title))
        self._watch.tell(task.title, problem)

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
