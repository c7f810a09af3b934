"""Lines into paragraphs, under their headings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.body_lines import prose_lines, without_running
from budgetkit.extraction.prose.contents import split_contents
from budgetkit.extraction.prose.paragraphs import Paragraph, join_lines, under
from budgetkit.geometry import Box
from tests.helpers.prose import (
    LEFT,
    SIZE,
    char_line,
    needs_samples,
    page_of,
    sample_names,
    sample_prose,
    typeset,
)

LONG = "本局贯彻落实关于各项工作的方针政策和决策部署" * 4 + "。"
OTHER = "拟订各项工作的规划和措施并组织实施" * 4 + "。"


def read(*pages: Page, boxes: Sequence[Box] = ()) -> list[Paragraph]:
    lines = without_running(prose_lines([(page, boxes) for page in pages]))
    return join_lines(split_contents(lines).body)


def texts(*pages: Page) -> list[str]:
    return [part.text for part in read(*pages)]


def test_lines_are_joined_and_indents_begin_paragraphs() -> None:
    assert texts(typeset(LONG, OTHER, LONG)) == [LONG, OTHER, LONG]


def test_a_paragraph_runs_over_the_end_of_a_page() -> None:
    whole = LONG[:-1] + OTHER
    first, second = typeset(OTHER, whole[:74]), typeset(whole[74:], LONG, number=2, indent=0)
    joined = texts(first, second)
    assert joined[1] == whole


def test_a_span_gives_the_page_and_box_of_its_first_page() -> None:
    part = read(typeset(LONG))[0]
    place = part.place(0, 3)
    assert place["page"] == 1
    assert place["x0"] == pytest.approx(LEFT + 2 * SIZE)
    assert place["x1"] == pytest.approx(LEFT + 5 * SIZE, abs=1)
    assert len(part.text) == len(part.chars)


def test_headings_open_sections_and_are_not_glued_to_the_body() -> None:
    page = typeset("第三部分 2025年部门预算情况说明", "一、 收入预算情况说明", "（一）规模", LONG)
    parts = read(page)
    assert [part.rank for part in parts] == [1, 3, 4, 0]
    assert parts[-1].section == (
        "第三部分2025年部门预算情况说明",
        "一、收入预算情况说明",
        "（一）规模",
    )


def test_a_wrapped_heading_is_put_together() -> None:
    long_name = "三、关于" + "某" * 20 + "局2025年财政拨款收支预算情况的总"
    page = typeset(long_name, "体说明", LONG)
    parts = read(page)
    assert parts[0].text == long_name + "体说明"
    assert parts[0].rank == 3
    assert parts[1].text == LONG


def test_the_last_word_of_a_heading_is_taken_off_the_body() -> None:
    page = typeset("六、基本支出情况", "说明某局2025年基本支出10万元。", indent=0)
    assert texts(page) == ["六、基本支出情况说明", "某局2025年基本支出10万元。"]


@pytest.mark.parametrize("printed", ["7", "- 7 -", "第7页", "─7─"])
def test_page_numbers_are_left_out(printed: str) -> None:
    page = page_of((OTHER[:30], LEFT, 400), (printed, 290, 800), number=7)
    assert texts(page) == [OTHER[:30]]


def test_running_headers_are_left_out() -> None:
    pages = [
        page_of(("某局部门预算公开", 250, 60), (f"{word}工作。", LEFT, 400), number=number)
        for number, word in enumerate("甲乙丙丁", 1)
    ]
    assert texts(*pages) == ["甲工作。", "乙工作。", "丙工作。", "丁工作。"]


def test_contents_are_left_out() -> None:
    contents = page_of(
        ("目 录", 280, 100), ("第一部分 概况", LEFT, 130), ("第二部分 说明……………5", LEFT, 150)
    )
    body = page_of(("第一部分 概况", LEFT, 100), ("甲工作。", LEFT, 130), number=2)
    assert texts(contents, body) == ["第一部分概况", "甲工作。"]


def test_characters_of_tables_are_left_out() -> None:
    page = page_of(("前面。", LEFT, 100), ("12.50", LEFT, 200), ("后面。", LEFT, 300))
    found = read(page, boxes=[Box(50, 150, 400, 250)])
    assert [part.text for part in found] == ["前面。", "后面。"]


def test_what_two_pages_share_is_read_once() -> None:
    rows = [(OTHER[i : i + 30], LEFT, 600.0 + 20 * i) for i in range(8)]
    shifted = [(text, x0, base - 640) for text, x0, base in rows]
    lines = prose_lines([(page_of(*rows), []), (page_of(*shifted, number=2), [])])
    assert [line.text for line in lines] == [text for text, _, _ in rows]


def test_titles_in_the_middle_of_a_page_open_sections() -> None:
    title = list(char_line("名词解释", 262, 80, 18))
    body = typeset("（一）甲收入：是" + OTHER, "（二）乙收入：是" + LONG)
    page = page_of()
    page = type(page)(1, 595.0, 842.0, (*title, *body.chars), (), 0, 0)
    parts = read(page)
    assert parts[0].rank == 2
    assert [part.section for part in parts[1:]] == [("名词解释",)] * 2


def test_under_gives_what_stands_below_a_heading() -> None:
    page = typeset("一、主要职能", "甲工作。", "二、机构设置", "乙处。")
    found = under(read(page), lambda text: "机构" in text)
    assert [[part.text for part in body] for body in found] == [["乙处。"]]


@needs_samples
@pytest.mark.parametrize("name", sample_names())
def test_samples_give_whole_paragraphs(name: str) -> None:
    parts = sample_prose(name).paragraphs
    told = [p.text for p in parts if not p.rank and p.section and "说明" in p.section[0]]
    assert told
    assert [text for text in told if text[-1] not in "。；：日）表"] == []
