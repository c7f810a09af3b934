"""What a department owns."""

from __future__ import annotations

from budgetkit.extraction.prose.assets import read_assets
from tests.helpers.prose import section


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
