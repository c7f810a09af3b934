"""One key for a project under its several names."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.project_keys import mentions_in_tables, unite
from budgetkit.extraction.prose.projects import ProjectMention
from budgetkit.extraction.tables.table_content import Fact
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
    assert [(m.funding, m.amount) for m in mentions_in_tables(facts)] == [
        ("general", 10.0),
        ("carryover", 2.0),
    ]


def test_columns_of_economic_classes_and_rows_without_project_are_no_mentions() -> None:
    assert (
        list(mentions_in_tables([fact("甲项目", "10.00", measure="302"), fact("", "10.00")])) == []
    )


def test_forms_give_targets() -> None:
    facts = [fact("甲项目", "10.00", "performance_project"), fact("乙", "1.00")]
    found = [(m.name, m.where, m.pages) for m in mentions_in_tables(facts)]
    assert found == [("甲项目", "target", "3"), ("乙", "table", "3")]


def test_a_name_in_a_longer_one_is_the_same_project() -> None:
    rows = [
        *mentions_in_tables([fact("关于下达2025年科普展厅改造资金的通知-科普展厅改造", "50.00")]),
        *mentions_in_tables([fact("科普展厅改造", "50.00", "performance_project")]),
    ]
    keys = {mention.project for mention in unite(rows)}
    assert len(keys) == 1


def test_two_rows_of_one_table_are_two_projects() -> None:
    rows = list(
        mentions_in_tables([fact("科普展厅改造一期", "50.00"), fact("科普展厅改造二期", "50.00")])
    )
    assert len({mention.project for mention in unite(rows)}) == 2


def mention(name: str, amount: float | None, where: str, funding: str = "") -> ProjectMention:
    return ProjectMention(
        project=name, name=name, funding=funding, amount=amount, pages="1", where=where
    )


def keys_of(*mentions: ProjectMention) -> dict[str, str]:
    """The key of each name."""
    return {united.name: united.project for united in unite(mentions)}


def test_one_key_for_several_names() -> None:
    table = "某财教【2024】94号关于提前下达2025年自治区甲专项资金预算的通知"
    target = "2025年自治区甲专项资金预算的通知"
    keys = keys_of(
        mention(table, None, "table"),
        mention(target, None, "target"),
        mention("乙经费", None, "table"),
    )
    assert keys[table] == keys[target]
    assert keys["乙经费"] == "乙经费"


def test_rows_of_one_table_are_never_united() -> None:
    keys = keys_of(mention("办公经费", 5.0, "table"), mention("办公经费（追加）", 5.0, "table"))
    assert len(set(keys.values())) == 2


def test_amounts_decide_between_names_that_are_equally_like() -> None:
    keys = keys_of(
        mention("甲乙丙丁工程", 7.0, "target"),
        mention("甲乙丙丁工程一期", 5.0, "table"),
        mention("甲乙丙丁工程二期", 7.0, "table"),
    )
    assert keys["甲乙丙丁工程"] == keys["甲乙丙丁工程二期"]
    assert keys["甲乙丙丁工程一期"] != keys["甲乙丙丁工程"]


@given(st.lists(st.text(alphabet="甲乙丙丁经费2024年【】号", min_size=1, max_size=12), max_size=8))
def test_keys_are_names(names: list[str]) -> None:
    keys = keys_of(*(mention(name, None, "table", str(at)) for at, name in enumerate(names)))
    assert set(keys) == set(names)
    assert set(keys.values()) <= set(names)


@given(st.lists(st.text(alphabet="甲乙经费工程", min_size=1, max_size=6), unique=True, max_size=8))
def test_one_table_keeps_its_rows_apart(names: list[str]) -> None:
    keys = keys_of(*(mention(name, 1.0, "table") for name in names))
    assert len(set(keys.values())) == len(names)
