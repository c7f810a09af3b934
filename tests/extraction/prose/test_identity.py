"""Whose disclosure it is, and of which year."""

from __future__ import annotations

import pytest

from budgetkit.extraction.prose.identity import identify, is_department, region_of


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
