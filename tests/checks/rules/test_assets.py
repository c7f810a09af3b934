"""Counts of vehicles, the money for them, and the day of the count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.cases import PLACE, case, cases_of_dataset, fact, fails, para, run


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共有车辆3辆，其中：机要用车0辆、执法执勤用车3辆、其他用车0辆；设备0台。", False),
        ("共有车辆4辆，其中：机要用车0辆、执法执勤用车3辆、其他用车0辆；设备0台。", True),
        ("2.车辆2辆，价值46.63万元；其中：一般公务用车2辆，价值46.63万元；其他车辆1辆。", True),
        ("共有车辆3辆，价值5万元。", None),
    ],
)
def test_vehicles_are_those_of_each_kind(text: str, found: bool | None) -> None:
    findings = run(case(paragraphs=[para(text)]), "asset-vehicles")
    assert [f.status == "fail" for f in findings] == ([] if found is None else [found])


def test_money_for_vehicles_goes_with_vehicles() -> None:
    rows = [para("2025年部门预算安排购置车辆0辆，其中：机要用车0辆。")]
    facts = [fact("three_public", "vehicle_purchase", "25.00")]
    assert fails(case(paragraphs=rows, facts=facts), "asset-vehicles-planned")
    nothing = [fact("three_public", "vehicle_purchase", "0.00")]
    assert not fails(case(paragraphs=rows, facts=nothing), "asset-vehicles-planned")
    assert not run(case(paragraphs=rows), "asset-vehicles-planned")


def test_assets_are_counted_for_the_year_before() -> None:
    row: dict[str, Any] = {"document": "d", "item": "车辆", "text": "车辆3辆"} | PLACE
    assert fails(case(assets=[row | {"as_of": "2023-08-31"}]), "asset-date")
    assert not fails(case(assets=[row | {"as_of": "2024-08-31"}]), "asset-date")
    assert not run(case(assets=[row | {"as_of": None}]), "asset-date")


def test_the_bundled_counts_agree(sample_dataset: Path) -> None:
    checks = ("staffing-offices", "asset-vehicles", "asset-vehicles-planned", "asset-date")
    ran = 0
    for one in cases_of_dataset(sample_dataset):
        findings = run(one, *checks, "text-department-name")
        ran += len(findings)
        assert not [f for f in findings if f.status == "fail"], one.document
    assert ran > 40
