"""Whose disclosure it is, of which year, and when it was issued."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.department_names import is_department
from budgetkit.extraction.prose.identity import (
    Identity,
    TableTexts,
    identify,
    identify_file,
)
from budgetkit.extraction.prose.issued import read_issued
from tests.helpers.prose import (
    needs_samples,
    paragraph,
    real_prose,
    sample_names,
    sample_prose,
    truth,
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
        (["某省某厅（本级）2024年度单位预算公开"], ("某省某厅", 2024, "unit")),
        (
            ["公开表一", "部门：某省某厅单位：万元", "2019年政府采购预算表"],
            ("某省某厅", 2019, "department"),
        ),
        (["某市某局（汇总）", "2024年部门预算公开说明"], ("某市某局", 2024, "department")),
        (["某市某局", "二〇二四年度部门综合预算说明"], ("某市某局", 2024, "department")),
        (["某市某局部门预算公开", "二〇二四年"], ("某市某局", None, "department")),
        (["2024年", "某市某局部门预", "算"], ("某市某局", 2024, "department")),
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


@pytest.mark.parametrize(
    "cover",
    [
        ["附件1：关于公开某县某局2026年部门预算的说明"],
        ["2026年部门预算公开", "某县某局"],
        ["2026年", "某县某局部门预算"],
        ["2026 年 度", "某县某局", "部 门 预 算"],
    ],
)
def test_a_cover_in_any_order(cover: list[str]) -> None:
    found = identify([(1, line) for line in cover])
    assert (found.department, found.year) == ("某县某局", 2026)


@pytest.mark.parametrize(
    ("cover", "titles", "kind"),
    [
        (["某县某局2024年部门决算"], [], "final_account"),
        (["某县某局2024年部门预算"], ["2022年支出决算表"], "budget"),
        (["第一部分概况"], ["收入支出决算总表", "收入决算表", "预算表"], "final_account"),
        (["第一部分概况"], [], "budget"),
        (["封面", "2024年度部门决算公开", "目录"], ["收入表"], "final_account"),
    ],
)
def test_a_final_account_is_no_budget(cover: list[str], titles: list[str], kind: str) -> None:
    assert identify([(1, line) for line in cover], (), TableTexts(titles)).kind == kind


def test_a_form_names_department_and_year_in_its_cells() -> None:
    rows = [["", "（2026年度）"], ["部门名称", "", "某市某局"]]
    found = identify([(1, "绩效目标")], (), TableTexts((), "", rows))
    assert (found.department, found.year) == ("某市某局", 2026)
    assert found.found == (
        "its department stands in a cell of its tables; "
        "its budget year stands in a cell of its tables"
    )


def test_running_text_names_the_department_that_a_picture_hides() -> None:
    body = [
        "某市某局2026年政府采购预算总额5万元。",
        "截至2025年底，某市某局共有车辆2台。本局是部门。",
        "某区某局是某市某局的派出机构。",
    ]
    found = identify([(1, "第一部分2026年度部门预算情况说明")], (), None, body)
    assert (found.department, found.year) == ("某市某局", 2026)
    assert found.found == "its department stands in its running text"
    assert identify([(1, "2026年部门预算")], (), None, body[2:]).department == ""


def test_a_place_on_the_cover_is_that_of_a_name_without_one() -> None:
    found = identify([(1, "上海市2026年市级单位预算"), (1, "预算单位：东海中心小学")])
    assert (found.region, found.level, found.scope) == ("上海市", "province", "unit")


def test_the_name_of_a_file_tells_what_nothing_else_does() -> None:
    assert identify_file("2024年某市某局（本级）单位预算").scope == "unit"
    assert identify_file("a#2").year is None


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
    found = real_prose(stem).identity
    assert (found.department, found.year, found.scope) == (department, year, scope)
    assert (found.region, found.kind) == (region, "budget")
