"""The table of contents: which lines it is, the pages that hold nothing else, and what it lists."""

from __future__ import annotations

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.body_lines import PlacedLine, prose_lines
from budgetkit.extraction.prose.contents import split_contents
from budgetkit.extraction.prose.contents_entries import read_entries
from tests.helpers.drawn import text

DOTS = "." * 20


def page(number: int, *lines: tuple[str, float]) -> Page:
    chars: list[Char] = []
    for words, baseline in lines:
        chars += text(words, 60, baseline)
    return Page(number, 600, 850, tuple(chars), (), 0, 0)


def lines_of(*pages: Page) -> list[PlacedLine]:
    return prose_lines((page, ()) for page in pages)


def contents(*entries: str, start: float = 100) -> Page:
    return page(2, *((entry, start + 20 * i) for i, entry in enumerate(("目录", *entries))))


def entries(*lines: str) -> list[tuple[str, int | None]]:
    body = page(3, ("正文从这里开始，与目录无关。", 100))
    listed = split_contents(lines_of(contents(*lines), body)).listed
    return [(entry.title, entry.printed_page) for entry in read_entries(listed)]


def test_contents_end_where_their_first_entry_comes_again() -> None:
    pages = page(1, ("目录", 100), ("一、概况", 120), ("二、表", 140)), page(2, ("一、概况", 100))
    assert [(x.page.number, x.text) for x in split_contents(lines_of(*pages)).body] == [
        (2, "一、概况")
    ]


ENTRIES = ["第一部分说明", "一、职责情况", "二、收入情况", "三、支出情况", "四、名词解释"]
TITLES = ["第二部分报表", "一、收支总表", "二、收入总表"]


def test_contents_whose_title_is_a_picture_are_headings_in_a_row() -> None:
    contents = page(1, *((entry, 60 + 20 * i) for i, entry in enumerate([*ENTRIES, *TITLES])))
    body = [page(i, (entry, 100), ("正文。", 120)) for i, entry in enumerate(ENTRIES[1:], 2)]
    found = [item.text for item in split_contents(lines_of(contents, *body)).body]
    assert found[::2] == ENTRIES[1:]
    # Headings that do not come again are no contents.
    assert len(split_contents(lines_of(contents)).body) == len(ENTRIES) + len(TITLES)


def test_a_page_of_contents_holds_nothing_below_them() -> None:
    body = page(3, ("一、概况", 100), ("正文。", 120))
    cover = page(1, ("某局部门预算", 300))
    assert split_contents(lines_of(cover, contents("一、概况", "二、报表"), body)).pages == {2}
    headed = page(
        2, ("某局2025年部门预算", 60), ("目录", 100), ("一、概况", 120), ("二、报表", 140)
    )
    assert split_contents(lines_of(cover, headed, body)).pages == {2}
    both = page(
        2, ("目录", 100), ("一、概况", 120), ("二、报表", 140), ("一、概况", 300), ("正文。", 320)
    )
    assert split_contents(lines_of(cover, both)).pages == frozenset()
    assert split_contents(lines_of(cover, both)).body[1].text == "一、概况"


def test_an_ellipsis_in_a_sentence_makes_no_page_of_contents() -> None:
    pages = page(1, ("填写说明", 100)), page(2, ("收入……元，比上年增加。", 100), ("说明。", 120))
    assert split_contents(lines_of(*pages)).pages == frozenset()


def test_entries_have_their_page_and_no_dots() -> None:
    assert entries(f"一、概况{DOTS}1", f"二、收支总表{DOTS}12", "三、名词解释") == [
        ("一、概况", 1), ("二、收支总表", 12), ("三、名词解释", None),
    ]  # fmt: skip


def test_a_number_without_dots_is_a_page_where_all_entries_end_in_one() -> None:
    assert entries("一、概况1", "二、收支总表5") == [("一、概况", 1), ("二、收支总表", 5)]
    assert entries("一、概况", "二、报表", "表1")[-1] == ("表1", None)
    assert entries("一、概况1", "二、2025年预算2025")[-1] == ("二、2025年预算2025", None)


def test_an_entry_goes_on_in_the_next_line_where_it_fills_its_own() -> None:
    long = "二、一般公共预算“三公”经费、会议费、培训费支出预算"
    assert entries("一、概况", long, "表", "三、收支总表") == [
        ("一、概况", None), (f"{long}表", None), ("三、收支总表", None),
    ]  # fmt: skip
    assert entries("一、概况", "收支总表", long)[:2] == [("一、概况", None), ("收支总表", None)]


def test_a_sentence_among_them_shows_that_they_are_no_contents() -> None:
    assert entries("一、概况", "本局负责有关工作。本年预算如下") == []


def test_a_sentence_that_leaves_something_out_is_no_entry() -> None:
    pages = (
        contents("一、概况……1", "二、报表" + "…" * 10),
        page(3, ("一、概况", 100), ("建立了甲制度、乙制度……，并施行。", 120)),
    )
    split = split_contents(lines_of(*pages))
    assert [line.text for line in split.body] == ["一、概况", "建立了甲制度、乙制度……，并施行。"]
    assert [line.text for line in split.listed] == ["一、概况……1", "二、报表" + "…" * 10]
