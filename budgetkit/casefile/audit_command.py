"""An audit as a command: what is listed, what answers keep quiet, what is written beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetkit.casefile.case_file import documents_of
from budgetkit.casefile.second_look import doubt, doubt_in_dataset, look_again
from budgetkit.casefile.write_case import check_format, take_answers, write_case_file
from budgetkit.checks.audit.annotate import annotate
from budgetkit.checks.audit.checks_table import ORDER
from budgetkit.checks.audit.listing import cause_line, count_line, finding_lines
from budgetkit.checks.audit.run import write_checks
from budgetkit.errors import UsageError
from budgetkit.extraction.ocr.recogniser import require_recogniser
from budgetkit.render.labels import Labels
from budgetkit.storage.answers import heard, read_answers
from budgetkit.storage.findings import by_cause, comparisons
from budgetkit.storage.records import text

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of an audit.

    Attributes
    ----------
    department : str or None
        Whose findings alone; None for all.
    format : str or None
        Of a case file.
    out, answers, annotate : Path or None
        Where the case file goes, answers that came back, the folder of marked copies.
    lang : str
        ``zh`` or ``en``.
    everything : bool
        Whether to list what was rounded or skipped, too.
    password : str or None
        Of encrypted PDFs.
    verify : bool
        Whether to look at the picture of each figure before it is accused.
    passed : bool
        Whether ``checks`` is to list every comparison that agrees.
    """

    department: str | None = None
    format: str | None = None
    out: Path | None = None
    answers: Path | None = None
    annotate: Path | None = None
    lang: str = "zh"
    everything: bool = False
    password: str | None = None
    verify: bool = False
    passed: bool = False


class Done(NamedTuple):
    """The lines to print, and the number of failures that are not answered away."""

    lines: list[str]
    fails: int


def audit_lines(
    dataset: DatasetReader, wanted: Wanted, *, jobs: int = 1, cluster: str | None = None
) -> Done:
    """Audit a dataset, and say what was found.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    wanted
        What to list and to write.
    jobs
        Processes.
    cluster
        Address of a Dask scheduler whose workers check instead.

    Returns
    -------
    Done

    Raises
    ------
    UsageError
        Something wanted does not exist, or can't be written.
    """
    lang = Labels(wanted.lang).lang
    chosen = _documents(dataset, wanted)
    lines = []
    if wanted.answers:
        lines.append(_taken(take_answers(dataset, wanted.answers), lang))
    answers = read_answers(dataset)
    listed = ["fail"]  # what is not shown is not in memory either
    listed += ["rounding"] if wanted.everything or wanted.annotate else []
    listed += ["skipped"] if wanted.everything else []
    done = write_checks(dataset, jobs=jobs, statuses=listed, passed=wanted.passed, cluster=cluster)
    found = done.rows
    if wanted.verify:
        facts = {text(row[name]) for row in found if row["status"] == "fail"
                 for name in ("fact_id", "other_fact_id")} - {""}  # fmt: skip
        seen = look_again(dataset, facts, password=wanted.password)
        if seen:
            doubt_in_dataset(dataset, seen)
            found = [doubt(row, seen) if row["status"] == "fail" else row for row in found]
    rows = [row for row in found if chosen is None or row["document"] in chosen]
    loud, quiet = heard(rows, answers)
    lines += finding_lines(loud, lang, wanted.everything)
    fails = sum(row["status"] == "fail" for row in loud)
    if fails:
        lines.append(cause_line(loud, lang))
    if quiet:
        lines.append(_quiet(len(by_cause(quiet)), lang))
    lines.append(count_line(_counts(dataset, done.counts, chosen), lang))
    if wanted.annotate:
        problems: list[str] = []
        marked = annotate(
            dataset, loud, wanted.annotate,
            lang=lang, password=wanted.password, problems=problems,
        )  # fmt: skip
        lines += [*map(str, marked), *problems]
    if wanted.format:
        path = write_case_file(
            dataset, wanted.department, wanted.format,
            out=wanted.out, lang=lang, password=wanted.password,
        )  # fmt: skip
        lines.append(str(path))
    return Done(lines, fails)


def _documents(dataset: DatasetReader, wanted: Wanted) -> set[str] | None:
    """Ids of the documents that are listed; None for all.  Wrong use is told before the work."""
    if wanted.format:
        check_format(wanted.format)
    elif wanted.out:
        raise UsageError("--out needs --format", remedy="add --format docx, html or xlsx")
    if wanted.verify:
        require_recogniser()
    if wanted.department is None and not wanted.format:
        return None
    return {text(row["document"]) for row in documents_of(dataset, wanted.department)}


def _counts(
    dataset: DatasetReader, counts: dict[str, int], chosen: set[str] | None
) -> dict[str, int]:
    if chosen is None:
        return counts
    rows: list[dict[str, Any]] = dataset.by_document("checks").rows(sorted(chosen))
    own = comparisons(rows)
    return {status: own[status] for status in ORDER}


def _quiet(n: int, lang: str) -> str:
    if lang == "zh":
        return f"另有{n}个问题已答复为不属实或识别错误（answers.csv），不再列出"
    return f"{n} more were answered as refuted or the reader's error (answers.csv)"


def _taken(n: int, lang: str) -> str:
    return f"已导入{n}条答复" if lang == "zh" else f"{n} answers were taken over"
