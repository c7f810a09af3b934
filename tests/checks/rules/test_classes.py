"""Codes and names of rows: contradictions, unknown codes, and rows printed twice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.cases import case, fact, fails

#: A branch of the classification whose parts add up.
TREE = (
    ("total", "合计", "30.00"),
    ("206", "科学技术支出", "30.00"),
    ("20601", "科学技术管理事务", "30.00"),
    ("2060101", "行政运行", "20.00"),
    ("2060102", "一般行政管理事务", "10.00"),
)


def rows(*extra: tuple[str, str, str], table: str = "expenditure") -> list[dict[str, Any]]:
    """The tree as rows of a table, and more rows, each at its own place."""
    found = []
    for at, (code, name, printed) in enumerate((*TREE, *extra)):
        row = fact(table, code, printed, name=name, top=10.0 * at, bottom=10.0 * at + 9)
        found.append(row | {"fact_id": f"{row['fact_id']}:{at}"})
    return found


def renamed(code: str, name: str) -> list[dict[str, Any]]:
    return [row | {"name": name} if row["code"] == code else row for row in rows()]


@pytest.mark.parametrize(
    ("code", "name", "found"),
    [
        ("2060102", "行政运行", True),
        ("206", "教育支出", True),
        ("206", "一、科学技术支出", False),
        ("206", "（一）科学技术", False),
        ("2060102", "一般行政管理事务（本级）", False),  # no name of the list
        ("2060102", "2060102", False),
    ],
)
def test_a_name_of_another_code(code: str, name: str, found: bool) -> None:
    one = case(facts=renamed(code, name))
    assert [f.code for f in fails(one, "class-name")] == [code] * found


def test_before_the_reform_of_the_classes_nothing_is_said_of_their_names() -> None:
    assert not fails(case(year=2017, facts=renamed("206", "教育支出")), "class-name")


def test_a_table_whose_names_are_shifted_is_not_accused_for_certain() -> None:
    names = {"206": "教育支出", "20601": "基础研究", "2060101": "机构运行", "2060102": "行政运行"}
    facts = [row | {"name": names.get(row["code"], row["name"])} for row in rows()]
    found = fails(case(facts=facts), "class-name")
    assert not found or len(found) <= 2 or not any(f.certain for f in found)


def test_two_tables_call_a_code_by_two_names() -> None:
    other = [
        row | {"table": "general_expenditure", "fact_id": "g" + row["fact_id"]}
        for row in renamed("2060102", "甲乙丙丁")
    ]
    (found,) = fails(case(facts=[*rows(), *other]), "class-name-differs")
    assert found.code == "2060102"
    shortened = [
        row | {"name": "一般行政管理"} if row["name"] == "甲乙丙丁" else row for row in other
    ]
    assert not fails(case(facts=[*rows(), *shortened]), "class-name-differs")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("30298", True),  # no such class
        ("30201", False),
        ("3021101", False),  # an office's own class below one that there is
        ("2060198", False),  # not every 项 is known
        ("2980101", True),
        ("306001", False),  # a unit's code
    ],
)
def test_codes_that_the_classification_lacks(code: str, found: bool) -> None:
    one = case(facts=[fact("basic_expenditure", code, "1.00", name="某费")])
    assert bool(fails(one, "class-code")) is found


def test_a_row_that_is_printed_twice_and_counted_once() -> None:
    (found,) = fails(case(facts=rows(TREE[-1])), "row-twice")
    assert found.code == "2060102"
    assert found.place != found.other_place


def test_a_row_with_a_zero_is_found_twice_too() -> None:
    zeros = [row | {"measure": "project", "printed": "0.00"} for row in rows(TREE[-1])]
    zeros = [row | {"fact_id": "z" + row["fact_id"]} for row in zeros]
    assert len(fails(case(facts=[*rows(TREE[-1]), *zeros]), "row-twice")) == 1


@pytest.mark.parametrize(
    "facts",
    [
        rows(),
        # Two rows of one class, both counted.
        [row | {"printed": "40.00"} if len(row["code"]) < 6 else row for row in rows(TREE[-1])],
        # The whole table again.
        rows(*TREE),
        # Another amount is no second print.
        rows(("2060102", "一般行政管理事务", "9.00")),
        # Two projects of one class.
        [
            row | {"project": f"项目{at}"} if row["code"] == "2060102" else row
            for at, row in enumerate(rows(TREE[-1]))
        ],
    ],
)
def test_rows_that_may_be_there_twice(facts: list[dict[str, Any]]) -> None:
    assert not fails(case(facts=facts), "row-twice")


def projects(*amounts: tuple[str, str, str], total: str) -> list[dict[str, Any]]:
    """Rows (code, project, amount) of a table of projects, each at its own place, and its total."""
    rows = [fact("project_expenditure", "total", total, name="合计")]
    rows += [
        fact("project_expenditure", code, amount, name=name, project=name, top=10.0 * at)
        for at, (code, name, amount) in enumerate(amounts, 1)
    ]
    return [row | {"fact_id": f"d:projects:{at}.1"} for at, row in enumerate(rows)]


@pytest.mark.parametrize("code", ["", "2060102"])
def test_a_project_that_is_printed_twice_and_counted_once(code: str) -> None:
    rows = (code, "甲", "20.00"), (code, "乙", "10.00"), (code, "乙", "10.00")
    (found,) = fails(case(facts=projects(*rows, total="30.00")), "row-twice")
    assert found.words["name"] == "乙"
    assert not fails(case(facts=projects(*rows, total="40.00")), "row-twice")
    assert not fails(case(facts=projects(*rows[:2], total="30.00")), "row-twice")


def test_a_single_project_may_be_printed_twice_too() -> None:
    rows = ("", "甲", "20.00"), ("", "甲", "20.00")
    assert len(fails(case(facts=projects(*rows, total="20.00")), "row-twice")) == 1
    again = projects(*rows, total="20.00")
    again.append(again[0] | {"fact_id": "d:projects:9.1"})
    assert not fails(case(facts=again), "row-twice")
