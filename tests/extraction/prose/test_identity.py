"""Whose disclosure it is, of which year, and when it was issued."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.identity import (
    Identity,
    identify,
    is_department,
    read_issued,
    region_of,
)
from tests.helpers.prose import (
    needs_samples,
    paragraph,
    real_prose,
    sample_names,
    sample_prose,
    truth,
    unhurried,
)


@pytest.mark.parametrize(
    ("cover", "department", "year", "scope"),
    [
        (["某县教育局2024年部门预算公开"], "某县教育局", 2024, "department"),
        (["某省某厅", "2018年度部门预算公开"], "某省某厅", 2018, "department"),
        (["某市某区2025年区级单位预算", "预算单位：某市某区某局"], "某市某区某局", 2025, "unit"),
    ],
)
def test_a_cover_says_department_year_and_scope(
    cover: list[str], department: str, year: int, scope: str
) -> None:
    found = identify([(1, line) for line in cover])
    assert (found.department, found.year, found.scope) == (department, year, scope)


def test_spaces_of_a_spread_cover_do_not_count() -> None:
    found = identify([(1, "某 县 教 育 局 2 0 2 4 年 部 门 预 算 公 开")])
    assert (found.department, found.year) == ("某县教育局", 2024)


def test_captions_of_tables_tell_what_no_cover_does() -> None:
    lines = [(5, "编制部门：某县民政局 单位：万元"), (6, "2023年预算"), (7, "2023年支出")]
    found = identify(lines)
    assert (found.department, found.year) == ("某县民政局", 2023)


def test_nothing_is_guessed() -> None:
    found = identify([(1, "收入"), (2, "支出")])
    assert (found.department, found.year, found.region) == ("", None, "")


def test_a_region_is_no_department() -> None:
    assert not is_department("某市某区")
    assert region_of("某市某区教育局") == "某市某区"


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


@needs_samples
@pytest.mark.parametrize("name", sample_names())
def test_samples(name: str) -> None:
    identity, known = sample_prose(name).identity, truth(name)
    assert (identity.department, identity.year) == (known["department"], known["year"])


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
