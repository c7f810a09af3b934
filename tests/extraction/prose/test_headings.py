"""Headings, told by enumerator and punctuation."""

from __future__ import annotations

import pytest

from budgetkit.extraction.prose.headings import (
    completion,
    is_heading,
    is_table_title,
    marker,
    without_marker,
)

RANKS = ["第二部分 情况说明", "二、收入预算", "（二）支出预算", "2.项目支出"]


def test_enumerators_rank_from_part_to_digit() -> None:
    ranks = [marker(text) for text in RANKS]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize("text", ["2.5万元", "2025年预算", "机关运行经费", "一般公共预算"])
def test_a_number_or_a_word_is_no_enumerator(text: str) -> None:
    assert marker(text) == 0
    assert without_marker(text) == text


@pytest.mark.parametrize("text", ["一、甲局的工作，乙局的工作。", "（一）安排12.00万元", "一、"])
def test_sentences_and_amounts_are_no_headings(text: str) -> None:
    assert not is_heading(text)


def test_a_stack_of_enumerators_is_stripped() -> None:
    assert without_marker("三、（一）基本支出") == "基本支出"


@pytest.mark.parametrize(
    ("title", "found"), [("收入预算总表", True), ("支出表（2025年）", True), ("代表建议", False)]
)
def test_titles_of_tables_end_in_their_word(title: str, found: bool) -> None:
    assert is_table_title(title) is found


def test_a_word_that_is_whole_needs_no_completion() -> None:
    assert completion("二、收入预算", "明确了任务") == 0
