"""The game for twenty students: all different, found on the pages alone, and the audit says so."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import budgetkit as bk
from tests.conftest import RunCli

STUDENTS, ERRORS = 20, 3
Row = dict[str, str]


def plain(text: str) -> str:
    """What is printed, without blanks and separators."""
    return re.sub(r"[\s,，]", "", text)


def key_of(folder: Path) -> dict[str, list[Row]]:
    """The errors of each student."""
    found: dict[str, list[Row]] = defaultdict(list)
    with (folder / "key.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["student"]].append(row)
    return found


def is_told(error: Row, failing: Any) -> bool:
    """Whether a finding of the audit is about the cell of an error, its line, or its form."""
    quoted = failing["message_zh"].map(plain).str.contains(plain(error["printed"]), regex=False)
    same_line = failing["code"].fillna("") == error["code"]
    same_page = failing["page"].eq(int(error["page"])).fillna(False)
    of_table = failing["table"].fillna("") == error["table_id"]
    # Weights are a table of their own, and speak of their form by its project.
    weights = (failing["table"] == "indicators") & (failing["code"] == error["project"])
    of_form = weights.fillna(False) & same_page & (error["measure"] == "weight")
    return bool((quoted | of_form | (of_table & (same_line | same_page))).any())


def check_class(folder: Path) -> None:
    """Hold the key against the pages and the audit of each student's copy."""
    key = key_of(folder)
    assert {student: len(errors) for student, errors in key.items()} == {
        f"student-{number + 1:02}": ERRORS for number in range(STUDENTS)
    }
    alike = {
        frozenset((one["document"], one["page"], one["row"], one["column"], one["printed"])
                  for one in errors)
        for errors in key.values()
    }  # fmt: skip
    assert len(alike) == STUDENTS
    for student, errors in key.items():
        pdf = pypdfium2.PdfDocument(folder / errors[0]["file"])
        found = bk.audit(folder / student / "dataset")
        failing = found[found["status"] == "fail"]
        for error in errors:
            page = pdf[int(error["page"]) - 1].get_textpage().get_text_range()
            assert plain(error["printed"]) in plain(page), error
            assert is_told(error, failing), error
        pdf.close()


@pytest.mark.slow
def test_twenty_students_get_twenty_budgets_whose_errors_are_on_their_pages(
    run_cli: RunCli, tmp_path: Path
) -> None:
    done = run_cli("plant", "--students", "20", "--seed", "7", "--out", tmp_path / "class")
    assert done.returncode == 0, done.stderr
    check_class(tmp_path / "class")
