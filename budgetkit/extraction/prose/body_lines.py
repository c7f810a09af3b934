"""The lines of prose of each page: tables, page numbers and running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.lines import INKED, Line, read_lines
from budgetkit.extraction.pdf.pages import Page
from budgetkit.geometry import Box

#: Page numbers stand in this share of the page's height, at the top and at the bottom.
MARGIN = 0.12
#: A running header or footer stands on at least this many pages.
RUNNING = 3
#: What is this near the middle of a page (share of its width) is centred.
CENTRED = 0.04
#: Ideographs that are not as high as their type.
_FLAT = "一二三四工"
_PAGE_NUMBER = re.compile(r"(?=.*\d)[-—–─~·/第共页\d]{1,12}")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its page, its text without spaces and its type size (points).

    ``after_table`` where a table stands right before it, ``beside_table`` where one stands on its
    page.
    """

    page: Page
    line: Line
    text: str
    size: float
    after_table: bool = False
    beside_table: bool = False


def prose_lines(pages: Iterable[tuple[Page, Sequence[Box]]]) -> list[PlacedLine]:
    """Read the lines that stand on the pages and outside of the tables, in reading order."""
    found: list[PlacedLine] = []
    before: list[PlacedLine] = []
    for page, boxes in pages:
        chars = _outside(page, boxes)
        if not chars:
            before = []
            continue
        here = []
        above = 0.0
        for line in read_lines(chars):
            if not 0 <= line.box.top + line.box.bottom <= 2 * page.height:
                continue  # off the page: its page was cut out of a longer one
            text = "".join([char[0] for char in line.chars])
            after = any(above <= box.top and line.box.top >= box.bottom - 2 for box in boxes)
            above = max(above, line.box.bottom - 2)
            here.append(PlacedLine(page, line, text, _size(line.chars), after, bool(boxes)))
        at_end, at_head = _printed_twice(before, here)
        del found[len(found) - at_end :]
        here = here[at_head:]
        found.extend(here)
        before = here
    return found


def _size(chars: Sequence[Char]) -> float:
    """Type size (points) of a line by its ideographs; 0 where it has too few to tell."""
    heights = sorted(
        char[4] - char[2]
        for char in chars
        if "\u4e00" < char[0] <= "\u9fff" and char[0] not in _FLAT
    )
    return heights[len(heights) * 3 // 4] / INKED if len(heights) > 1 else 0.0


def _outside(page: Page, boxes: Sequence[Box]) -> list[Char]:
    """The characters outside of the tables."""
    chars = list(page.chars)
    for x0, top, x1, bottom in boxes:
        x0, top, x1, bottom = x0 - 2, top - 1, x1 + 2, bottom + 1
        chars = [
            char
            for char in chars
            if not (
                top <= (char[2] + char[4]) / 2 <= bottom and x0 <= (char[1] + char[3]) / 2 <= x1
            )
        ]
    return [char for char in chars if not char.text.isspace() or char.text == " "]


def _printed_twice(before: Sequence[PlacedLine], here: Sequence[PlacedLine]) -> tuple[int, int]:
    """Count the lines that a page repeats because both pages were cut out of one longer page.

    The first number is of lines to take off the end of the page before, the second of lines to
    take off the head of this one: the cut shows as a wider gap between two of the repeated lines.
    A line that the cut went through has lost its points, which stand low: the whole copy is kept.
    """
    texts = [_words(line.text) for line in before]
    # The line that the cut went through may have left a full stop behind.
    skip = next((i for i, line in enumerate(here[:2]) if len(line.text) > 3), len(here))
    if skip == len(here):
        return (0, 0)
    for start in (i for i, text in enumerate(texts) if text == _words(here[skip].text)):
        run = texts[start:]
        again = here[skip : skip + len(run)]
        if len("".join(run)) >= 20 and run == [_words(line.text) for line in again]:
            if len(before[-1].text) < len(again[-1].text):
                return (len(run), skip)
            tops = [line.line.box.top for line in again]
            gaps = [after - top for top, after in pairwise(tops)]
            wide = max(range(len(gaps)), key=gaps.__getitem__, default=-1)
            if gaps and gaps[wide] > 1.6 * sorted(gaps)[len(gaps) // 2]:
                return (len(run) - wide - 1, skip + wide + 1)
            return (0, skip + len(run))
    return (0, 0)


def _words(text: str) -> str:
    return re.sub(r"\W", "", text)


def without_running(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Leave out page numbers and what repeats at the edge of many pages."""

    def at_edge(item: PlacedLine) -> bool:
        height = item.page.height
        return item.line.box.bottom < MARGIN * height or item.line.box.top > (1 - MARGIN) * height

    counts = Counter(
        re.sub(r"\d", "", item.text) for item in lines if at_edge(item) and len(item.text) < 40
    )
    pages = len({item.page.number for item in lines})
    often = max(RUNNING, pages / 2)
    return [
        item
        for item in lines
        if not _is_page_number(item)
        and not (
            at_edge(item)
            and (_PAGE_NUMBER.fullmatch(item.text) or counts[re.sub(r"\d", "", item.text)] >= often)
        )
    ]


def _is_page_number(item: PlacedLine) -> bool:
    """Whether a line is a page number, wherever on the page it stands."""
    box, width = item.line.box, item.page.width
    digits = re.sub(r"\D", "", item.text)
    return (
        0 < len(digits) < 4
        and bool(_PAGE_NUMBER.fullmatch(item.text))
        and abs(int(digits) - item.page.number) <= RUNNING
        and abs((box.x0 + box.x1) / 2 - width / 2) <= CENTRED * width
    )
