"""What people answered to the findings of an audit: ``answers.csv`` in a dataset's folder.

An answer belongs to what a document prints, not to a row of ``checks``: the id of a finding is made
of the department, year, scope and kind of its document, the check, table, code and column, and the
figures compared.  So answers outlive a new extraction, and end where the document changes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetkit.errors import UsageError
from budgetkit.storage.atomic import write_aside
from budgetkit.storage.records import records, text
from budgetkit.storage.spreadsheet import as_text
from budgetkit.storage.write import ANSWERS

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

Row = Mapping[str, Any]
#: Its columns: the first three count, the others tell a person what the line is about.
COLUMNS = (
    "finding", "answer", "reason", "department", "scope", "year", "check", "document", "page",
    "message",
)  # fmt: skip
#: The finding is right; it is wrong, for a reason; the program misread the document.
ACCEPTED, REFUTED, READER_ERROR = "accepted", "refuted", "reader_error"
#: What a person may write.
WORDS = {
    ACCEPTED: ACCEPTED, "属实": ACCEPTED,
    REFUTED: REFUTED, "不属实": REFUTED,
    READER_ERROR: READER_ERROR, "reader's error": READER_ERROR, "reader error": READER_ERROR,
    "识别错误": READER_ERROR, "识别有误": READER_ERROR,
}  # fmt: skip
#: Findings with these answers are not raised again.
QUIET = (REFUTED, READER_ERROR)
#: The status of rows that can be answered.
FAIL = "fail"
#: Digits after the point (万元) in which amounts are the same print; hexadecimal digits of an id.
DIGITS, ID_DIGITS = 6, 10
_KEY = ("department", "scope", "year", "check", "table", "section", "code", "measure")
_QUOTED = re.compile(r"“([^”]*)”")


class Answer(NamedTuple):
    """An answer to the findings of one cause.

    Attributes
    ----------
    findings : tuple of str
        Their ids.
    answer : str
        ``accepted``, ``refuted`` or ``reader_error``; empty where nobody answered yet.
    reason : str
        Given with it.
    about : tuple of str
        The other columns of its line.
    """

    findings: tuple[str, ...]
    answer: str
    reason: str
    about: tuple[str, ...] = ()


def finding_id(row: Row, kind: str) -> str:
    """Name a finding by what it is about, whatever row or file it stands in.

    Parameters
    ----------
    row
        Of ``checks``.
    kind
        Of its document: ``budget`` or ``final_account``.

    Returns
    -------
    str
        The check and ten hexadecimal digits.

    Examples
    --------
    >>> row = {"department": "某局", "scope": "unit", "year": 2025, "check": "staffing-total",
    ...        "expected": 25.0, "found": 24.0, "page": 3, "message_zh": "25人与24人不一致"}
    >>> finding_id(row, "budget") == finding_id(row | {"page": 4, "document": "b"}, "budget")
    True
    >>> finding_id(row, "budget") == finding_id(row | {"found": 23.0}, "budget")
    False
    """
    figures = [row.get("expected"), row.get("found")]
    printed = [f"{float(one):.{DIGITS}f}" for one in figures if one is not None and one == one]
    if len(printed) < len(figures):  # of a text: the words that it quotes
        printed += _QUOTED.findall(text(row.get("message_zh")))
    key = "\x1f".join([kind, *(text(row.get(name)) for name in _KEY), *printed])
    digest = hashlib.sha256(key.encode()).hexdigest()[:ID_DIGITS]
    return f"{text(row.get('check'))}-{digest}"


class Answers:
    """The answers to the findings of a dataset, by finding.

    Parameters
    ----------
    answers
        Later ones replace earlier ones to the same finding.
    kinds
        Kind of each document.
    """

    def __init__(self, answers: Iterable[Answer], kinds: Mapping[str, str]) -> None:
        self.answers = tuple(answers)
        self._kinds = kinds
        self._by_id = {id: one for one in self.answers if one.answer for id in one.findings}

    def of(self, department: str) -> list[Answer]:
        """Return the answers to findings of a department, and those that name none."""
        at = COLUMNS[3:].index("department")
        return [one for one in self.answers if not any(one.about[at:at + 1])
                or one.about[at] == department]  # fmt: skip

    def id_of(self, row: Row) -> str:
        """Return the id of a row of ``checks``."""
        return finding_id(row, self._kinds.get(text(row.get("document")), ""))

    def to(self, row: Row) -> Answer | None:
        """Return the answer to a row of ``checks``; None where there is none."""
        return self._by_id.get(self.id_of(row)) if self._by_id else None

    def is_quiet(self, row: Row) -> bool:
        """Whether a row of ``checks`` was refuted, or is an error of the program."""
        answer = self.to(row)
        return answer is not None and answer.answer in QUIET


class Heard(NamedTuple):
    """Rows of ``checks`` that stand, and failures that an answer keeps quiet."""

    standing: list[Row]
    quiet: list[Row]


def heard(rows: Iterable[Row], answers: Answers) -> Heard:
    """Set aside the failures that were answered as refuted or as an error of the program.

    Parameters
    ----------
    rows
        Of ``checks``, of any status.
    answers
        Of their dataset.

    Returns
    -------
    Heard
        Both in their order.  Whatever shows findings takes them from here.

    Examples
    --------
    >>> row = {"document": "a", "check": "c", "status": "fail", "expected": 1.0, "found": 2.0}
    >>> told = Answers([Answer((finding_id(row, "budget"),), "refuted", "why")], {"a": "budget"})
    >>> [len(part) for part in heard([row, row | {"found": 3.0}], told)]
    [1, 1]
    """
    found = Heard([], [])
    for row in rows:
        is_quiet = row["status"] == FAIL and answers.is_quiet(row)
        (found.quiet if is_quiet else found.standing).append(row)
    return found


def standing_checks(dataset: DatasetReader) -> pd.DataFrame:
    """Return what the last audit found, without the failures that ``answers.csv`` keeps quiet.

    Returns
    -------
    pandas.DataFrame
        Rows of ``dataset.checks()``, in their order.

    Raises
    ------
    UsageError
        The dataset was not audited yet, or its answers can't be read.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> checks = ds.checks() if ds.audited else bk.audit(ds)
    >>> len(ds.standing_checks()) == len(checks)
    True
    """
    checks = dataset.checks()
    answers = read_answers(dataset)
    failed = checks[(checks["status"] == FAIL).fillna(False)]
    quiet = [at for at, row in zip(failed.index, records(failed), strict=True)
             if answers.is_quiet(row)]  # fmt: skip
    return checks.drop(index=quiet)


def read_answers(dataset: DatasetReader) -> Answers:
    """Read the answers of a dataset.

    Raises
    ------
    UsageError
        A line has no known answer, or refutes without a reason.
    """
    documents = dataset.documents
    kinds = dict(zip(documents["document"], documents["kind"].map(text), strict=True))
    path = dataset.folder / ANSWERS
    return Answers(read_file(path) if path.is_file() else (), kinds)


def read_file(path: Path) -> list[Answer]:
    """Read a file of answers, as written by the program or saved by a spreadsheet.

    Raises
    ------
    UsageError
        It lacks a column, a line has no known answer, or it refutes without a reason.
    """
    raw = path.read_bytes()
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:  # as Chinese spreadsheets save it
        content = raw.decode("gb18030", errors="replace")
    return parse(list(csv.reader(io.StringIO(content))), path)


def parse(lines: Sequence[Sequence[str]], path: Path) -> list[Answer]:
    """Read lines of answers.

    Parameters
    ----------
    lines
        The first one names the columns.
    path
        Named in errors.

    Returns
    -------
    list of Answer
        Empty lines left out.

    Raises
    ------
    UsageError
        A column is missing, an answer unknown, or a reason not given.
    """
    header = [name.strip() for name in lines[0]] if lines else []
    missing = [name for name in COLUMNS[:3] if name not in header]
    if missing:
        raise UsageError(
            f"has no column '{missing[0]}'", file=path, remedy=f"it needs {', '.join(COLUMNS[:3])}"
        )
    found = []
    for number, line in enumerate(lines[1:], start=2):
        cells = dict(zip(header, (cell.strip() for cell in line), strict=False))
        findings = tuple(cells.get("finding", "").split())
        if not findings:
            continue
        said, reason = cells.get("answer", ""), cells.get("reason", "")
        answer = WORDS.get(said.lower(), "")
        if said and not answer:
            raise UsageError(
                f"line {number} has the answer '{said}'",
                file=path,
                remedy="write accepted (属实), refuted (不属实) or reader_error (识别错误)",
            )
        if answer == REFUTED and not reason:
            raise UsageError(
                f"line {number} refutes a finding without a reason",
                file=path,
                remedy="write it in the column 'reason'",
            )
        about = tuple(cells.get(name, "") for name in COLUMNS[3:])
        found.append(Answer(findings, answer, reason, about))
    return found


def write_answers(folder: Path, answers: Iterable[Answer]) -> Path:
    """Write the answers of a dataset: UTF-8 with its mark.

    Parameters
    ----------
    folder
        Of the dataset.
    answers
        In their order; those without an answer are lines to fill in.

    Returns
    -------
    Path

    Raises
    ------
    UsageError
        The folder can't be written.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in answers:
        about = one.about or ("",) * len(COLUMNS[3:])
        writer.writerow([" ".join(one.findings), one.answer, *map(as_text, (one.reason, *about))])
    path = folder / ANSWERS
    try:
        write_aside(path, out.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"can't be written ({error.strerror or error})", file=path) from error
    return path


def merged(old: Iterable[Answer], new: Iterable[Answer]) -> list[Answer]:
    """Add lines to answers: an answered line is never lost, an empty one gives way to a new one.

    Parameters
    ----------
    old, new
        Lines of answers.

    Returns
    -------
    list of Answer
        The answered old ones that no new answer replaces, then the new ones.
    """
    fresh = list(new)
    replaced = {id for one in fresh if one.answer for id in one.findings}
    kept = [one for one in old if one.answer and not replaced.issuperset(one.findings)]
    known = {id for one in kept for id in one.findings}
    listed = {id for one in fresh for id in one.findings}
    blank = [one for one in old if not one.answer and listed.isdisjoint(one.findings)]
    return [*kept, *(one for one in fresh if one.answer or not known.issuperset(one.findings)),
            *blank]  # fmt: skip
