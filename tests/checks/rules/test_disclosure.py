"""What the rules demand: tables, sections, detail, units, dates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from budgetkit.checks.rules import disclosure
from budgetkit.codelists import read_codelist
from tests.helpers.cases import case, cases_of_dataset, fact, fails, para, run, said, table


def test_a_table_of_the_family_that_is_not_there_is_found() -> None:
    names = ["summary", "revenue", "expenditure", "appropriation_summary", "general_expenditure"]
    one = case(tables=[table(name) for name in names])
    one = replace(one, documents=({**one.documents[0], "family": "national9"},))
    missing = {finding.table for finding in fails(one, "disclosure-tables")}
    assert missing == {"government_fund", "state_capital", "basic_expenditure", "three_public"}
    unread = case(tables=[table(""), *(table(name) for name in names)])
    unread = replace(unread, documents=one.documents)
    assert not fails(unread, "disclosure-tables")


def test_a_section_that_is_not_there_is_found() -> None:
    body = [para(f"第{n}段。") for n in range(20)]
    texts = [
        "主要职能：甲",
        "内设机构：乙",
        "三公经费",
        "机关运行经费",
        "政府采购",
        "国有资产",
        "绩效",
        "增加5元",
    ]
    (finding,) = fails(case(paragraphs=[*body, *map(para, texts)]), "disclosure-sections")
    assert finding.code == "glossary"
    assert not run(case(paragraphs=body[:5]), "disclosure-sections")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("二、机构编制", False),
        ("机构和人员情况", False),
        ("本部门下设办公室、综合处、法规处共3个处（室）。", False),
        ("负责机关人事、机构编制等工作。", True),
        ("本部门下设3个科研项目组。", True),
    ],
)
def test_offices_are_described_under_other_headings_too(words: str, found: bool) -> None:
    body = [para(f"第{n}段。") for n in range(20)]
    codes = {f.code for f in fails(case(paragraphs=[*body, para(words)]), "disclosure-sections")}
    assert ("offices" in codes) is found


def test_detail_goes_down_to_the_level_that_the_law_demands() -> None:
    coarse = [fact("general_expenditure", "206", "5.00"), fact("basic_expenditure", "301", "5.00")]
    one = case(facts=coarse)
    assert len(fails(one, "disclosure-item-detail", "disclosure-economic-detail")) == 2
    fine = [
        fact("general_expenditure", "2060101", "5.00"),
        fact("basic_expenditure", "30101", "5.00"),
    ]
    one = case(facts=[*coarse, *fine])
    assert not fails(one, "disclosure-item-detail", "disclosure-economic-detail")


def test_three_public_is_split_unless_what_is_left_out_is_nothing() -> None:
    rows = [fact("three_public", "total", "5.00"), fact("three_public", "reception", "1.00")]
    found = {f.code for f in fails(case(facts=rows), "disclosure-three-public-split")}
    assert found == {"abroad", "vehicle_purchase", "vehicle_operation"}
    rows.append(fact("three_public", "vehicle_operation", "4.00"))
    assert not fails(case(facts=rows), "disclosure-three-public-split")


def test_a_change_of_three_public_wants_a_reason() -> None:
    fields: dict[str, Any] = {"kind": "three_public", "amount": 5.0, "change": 1.0}
    bare = said("公务接待费5.00万元，增加1.00万元。", "公务接待费", **fields)
    assert len(fails(case(narrative=[bare]), "disclosure-change-explained")) == 1
    told = {**bare, "reason": "来访增加"}
    assert not fails(case(narrative=[told]), "disclosure-change-explained")


BOUGHT = "公务用车购置费30万元，比上年增加10万元；"
RUN = "公务用车运行费10万元，比上年减少2万元。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"公务用车40万元（{BOUGHT}{RUN}）比上年增加8万元，主要原因是：更新车辆。", False),
        (f"其中：{BOUGHT}{RUN}主要原因是：更新车辆。", False),
        (f"其中：{BOUGHT}{RUN}", True),
        (f"其中：{BOUGHT}公务接待费2万元，比上年减少1万元，主要原因是：来访减少。", True),
        (f"三公原因是压减。{BOUGHT}{RUN}", True),
    ],
)
def test_a_reason_behind_parts_of_one_kind_is_theirs(text: str, found: bool) -> None:
    row = said(BOUGHT, "公务用车购置费", kind="three_public", amount=30.0, change=10.0)
    one = case(narrative=[row], paragraphs=[para(text)])
    assert bool(fails(one, "disclosure-change-explained")) is found


def test_the_reason_of_the_whole_is_that_of_the_one_part_that_changes() -> None:
    part = said("公务接待费2万元，减少1万元。", "公务接待费", kind="three_public", change=-1.0)
    whole = said("三公", "“三公”经费", kind="three_public", change=-1.0, reason="厉行节约")
    assert not fails(case(narrative=[whole, part]), "disclosure-change-explained")
    other = {**whole, "change": -3.0}
    assert fails(case(narrative=[other, part]), "disclosure-change-explained")


def test_a_table_of_money_says_its_unit() -> None:
    assert fails(case(tables=[table("summary", unit="")]), "disclosure-units")
    assert not fails(case(tables=[table("summary", unit="", n_facts=0)]), "disclosure-units")


@pytest.mark.parametrize(
    ("issued", "text", "late"),
    [
        ("2025-02-20", "本预算已经2025年2月10日批复。", False),
        ("2025-03-20", "本预算已经2025年2月10日批复。", True),
        ("2025-03-20", "没有批复日期。", False),
        ("2027-03-20", "没有批复日期。", True),
    ],
)
def test_publication_within_twenty_days_of_approval(issued: str, text: str, late: bool) -> None:
    one = case(paragraphs=[para(text)])
    one = replace(one, documents=({**one.documents[0], "issued": issued},))
    assert bool(fails(one, "disclosure-date")) is late


def test_the_bundled_documents_have_what_is_demanded(sample_dataset: Path) -> None:
    cases = cases_of_dataset(sample_dataset)
    assert len(cases) > 20
    for one in cases:
        checks = ("tables", "sections", "empty-explained", "item-detail", "units", "date")
        assert not fails(one, *(f"disclosure-{name}" for name in checks)), one.document


def test_the_days_until_publication_are_a_list_by_region(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "本部门预算已于2025年1月20日批复。"
    one = case(paragraphs=[para(text)])
    late = {"issued": date(2025, 2, 5), "region": "某省某市"}
    one = replace(one, documents=({**one.documents[0], **late},))
    assert not fails(one, "disclosure-date")
    rows = (*read_codelist("deadlines"), {"region": "某省", "from_year": "2025", "days": "10"})
    monkeypatch.setattr(disclosure, "read_codelist", lambda _: rows)
    assert fails(one, "disclosure-date")


def test_a_section_that_one_region_demands(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"id": "x", "zh": "某事", "en": "x", "pattern": "某事", "region": "某省"}
    row = own | {"from_year": "2020", "source": ""}
    monkeypatch.setattr(disclosure, "_demanded_sections", lambda: ((row, re.compile("某事")),))
    one = case(paragraphs=[para("第一段。") for _ in range(20)])
    assert not run(one, "disclosure-sections")
    one = replace(one, documents=({**one.documents[0], "region": "某省某市"},))
    assert fails(one, "disclosure-sections")
