"""Units that a department names, and that publish nothing in the dataset."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest

from budgetkit.checks.case import Case, cases_of, published_in
from tests.helpers.cases import PLACE, case, fails, run

UNITS = ("某市图书馆", "某市文化馆", "某市博物馆")


def unit(name: str) -> dict[str, Any]:
    return {"document": "d", "kind": "unit", "text": name} | PLACE


def document(name: str, **fields: Any) -> dict[str, Any]:
    row = {"document": name, "department": name, "department_id": name, "scope": "unit",
           "year": 2025, "kind": "budget", "status": "ok"}  # fmt: skip
    return row | fields


def named(*units: str, here: tuple[dict[str, Any], ...] = (), scope: str = "department") -> Case:
    one = case(profile=map(unit, units), scope=scope)
    return replace(one, published=published_in([document("某局", scope="department"), *here]))


def test_of_several_units_the_one_that_is_missing_is_found() -> None:
    here = document("某市图书馆"), document("某市文化馆")
    (found,) = fails(named(*UNITS, here=here), "unit-published")
    assert found.code == "某市博物馆"
    assert not found.certain
    assert not fails(named(*UNITS[:2], here=here), "unit-published")


@pytest.mark.parametrize(
    "here",
    [
        (),
        (document("某市档案馆"),),
        (document("某局"),),
        (document("某市图书馆", year=2024),),
        (document("某市图书馆", kind="final_account"),),
        (document("某市图书馆", status="failed"),),
    ],
)
def test_a_dataset_without_any_of_its_units_proves_nothing(
    here: tuple[dict[str, Any], ...],
) -> None:
    (found,) = run(named(*UNITS, here=here), "unit-published")
    assert found.message == "skipped-no-units-here"


@pytest.mark.parametrize(
    "text",
    ["某市美术馆（非独立编制预算单位）", "属全额拨款单位", "某市图书馆和某市美术馆", "某局"],
)
def test_what_is_no_unit_with_a_budget_of_its_own_is_not_missed(text: str) -> None:
    here = (document("某市图书馆"),)
    assert not fails(named("某市图书馆", text, here=here), "unit-published")


def test_a_name_may_leave_out_its_place_or_have_another_in_brackets() -> None:
    here = document("江苏省南京市图书馆"), document("某市文化馆")
    units = "图书馆服务中心", "南京市图书馆", "某市文化馆（某市非遗中心）"
    found = run(named(*units, here=here), "unit-published")
    assert [(one.code, one.status) for one in found] == [
        ("图书馆服务中心", "fail"), ("南京市图书馆", "pass"), ("某市文化馆", "pass"),
    ]  # fmt: skip


def test_a_unit_names_no_units_of_its_own() -> None:
    here = (document("某市图书馆"),)
    assert not run(named(*UNITS, here=here, scope="unit"), "unit-published")


def test_a_batch_knows_who_publishes_in_the_whole_dataset() -> None:
    rows = defaultdict(list, documents=[document("某局", scope="department", n_tables=1)])
    (alone,) = cases_of(rows)
    assert alone.published == {("某局", 2025, "budget")}
    (one,) = cases_of(rows, published_in([*rows["documents"], document("某市图书馆")]))
    assert ("某市图书馆", 2025, "budget") in one.published
