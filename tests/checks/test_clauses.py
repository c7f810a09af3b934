"""What a sentence with several amounts says of which of them."""

from __future__ import annotations

import pytest

from budgetkit.checks.clauses import is_part, says_own_change, says_own_percent, words_before
from tests.helpers.cases import case, fails, para, run, said

LIST = "收入预算90万元，其中：拨款60万元，事业收入20万元，其他收入10万元，比上年增加30万元。"


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("其他收入10万元，比上年增加30万元，", True),
        ("其他收入10万元，占5%，比上年预算增加30万元，", True),
        ("其他收入10万元。与上年相比增加30万元。", True),
        ("其他收入10万元。其他收入增加30万元。", True),
        ("其他收入10万元，2025年本部门预算收入较上年增加30万元，", False),
        ("其他收入10万元；收入比2024年增加30万元，", False),
        ("其他收入10万元，项目支出20万元，比上年增加30万元，", False),
    ],
)
def test_a_change_is_of_the_amount_right_before_it(text: str, own: bool) -> None:
    row = said(text, "其他收入", amount=10.0, change=30.0)
    assert says_own_change(case(), row) is own
    found = [finding.status for finding in run(case(narrative=[row]), "narrative-change")]
    assert found == (["fail"] if own else ["skipped"])


def test_the_last_of_a_list_may_be_told_with_the_change_of_the_whole() -> None:
    row = said("其他收入10万元，比上年增加30万元。", "其他收入", amount=10.0, change=30.0)
    told = case(paragraphs=[para(LIST)])
    assert words_before(told, row).endswith("事业收入20万元,")
    assert not says_own_change(told, row)
    assert not fails(case(paragraphs=[para(LIST)], narrative=[row]), "narrative-change")


def test_a_percent_behind_a_bracket_is_of_the_whole() -> None:
    inner = "公务用车运行费30万元，比上年减少2万元。）比上年增加8万元，增长10.7%，"
    row = said(inner, "公务用车运行费", amount=30.0, change=-2.0, change_pct=10.7)
    assert not says_own_percent(row)
    plain = said("办公费30万元，比上年减少2万元，下降10.7%", "办公费", amount=30.0)
    assert says_own_percent(plain | {"change": -2.0, "change_pct": -10.7})


def test_one_budget_of_several_is_a_part() -> None:
    row = said("其中一般公共预算拨款政府采购5万元", "政府采购", amount=5.0)
    assert is_part(case(), row)
    assert not is_part(case(), said("政府采购5万元", "政府采购", amount=5.0))
