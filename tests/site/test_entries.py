"""What a site says of each disclosure."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.report.render_reports import tasks
from budgetkit.site.entries import Entry, entries, without_report
from tests.helpers.truth import amount, truth

NAME = "yunting-jyj-2025"


@pytest.fixture(scope="module")
def found(sample_dataset: Path) -> dict[str, Entry]:
    dataset = bk.read_dataset(sample_dataset)
    problems = {"yunting-sjj-2025.html": "cell 4 stopped"}
    every = tasks(dataset)
    rows = entries(dataset, every, problems, "zh")
    return {task.file.removesuffix(".html"): row for task, row in zip(every, rows, strict=True)}


def test_the_key_figures_are_those_of_the_document(found: dict[str, Entry]) -> None:
    row, told = found[NAME], truth(NAME)
    assert row.expenditure is not None
    assert row.expenditure.value == amount(NAME, "expenditure", "total", code="total")
    assert row.expenditure.note == ""
    assert row.people == told["staff"]["active"]
    assert (row.key.department, row.key.year) == (told["department"], told["year"])
    assert (row.level, row.region, row.status) == ("city", "云汀自治州", "ok")


def test_projects_come_the_largest_first(found: dict[str, Entry]) -> None:
    sizes = [size for row in found.values() for _, size in row.projects if size is not None]
    own = [size for _, size in found[NAME].projects if size is not None]
    assert sizes
    assert own == sorted(own, reverse=True)


def test_a_report_that_failed_has_no_link_and_says_why(found: dict[str, Entry]) -> None:
    row = found["yunting-sjj-2025"]
    assert (row.file, row.status, row.note) == ("", "failed", "“cell 4 stopped”")


def test_its_documents_are_listed_with_the_reason(sample_dataset: Path) -> None:
    dataset = bk.read_dataset(sample_dataset)
    problems = {"yunting-sjj-2025.html": "cell 4 stopped"}
    found = without_report(dataset, tasks(dataset), problems, "zh")
    assert [(one.source, one.reason) for one in found] == [
        ("yunting-sjj-2025.pdf", "“cell 4 stopped”")
    ]


def test_what_is_not_disclosed_is_none(found: dict[str, Entry]) -> None:
    row = found["yunting-wjw-2025"]
    assert (row.people, row.per_head) == (None, None)
