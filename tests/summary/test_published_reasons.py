"""The reason that the prose gives, beside the change that two tables tell."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from budgetkit.storage.figures import Figure
from budgetkit.summary.change_line import Change
from budgetkit.summary.published_reasons import with_reasons


def said(
    item: str, amount: float, change: float | None, reason: str, **more: Any
) -> dict[str, Any]:
    place = {"document": "a", "page": 3, "x0": 1.0, "top": 1.0, "x1": 2.0, "bottom": 2.0}
    row = {"kind": "amount", "item": item, "amount": amount, "change": change, "reason": reason}
    return row | place | more


def line(kind: str, code: str, name: str, now: float, by: float | None) -> Change:
    return Change(kind, code, name, Figure(now), None, by, None)


def reason(change: Change, *rows: dict[str, Any]) -> tuple[str, float | None]:
    disclosure: Any = SimpleNamespace(rows={"narrative": list(rows)})
    (found,) = with_reasons([change], disclosure)
    return found.reason, found.stated


def test_a_sentence_of_the_same_name_and_amount_gives_its_reason() -> None:
    posts = line("item", "2080506", "机关事业单位职业年金缴费支出", 56.2, 0.63)
    row = said("机关事业单位职业年金缴费", 56.2, 0.63, "基数调整")
    assert reason(posts, row) == ("基数调整", None)
    assert reason(posts, said("行政运行", 56.2, 3.0, "人员增加")) == ("", None)
    assert reason(posts, said("机关事业单位职业年金缴费", 56.3, 0.63, "基数调整")) == ("", None)


def test_a_sentence_that_states_another_change_says_so() -> None:
    basic = line("use", "basic", "", 1345.08, 13.92)
    assert reason(basic, said("基本支出", 1345.08, -20.0, "压减开支")) == ("压减开支", -20.0)


def test_the_same_amount_and_change_join_names_that_differ() -> None:
    source = line("source", "general_own", "一般财力", 2729.29, 54.02)
    assert reason(source, said("一般公共预算", 2729.29, 54.02, "任务增多")) == ("任务增多", None)
    still = line("source", "general_own", "一般财力", 2729.29, 0.0)
    assert reason(still, said("一般公共预算", 2729.29, 0.0, "任务不变")) == ("", None)


def test_of_two_reasons_the_one_that_states_the_change_or_both() -> None:
    project = line("use", "project", "", 72.0, 14.0)
    rows = [said("项目支出", 72.0, 14.0, "新增"), said("项目支出", 72.0, -5.0, "减少")]
    assert reason(project, *rows) == ("新增", None)
    both: Any = [rows[0], said("项目支出", 72.0, 14.0, "提标", page=5), rows[0]]
    (found,) = with_reasons([project], SimpleNamespace(rows={"narrative": both}))  # type: ignore[arg-type]
    assert (found.reason, [one.words for one in found.other_reasons]) == ("新增", ["提标"])
    assert [one.figure.places[0].page for one in found.other_reasons] == [5]
    other = [said("项目支出", 72.0, 3.0, "甲"), said("项目支出", 72.0, -5.0, "乙")]
    (found,) = with_reasons([project], SimpleNamespace(rows={"narrative": other}))  # type: ignore[arg-type]
    assert [found.stated, *(one.stated for one in found.other_reasons)] == [3.0, -5.0]


def test_money_and_running_costs_are_not_mixed() -> None:
    cars = line("three_public", "vehicle_operation", "公务用车运行费", 17.3, 0.61)
    row = said("公务用车运行费", 17.3, 0.61, "车辆老化")
    assert reason(cars, row) == ("", None)
    assert reason(cars, row | {"kind": "three_public"}) == ("车辆老化", None)
