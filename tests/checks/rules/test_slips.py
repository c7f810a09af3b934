"""Slips of typing: what is wrong on the page, and what reads alike and is right."""

from __future__ import annotations

import pytest

from tests.helpers.cases import case, fails, para


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("2025年收入预算预算安排5万元。", "text-words-twice"),
        ("办公费3.00万元万元，比上年减少。", "text-words-twice"),
        ("2025年2025年支出预算5万元。", "text-words-twice"),
        ("办公费5万元，比上年减少-5.00万元。", "text-signed-change"),
        ("办公费5万元，下降-3.20%。", "text-signed-change"),
        ("会议费与上年相比增加持平。", "text-empty-change"),
        ("接待费5万元，增加0.00万元，主要原因是来访批次增加。", "text-empty-change"),
        ("按照规定编制预算,合理安排支出。", "text-half-width"),
    ],
)
def test_a_slip_is_found_by_its_own_check_alone(text: str, check: str) -> None:
    one = case(paragraphs=[para(text)])
    checks = ("text-words-twice", "text-signed-change", "text-empty-change", "text-half-width")
    assert [bool(fails(one, name)) for name in checks] == [name == check for name in checks]


@pytest.mark.parametrize(
    "text",
    [
        "净化厂设备设施更换工程工程款。",
        "信息化项目项目支出5万元。",
        "（一）收入预算预算数为5万元。",
        "强化预算预算管理。",
        "接待费5万元，增加0.00万元，增长0%，主要原因是与上年持平，无增减变化。",
        "接待费5万元，增加0万元，主要原因是严格控制，未增加批次。",
        "接待费5万元，增加0.00万元，主要原因是坚持厉行节约，控制接待批次。",
        "接待费5万元，增加10.00万元，主要原因是来访批次增加。",
        "比上年减少5.00万元。",
        "增减变化：增加—减少。",
        "单位:万元",
        "增加3,200.00万元",
        "根据A,B两项规定",
        "收入和支出与上年持平。",
    ],
)
def test_what_reads_alike_and_is_right_stays_quiet(text: str) -> None:
    one = case(paragraphs=[para(text)])
    checks = ("text-words-twice", "text-signed-change", "text-empty-change", "text-half-width")
    assert not fails(one, *checks)


def test_half_width_marks_are_said_once_a_document() -> None:
    one = case(paragraphs=[para("编制预算,安排支出,加强管理。"), para("统一收支;全面公开。")])
    (found,) = fails(one, "text-half-width")
    assert found.words["count"] == 3
