"""Columns in each other's place: the smallest tables that show it, and those that do not."""

from __future__ import annotations

from typing import Any

from tests.helpers.cases import case, fact, fails

ROWS = {"total": ("40.00", "60.00"), "2060101": ("40.00", "25.00"), "2060102": ("12.50", "35.00")}


def columns(table: str, swapped: bool = False) -> list[dict[str, Any]]:
    measures = ("project", "basic") if swapped else ("basic", "project")
    return [
        fact(table, code, printed, measure=measure)
        for code, row in ROWS.items()
        for measure, printed in zip(measures, row, strict=True)
    ]


def test_a_third_table_tells_which_of_two_has_its_columns_swapped() -> None:
    basic = fact("basic_expenditure", "total", "40.00")
    facts = [*columns("expenditure"), *columns("general_expenditure", swapped=True), basic]
    (found,) = fails(case(facts=facts), "columns-swapped")
    assert found.table == "general_expenditure"
    assert found.certain


def test_two_tables_alone_disagree_and_are_one_finding() -> None:
    facts = [*columns("expenditure"), *columns("general_expenditure", swapped=True)]
    (found,) = fails(case(facts=facts), "columns-swapped")
    assert not found.certain


def test_a_total_alone_is_no_proof() -> None:
    facts = [*columns("general_expenditure"), fact("basic_expenditure", "total", "60.00")]
    (found,) = fails(case(facts=facts), "columns-swapped")
    assert not found.certain


def test_tables_that_agree_or_count_other_things_are_not_accused() -> None:
    basic = fact("basic_expenditure", "total", "40.00")
    alike = [*columns("expenditure"), *columns("general_expenditure"), basic]
    assert not fails(case(facts=alike), "columns-swapped")
    other = [row | {"printed": "77.70"} for row in columns("general_expenditure")]
    assert not fails(case(facts=[*columns("expenditure"), *other, basic]), "columns-swapped")
