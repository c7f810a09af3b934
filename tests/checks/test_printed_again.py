"""The same figure in two disclosures, and which of the rows that differ is the finding."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from budgetkit.checks.audit.catalogue import run_checks
from budgetkit.checks.case import Case
from budgetkit.checks.finding import Finding
from tests.helpers.cases import case, fact, para, table

CODES = ("total", "208", "20805", "2080505", "213", "21303", "2130301", "2130305")
THEN = ("1000.00", "80.00", "80.00", "80.00", "920.00", "920.00", "620.00", "300.00")
NAMES = ("合计", "社会保障", "养老", "养老缴费", "农林水", "水利", "行政运行", "水利工程")


def column(amounts: tuple[str, ...], measure: str, document: str) -> list[dict[str, Any]]:
    return [
        fact("expenditure", code, amount, measure=measure, name=name, document=document)
        | {"stage": "budget", "fact_id": f"{document}:{code}:{measure}"}
        for code, amount, name in zip(CODES, amounts, NAMES, strict=True)
    ]


def last_year(**rows: Any) -> Case:
    tables = [table("expenditure", document="last")]
    found = case(year=2024, facts=column(THEN, "total", "last"), tables=tables, **rows)
    (document,) = found.documents
    return replace(found, documents=({**document, "document": "last", "department": "某局"},))


def this_year(amounts: tuple[str, ...], before: Case | None = None, **rows: Any) -> Case:
    facts = column(amounts, "previous_total", "d")
    found = case(facts=facts, tables=[table("expenditure")], before=before or last_year(), **rows)
    (document,) = found.documents
    return replace(found, documents=({**document, "department": "某局"},))


def judged(one: Case, check: str = "year-before-table") -> list[Finding]:
    return [finding for found, finding in run_checks(one) if found.id == check]


def failed(one: Case) -> list[str]:
    return [finding.code for finding in judged(one) if finding.status == "fail"]


def test_the_same_figures_agree() -> None:
    assert {finding.status for finding in judged(this_year(THEN))} == {"pass"}


def test_one_figure_that_differs_is_found_with_both_places() -> None:
    one = this_year((*THEN[:3], "88.00", *THEN[4:]))
    (finding,) = [finding for finding in judged(one) if finding.status == "fail"]
    assert (finding.code, finding.quotes) == ("2080505", ("88.00万元", "80.00万元"))
    assert (finding.document, finding.other_document) == ("d", "last")


def test_a_total_that_differs_by_what_its_parts_differ_by_is_no_finding_of_its_own() -> None:
    now = ("1030.00", "90.00", "90.00", "90.00", "940.00", "940.00", "640.00", "300.00")
    found = failed(this_year(now))
    assert "total" not in found
    assert {"2080505", "2130301"} <= set(found)


def test_a_base_that_was_stated_anew_is_one_finding_to_look_at() -> None:
    now = ("1100.00", "85.00", "85.00", "85.00", "1015.00", "1015.00", "700.00", "315.00")
    (finding,) = [finding for finding in judged(this_year(now)) if finding.status == "fail"]
    assert (finding.code, finding.message) == ("total", "printed-again-restated")
    assert not finding.certain


def test_rows_that_were_regrouped_below_one_total_are_not_judged() -> None:
    now = ("1000.00", "85.00", "85.00", "85.00", "915.00", "915.00", "500.00", "415.00")
    assert [
        finding.message for finding in judged(this_year(now)) if finding.status == "skipped"
    ] == ["skipped-regrouped"]


def test_a_code_with_another_name_is_another_class() -> None:
    one = this_year((*THEN[:3], "88.00", *THEN[4:]))
    row = next(row for row in one.rows["facts"] if row["code"] == "2080505")
    row["name"] = "职业年金"
    assert failed(one) == []
    assert "skipped-other-classes" in {finding.message for finding in judged(one)}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"paragraphs": [para("上年预算数按同口径调整。")]}, "skipped-restated"),
        ({"unmapped": [{"document": "d", "page": 1, "table": "expenditure"}]}, "skipped"),
    ],
)
def test_what_is_restated_or_not_read_is_skipped(rows: dict[str, Any], message: str) -> None:
    found = judged(this_year((*THEN[:3], "88.00", *THEN[4:]), **rows))
    assert failed(this_year((*THEN[:3], "88.00", *THEN[4:]), **rows)) == []
    assert any(finding.message.startswith(message) for finding in found)


def test_a_table_of_last_year_that_was_not_read_in_full_accuses_nobody() -> None:
    unread = {"document": "last", "page": 1, "table": "expenditure"}
    one = this_year((*THEN[:3], "88.00", *THEN[4:]), last_year(unmapped=[unread]))
    assert failed(one) == []


def test_a_renamed_department_is_not_judged() -> None:
    before = last_year()
    (document,) = before.documents
    before = replace(before, documents=({**document, "department": "某委员会"},))
    one = this_year((*THEN[:3], "88.00", *THEN[4:]), before)
    assert "skipped-renamed" in {finding.message for finding in judged(one)}
    assert failed(one) == []


def test_numbers_of_the_economic_classification_of_2017_are_others() -> None:
    now = [fact("basic_expenditure", "30301", "9.00", measure="previous_total", name="离休费")]
    then = [fact("basic_expenditure", "30301", "8.00", name="离休费", document="last")]
    before = case(year=2017, facts=then)
    one = case(year=2018, facts=now, before=before)
    assert {finding.status for finding in judged(one)} == {"skipped"}
