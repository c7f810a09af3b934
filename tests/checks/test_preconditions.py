"""What must be understood before a failure is believed."""

from __future__ import annotations

from budgetkit.checks.audit.catalogue import run_checks
from budgetkit.checks.case import Case
from budgetkit.checks.finding import Finding
from budgetkit.checks.preconditions import PRECONDITIONS, is_prose
from tests.helpers.cases import CHECKS, case, fact, para, said, table


def judged(one: Case, check: str) -> list[Finding]:
    """What an audit makes of one check."""
    return [finding for found, finding in run_checks(one) if found.id == check]


def statuses(one: Case, check: str) -> list[tuple[str, str]]:
    return [(finding.status, finding.message) for finding in judged(one, check)]


def two_tables(**fields: str) -> list[dict[str, object]]:
    return [
        fact("expenditure", "total", "12.00"),
        fact("summary", "total", "10.00", section="expenditure", measure="amount", **fields),
    ]


TABLES = [table("expenditure"), table("summary")]


def test_every_precondition_of_the_list_is_known() -> None:
    assert {name for check in CHECKS.values() for name in check.given} <= set(PRECONDITIONS)


def test_two_tables_of_one_file_are_compared() -> None:
    one = case(facts=two_tables(), tables=TABLES)
    assert statuses(one, "summary-expenditure-table") == [("fail", "equal")]


def test_an_amount_that_was_not_read_may_be_the_difference() -> None:
    unread = {"document": "d", "page": 3, "table": "summary"}
    one = case(facts=two_tables(), tables=TABLES, unmapped=[unread])
    assert {status for status, _ in statuses(one, "summary-expenditure-table")} == {"skipped"}


def test_a_figure_that_was_read_in_two_ways_accuses_nobody() -> None:
    one = case(facts=two_tables(certainty="doubtful"), tables=TABLES)
    found = statuses(one, "summary-expenditure-table")
    assert found == [("skipped", "skipped-not-read")]


def test_tables_of_two_files_may_be_two_printings() -> None:
    one = case(facts=two_tables(document="e"), tables=TABLES)
    found = statuses(one, "summary-expenditure-table")
    assert found == [("skipped", "skipped-not-one-file")]


def test_tables_alone_lack_no_prose() -> None:
    pieces = [para(f"第{number}行单元格") for number in range(30)]
    one = case(paragraphs=pieces, tables=TABLES)
    assert not is_prose(one)
    assert {status for status, _ in statuses(one, "disclosure-sections")} == {"skipped"}
    spoken = [said("基本支出1万元，", "基本支出", amount=1.0) for _ in range(5)]
    assert is_prose(case(paragraphs=pieces, narrative=spoken))


def test_pieces_of_cells_are_no_sentences() -> None:
    page = {"document": "d", "page": 1, "digest": "", "n_amounts": 0, "n_grids": 1, "n_chars": 100}
    paragraphs = [para("完成编制工作。。按时报送")]
    cells = case(paragraphs=paragraphs, pages=[page | {"n_cell_chars": 70}])
    assert statuses(cells, "text-doubled-mark") == [("skipped", "skipped-not-in-prose")]
    prose = case(paragraphs=paragraphs, pages=[page | {"n_cell_chars": 10}])
    assert statuses(prose, "text-doubled-mark") == [("fail", "text-doubled-mark")]
