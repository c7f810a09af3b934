"""Rows of units, stages and second classifications in the checks: kinds seen in print."""

from __future__ import annotations

from typing import Any

from tests.helpers.cases import case, fact, run


def statuses(facts: list[dict[str, Any]], check: str) -> list[str]:
    for number, row in enumerate(facts):
        row["fact_id"] = f"d:{row['table']}:{number}.1"
    return [finding.status for finding in run(case(facts=facts), check)]


def basic(code: str, printed: str, **fields: Any) -> dict[str, Any]:
    return fact("basic_expenditure", code, printed, **fields)


def test_a_unit_is_never_added_to_another() -> None:
    facts = [
        basic("total", "18.00"),
        basic("301", "10.00", budget_unit="甲"),
        basic("30101", "10.00", budget_unit="甲"),
        basic("301", "8.00", budget_unit="乙"),
        basic("30101", "7.00", budget_unit="乙"),
    ]
    assert statuses(facts, "class-of-subclasses") == ["pass", "fail"]
    assert statuses(facts, "total-of-classes") == ["skipped"]


def test_units_add_up_beside_the_departments_repeated_name() -> None:
    facts = [
        fact("revenue", "total", "9.00"),
        fact("revenue", "department", "9.00", name="某局"),
        fact("revenue", "unit", "4.00", budget_unit="甲"),
        fact("revenue", "unit", "5.00", budget_unit="乙"),
    ]
    assert statuses(facts, "total-of-units") == ["pass"]


def test_units_within_units_are_not_judged() -> None:
    facts = [
        fact("revenue", "total", "9.00"),
        fact("revenue", "department", "2.00", name="某局"),
        fact("revenue", "unit", "4.00", budget_unit="甲"),
        fact("revenue", "unit", "5.00", budget_unit="乙"),
    ]
    assert statuses(facts, "total-of-units") == ["skipped"]


def test_flat_units_that_miss_their_total_are_a_finding() -> None:
    facts = [
        fact("revenue", "total", "9.00"),
        fact("revenue", "unit", "4.00", budget_unit="甲"),
        fact("revenue", "unit", "6.00", budget_unit="乙"),
    ]
    assert statuses(facts, "total-of-units") == ["fail"]


def test_a_code_split_by_a_second_classification_is_the_sum_of_its_rows() -> None:
    facts = [
        basic("301", "9.00"),
        basic("30199", "4.50", government_code="50199"),
        basic("30199", "4.50", government_code="50501"),
    ]
    assert statuses(facts, "class-of-subclasses") == ["pass"]


def test_a_named_row_without_a_code_is_a_part_of_its_class() -> None:
    facts = [basic("301", "9.00"), basic("30101", "5.00"), basic("", "4.00", name="其他")]
    assert statuses(facts, "class-of-subclasses") == ["pass"]


def test_columns_at_two_stages_are_rows_of_their_own() -> None:
    facts = [
        fact("expenditure", "201", "9.00", stage="budget"),
        fact("expenditure", "201", "4.00", stage="final"),
    ]
    assert statuses(facts, "expenditure-columns") in ([], ["skipped"])


def test_a_panel_by_the_economic_classification_is_not_added() -> None:
    facts = [
        fact("summary", "total", "9.00", section="expenditure", measure="amount"),
        fact("summary", "current_year", "9.00", section="expenditure", measure="amount"),
        fact("summary", "201", "9.00", section="expenditure", measure="amount"),
        fact("summary", "301", "9.00", section="economic", measure="amount"),
    ]
    assert statuses(facts, "expenditure-of-year") == ["pass"]


def test_a_column_that_is_a_part_of_the_one_before_is_not_added_twice() -> None:
    row = {"total": "9.00", "fiscal_subtotal": "6.00", "carryover": "3.00",
           "fiscal_carryover": "3.00"}  # fmt: skip
    facts = [
        fact("revenue", "total", printed, measure=measure) | {"fact_id": f"d:revenue:1.{number}"}
        for number, (measure, printed) in enumerate(row.items())
    ]
    found = [f.status for f in run(case(facts=facts), "revenue-columns") if f.measure == "total"]
    assert found == ["pass"]


def test_only_what_is_carried_over_is_printed_beside_a_total() -> None:
    facts = [
        fact("appropriation_summary", "total", "9.00", section="expenditure"),
        fact("appropriation_summary", "carryover_next_year", "0.00", section="expenditure"),
    ]
    assert statuses(facts, "expenditure-uses") == ["pass"]


def test_digits_after_the_yuan_are_rounding() -> None:
    facts = [
        fact("expenditure", "total", "48.422162"),
        fact("summary", "total", "48.42216", section="expenditure", measure="amount"),
    ]
    assert statuses(facts, "summary-expenditure-table")[0] == "rounding"
    facts[0] |= {"printed": "48.43"}
    facts[1] |= {"printed": "48.42"}
    assert statuses(facts, "summary-expenditure-table")[0] == "fail"
