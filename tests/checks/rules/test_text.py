"""Years, funds and words of the template: what is wrong, and the false alarms that stay out."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.checks.messages import sentence_of
from tests.helpers.cases import beyond_tables, case, cases_of_dataset, fails, para, run


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收入预算5万元，比2025年预算增加1万元", True),  # its own year as the year before
        ("与2025年预算持平", True),
        ("纳入本部门2024年部门汇总预算编制范围的单位", True),
        ("2024年部门预算编制说明", True),
        ("一、2024年“三公”经费预算情况说明", True),
        ("比2024年预算增加1万元", False),
        ("2025年“三公”经费预算数为1万元，与2024年预算持平", False),
        ("2024年当年预算执行数为5万元", False),
        ("根据《关于2017年省级部门预算的批复》编制", False),
        ("（沪财预〔2016〕143号）", False),
        ("支出20765.62万元，占2026.5平方米", False),
        ("截至2023年8月31日，共有车辆3辆", False),
        ("2024年政府采购预算执行情况", False),
    ],
)
def test_the_wrong_year_of_a_budget(text: str, found: bool) -> None:
    assert bool(fails(case(paragraphs=[para(text)]), "text-year")) is found


def test_a_note_or_title_of_another_year_is_found() -> None:
    row = {"document": "d", "table": "government_fund", "title": "2025年部门收入预算总表"}
    wrong = {**row, "note": "注：本部门2024年无政府性基金预算。"}
    assert len(fails(case(tables=[wrong]), "text-year")) == 1
    carried = {**row, "title": "2024年上年结转情况表", "note": ""}
    assert not fails(case(tables=[carried]), "text-year")


def test_a_note_about_the_other_fund_is_found() -> None:
    row = {"document": "d", "table": "state_capital", "title": "国有资本经营预算支出表"}
    wrong = {**row, "note": "注:无政府性基金预算财政拨款安排的预算，故本表为空表。"}
    right = {**row, "note": "注:无国有资本经营预算，故本表为空表。"}
    assert fails(case(tables=[wrong]), "text-fund")
    assert not fails(case(tables=[right]), "text-fund")
    section = para("没有使用国有资本经营预算安排的支出。", "八、政府性基金预算拨款情况")
    assert fails(case(tables=[right], paragraphs=[section]), "text-fund")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("预算XX万元", True),
        ("与上年相比增加（减少）0万元", True),
        ("项目×××工程", True),
        ("2025年政府性基金支出万元。", True),
        ("比上年增加%，", True),
        ("2025年政府性基金支出0万元。", False),
        ("金额单位：万元", False),
        ("收入预算（万元）", False),
        ("一、收支总表……………………5", False),
        ("一、收支总表............5", False),
        ("X光机2台", False),
        ("比上年增加（减少的部分已扣除）", False),
    ],
)
def test_placeholders(text: str, found: bool) -> None:
    assert bool(fails(case(paragraphs=[para(text)]), "text-placeholder")) is found


def test_every_placeholder_is_counted() -> None:
    text = "比上年增加（减少）0万元，增长（降低）0%。"
    (finding,) = fails(case(paragraphs=[para(text), para(text)]), "text-placeholder")
    assert "4处" in sentence_of(finding).zh


def test_a_project_of_the_year_runs_in_the_year() -> None:
    row = {
        "document": "d",
        "project": "甲",
        "name": "甲",
        "where": "narrative",
        "funding": "general",
        "pages": "1",
        "period_start": "2024-01-01",
        "period_end": "2024-12-31",
    }
    paragraphs = [para("2024年1月1日-2024年12月31日")]
    assert fails(case(projects=[row], paragraphs=paragraphs), "text-project-period")
    for fields in ({"period_end": "2025-12-31"}, {"funding": "carryover"}, {"period_end": None}):
        one = case(projects=[row | fields], paragraphs=paragraphs)
        assert not fails(one, "text-project-period")


def test_the_text_of_the_bundled_documents_is_clean(sample_dataset: Path) -> None:
    cases = [one for one in cases_of_dataset(sample_dataset) if "changji" not in one.document]
    assert len(cases) > 20
    for one in cases:
        checks = [name for name in beyond_tables() if name.startswith("text-")]
        assert run(one, *checks)
        assert not fails(one, *checks), one.document
