"""Writes the case file of a department, and the lines of ``answers.csv`` that it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.casefile.as_docx import as_docx
from budgetkit.casefile.as_html import as_html
from budgetkit.casefile.as_xlsx import as_xlsx, read_xlsx
from budgetkit.casefile.case_file import CaseFile, documents_of, make_case_file
from budgetkit.casefile.case_words import CaseWords
from budgetkit.errors import UsageError
from budgetkit.storage.answers import (
    Answer,
    merged,
    read_answers,
    read_file,
    write_answers,
)
from budgetkit.storage.atomic import write_aside
from budgetkit.storage.own_folder import check_folder
from budgetkit.storage.records import text

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader

#: How each form of a case file is written.
FORMATS: dict[str, Callable[[CaseFile, CaseWords], bytes]] = {
    "docx": as_docx,
    "html": as_html,
    "xlsx": as_xlsx,
}
#: What may not stand in the name of a file.
_UNSAFE = re.compile(r"[\\/:*?\"<>|\s\x00-\x1f]+")


def check_format(form: str) -> None:
    """Raise a ``UsageError`` for a form that there is not."""
    if form not in FORMATS:
        raise UsageError(f"there is no format '{form}'", remedy=f"take {' or '.join(FORMATS)}")


def write_case_file(
    dataset: DatasetReader,
    department: str | None,
    form: str,
    *,
    out: str | Path | None = None,
    lang: str = "zh",
    password: str | None = None,
) -> Path:
    """Write the findings of one department as a file that a person can send.

    Parameters
    ----------
    dataset
        That was audited.
    department
        Its name as printed; None where the dataset holds one alone.
    form
        ``docx``, ``html`` or ``xlsx``.
    out
        File, or folder for it; by default the current folder.
    lang
        ``zh`` or ``en``.
    password
        Of encrypted PDFs.

    Returns
    -------
    Path
        The file.  A line for each finding stands in ``answers.csv`` of the dataset.

    Raises
    ------
    UsageError
        There is no such department, form or language, the dataset was not audited, or a file
        can't be written.
    """
    say = CaseWords(lang)
    check_format(form)
    documents = documents_of(dataset, department)
    dataset.checks()  # says so where it was not audited
    answers = read_answers(dataset)
    case = make_case_file(dataset, documents, answers, say, password=password)
    path = _target(out, f"{_UNSAFE.sub('-', case.department)}.{form}", form)
    check_folder(path.parent)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_aside(path, FORMATS[form](case, say))
    except OSError as error:
        raise UsageError(f"can't be written ({error.strerror or error})", file=path) from error
    write_answers(dataset.folder, merged(answers.answers, _lines(case, dataset)))
    return path


def _target(out: str | Path | None, name: str, form: str) -> Path:
    path = Path(out or ".")
    return path if path.suffix.lower() == f".{form}" else path / name


def _lines(case: CaseFile, dataset: DatasetReader) -> Iterable[Answer]:
    """Lines of ``answers.csv`` to fill in."""
    scopes = {text(row["document"]): text(row["scope"]) for row in case.documents}
    for query in case.queries:
        page = str(query.shown[0].page) if query.shown else ""
        about = (case.department, scopes[query.document], query.year, query.check,
                 query.document, page, query.message)  # fmt: skip
        yield Answer(query.ids, "", "", about)


def take_answers(dataset: DatasetReader, file: str | Path) -> int:
    """Add the answers of a file that came back to those of a dataset.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    file
        A case file (``.xlsx``) that was filled in, or a file like ``answers.csv``.

    Returns
    -------
    int
        How many answers it holds.

    Raises
    ------
    UsageError
        The file is not there, or holds what is no answer.
    """
    path = Path(file)
    if not path.is_file():
        raise UsageError("there is no such file", file=path)
    found = read_xlsx(path) if path.suffix.lower() == ".xlsx" else read_file(path)
    new = [one for one in found if one.answer]
    old = read_answers(dataset).answers
    about = {id: one.about for one in old for id in one.findings}
    told = [one._replace(about=about.get(one.findings[0], one.about)) for one in new]
    write_answers(dataset.folder, merged(old, told))
    return len(new)
