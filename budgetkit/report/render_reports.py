"""Reports of a whole dataset: a page for each department and year, and an index of them.

Each is made in a process of its own, forked from one that has imported everything.  A journal
beside the folder says what was made: a run that was killed continues from there, and the next run
makes only what has changed.

Longer than most, since it is one command with all its options and one run.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from budgetkit.disclosure import choose_keys, documents_by_key, keys
from budgetkit.errors import UsageError
from budgetkit.own_facts import FINAL_ACCOUNT
from budgetkit.progress import Watch
from budgetkit.render.labels import Labels
from budgetkit.render.printing import chromium
from budgetkit.report.index import IndexLine
from budgetkit.report.make import MadeReport, ReportOptions, ReportTask, make
from budgetkit.report.standing import INDEX, NOTE, write_index
from budgetkit.report.subsets import Subsets, pack_subset
from budgetkit.report.ways import ways_from
from budgetkit.storage.atomic import cut_name, write_aside
from budgetkit.storage.manifest import claim, sha256_of
from budgetkit.storage.own_folder import check_folder
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.records import Row, text
from budgetkit.work import Limits, Outcome, Task
from budgetkit.work.fingerprint import code_digest
from budgetkit.work.journal import Journal, digest
from budgetkit.work.resumable import ResumableRun
from budgetkit.work.tasks import too_slow
from budgetkit.workbook.page_links import pdf_links

#: The notebook that each report is a run of.
NOTEBOOK = Path(__file__).with_name("report_page.ipynb")
#: The formats of a report.
FORMATS = ("html", "pdf", "xlsx")
#: How the pictures of a report's figures are shown.
EVIDENCE = ("popover", "appendix")
#: The folder of notebooks that failed.
FAILED = "failed"
#: Seconds that a notebook has to stop by itself when its time is over.
GRACE = 10.0
#: Characters that the name of a file may not have.
_NOT_IN_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Rendering:
    """The result of :func:`render_reports`.

    Attributes
    ----------
    index : Path
        The page that lists the reports.
    rendered, failed : int
        Number of reports that are there, and of those that are not.
    problems : dict of str to str
        Why a report failed, in one sentence, by its file.
    kept : int
        Number of reports that an earlier run had made.
    summary : dict
        Description of the run, for people and programs.
    """

    index: Path
    rendered: int
    failed: int
    problems: dict[str, str]
    kept: int = 0
    summary: dict[str, Any] = field(default_factory=dict)


def render_reports(
    dataset: DatasetReader,
    out: str | Path,
    *,
    department: str | None = None,
    scope: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    lang: str = "zh",
    unit: str = "",
    format: str = "html",
    evidence: str = "popover",
    notebook: str | Path | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    force: bool = False,
    limits: Limits | None = None,
    watch: Watch | None = None,
) -> Rendering:
    """Make a report for each department, scope, year and kind of a dataset, and an index of them.

    A report is made again only if the rows of its department, the notebook, the parameters or
    the package have changed.

    Parameters
    ----------
    dataset
        As returned by ``read_dataset``.
    out
        Folder; each file is replaced as a whole, the index last.
    department, scope, year, kind
        Only reports of these, where given; ``kind`` is ``budget`` or ``final_account``.
    lang
        ``zh`` or ``en``.
    unit
        Amounts are shown in: ``yuan``, ``wan``, ``million`` or ``yi``; by default 万元 in Chinese,
        million yuan in English.
    format
        ``html``, or ``pdf`` or ``xlsx`` for a PDF or a workbook beside each page.
    evidence
        ``popover``: a figure's picture opens where the figure stands; ``appendix``: all pictures
        stand open at the end too, and are printed.
    notebook
        The notebook that makes a report; None for the one of this project.
    jobs
        Number of processes; 0 starts a Jupyter kernel for each report.
    cluster
        Address of a Dask scheduler whose workers make the reports instead.
    force
        Make every report again, even if unchanged.
    limits
        Time and memory for each report.
    watch
        Shows the progress.

    Returns
    -------
    Rendering
        A report that failed stops no other.

    Raises
    ------
    UsageError
        There is no such department, scope, year, kind, language, unit, format or notebook, ``out``
        can't be written, or another run is writing it.
    """
    out, say = Path(out), Labels(lang, unit)
    work = tasks(dataset, department, scope, year, kind)
    _check_format(format)
    if evidence not in EVIDENCE:
        raise UsageError(
            f"there is no evidence '{evidence}'", remedy=f"take {' or '.join(EVIDENCE)}"
        )
    check_folder(out)
    journal = Journal(out)
    with journal.lock():
        limits = limits or Limits()
        path = Path(notebook) if notebook else NOTEBOOK
        options = ReportOptions(
            lang,
            _read(path),
            path.name,
            limits.seconds,
            in_process=jobs != 0,
            pdf=format == "pdf",
            xlsx=format == "xlsx",
            unit=unit,
            appendix=evidence == "appendix",
        )
        claim(out, [INDEX, NOTE, *(name for report in work for name in _files_of(report))])
        run = _ReportRun(dataset, out, journal, options, watch)
        made, known = frozenset(report.file for report in work), tasks(dataset)
        family: dict[str, list[ReportTask]] = {}
        for one in known:
            family.setdefault(one.department, []).append(one)
        run.ways = {
            report.file: ways_from(report, family[report.department], made, out, say)
            for report in work
        }
        run.make(work, limits, jobs=jobs, cluster=cluster, force=force)
        lines = [run.lines[report.file] for report in work]
        write_index(dataset, out, lines, known, say)
        problems = {line.file: line.problem for line in lines if line.problem}
        counts = {"reports": len(work), "made": run.done, "kept": run.kept}
        summary = run.summarise("report", counts, problems)
    return Rendering(
        out / INDEX, len(work) - len(problems), len(problems), problems, run.kept, summary
    )


def _check_format(format: str) -> None:
    if format not in FORMATS:
        raise UsageError(f"there is no format '{format}'", remedy=f"take {' or '.join(FORMATS)}")
    if format == "pdf":
        chromium()


def _read(notebook: Path) -> bytes:
    if not notebook.is_file():
        raise UsageError("there is no such notebook", file=notebook)
    return notebook.read_bytes()


def tasks(
    dataset: DatasetReader,
    department: str | None = None,
    scope: str | None = None,
    year: int | None = None,
    kind: str | None = None,
) -> list[ReportTask]:
    """List the reports of a dataset, each with a unique file name.

    Parameters
    ----------
    dataset
        As returned by ``read_dataset``.
    department, scope, year, kind
        Only reports of these, where given.

    Returns
    -------
    list of ReportTask
        In the order of the dataset.

    Raises
    ------
    UsageError
        There is no such department, scope, year or kind.
    """
    chosen = set(choose_keys(dataset, department, year, scope, kind))
    documents = documents_by_key(dataset)
    seen: Counter[str] = Counter([Path(INDEX).stem])
    result = []
    # Named among all of them, so that a report has the same name whichever are asked for.
    for key in keys(dataset):
        name = _name(documents[key])
        seen[name.lower()] += 1
        count = seen[name.lower()]
        if key in chosen:
            file = f"{name}.html" if count == 1 else f"{name}~{count}.html"
            result.append(ReportTask(*key, file))
    return result


def _name(documents: list[Row]) -> str:
    """Name a report's file after the document that holds the tables."""
    order = sorted(documents, key=lambda row: (row["status"] != "ok", row["document"]))
    tabled = [row for row in order if row["n_tables"]]
    document = (tabled or order)[0]["document"]
    return cut_name(_NOT_IN_NAME.sub("_", text(document))[:120])


