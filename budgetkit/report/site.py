"""Reports of a whole dataset: a page for each department and year, and an index of them."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetkit.dataset import Dataset
from budgetkit.errors import BudgetkitError, UsageError
from budgetkit.paths import notebooks_folder
from budgetkit.records import records
from budgetkit.report.execute import run_notebook
from budgetkit.report.headline import headline
from budgetkit.report.html import notebook_html
from budgetkit.report.labels import Labels
from budgetkit.report.sections import stylesheet, templates
from budgetkit.report.subject import Subject, keys, select, text

#: The notebook that each report is a run of.
NOTEBOOK = "department_report.ipynb"
#: Says that a folder holds reports, so that it may be replaced.
INDEX = "index.html"
#: Characters that stay as they are in the name of a file.
_NOT_IN_NAME = re.compile(r"[^\w.-]+")

Progress = Callable[["Task", str], None]


@dataclass(frozen=True, slots=True)
class Task:
    """One report to make: which disclosure, and the name of its file."""

    department: str
    scope: str
    year: int
    file: str


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
    """

    index: Path
    rendered: int
    failed: int
    problems: dict[str, str]


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
    names = [_name(select(dataset, *key)) for key in found]
    seen: Counter[str] = Counter()
    result = []
    for key, name in zip(found, names, strict=True):
        seen[name.lower()] += 1
        count = seen[name.lower()]
        result.append(Task(*key, f"{name}.html" if count == 1 else f"{name}~{count}.html"))
    return result


def _name(subject: Subject) -> str:
    """Name of a report's file: the id of the disclosure that holds the tables."""
    tabled = [row for row in subject.documents if row["n_tables"]]
    document = (tabled or list(subject.documents))[0]["document"]
    return _NOT_IN_NAME.sub("_", text(document))[:120]


def render_reports(
    dataset: Dataset,
    out: str | Path,
    *,
    department: str | None = None,
    scope: str | None = None,
    year: int | None = None,
    lang: str = "zh",
    progress: Progress | None = None,
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
    progress
        Called with each task and what went wrong with it; empty where nothing did.

    Returns
    -------
    Rendering
        One that failed stops no other.

    Raises
    ------
    UsageError
        There is no such department, scope, year or language, or ``out`` can't be written.
    """
    out = Path(out)
    say = Labels(lang)
    work = tasks(dataset, department, scope, year)
    _check_folder(out)
    problems: dict[str, str] = {}
    for task in work:
        try:
            write_aside(out / task.file, render(dataset.folder, task, lang))
        except BudgetkitError as error:
            problems[task.file] = str(error)
        if progress:
            progress(task, problems.get(task.file, ""))
    index = out / INDEX
    write_aside(index, index_page(dataset, work, problems, say))
    return Rendering(index, len(work) - len(problems), len(problems), problems)


def render(folder: Path, task: Task, lang: str, *, engine: str | None = None) -> str:
    """Make one report: run the notebook, turn what it shows into a page.

    Raises
    ------
    NotebookFailed
        A cell raised.
    """
    parameters = {
        "dataset": str(folder.resolve()),
        "department": task.department,
        "scope": task.scope,
        "year": task.year,
        "lang": lang,
    }
    done = run_notebook(notebooks_folder() / NOTEBOOK, parameters, engine=engine)
    key = "title_unit" if task.scope == "unit" else "title"
    title = Labels(lang)(key, department=task.department, year=task.year)
    return notebook_html(done, title=title, lang=lang)


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


def write_aside(path: Path, page: str) -> None:
    """Write a file under another name and move it into place, so that no half of it is seen."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(page, encoding="utf-8")
    aside.replace(path)


def index_page(
    dataset: Dataset, work: Sequence[Task], problems: Mapping[str, str], say: Labels
) -> str:
    """Make the page that lists the reports, and what failed and why.

    Parameters
    ----------
    dataset
        That the reports are of.
    work
        The reports.
    problems
        By file of the report: why it failed.
    say
        The words.

    Returns
    -------
    str
        A whole HTML document, self-contained.
    """
    regions: dict[str, list[dict[str, object]]] = {}
    for task in work:
        subject = select(dataset, task.department, task.scope, task.year)
        regions.setdefault(subject.region, []).append(_index_row(subject, task, problems))
    documents = records(dataset.documents)
    failed = [row for row in documents if row["status"] == "failed"]
    page: str = (
        templates()
        .get_template("index.html")
        .render(
            say=say,
            style=stylesheet(),
            regions=sorted(regions.items(), key=lambda pair: (not pair[0], pair[0])),
            failed_inputs=failed,
            n_departments=len({(task.department, task.scope) for task in work}),
            n_reports=len(work) - len(problems),
            n_failed=len(problems) + len(failed),
        )
    )
    return page


def _index_row(subject: Subject, task: Task, problems: Mapping[str, str]) -> dict[str, object]:
    money = headline(subject).expenditure
    problem = problems.get(task.file, "")
    notes = [text(row["error"]) for row in subject.documents if text(row["error"])]
    worst = "partial" if any(row["status"] != "ok" for row in subject.documents) else "ok"
    return {
        "department": task.department,
        "scope": task.scope,
        "notice": next((text(row["notice"]) for row in subject.documents if row["notice"]), ""),
        "year": task.year,
        "href": "" if problem else task.file,
        "expenditure": "—" if money is None else f"{money.amount:,.2f}",
        "n_facts": len(subject.rows("facts")),
        "n_unmapped": len(subject.rows("unmapped")),
        "status": "failed" if problem else worst,
        "error": problem or "; ".join(notes),
    }
