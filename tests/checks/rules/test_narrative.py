"""The prose compared with the tables: slips found, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from tests.helpers.cases import (
    OF_AMOUNTS,
    Case,
    beyond_tables,
    case,
    cases_in,
    cases_of_dataset,
    fact,
    fails,
    kind_of,
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


def test_a_sentence_is_not_accused_where_its_tables_disagree() -> None:
    facts = [
        fact("expenditure", "2040601", "978.88", name="行政运行", measure="total"),
        fact("general_expenditure", "2040601", "965.05", name="行政运行", measure="total"),
    ]
    sentence = said("行政运行（项）960.14万元。", "行政运行", amount=960.14)
    (one,) = fails(case(facts=facts, narrative=[sentence]), "narrative-amount")
    assert not one.certain
    assert one.expected == Decimal("965.05")


def test_a_sentence_about_a_row_that_a_table_names_wrong_accuses_nobody() -> None:
    facts = [
        fact("expenditure", "2040601", "978.88", name="行政运行"),
        fact("general_expenditure", "2040601", "960.14", name="基层司法业务"),
    ]
    sentence = said("行政运行（项）960.14万元。", "行政运行", amount=960.14)
    assert fails(case(facts=facts, narrative=[sentence]), "narrative-amount") == []
    facts[1] = fact("general_expenditure", "2040601", "960.15", name="基层司法业务")
    assert len(fails(case(facts=facts, narrative=[sentence]), "narrative-amount")) == 1


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


def test_clean_documents_have_no_fail_about_an_amount(sample_dataset: Path) -> None:
    cases = [one for one in cases_of_dataset(sample_dataset) if "changji" not in one.document]
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


def assert_no_fail_about_an_amount(cases: Sequence[Case]) -> None:
    checks = [check for check in beyond_tables() if kind_of(check) in OF_AMOUNTS]
    assert len(checks) > 10
    for one in cases:
        assert run(one, *checks), one.document
        assert fails(one, *checks) == [], one.document


def test_an_item_that_no_table_prints_is_said_to_be_skipped() -> None:
    row = said("机关运行经费12.00万元。", "机关运行经费", amount=12.0, kind="operating_costs")
    (finding,) = run(case(narrative=[row]), "narrative-amount")
    assert (finding.status, finding.found) == ("skipped", Decimal("12.00"))


def test_revenue_of_a_fund_is_not_its_expenditure() -> None:
    row = said("政府性基金预算拨款收入0.00万元。", "政府性基金预算拨款收入", amount=0.0)
    facts = [fact("government_fund", "total", "7.00", measure="total")]
    assert not run(case(narrative=[row], facts=facts), "narrative-amount")
