"""One report, as a worker makes it: the notebook run, its page, its line of the index."""

from __future__ import annotations

import contextlib
import signal
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgetkit.disclosure import select, text
from budgetkit.errors import BudgetkitError
from budgetkit.render.execute import NotebookFailed, run_notebook
from budgetkit.render.html import notebook_html
from budgetkit.render.labels import Labels
from budgetkit.render.printing import page_pdf
from budgetkit.report.subsets import unpack_part
from budgetkit.storage.reader import DatasetReader
from budgetkit.summary.money import headline
from budgetkit.work.tasks import too_slow


@dataclass(frozen=True, slots=True)
class Wanted:
    """One report to make.

    Attributes
    ----------
    department, scope, year
        Which disclosure.
    lang : str
        ``zh`` or ``en``.
    notebook : bytes
        The notebook that makes it.
    name : str
        Of the notebook, for messages.
    seconds : float
        Time that the notebook may take; 0 for no limit.
    inside : bool
        Run the cells in this process, which ends after it; else a kernel runs them.
    pdf : bool
        Print the page as PDF too.
    """

    department: str
    scope: str
    year: int
    lang: str
    notebook: bytes
    name: str
    seconds: float = 0
    inside: bool = True
    pdf: bool = False


class TooSlow(Exception):
    """A notebook took longer than it may."""


def make(part: str | bytes, wanted: Wanted) -> dict[str, Any]:
    """Make one report.

    Parameters
    ----------
    part
        Folder of the department's small dataset, or that dataset zipped.
    wanted
        Which one.

    Returns
    -------
    dict
        ``page`` and ``pdf`` (bytes or None), ``row`` of the index, ``problem`` (a sentence, or
        empty), ``notebook`` (bytes as far as it ran, where it failed).
    """
    with tempfile.TemporaryDirectory(prefix="budgetkit-") as scratch:
        folder = Path(part) if isinstance(part, str) else unpack_part(part, Path(scratch, "part"))
        made: dict[str, Any] = {
            "page": None,
            "pdf": None,
            "row": {},
            "problem": "",
            "notebook": None,
        }
        ran = Path(scratch, "ran.ipynb")
        try:
            made["row"] = index_row(DatasetReader(folder), wanted)
            page = _page(folder, wanted, Path(scratch))
            made["page"] = page.encode("utf-8")
            made["pdf"] = page_pdf(page) if wanted.pdf else None
        except BudgetkitError as error:
            made["page"], made["problem"] = None, str(error).removesuffix(".")
            if isinstance(error, NotebookFailed) and ran.is_file():
                made["notebook"] = ran.read_bytes()
        return made


def _page(folder: Path, wanted: Wanted, scratch: Path) -> str:
    notebook = scratch / wanted.name
    notebook.write_bytes(wanted.notebook)
    parameters = {
        "dataset": str(folder.resolve()),
        "department": wanted.department,
        "scope": wanted.scope,
        "year": wanted.year,
        "lang": wanted.lang,
    }
    engine = None
    if wanted.inside:
        from budgetkit.render.engine import register

        engine = register()
    with alarm(wanted.seconds):
        done = run_notebook(notebook, parameters, scratch / "ran.ipynb", engine=engine)
    key = "title_unit" if wanted.scope == "unit" else "title"
    title = Labels(wanted.lang)(key, department=wanted.department, year=wanted.year)
    return notebook_html(done, title=title, lang=wanted.lang)


@contextlib.contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Stop the cell that runs when the time is over, so that what ran before it is kept."""
    usable = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not usable:
        yield
        return

    def ring(*_: object) -> None:
        raise TooSlow(too_slow(seconds))

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def index_row(dataset: DatasetReader, wanted: Wanted) -> dict[str, Any]:
    """Give what the index says of a disclosure."""
    subject = select(dataset, wanted.department, wanted.scope, wanted.year)
    money = headline(subject).expenditure
    notes = [text(row["error"]) for row in subject.documents if text(row["error"])]
    worst = "partial" if any(row["status"] != "ok" for row in subject.documents) else "ok"
    return {
        "region": subject.region,
        "notice": next((text(row["notice"]) for row in subject.documents if row["notice"]), ""),
        "expenditure": "—" if money is None else f"{money.amount:,.2f}",
        "n_facts": len(subject.rows("facts")),
        "n_unmapped": len(subject.rows("unmapped")),
        "status": worst,
        "error": "; ".join(notes),
    }
