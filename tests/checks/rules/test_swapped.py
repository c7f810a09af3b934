"""Columns in each other's place: the smallest tables that show it, and those that do not."""

from __future__ import annotations

from typing import Any

import pytest

from budgetkit.checks.case import Case
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
    assert not found.certain  # a reader that takes a column for its neighbour sees the same


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


#: Classes and where each stands: personnel, operating.
BY_CLASS = (("301", "30.00", "0.00"), ("30101", "30.00", "0.00"), ("302", "0.00", "5.00"))


def by_class(*rows: tuple[str, str, str], table: str = "basic_expenditure") -> Case:
    columns = ("personnel", "operating")
    return case(facts=[
        fact(table, code, amount, measure=measure)
        for code, *amounts in rows
        for measure, amount in zip(columns, amounts, strict=True)
    ])  # fmt: skip


def exchanged(*rows: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    return [(code, operating, personnel) for code, personnel, operating in rows]


def test_personnel_and_operating_expenditure_are_told_by_their_classes() -> None:
    assert not fails(by_class(*BY_CLASS), "columns-swapped")
    (found,) = fails(by_class(*exchanged(*BY_CLASS)), "columns-swapped")
    assert found.message == "classes-swapped"
    assert not found.certain
    assert {found.measure, found.facts[0].split(":")[2]} <= {"personnel", "operating"}


@pytest.mark.parametrize(
    "rows",
    [
        # A class of goods and services that is paid to people.
        [*BY_CLASS, ("30239", "2.00", "0.00")],
        # One row in its own column: the columns are what they are called.
        [*exchanged(*BY_CLASS), ("30201", "0.00", "5.00")],
        # One kind alone, or too few of them.
        exchanged(*BY_CLASS[:2], ("30102", "7.00", "0.00")),
        exchanged(*BY_CLASS[1:]),
    ],
)
def test_a_row_alone_exchanges_no_columns(rows: list[tuple[str, str, str]]) -> None:
    assert not fails(by_class(*rows), "columns-swapped")
