"""What a department owns."""

from __future__ import annotations

import pytest

from budgetkit.extraction.prose.assets import read_assets
from budgetkit.extraction.prose.read_prose import read_prose
from tests.helpers.prose import page_of, section


def test_assets() -> None:
    rows = read_assets(
        section(
            "（三）国有资产占用使用情况",
            "截至2024年底，某局占用使用国有资产总体情况为：",
            "1.房屋25.00平方米，价值0.25万元。",
            "2.车辆2辆，价值46.63万元；其中：一般公务用车2辆。",
            "3.其他资产价值129.27万元。",
            "单价100万元（含）以上设备（不含车辆）1台（套）。",
            "2025年部门预算安排购置车辆3辆。",
        )
    )
    assert [(row.item, row.quantity, row.unit, row.value) for row in rows] == [
        ("房屋", 25.0, "平方米", 0.25),
        ("车辆", 2.0, "辆", 46.63),
        ("一般公务用车", 2.0, "辆", None),
        ("其他资产", None, "", 129.27),
        ("单价100万元（含）以上设备（不含车辆）", 1.0, "台（套）", None),
    ]
    assert {row.as_of for row in rows} == {"2024-12-31"}


def test_a_name_with_an_aside_is_whole() -> None:
    rows = read_assets(
        section(
            "（三）国有资产占用使用情况",
            "本部门共有车辆3辆，其中，副部（省）级及以上领导用车1辆、应急保障用车2辆。",
        )
    )
    assert [(row.item, row.quantity) for row in rows] == [
        ("车辆", 3.0),
        ("副部（省）级及以上领导用车", 1.0),
        ("应急保障用车", 2.0),
    ]


@pytest.mark.parametrize("shift", [0.0, 24.0])
def test_a_name_is_whole_over_the_end_of_a_page(shift: float) -> None:
    """Pages that are bound left and right by turns begin at different edges."""
    other = [("某局负责本地区有关工作的组织协调和监督管理并办理其他有关的各项事宜" * 2)[:34]] * 8
    first = [
        (text, 60.0, 120.0 + 20 * n)
        for n, text in enumerate(
            [
                *other,
                "（三）国有资产占用使用情况",
                "截至某年底，某局共有车辆捌辆，车辆3辆，其中，主要负责人用车1辆、应急保",
            ]
        )
    ]
    second = [("障用车2辆、其他用车0辆。", 60.0 + shift, 120.0)]
    third = [(text, 60.0, 120.0 + 20 * n) for n, text in enumerate(other)]
    prose = read_prose([(page_of(*lines, number=n), []) for n, lines in
                        enumerate((first, second, third), start=1)])  # fmt: skip
    assert "应急保障用车" in [row.item for row in prose.assets]
