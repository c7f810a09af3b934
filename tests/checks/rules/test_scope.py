"""Departments and units: what a document calls itself, and how many it is of."""

from __future__ import annotations

import pytest

from tests.helpers.cases import case, fails, para


@pytest.mark.parametrize(
    ("scope", "text", "found"),
    [
        ("unit", "2025年本部门政府采购预算5万元", True),
        ("unit", "编制部门：某局单位：元", True),
        ("unit", "2025年本单位政府采购预算5万元", False),
        ("unit", "按部门预算经济分类编制，纳入部门预算管理", False),
        ("department", "2025年度本单位政府采购预算5万元", True),
        ("department", "我单位严格落实制度", False),
        ("department", "2025年本部门政府采购预算5万元", False),
    ],
)
def test_department_and_unit_are_kept_apart(scope: str, text: str, found: bool) -> None:
    one = case(scope=scope, paragraphs=[para(text)])
    assert bool(fails(one, "text-scope")) is found


def test_the_numbers_of_units_agree() -> None:
    rows = [
        para("包括局本部以及下属1家预算单位的综合收支计划。"),
        para("行政单位1家，参公单位1家，事业单位2家"),
    ]
    assert fails(case(paragraphs=rows), "text-unit-count")
    rows[1] = para("行政单位1家，参公单位1家，事业单位0家")
    assert not fails(case(paragraphs=rows), "text-unit-count")


def test_a_caption_with_another_name_is_found() -> None:
    own = [para("编制部门：某局（本级）单位：元") for _ in range(3)]
    other = para("编制部门：他县财政局单位：元")
    caption = para("编制部门：某县某局机关单位：元")
    assert len(fails(case(paragraphs=[*own, other, caption]), "text-department-name")) == 1
