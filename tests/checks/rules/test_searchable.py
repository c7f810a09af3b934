"""Disclosures that can't be searched: pictures, scans, locked files."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from budgetkit.checks.audit.catalogue import OF_FAILED, run_checks
from budgetkit.checks.audit.checks_table import checks_of
from budgetkit.checks.case import Case, cases_of
from budgetkit.errors import UnreadableDocument
from budgetkit.extraction.document import read_file
from budgetkit.extraction.pdf.problems import ENCRYPTED, LOCKED, NO_TEXT_LAYER, NOT_TEXT
from budgetkit.schema import TABLES
from tests.helpers.cases import case, fact, fails


def failed(error: str) -> dict[str, Any]:
    row = dict.fromkeys(field.name for field in TABLES["documents"])
    return row | {"document": "d", "status": "failed", "error": error, "n_tables": 0}


def case_of(error: str) -> Case:
    (one,) = cases_of(defaultdict(list, documents=[failed(error)]))
    return one


def test_figures_that_are_pictures_cannot_be_searched() -> None:
    row = fact("expenditure", "total", "5.00")
    assert not fails(case(facts=[row]), "disclosure-searchable")
    (found,) = fails(case(facts=[row | {"certainty": "recognised"}]), "disclosure-searchable")
    assert found.words["pages"] == "1"


@pytest.mark.parametrize("why", NOT_TEXT)
def test_a_page_that_was_not_read_since_it_is_drawn_cannot_be_searched(why: str) -> None:
    page = {"document": "d", "page": 7, "not_read": f"stands on a page that was not read: {why}"}
    (found,) = fails(case(pages=[page]), "disclosure-searchable")
    assert found.words["pages"] == "7"
    unclear = page | {"not_read": "stands on a page that was not read: its columns are not clear"}
    assert not fails(case(pages=[unclear]), "disclosure-searchable")


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (f"{NO_TEXT_LAYER}: its 3 pages are pictures (a scan)", "searchable-scan"),
        (LOCKED, "searchable-locked"),
        (f"{ENCRYPTED}; give the password", "searchable-encrypted"),
        ("is damaged or cut off", "skipped-failed"),
    ],
)
def test_a_file_that_failed_is_a_finding_where_it_cannot_be_searched(
    problem: str, message: str
) -> None:
    ((check, found),) = run_checks(case_of(problem))
    assert (check.id, found.message) == (OF_FAILED, message)
    assert found.status == ("skipped" if message.startswith("skipped") else "fail")


def test_it_is_a_row_of_checks_without_a_department() -> None:
    (row,) = checks_of([case_of(LOCKED)]).to_pylist()
    assert (row["document"], row["department"], row["status"]) == ("d", None, "fail")
    assert row["message_zh"]


def test_a_locked_file_is_told_by_what_its_reader_says(tmp_path: Path, corpus: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(corpus / "changji-kjj-2025.pdf") as pdf:
        rights = pikepdf.Permissions(extract=False)
        pdf.save(locked, encryption=pikepdf.Encryption(owner="owner", user="", allow=rights))
    with pytest.raises(UnreadableDocument) as problem:
        read_file(locked)
    ((_, found),) = run_checks(case_of(str(problem.value)))
    assert found.message == "searchable-locked"
