"""Lines of the prose: not those of tables, contents and running heads."""

from __future__ import annotations

import pytest

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.body_lines import (
    PlacedLine,
    prose_lines,
    without_running,
)
from budgetkit.geometry import Box
from tests.helpers.drawn import text


def page(number: int, *lines: tuple[str, float]) -> Page:
    chars: list[Char] = []
    for words, baseline in lines:
        chars += text(words, 60, baseline)
    return Page(number, 600, 850, tuple(chars), (), 0, 0)


def lines_of(*pages: Page) -> list[PlacedLine]:
    return prose_lines((page, ()) for page in pages)


def test_what_repeats_at_the_edge_of_pages_is_left_out() -> None:
    bodies = ["收入说明", "支出说明", "项目说明", "其他说明", "名词说明", "目标说明"]
    pages = [page(i, ("某局预算公开", 30), (body, 300)) for i, body in enumerate(bodies, 1)]
    assert [item.text for item in without_running(lines_of(*pages))] == bodies


@pytest.mark.parametrize("printed", ["- 7 -", "第7页", "7"])
def test_a_page_number_at_the_edge_is_left_out(printed: str) -> None:
    found = without_running(lines_of(page(7, ("收入说明", 300), (printed, 840))))
    assert [item.text for item in found] == ["收入说明"]


def test_lines_in_a_table_are_its_own() -> None:
    here = page(1, ("上文", 100), ("表内12.00", 200), ("下文", 300))
    found = prose_lines([(here, [Box(50, 150, 550, 250)])])
    assert [(item.text, item.after_table) for item in found] == [("上文", False), ("下文", True)]


def test_of_a_line_that_a_page_break_cuts_the_whole_copy_is_kept() -> None:
    whole = "（八）负责公共设施的维护。按规定权限负责国有资产的管理，负责审核、立项工作"
    cut = whole.translate(dict.fromkeys(map(ord, "。，、")))
    found = lines_of(page(1, ("上文", 100), (cut, 500)), page(2, (whole, 60), ("下文", 90)))
    assert [item.text for item in found] == ["上文", whole, "下文"]
