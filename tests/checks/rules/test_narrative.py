"""The prose against the tables: slips found, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.checks.meaning import class_figures, class_path
from budgetkit.checks.percents import compare_percent, percent_range
from budgetkit.checks.quoted import (
    QuotedAmount,
    QuotedPercent,
    quoted_amount,
    quoted_amounts,
    quoted_percent,
)
from tests.helpers.cases import (
    OF_AMOUNTS,
    Case,
    beyond_tables,
    case,
    cases_in,
    fact,
    fails,
    kind_of,
    para,
    run,
    said,
)
from tests.typesetter import invent, plant, typeset

FAMILIES = ("xinjiang11", "shanghai9", "jiangsu12")


def test_an_amount_that_differs_from_its_table_is_found() -> None:
    row = said("支出预算664.08万元，", "支出预算", amount=664.08)
    facts = [fact("summary", "total", "664.18", section="expenditure", measure="amount")]
    (finding,) = fails(case(narrative=[row], facts=facts), "narrative-amount")
    assert (finding.table, finding.code, finding.measure) == ("narrative", "支出预算", "amount")
    assert (finding.expected, finding.found) == (Decimal("664.18"), Decimal("664.08"))
    assert finding.place is not None
    assert finding.other_place is not None


def test_rounded_wan_of_the_prose_agree_with_yuan_of_the_table() -> None:
    row = said("支出预算9628.22万元。", "支出预算", amount=9628.22)
    facts = [
        fact("summary", "total", "96,282,163", unit="元", section="expenditure", measure="amount")
    ]
    (finding,) = run(case(narrative=[row], facts=facts), "narrative-amount")
    assert finding.status == "rounding"


def test_an_item_that_no_rule_knows_accuses_nobody() -> None:
    row = said("全部来款5.00万元。", "全部来款", amount=5.0)
    facts = [fact("summary", "total", "7.00", section="expenditure", measure="amount")]
    assert not run(case(narrative=[row], facts=facts), "narrative-amount")


def test_a_blank_is_not_zero() -> None:
    row = said("其他收入0万元；", "其他收入", amount=0.0)
    facts = [fact("summary", "total", "7.00", section="revenue", measure="amount")]
    assert not run(case(narrative=[row], facts=facts), "narrative-amount")


def test_classes_of_one_name_are_told_apart_by_what_they_stand_under() -> None:
    rows = [
        ("20131", "党委办公厅", "3.00"),
        ("2013102", "一般行政管理事务", "3.00"),
        ("20132", "组织事务", "8.00"),
        ("2013202", "一般行政管理事务", "8.00"),
    ]
    facts = [fact("general_expenditure", code, amount, name=name) for code, name, amount in rows]
    text = "2.“一般公共服务支出（类）组织事务（款）一般行政管理事务（项）”8.00万元，"
    row = said(text, "一般行政管理事务", amount=8.0)
    one = case(narrative=[row], facts=facts)
    assert [code for code, _ in class_figures(one, row)] == ["2013202"]
    vague = said("一般行政管理事务9.00万元，", "一般行政管理事务", amount=9.0)
    assert not run(case(narrative=[vague], facts=facts), "narrative-amount")


def test_a_class_is_found_behind_the_name_of_the_class_above_it() -> None:
    facts = [
        fact("general_expenditure", "20101", "100.00", name="人大事务"),
        fact("general_expenditure", "2010101", "45.00", name="行政运行"),
        fact("general_expenditure", "2080101", "7.00", name="行政运行"),
    ]
    row = said("1.人大事务行政运行（项）支出100.00万元", "人大事务行政运行", amount=100.0)
    (finding,) = fails(case(narrative=[row], facts=facts), "narrative-amount")
    assert (finding.expected, finding.found) == (Decimal("45.00"), Decimal("100.00"))


def test_a_code_in_the_prose_finds_its_row_and_its_name() -> None:
    facts = [
        fact("general_expenditure", "210", "5.00", name="卫生健康支出"),
        fact("general_expenditure", "2101101", "5.00", name="行政单位医疗"),
    ]
    text = (
        "1、医疗卫生与计划生育支出（210类）行政事业单位医疗（11款）行政单位医疗（01项）5.00万元。"
    )
    row = said(text, "行政单位医疗", amount=5.0)
    assert [step.code for step in class_path(row["text"])] == ["210", "11", "01"]
    one = case(narrative=[row], facts=facts)
    assert not fails(one, "narrative-amount")
    (finding,) = fails(one, "narrative-item-name")
    assert finding.code == "210"


def test_a_share_is_recomputed_from_the_total_said_before_it() -> None:
    rows = [
        said("支出预算664.08万元，", "支出预算", amount=664.08),
        said("基本支出491.15万元，占73.96%，", "基本支出", amount=491.15, share_pct=73.96),
        said("项目支出172.93万元，占33.04%，", "项目支出", amount=172.93, share_pct=33.04),
    ]
    (finding,) = fails(case(narrative=rows), "narrative-share")
    assert (finding.code, finding.measure) == ("项目支出", "share_pct")


def test_a_share_without_a_sure_whole_accuses_nobody() -> None:
    rows = [
        said("基本支出491.15万元。", "基本支出", amount=491.15),
        said("项目支出172.93万元，占26.04%，", "项目支出", amount=172.93, share_pct=26.04),
    ]
    assert not run(case(narrative=rows), "narrative-share")


def test_a_percent_is_recomputed_from_its_change() -> None:
    text = "项目支出4335.3万元，与上年相比减少1237.7万元，减少13.22%。"
    row = said(text, "项目支出", amount=4335.3, change=-1237.7, change_pct=-13.22)
    (finding,) = fails(case(narrative=[row]), "narrative-percent")
    assert round(finding.expected or 0, 2) == Decimal("-22.21")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("甲14.00万元，增加14.00万元，增长100.00%", (14.0, 14.0, 100.0)),  # from nothing
        ("甲8.00万元，增加0.00万元，增长0.00%", (8.0, 0.0, 0.0)),
        ("甲2388.04万元，增加2247.84万元，增长16倍", (2388.04, 2247.84, 1600.0)),
        ("甲2.49万元，增加0.02万元，增长0.81%", (2.49, 0.02, 0.81)),
    ],
)
def test_percents_that_can_be_right_are_not_found(
    text: str, fields: tuple[float, float, float]
) -> None:
    amount, change, pct = fields
    row = said(text, "甲", amount=amount, change=change, change_pct=pct)
    assert not fails(case(narrative=[row]), "narrative-percent", "narrative-change")


def test_an_increase_by_more_than_the_amount_is_impossible() -> None:
    row = said("政府性基金0万元，增加1421.25万元；", "政府性基金", amount=0.0, change=1421.25)
    assert len(fails(case(narrative=[row]), "narrative-change")) == 1


def test_a_percent_between_two_printed_amounts_is_recomputed() -> None:
    text = (
        "1、住房改革支出（款）住房公积金（项）208.8万元。主要用于缴纳住房公积金。"
        "2025年当年预算执行数为198.34万元，2026年预算安排201.50万元，"
        "比2025年预算执行数增加5.27%。主要原因是：支出增加。"
    )
    one = case(year=2026, paragraphs=[para(text)])
    (percent,) = fails(one, "narrative-base-percent")
    (twice,) = fails(one, "narrative-amount-twice")
    assert (percent.found, twice.found) == (Decimal("5.27"), Decimal("201.50"))


def test_procurement_is_the_sum_of_what_is_named() -> None:
    rows = [
        said("政府采购预算22.08万元，", "政府采购", kind="procurement", amount=22.08),
        said("货物10.93万元，", "政府采购货物", kind="procurement", amount=10.93),
        said("工程0.00万元，", "政府采购工程", kind="procurement", amount=0.0),
        said("服务7.45万元。", "政府采购服务", kind="procurement", amount=7.45),
    ]
    (finding,) = fails(case(narrative=rows), "procurement-sum")
    assert (finding.table, finding.code, finding.measure) == ("procurement", "total", "total")
    assert finding.expected == Decimal("18.38")


def test_a_reserve_is_within_the_procurement() -> None:
    rows = [
        said("政府采购18.38万元。", "政府采购", kind="procurement", amount=18.38),
        said("预留20万元，", "面向中小企业预留政府采购", kind="procurement", amount=20.0),
        said("预留9万元。", "小微企业预留政府采购", kind="procurement", amount=9.0),
    ]
    (finding,) = fails(case(narrative=rows), "procurement-reserve")
    assert finding.code == "面向中小企业预留政府采购"


def test_money_behind_not_arranged_is_found() -> None:
    row = said("政府性基金预算未安排。", "政府性基金预算", kind="not_arranged")
    facts = [fact("government_fund", "total", "5.00")]
    assert len(fails(case(narrative=[row], facts=facts), "disclosure-not-arranged")) == 1
    assert not fails(
        case(narrative=[row], facts=[fact("government_fund", "total", "0.00")]),
        "disclosure-not-arranged",
    )


def basic(codes: Sequence[str], names: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of the basic expenditure, 1.00 each."""
    return [
        fact("basic_expenditure", code, "1.00", name=name)
        for code, name in zip(codes, names, strict=True)
    ]