def _files_of(report: ReportTask) -> tuple[str, str, str, str]:
    """Names of a report's page, its PDF, its workbook, and its notebook where it failed."""
    stem = report.file.removesuffix(".html")
    return report.file, f"{stem}.pdf", f"{stem}.xlsx", f"{FAILED}/{stem}.ipynb"


class _ReportRun(ResumableRun[ReportTask]):
    preload = ("budgetkit.report.prepare:prepare",)

    def __init__(
        self,
        dataset: DatasetReader,
        out: Path,
        journal: Journal,
        options: ReportOptions,
        watch: Watch | None,
    ) -> None:
        super().__init__(journal, watch)
        self._dataset, self._out, self._options = dataset, out, options
        self._documents = documents_by_key(dataset)
        self._subsets = Subsets(dataset, Path(journal.place) / "parts")
        self._rows = self._subsets.digests(journal)
        self.lines: dict[str, IndexLine] = {}
        self.ways: dict[str, tuple[tuple[str, str], ...]] = {}

    def make(
        self, work: list[ReportTask], limits: Limits, *, jobs: int, cluster: str | None, force: bool
    ) -> None:
        """Make the reports that are missing or out of date."""
        seconds = limits.seconds + GRACE if limits.seconds else 0
        hard = replace(limits, seconds=seconds, tasks_per_worker=1)
        self.run(work, limits=hard, jobs=jobs, cluster=cluster, force=force)
        self._subsets.clear()
        if len(work) > 1:
            self.journal.sweep({self._key(report) for report in work})

    def _key(self, report: ReportTask) -> str:
        options = self._options
        return digest(
            self._rows[report.department], report.department, report.scope, report.year,
            report.kind, report.file, options.lang, options.unit, options.pdf,
            options.xlsx, options.appendix, sorted(self._links(report).items()),
            self.ways.get(report.file, ()),
            hashlib.sha256(options.notebook).hexdigest(), code_digest(),
        )  # fmt: skip

    def _title(self, report: ReportTask) -> str:
        final = " (final account)" if report.kind == FINAL_ACCOUNT else ""
        return f"{report.department} {report.year}{final}"

    def _is_done(self, report: ReportTask) -> bool:
        """Whether an earlier run made it, and its files are still as that run wrote them."""
        entry = self.journal.get(self._key(report))
        if entry is None:
            return False
        kept = json.loads(entry)
        for name, written in kept["files"].items():
            path = self._out / name
            if not path.is_file() or sha256_of(path) != written:
                return False
        self.lines[report.file] = IndexLine(**kept["line"])
        return True

    def _task(self, report: ReportTask, with_files: bool) -> Task:
        folder = self._subsets.write(report.department, self._rows[report.department])
        subset = pack_subset(folder) if with_files else str(folder)
        ways = self.ways.get(report.file, ())
        given = (subset, report, self._options, self._links(report), ways)
        return Task(report.file, make, given)

    def _links(self, report: ReportTask) -> dict[str, str]:
        """Addresses of the department's PDFs, seen from the folder of the reports."""
        return pdf_links(self._dataset, self._subsets.documents[report.department], self._out)

    def _keep(self, report: ReportTask, outcome: Outcome) -> str:
        failure, allowed = outcome.failure, self._options.seconds
        if failure == too_slow(allowed + GRACE):
            failure = too_slow(allowed)  # as the user gave it
        made: MadeReport = outcome.value or MadeReport(failure)
        _, pdf, xlsx, notebook = _files_of(report)
        written = {}
        for name, content in (
            (report.file, made.page), (pdf, made.pdf), (xlsx, made.xlsx), (notebook, made.notebook)
        ):  # fmt: skip
            if content is None:
                # A page of an earlier run must not be taken for one of this run.
                (self._out / name).unlink(missing_ok=True)
                continue
            write_aside(self._out / name, content)
            written[name] = hashlib.sha256(content).hexdigest()
        line = IndexLine(
            report.department, report.scope, report.year, report.file, made.problem,
            kind=report.kind, notebook=notebook if made.notebook else "",
            pdf=pdf if made.pdf else "", xlsx=xlsx if made.xlsx else "",
            **(made.row or self._known(report)),
        )  # fmt: skip
        self.lines[report.file] = line
        if not made.problem:
            kept = {"files": written, "line": asdict(line)}
            self.journal.put(self._key(report), json.dumps(kept).encode())
        return made.problem

    def _known(self, report: ReportTask) -> dict[str, Any]:
        """What the index shows of a report whose process was ended."""
        rows = self._documents[report.key]
        return {"region": next((str(row["region"]) for row in rows if row["region"]), "")}
