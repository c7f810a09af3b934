"""The sheets of a class as students filled them in, and the teacher's key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from budgetkit.codelists.own_lists import csv_rows
from budgetkit.errors import UsageError
from budgetkit.plant.key import KEY, SHEET
from budgetkit.plant.write_copies import KEY_FILE

#: What a student fills in; a workbook where a spreadsheet saved one.
SHEETS = ("findings.csv", "findings.xlsx")


@dataclass(frozen=True)
class Line:
    """A line of a sheet, as texts; what was left blank is empty.

    Attributes
    ----------
    student : str
    page, table, row, column, printed, should_be, why : str
        In the order of a sheet.
    """

    student: str
    page: str
    table: str
    row: str
    column: str
    printed: str
    should_be: str
    why: str


@dataclass(frozen=True)
class Sheet:
    """What came back from a student.

    Attributes
    ----------
    student : str
    there : bool
        Whether a sheet lies in the student's folder.
    lines : tuple of Line
        Empty ones left out.
    """

    student: str
    there: bool
    lines: tuple[Line, ...]


def read_key(folder: Path) -> list[dict[str, str]]:
    """Read the teacher's key of a class.

    Raises
    ------
    UsageError
        The folder has none, or it is not one of a class.
    """
    path = folder / KEY_FILE
    if not path.is_file():
        raise UsageError(
            "has no key.csv",
            file=folder,
            remedy="give the folder that 'budgetkit plant --students' wrote",
        )
    rows = [{name: row.get(name) or "" for name in KEY} for row in csv_rows(path)]
    if not all(row["student"] for row in rows):
        raise UsageError(
            "is a key without students",
            file=path,
            remedy="make a class with 'budgetkit plant --students 20'",
        )
    return rows


def read_sheets(folder: Path, students: Sequence[str]) -> list[Sheet]:
    """Read what students filled in.

    Parameters
    ----------
    folder
        Of the class, with a folder for each student.
    students
        Their names, as in the key.

    Returns
    -------
    list of Sheet

    Raises
    ------
    UsageError
        A sheet can't be read.
    """
    found = []
    for student in students:
        path = next((p for name in SHEETS if (p := folder / student / name).is_file()), None)
        lines = tuple(_lines(path, student)) if path else ()
        found.append(Sheet(student, path is not None, lines))
    return found


def _lines(path: Path, student: str) -> Iterator[Line]:
    rows = _workbook(path) if path.suffix == ".xlsx" else csv_rows(path)
    for row in rows:
        values = [(row.get(name) or "").strip() for name in SHEET]
        if any(values):
            yield Line(student, *values[: len(fields(Line)) - 1])


def _workbook(path: Path) -> Iterator[dict[str, str]]:
    from openpyxl import load_workbook

    book = load_workbook(path, data_only=True)
    rows = book.active.iter_rows(values_only=True)
    heads = [str(one or "") for one in next(rows, ())]
    for row in rows:
        texts = ("" if one is None else str(one) for one in row)
        yield dict(zip(heads, texts, strict=False))
