"""Make one report in a worker: run the notebook, return its page and its row of the index."""

from __future__ import annotations

import contextlib
import json
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from budgetkit.disclosure import select
from budgetkit.disclosure_rows import DisclosureKey
from budgetkit.errors import BudgetkitError
from budgetkit.render.execute import NotebookFailed, run_notebook
from budgetkit.render.html import notebook_html
from budgetkit.render.labels import Labels
from budgetkit.render.printing import page_pdf
from budgetkit.report.report_title import report_title
from budgetkit.report.subsets import unpack_subset
from budgetkit.storage.reader import DatasetReader
from budgetkit.summary.gaps import reading_notes
from budgetkit.summary.money import headline
from budgetkit.work.tasks import too_slow

#: The section of all pictures, and the same where it stands open and is printed.
APPENDIX, APPENDIX_OPEN = '<section id="appendix">', '<section id="appendix" class="kept">'


@dataclass(frozen=True, slots=True)
class ReportTask:
    """One report: of which disclosure, and under which file name."""

    department: str
    scope: str
    year: int
    kind: str
    file: str

    @property
    def key(self) -> DisclosureKey:
        """Of its disclosure."""
        return DisclosureKey(self.department, self.scope, self.year, self.kind)


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What is the same for all reports of a run.

    Attributes
    ----------
    lang : str
        ``zh`` or ``en``.
    unit : str
        What amounts are shown in; empty is that of the language.
    notebook : bytes
        The notebook that each report is a run of.
    name : str
        File name of the notebook, for messages.
    seconds : float
        Time that the notebook may take; 0 for no limit.
    in_process : bool
        Run the cells in this process, which ends after one report; otherwise start a kernel.
    pdf : bool
        Also print the page as PDF.
    xlsx : bool
        Also write a workbook.
    appendix : bool
        The pictures of all figures stand open at the end, and are printed.
    """

    lang: str
    notebook: bytes
    name: str
    seconds: float = 0
    in_process: bool = True
    pdf: bool = False
    xlsx: bool = False
    unit: str = ""
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class MadeReport:
    """The result of :func:`make`.

    Attributes
    ----------
    problem : str
        Why it failed, in one sentence; empty where it did not.
    row : dict
        What the index shows of the disclosure.
    page, pdf, xlsx : bytes or None
        The files; None where it failed or none was asked for.
    notebook : bytes or None
        The notebook as far as it ran, where it failed.
    """

    problem: str = ""
    row: dict[str, Any] = field(default_factory=dict)
    page: bytes | None = None
    pdf: bytes | None = None
    notebook: bytes | None = None
    xlsx: bytes | None = None


class TooSlow(Exception):
    """A notebook took longer than it may."""


def make(
    subset: str | bytes,
    report: ReportTask,
    options: ReportOptions,
    links: Mapping[str, str] | None = None,
    ways: Sequence[tuple[str, str]] = (),
) -> MadeReport:
    """Make one report.

    Parameters
    ----------
    subset
        Folder of the department's part of the dataset, or that folder zipped.
    report
        Which one.
    options
        How.
    links
        Address of each document's PDF, seen from the folder of the reports.
    ways
        To the index, the other years and the comparison: words and address.

    Returns
    -------
    MadeReport
        With a problem where it failed; wrong data never raises.
    """
    with tempfile.TemporaryDirectory(prefix="budgetkit-") as scratch:
        if isinstance(subset, str):
            folder = Path(subset)
        else:
            folder = unpack_subset(subset, Path(scratch, "part"))
        ran, row = Path(scratch, "ran.ipynb"), dict[str, Any]()
        try:
            row = _index_row(DatasetReader(folder), report)
            page = _page(folder, report, options, links or {}, Path(scratch), ways)
            pdf = page_pdf(page) if options.pdf else None
            xlsx = _workbook(folder, report, options, links or {}) if options.xlsx else None
            return MadeReport("", row, page.encode("utf-8"), pdf, xlsx=xlsx)
        except BudgetkitError as error:
            failed = isinstance(error, NotebookFailed) and ran.is_file()
            notebook = ran.read_bytes() if failed else None
            return MadeReport(str(error).removesuffix("."), row, notebook=notebook)


def _workbook(
    folder: Path, report: ReportTask, options: ReportOptions, links: Mapping[str, str]
) -> bytes:
    from budgetkit.report.department_book import department_book
    from budgetkit.report.view import view

    seen = view(DatasetReader(folder), *report.key, lang=options.lang, unit=options.unit)
    return department_book(seen, links)


def _page(
    folder: Path,
    report: ReportTask,
    options: ReportOptions,
    links: Mapping[str, str],
    scratch: Path,
    ways: Sequence[tuple[str, str]],
) -> str:
    notebook = scratch / options.name
    notebook.write_bytes(options.notebook)
    parameters = {
        "dataset": str(folder.resolve()),
        **report.key._asdict(),
        "lang": options.lang,
        "unit": options.unit,
    }
    optional = {"pdfs": json.dumps(dict(links), ensure_ascii=False, sort_keys=True)}
    engine = None
    if options.in_process:
        from budgetkit.render.engine import register

        engine = register()
    with time_limit(options.seconds):
        ran = scratch / "ran.ipynb"
        done = run_notebook(notebook, parameters, ran, engine=engine, optional=optional)
    title = report_title(Labels(options.lang), *report.key)
    page = notebook_html(done, title=title, lang=options.lang, ways=ways)
    return page.replace(APPENDIX, APPENDIX_OPEN, 1) if options.appendix else page


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupt the running cell after some seconds, so that what ran before it is kept."""
    usable = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not usable:
        yield
        return

    def interrupt(*_: object) -> None:
        raise TooSlow(too_slow(seconds))

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _index_row(dataset: DatasetReader, report: ReportTask) -> dict[str, Any]:
    """Return what the index shows of a disclosure."""
    disclosure = select(dataset, *report.key)
    money = headline(disclosure).expenditure
    worst = "partial" if any(row["status"] != "ok" for row in disclosure.documents) else "ok"
    return {
        "region": disclosure.about("region"),
        "notice": disclosure.about("notice"),
        "expenditure": None if money is None else money.amount,
        "n_facts": len(disclosure.rows["facts"]),
        "n_unmapped": len(disclosure.rows["unmapped"]),
        "status": worst,
        "error": "; ".join(reading_notes(disclosure)),
    }