def test_a_list_of_classes_is_held_against_the_basic_expenditure() -> None:
    names = ["办公费", "印刷费", "邮电费", "差旅费", "公务接待费", "工会经费", "福利费"]
    codes = ["30201", "30202", "30207", "30211", "30217", "30228", "30229"]
    facts = basic(codes, names)
    facts.append(fact("basic_expenditure", "30226", "7.08", name="劳务费"))
    text = f"公用经费51.35万元，主要包括：{'、'.join([*names, '委托业务费'])}。"
    one = case(paragraphs=[para(text)], facts=facts)
    (known,) = fails(one, "class-list-known")
    (missed,) = fails(one, "class-list-complete")
    assert (known.code, missed.code) == ("委托业务费", "30226")


def test_a_rest_without_a_row_names_what_the_list_does_not() -> None:
    names = ["基本工资", "津贴补贴", "奖金", "离休费", "退休费", "住房公积金"]
    codes = ["30101", "30102", "30103", "30301", "30302", "30113"]
    facts = basic(codes, names)
    facts.append(fact("basic_expenditure", "30107", "8.18", name="绩效工资"))
    text = f"人员经费14.18万元。主要包括：{'、'.join([*names, '其他工资福利支出'])}。"
    assert not fails(case(paragraphs=[para(text)], facts=facts), "class-list-complete")
    # With a row of its own it is that row, and names no other.
    facts.append(fact("basic_expenditure", "30199", "1.00", name="其他工资福利支出"))
    (missed,) = fails(case(paragraphs=[para(text)], facts=facts), "class-list-complete")
    assert missed.code == "30107"


