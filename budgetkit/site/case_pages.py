"""The case files of a dataset: a page for each department that the audit found something in.

Each is made in a worker from the department's part of the dataset, and kept in the journal, so
that the next site makes only those whose rows, answers or PDFs have changed.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.casefile.as_html import as_html
from budgetkit.casefile.case_file import CaseFile, Query, documents_of, make_case_file
from budgetkit.casefile.case_words import CaseWords
from budgetkit.disclosure import documents_by_key, known_as
from budgetkit.report.subsets import Subsets, pack_subset, unpack_subset
from budgetkit.storage.answers import QUIET, Answer, Answers, read_answers
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.records import records, text
from budgetkit.work import Limits, Outcome, Task
from budgetkit.work.fingerprint import code_digest
from budgetkit.work.journal import Journal, digest
from budgetkit.work.resumable import ResumableRun

if TYPE_CHECKING:
    from budgetkit.progress import Watch


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of the audit, as the site searches it.

    Attributes
    ----------
    document : str
        Id.
    message : str
        In the language of the site.
    is_certain : bool
        False where a person should look.
    anchor : str
        Of its place in the case file; empty where it was answered.
    """

    document: str
    message: str
    is_certain: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """The case file of a department.

    Attributes
    ----------
    page : bytes
        HTML, as a worker returns it; empty where it could not be made.
    kept : str
        The journal's entry of the page: the pages of all departments are never in memory.
    findings : tuple of Finding
        Without those that an answer refutes.
    problem : str
        Why it could not be made.
    """

    page: bytes = b""
    findings: tuple[Finding, ...] = ()
    problem: str = ""
    kept: str = ""


def case_pages(
    dataset: DatasetReader,
    journal: Journal,
    lang: str,
    *,
    jobs: int,
    cluster: str | None = None,
    watch: Watch | None = None,
) -> dict[str, CasePage]:
    """Make the case file of each department in which the audit found something.

    Parameters
    ----------
    dataset
        That was audited.
    journal
        Of the site; the caller holds its lock.
    lang
        ``zh`` or ``en``.
    jobs
        Number of processes; 0 works in this process.
    cluster
        Address of a Dask scheduler whose workers do the work instead.
    watch
        Shows the progress.

    Returns
    -------
    dict of str to CasePage
        By department, as its newest document prints it.
    """
    run = _CaseRun(dataset, journal, lang, watch)
    run.run(run.departments, limits=Limits(), jobs=jobs, cluster=cluster)
    run.end()
    return dict(sorted(run.pages.items()))


def kept_page(journal: Journal, case: CasePage) -> str:
    """Return the page of a case file.

    Parameters
    ----------
    journal
        As of :func:`case_pages`.
    case
        That could be made.

    Returns
    -------
    str
        HTML.
    """
    return (journal.get(case.kept) or b"").partition(b"\n")[2].decode("utf-8")


def make_case_page(
    subset: str | bytes, department: str, answers: Sequence[Answer], lang: str
) -> CasePage:
    """Make a case file in a worker.

    Parameters
    ----------
    subset
        Folder of the department's part of the dataset; or the folder zipped, as of
        :func:`budgetkit.report.subsets.pack_subset`.
    department
        Its name.
    answers
        To findings of the dataset.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    CasePage
    """
    if isinstance(subset, bytes):
        with tempfile.TemporaryDirectory(prefix="budgetkit-") as scratch:
            folder = unpack_subset(subset, Path(scratch, "part"))
            return make_case_page(str(folder), department, answers, lang)
    dataset, say = DatasetReader(subset), CaseWords(lang)
    kinds = {row["document"]: text(row["kind"]) for row in records(dataset.documents)}
    known = Answers(answers, kinds)
    case = make_case_file(dataset, documents_of(dataset, department), known, say)
    return CasePage(as_html(case, say), tuple(_findings(case)))


def _findings(case: CaseFile) -> Iterable[Finding]:
    for query in case.queries:
        yield _finding(query, query.ids[0])
    for query in case.answered:
        if query.answer not in QUIET:
            yield _finding(query, "")


def _finding(query: Query, anchor: str) -> Finding:
    return Finding(query.document, query.message, query.is_certain, anchor)


class _CaseRun(ResumableRun[str]):
    preload = ("budgetkit.site.case_pages",)

    def __init__(
        self, dataset: DatasetReader, journal: Journal, lang: str, watch: Watch | None
    ) -> None:
        super().__init__(journal, watch)
        self._dataset, self._lang = dataset, lang
        self._subsets = Subsets(dataset, Path(journal.place) / "parts")
        self._rows = self._subsets.digests(journal)
        self._answers = [one for one in read_answers(dataset).answers if one.answer]
        self.departments = _departments(dataset)
        self.pages: dict[str, CasePage] = {}

    def _key(self, department: str) -> str:
        answers = [tuple(one)[:3] for one in self._answers]
        return digest("case", self._rows[department], department, answers, self._lang,
                      code_digest())  # fmt: skip

    def _title(self, department: str) -> str:
        return department

    def _is_done(self, department: str) -> bool:
        key = self._key(department)
        entry = self.journal.get(key)
        if entry is None:
            return False
        told, _, page = entry.partition(b"\n")
        findings = tuple(Finding(**one) for one in json.loads(told))
        self.pages[department] = CasePage(findings=findings, kept=key if page else "")
        return True

    def _task(self, department: str, with_files: bool) -> Task:
        folder = self._subsets.write(department, self._rows[department])
        subset = pack_subset(folder) if with_files else str(folder)
        arguments = (subset, department, self._answers, self._lang)
        return Task(department, make_case_page, arguments)

    def _keep(self, department: str, outcome: Outcome) -> str:
        made: CasePage = outcome.value or CasePage(problem=outcome.failure)
        key = ""
        if not made.problem:
            key = self._key(department)
            told = json.dumps([asdict(one) for one in made.findings]).encode()
            self.journal.put(key, told + b"\n" + made.page)
        self.pages[department] = replace(made, page=b"", kept=key if made.page else "")
        return made.problem

    def end(self) -> None:
        """Remove what no department needs any more."""
        self._subsets.clear()
        self.journal.sweep({self._key(department) for department in self.departments})


def _departments(dataset: DatasetReader) -> list[str]:
    """Departments of the documents that a check fails in."""
    failed = set(dataset.failing()["document"].map(text))
    found = {
        known_as(dataset, key.department)
        for key, rows in documents_by_key(dataset).items()
        if any(text(row["document"]) in failed for row in rows)
    }
    return sorted(found)
