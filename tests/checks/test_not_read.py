"""Where a page was not read, nothing is concluded from what may stand on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from budgetkit.checks.audit.catalogue import catalogue, run_checks
from budgetkit.checks.audit.not_read import RESTS_ON, without_guesses
from budgetkit.checks.case import Case
from budgetkit.checks.finding import Finding
from budgetkit.checks.messages import sentence_of
from budgetkit.geometry import PageBox
from budgetkit.schema import PAGE_NOT_READ
from tests.helpers.cases import PLACE, case, cases_in, fact, rows_of, table
from tests.helpers.hidden_pages import outlined, scanned
from tests.typesetter.corpus import FOLDER

SOURCE = FOLDER / "yunting-jtj-2025.pdf"
#: Its general expenditure table.
PAGE = 9


def _failures(path: Path) -> set[str]:
    (one,) = cases_in(path)
    return {sentence_of(f).zh for _, f in run_checks(one) if f.status == "fail"}


@pytest.mark.parametrize("hide", [scanned, outlined])
@pytest.mark.parametrize("number", [3, PAGE, 13, 24])
def test_no_finding_speaks_of_what_stood_on_a_page_that_was_not_read(
    hide: Callable[[Path, int, Path], Path],
    number: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("budgetkit.extraction.document.is_installed", lambda: False)
    path = hide(SOURCE, number, tmp_path / "hidden.pdf")
    (document,) = rows_of(path)["documents"]
    assert document["status"] == "partial"
    assert document["error"].startswith(f"page {number} was not read: ")
    page = rows_of(path)["pages"][number - 1]
    assert page["n_painted"] == page["n_unmapped"] > 0 == page["n_facts"]
    (one,) = cases_in(path)
    # What is true of the page itself: nobody can search it.
    (drawn,) = (f for check, f in run_checks(one) if check.id == "disclosure-searchable")
    assert (drawn.status, drawn.words["pages"]) == ("fail", str(number))
    assert _failures(path) - {sentence_of(drawn).zh} <= _failures(SOURCE)
    skipped = [sentence_of(f).zh for _, f in run_checks(one) if f.status == "skipped"]
    assert any(f"第 {number} 页没有读出" in sentence for sentence in skipped)


def _unread(page: int, **fields: Any) -> dict[str, Any]:
    row = {"document": "d", "table": None, "text": "", "rule": "", "cause": PAGE_NOT_READ}
    return row | PLACE | {"page": page} | fields


def _statuses(one: Case, finding: Finding, rests_on: str, *needs: str) -> list[str]:
    return [found.status for found in without_guesses(one, [finding], rests_on, needs)]


def _finding(table: str = "expenditure", page: int = 3, status: str = "fail") -> Finding:
    return Finding(status, "equal", table=table, place=PageBox(page, 0, 0, 9, 9), document="d")


def _case(page: int, **fields: Any) -> Case:
    """Expenditure stands on page 3, and one more page was not read."""
    return case(
        tables=[table("expenditure", pages="3")],
        facts=[fact("expenditure", "total", "5.00", page=3)],
        unmapped=[_unread(page, **fields)],
    )


@pytest.mark.parametrize(
    ("rests_on", "page", "status"),
    [
        ("itself", 4, "fail"),
        ("page", 4, "skipped"),
        ("page", 6, "fail"),
        ("tables", 2, "skipped"),
        ("tables", 6, "fail"),
        ("document", 6, "skipped"),
    ],
)
def test_a_failure_stands_where_all_that_it_rests_on_was_read(
    rests_on: str, page: int, status: str
) -> None:
    assert _statuses(_case(page), _finding(), rests_on) == [status]


def test_tables_held_against_each_other_must_all_be_there() -> None:
    needs = ("expenditure", "general_expenditure|government_fund")
    assert _statuses(_case(9), _finding(), "tables", *needs) == ["skipped"]
    whole = case(tables=[table("expenditure", pages="3")], unmapped=[])
    assert _statuses(whole, _finding(), "tables", *needs) == ["fail"]


def test_what_holds_is_said_and_a_table_is_skipped_once() -> None:
    findings = [_finding(status="pass"), _finding(), _finding(), _finding("revenue")]
    found = list(without_guesses(_case(9), findings, "document", ()))
    assert [(f.status, f.table) for f in found] == [
        ("pass", "expenditure"),
        ("skipped", "expenditure"),
        ("skipped", "revenue"),
    ]


def test_a_page_that_gave_listed_amounts_of_no_known_table_alone_was_not_read() -> None:
    assert _case(9, cause="title").unread_pages == {"d": (9,)}
    assert _case(3, cause="place").unread_pages == {}
    assert _case(9, cause="header", table="revenue").unread_pages == {}


def test_every_check_says_what_its_failures_rest_on() -> None:
    assert {check.rests_on for check in catalogue()} == set(RESTS_ON)


def test_a_table_whose_title_stands_in_the_text_is_not_missing() -> None:
    # Its page without rules prints no figure: nothing was taken for a table.
    def present(*titles: str) -> list[str]:
        one = case(
            tables=[table("summary", pages="1")],
            paragraphs=[{"document": "d", "page": 7, "text": title, "rank": 1} for title in titles],
        )
        one.documents[0]["family"] = "regional11"
        (check,) = (check for check in catalogue() if check.id == "disclosure-tables")
        return [f.status for f in check.rule(one) if f.table == "state_capital"]

    assert present() == ["fail"]
    assert present("国有资本经营预算支出情况表") == ["skipped"]
