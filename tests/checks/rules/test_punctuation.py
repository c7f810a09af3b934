"""Punctuation: what is wrong on the page, and what the extraction can get wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.checks.rules.punctuation import stray_mark
from tests.helpers.cases import case, fails, para


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["公务接待费5万元，增加1万元，主要原因是。"], True),
        (["公务接待费5万元，增加1万元，主要原因是：", "二、机关运行经费"], True),
        (["公务接待费5万元，增加1万元，主要原因是"], True),
        (["公务接待费5万元，增加1万元，主要原因是", "来访批次增加。"], False),  # a line break
        (["公务接待费5万元，主要原因是来访增加。"], False),
        (["原因：机构改革。"], False),
    ],
)
def test_a_sentence_that_breaks_off(texts: list[str], found: bool) -> None:
    one = case(paragraphs=[para(text) for text in texts])
    assert bool(fails(one, "text-sentence-cut")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("信息化建设支出。。2025年", True),
        ("共计2500元。.支付网费", True),
        ("用于甲，，乙", True),
        ("一、甲，；乙", True),
        ("目录……………12", False),
        ("收支总表.......................3", False),
        ("（一）、因公出国（境）费", False),
        ("“甲”、“乙”。", False),
        ("第1.2.3条", False),
    ],
)
def test_doubled_marks(text: str, found: bool) -> None:
    assert bool(fails(case(paragraphs=[para(text)]), "text-doubled-mark")) is found


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("优秀案例”活动", "”"),
        ("（一）甲（乙", "（"),
        ("行政单位医疗（款)", None),  # half and full width are one pair
        ("1）甲；2）乙", None),
        ("《甲（乙）丙》", None),
        ("“甲‘乙’丙”", None),
        ("a)甲", None),
    ],
)
def test_stray_marks(text: str, mark: str | None) -> None:
    assert stray_mark(text) == mark


#: Texts whose marks stand in pairs.
BALANCED = st.recursive(
    st.text("甲乙", max_size=4),
    lambda inner: (
        st.tuples(st.sampled_from(["（{}）", "《{}》", "“{}”"]), inner).map(
            lambda pair: pair[0].format(pair[1])
        )
        | st.tuples(inner, inner).map("".join)
    ),
    max_leaves=6,
)


@given(BALANCED)
def test_brackets_around_a_balanced_text_are_balanced(text: str) -> None:
    assert stray_mark(text) is None
    assert stray_mark(f"某（{text}）") is None
    assert stray_mark(f"某（{text}") is not None


def test_a_bracket_that_closes_in_the_next_paragraph_is_the_readers_doing() -> None:
    rows = [para("用于（人民调解、"), para("社区矫正）等工作。")]
    assert not fails(case(paragraphs=rows), "text-unbalanced")
    assert fails(case(paragraphs=[para("用于（人民调解。"), para("其他。")]), "text-unbalanced")


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["某局财政拨款的机关运行经费预算为464.64万元", "三、政府采购预算情况"], True),
        (["财政拨款收入支出增加的主要原因是工作量增加", "支出主要内容如下："], True),
        (["某局财政拨款的机关运行经费预算为464.64万元，", "比上年增加。"], False),
        (["某局财政拨款的机关运行经费预算为464.64万元", "主要是人员增加。"], False),  # a line break
        (["资金执行时间：2025年1月1日—2025年12月31日", "（二）项目名称：甲"], False),
    ],
)
def test_a_missing_full_stop_is_not_a_line_break(texts: list[str], found: bool) -> None:
    one = case(paragraphs=[para(text) for text in texts])
    assert bool(fails(one, "text-no-stop")) is found
