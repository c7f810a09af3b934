"""Which line continues the paragraph before it."""

from __future__ import annotations

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.body_lines import PlacedLine, prose_lines
from budgetkit.extraction.prose.layout import TextBlocks
from tests.helpers.drawn import text, width_of

FULL = "本" * 48
BODY = [(FULL, 60.0, 10.0)] * 4


def placed(*lines: tuple[str, float, float], number: int = 1) -> list[PlacedLine]:
    """Lines of one page: words, left edge and type size; 20 points apart."""
    chars: list[Char] = []
    for i, (words, x, size) in enumerate(lines):
        chars += text(words, x, 100 + 20 * i, size)
    return prose_lines([(Page(number, 600, 850, tuple(chars), (), 0, 0), ())])


def centred(words: str, size: float) -> tuple[str, float, float]:
    return words, 300 - width_of(words, size) / 2, size


def sizes(lines: list[PlacedLine]) -> list[int]:
    """How many lines each paragraph has."""
    return [len(group) for group in TextBlocks(lines).paragraphs()]


def test_a_full_line_goes_on_and_a_short_one_does_not() -> None:
    assert sizes(placed(*BODY, ("到此为止。", 60, 10), ("另起一段", 60, 10))) == [5, 1]


def test_an_indent_and_an_enumerator_begin_a_paragraph() -> None:
    assert sizes(placed(*BODY, ("本" * 46, 80, 10), ("（一）另一条。", 80, 10))) == [4, 1, 1]


def test_another_type_size_begins_a_paragraph() -> None:
    assert sizes(placed(*BODY, (FULL[:30], 60, 14))) == [4, 1]


def test_a_title_is_large_and_in_the_middle() -> None:
    lines = placed(("某局", 60, 16), centred("收入说明", 16), *BODY)
    blocks = TextBlocks(lines)
    assert [blocks.is_title(line) for line in lines] == [False, True, *[False] * 4]


def test_a_title_at_the_head_of_a_page_is_hardly_larger() -> None:
    lines = placed(centred("收入说明", 11.2), *BODY, centred("支出说明", 11.2))
    blocks = TextBlocks(lines)
    assert [blocks.is_title(line) for line in lines] == [True, *[False] * 5]