def test_an_older_name_that_contains_a_class_lists_it() -> None:
    names = ["基本工资", "津贴补贴", "奖金", "离休费", "退休费", "住房公积金"]
    codes = ["30101", "30102", "30103", "30301", "30302", "30113"]
    facts = basic(codes, names)
    facts.append(fact("basic_expenditure", "30109", "2.00", name="职业年金缴费"))
    text = f"人员经费7.00万元。主要包括：{'、'.join([*names, '社会保障缴费'])}。"
    assert not fails(case(paragraphs=[para(text)], facts=facts), "class-list-complete")


@given(
    st.decimals("0.01", "99999", places=2),
    st.decimals("0.01", "99999", places=2),
)
def test_a_share_rounded_from_its_amounts_never_fails(part: Decimal, rest: Decimal) -> None:
    whole = part + rest
    share = round(part / whole * 100, 2)
    half = Decimal("0.005")
    ends = percent_range(QuotedAmount(part, half, "", 0, 0), QuotedAmount(whole, half, "", 0, 0))
    assert ends is not None
    assert compare_percent(QuotedPercent(share, half), ends) != "fail"


@given(st.decimals("0.00", "9999999", places=2), st.sampled_from(["万元", "元", "亿元"]))
def test_an_amount_is_found_as_it_is_printed(amount: Decimal, unit: str) -> None:
    text = f"某项{amount:,.2f}{unit}，占8.00%，"
    (found,) = quoted_amounts(text)
    row = said(text, "某项", amount=float(found.amount), share_pct=8.0)
    assert quoted_amount(row, "amount") == found
    assert quoted_percent(row, "share_pct") == QuotedPercent(Decimal("8.00"), Decimal("0.005"))


@pytest.mark.parametrize(
    ("family", "kind"),
    [
        *product(FAMILIES, ("narrative_amount", "procurement_sum")),
        ("xinjiang11", "percent"),
        ("jiangsu12", "percent"),
        ("xinjiang11", "head_count"),
    ],
)
def test_planted_slips_of_the_prose_are_found(family: str, kind: str, tmp_path: Path) -> None:
    wrong, slip = plant(invent(11, 2025, family), kind)
    path = typeset(wrong, tmp_path / "wrong.pdf")
    (one,) = cases_in(path)
    found = [f for f in fails(one) if f.table == slip.table and f.found == slip.now]
    if kind == "narrative_amount":
        found = [f for f in found if f.code in slip.name or slip.name in f.code]
    assert found
    assert all(f.place is not None for f in found)


def test_clean_documents_have_no_fail_about_an_amount(corpus: Path) -> None:
    clean = [path for path in sorted(corpus.glob("*.pdf")) if "changji" not in path.name]
    cases = cases_in(*clean)
    assert len(cases) > 20
    assert_no_fail_about_an_amount(cases)


def test_clean_samples_have_no_fail_about_an_amount(shared: Path) -> None:
    paths = [
        path
        for path in sorted((shared / "samples").glob("*.pdf"))
        if "changji" not in path.name and "scan" not in path.name
    ]
    cases = cases_in(*paths)
    assert len(cases) == len(paths) > 5
    assert_no_fail_about_an_amount(cases)


def assert_no_fail_about_an_amount(cases: tuple[Case, ...]) -> None:
    checks = [check for check in beyond_tables() if kind_of(check) in OF_AMOUNTS]
    assert len(checks) > 10
    for one in cases:
        assert run(one, *checks), one.document
        assert fails(one, *checks) == [], one.document
