"""Identity, duties, offices, glossary, assets, date of issue."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.assets import read_assets
from budgetkit.extraction.prose.dates import iso_dates
from budgetkit.extraction.prose.identity import Identity, identify, read_issued
from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.profile import (
    read_functions,
    read_glossary,
    read_offices,
    read_units,
)
from budgetkit.extraction.prose.wordings import count
from tests.helpers.prose import (
    needs_samples,
    paragraph,
    real_prose,
    sample_names,
    sample_prose,
    truth,
    unhurried,
)


def section(heading: str, *texts: str) -> list[Paragraph]:
    return [paragraph(heading, (), 3), *(paragraph(text, (heading,)) for text in texts)]


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        (["某州某局2025年部门预算公开"], ("某州某局", 2025, "department")),
        (["某省某院", "2018年部门预算"], ("某省某院", 2018, "department")),
        (["2024年度", "某市某局部门预算公开"], ("某市某局", 2024, "department")),
        (
            ["某市某区2025年区级部门预算", "预算主管部门：某市某区某局"],
            ("某市某区某局", 2025, "department"),
        ),
        (["某市某区2025年区级单位预算", "预算单位：某市某区某局"], ("某市某区某局", 2025, "unit")),
        (["某省某厅（本级）2024年度单位预算公开"], ("某省某厅（本级）", 2024, "unit")),
        (
            ["公开表一", "部门：某省某厅单位：万元", "2019年政府采购预算表"],
            ("某省某厅", 2019, "department"),
        ),
        (["目录"], ("", None, "department")),
    ],
)  # fmt: skip
def test_identity(cover: list[str], expected: tuple[str, int | None, str]) -> None:
    found = identify([(1, line) for line in cover])
    assert (found.department, found.year, found.scope) == expected


def test_identity_falls_back_to_headings() -> None:
    found = identify([(1, "封面")], ["一、关于某县某局2025年收支预算情况总体说明"])
    assert found.department == "某县某局"
    assert identify([]) == Identity("", None, "department", "")


@unhurried
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.text(alphabet="某市局2025年部门预算：单位", max_size=20))
    )
)
def test_identity_never_fails(lines: list[tuple[int, str]]) -> None:
    assert identify(lines).scope in ("department", "unit")


def test_duties_one_a_row() -> None:
    rows = read_functions(
        section(
            "一、主要职能",
            "某局负责某事，主要职责是：",
            "（一）甲工作。",
            "另有说明。",
            "（二）乙工作。",
            "联系人：某人",
        )
    )
    assert [row.text for row in rows] == ["甲工作。另有说明。", "乙工作。"]
    assert {row.kind for row in rows} == {"function"}


def test_offices_of_a_sentence() -> None:
    rows = read_offices(
        section(
            "二、机构设置及人员情况",
            "某局无下属预算单位，下设3个处室，分别是：办公室（人事科、组织科）、甲科、乙中心。",
        )
    )
    assert [row.text for row in rows] == ["办公室（人事科、组织科）", "甲科", "乙中心"]


def test_offices_and_units_under_headings() -> None:
    parts = [
        paragraph("二、部门机构设置", (), 3),
        paragraph("（一）机关内设机构", (), 4),
        paragraph("1.办公室", (), 5),
        paragraph("2.甲处", (), 5),
        paragraph("（二）下属事业单位", (), 4),
        paragraph("1.某杂志社", (), 5),
    ]
    assert [row.text for row in read_offices(parts)] == ["办公室", "甲处"]
    assert [row.text for row in read_units(parts)] == ["某杂志社"]


def test_units_leave_the_department_itself_out() -> None:
    rows = read_units(
        section(
            "二、机构设置",
            "从预算单位构成看，纳入编制范围的预算单位共计2家，具体包括：某院本级、某分院。",
        )
    )
    assert [row.text for row in rows] == ["某分院"]


def test_glossary() -> None:
    rows = read_glossary(
        section(
            "名词解释",
            "一、财政拨款：指甲。",
            "（二）、基本支出:包括乙。",
            "其中，另有丙。",
            "某局2025年2月14日",
        )
    )
    assert [(row.term, row.definition) for row in rows] == [
        ("财政拨款", "指甲。"),
        ("基本支出", "包括乙。其中，另有丙。"),
    ]


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


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["某县某局2025年2月14日"], "2025-02-14"),
        (["二〇二五年二月十四日"], "2025-02-14"),
        (["某县某局", "2025年12月31日前完成"], None),
        (["截至2024年12月31日"], None),
        (["2015年2月14日"], None),
        ([], None),
    ],
)
def test_issued(texts: list[str], expected: str | None) -> None:
    assert read_issued([paragraph(text) for text in texts], (), 2025) == expected


@unhurried
@given(st.integers(0, 99))
def test_counts_in_numerals(number: int) -> None:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    text = (
        (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")
    )
    if number:
        assert count(text) == number
    assert count(str(number)) == number


@unhurried
@given(st.dates())
def test_only_days_of_this_century_are_dates(day: date) -> None:
    found = iso_dates(f"{day.year}年{day.month}月{day.day}日")
    assert found == ([str(day)] if 2000 <= day.year <= 2099 else [])


@needs_samples
@pytest.mark.parametrize("name", sample_names())
def test_samples(name: str) -> None:
    prose, said = sample_prose(name), truth(name)
    assert (prose.identity.department, prose.identity.year) == (said["department"], said["year"])
    assert prose.functions
    assert prose.offices


@pytest.mark.parametrize(
    ("stem", "department", "year", "scope", "region"),
    [
        (
            "shanghai-putuo-commerce-2025",
            "上海市普陀区商务委员会",
            2025,
            "department",
            "上海市普陀区",
        ),
        (
            "shanghai-putuo-commerce-office-2025",
            "上海市普陀区商务委员会",
            2025,
            "unit",
            "上海市普陀区",
        ),
        ("jiangsu-renda-2019-tables", "江苏省人大常委会办公厅", 2019, "department", "江苏省"),
        ("jiangsu-procuratorate-2018", "江苏省人民检察院", 2018, "department", "江苏省"),
    ],
)
def test_published_documents(
    stem: str, department: str, year: int, scope: str, region: str
) -> None:
    assert real_prose(stem).identity == Identity(department, year, scope, region)


def test_published_offices() -> None:
    assert len(real_prose("jiangsu-procuratorate-2018").offices) == 19
    assert len(real_prose("shanghai-putuo-commerce-2025").offices) == 9
    assert len(real_prose("shanghai-putuo-justice-2026").functions) == 10
