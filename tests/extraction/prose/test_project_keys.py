"""One key for a project under its names."""

from __future__ import annotations

from decimal import Decimal

from budgetkit.extraction.prose.project_keys import tabled, targeted, unite
from budgetkit.extraction.tables.facts import Fact
from budgetkit.geometry import Box


def fact(project: str, amount: str, table: str = "project_expenditure", **other: str) -> Fact:
    box = Box(0, 0, 1, 1)
    measure = other.get("measure", "total")
    return Fact(
        table, "", "", project, None, project, measure, Decimal(amount), amount, "万元", 3, box,
        "read", 0, 0,
    )  # fmt: skip


def test_each_table_says_what_pays() -> None:
    facts = [fact("甲项目", "10.00"), fact("甲项目", "2.00", "carryover")]
    assert [(m.funding, m.amount) for m in tabled(facts)] == [("general", 10.0), ("carryover", 2.0)]


def test_columns_of_economic_classes_and_rows_without_project_are_no_mentions() -> None:
    assert list(tabled([fact("甲项目", "10.00", measure="302"), fact("", "10.00")])) == []


def test_forms_give_targets() -> None:
    found = list(targeted([fact("甲项目", "10.00", "performance_project"), fact("乙", "1.00")]))
    assert [(m.name, m.where, m.pages) for m in found] == [("甲项目", "target", "3")]


def test_a_name_in_a_longer_one_is_the_same_project() -> None:
    rows = [
        *tabled([fact("关于下达2025年科普展厅改造资金的通知-科普展厅改造", "50.00")]),
        *targeted([fact("科普展厅改造", "50.00", "performance_project")]),
    ]
    keys = {mention.project for mention in unite(rows)}
    assert len(keys) == 1


def test_two_rows_of_one_table_are_two_projects() -> None:
    rows = list(tabled([fact("科普展厅改造一期", "50.00"), fact("科普展厅改造二期", "50.00")]))
    assert len({mention.project for mention in unite(rows)}) == 2
