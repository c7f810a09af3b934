"""Reports of a whole dataset: a page for each department and year, and an index of them.

Each is made in a process of its own, forked from one that has all imports done.  What was made
is noted in a journal beside the folder: a run that was killed goes on, the next one makes only
what changed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from budgetkit.bundled import notebooks_folder
from budgetkit.disclosure import keys, text
from budgetkit.errors import UsageError
from budgetkit.progress import Watch, unwatched
from budgetkit.render.labels import Labels
from budgetkit.render.printing import chromium
from budgetkit.report.batch import Batch, Task, Wish
from budgetkit.report.index import comparison_beside, index_page
from budgetkit.storage.atomic import check_folder, write_aside
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.rows import Row
from budgetkit.work import Limits
from budgetkit.work.journal import Journal
from budgetkit.work.lock import only_run

#: The notebook that each report is a run of.
NOTEBOOK = "department_report.ipynb"
#: The page that lists the reports.
INDEX = "index.html"
#: What a page can be had as.
FORMATS = ("html", "pdf")
#: Characters that stay as they are in the name of a file.
_NOT_IN_NAME = re.compile(r"[^\w.-]+")


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
    dataset: DatasetReader,
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
    dataset: DatasetReader,
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
    check_folder(out)
    journal = Journal(out)
    with only_run(journal.place, out):
        limits = limits or Limits()
        path = Path(notebook) if notebook else notebooks_folder() / NOTEBOOK
        wish = Wish(lang, path, format == "pdf", jobs != 0, limits)
        run = Batch(dataset, out, journal, work, wish, watch or unwatched())
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


def _check_format(format: str) -> None:
    if format not in FORMATS:
        raise UsageError(f"there is no format '{format}'", remedy=f"take {' or '.join(FORMATS)}")
    if format == "pdf":
        chromium()
