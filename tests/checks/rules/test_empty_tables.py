"""Empty tables: what explains them, and what contradicts it."""

from __future__ import annotations

from tests.helpers.cases import case, fact, fails, para, said, table


def test_an_empty_table_wants_a_word() -> None:
    empty = table("government_fund", n_facts=0)
    assert len(fails(case(tables=[empty]), "disclosure-empty-explained")) == 1
    noted = {**empty, "note": "说明：本部门无相关收支项目。"}
    assert not fails(case(tables=[noted]), "disclosure-empty-explained")
    told = para("某局2025年没有使用政府性基金预算拨款安排的支出，为空表。")
    assert not fails(case(tables=[empty], paragraphs=[told]), "disclosure-empty-explained")
    zero = para("政府性基金拨款支出预算为0；国有资本经营预算支出预算为0.5万元。")
    assert not fails(case(tables=[empty], paragraphs=[zero]), "disclosure-empty-explained")
    some = para("政府性基金拨款支出预算为0.5万元。")
    assert fails(case(tables=[empty], paragraphs=[some]), "disclosure-empty-explained")


def test_a_table_that_is_called_empty_prints_nothing() -> None:
    noted = table("three_public", note="注：无“三公”经费预算，故本表为空表。")
    facts = [fact("three_public", "total", "47.91")]
    assert len(fails(case(tables=[noted], facts=facts), "disclosure-empty-true")) == 1
    zero = [fact("three_public", "total", "0.00")]
    assert not fails(case(tables=[noted], facts=zero), "disclosure-empty-true")


def test_money_behind_not_arranged_is_found() -> None:
    row = said("政府性基金预算未安排。", "政府性基金预算", kind="not_arranged")
    facts = [fact("government_fund", "total", "5.00")]
    assert len(fails(case(narrative=[row], facts=facts), "disclosure-not-arranged")) == 1
    assert not fails(
        case(narrative=[row], facts=[fact("government_fund", "total", "0.00")]),
        "disclosure-not-arranged",
    )
