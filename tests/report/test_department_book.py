"""The workbook of a report: the amounts of the page, with links to the pages that print them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

import budgetkit as bk
from budgetkit.report.department_book import department_book
from budgetkit.report.view import View, view
from tests.helpers.truth import amount, truth

LINKS = {"yunting-jyj-2025": "../my%20files/yunting-jyj-2025.pdf"}


@pytest.fixture(scope="module")
def education(sample_dataset: Path) -> View:
    told = truth("yunting-jyj-2025")
    return view(bk.read_dataset(sample_dataset), told["department"], "department", 2025, lang="en")


@pytest.fixture(scope="module")
def book(education: View) -> Workbook:
    return load_workbook(io.BytesIO(department_book(education, LINKS)))


def test_amounts_stand_beside_those_of_the_year_before(book: Workbook) -> None:
    lines = list(book["Amounts"].iter_rows(min_row=2, values_only=True))
    (line,) = (line for line in lines if line[1] == "205")
    now, then = (
        amount(f"yunting-jyj-{year}", "expenditure", "total", code="205") for year in (2025, 2024)
    )
    millions = (now / 100, then / 100)
    assert line[2:5] == ("Education", *map(pytest.approx, millions))
    assert line[5:7] == (pytest.approx((now - then) / 100), pytest.approx((now - then) / then))


def test_it_says_whose_it_is_and_that_it_is_invented(book: Workbook, education: View) -> None:
    told = dict(book["About"].iter_rows(min_row=2, values_only=True))
    assert told["Department"] == (
        "Education Bureau of Yunting Autonomous Prefecture (云汀自治州教育局)"
    )
    assert told["Notice of the document"]
    issues = [line[1] for line in book["About"].iter_rows(min_row=2, values_only=True)
              if line[0] == "To be aware of"]  # fmt: skip
    assert issues == [one.words(education.say) for one in education.issues]


def test_what_is_not_there_is_empty_and_says_why(book: Workbook) -> None:
    lines = list(book["Amounts"].iter_rows(min_row=2, values_only=True))
    (line,) = (line for line in lines if line[2] == "Reserve")
    assert line[3:9] == (None,) * 6
    assert line[9] == "not disclosed"


def test_pages_are_links_where_the_pdf_is_at_hand(book: Workbook) -> None:
    cells = {cell.value: cell for cell in book["Sources"]["A"][1:]}
    assert cells["yunting-jyj-2025"].hyperlink.target == LINKS["yunting-jyj-2025"]
    assert cells["yunting-jyj-2024"].hyperlink is None
    page = book["Amounts"]["L2"]
    assert page.hyperlink.target == f"{LINKS['yunting-jyj-2025']}#page={page.value}"


def test_people_are_those_of_the_disclosure(book: Workbook) -> None:
    staff = truth("yunting-jyj-2025")["staff"]
    counts = [line[1] for line in book["People"].iter_rows(min_row=2, values_only=True)]
    assert counts[0] == staff["authorized"]
    assert staff["active"] in counts


def test_the_same_report_gives_the_same_bytes(education: View) -> None:
    assert department_book(education, {}) == department_book(education, {})
