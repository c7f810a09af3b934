"""Where the text block of each page stands, and which line goes on in the next.

A line goes on when the next one's first word would not have fitted behind it, the
way a typesetter breaks lines; an indent, an enumerator or another type size ends a
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from budgetkit.extraction.prose.body_lines import CENTRED, PlacedLine
from budgetkit.extraction.prose.headings import is_heading, marker, may_be_heading

#: A first line is indented by more than this many characters.
INDENT = 1.2
#: What a line's rest may miss to the next word's width, in characters.
SLACK = 0.5
#: A page title is set at least this much larger than the body.
TITLE_SIZE = 1.2
#: Less will do at the head of a page, with this many characters free on either side.
HEAD_SIZE, HEAD_FREE = 1.08, 3
#: A text block is at least this share of the page's width.
NARROW = 0.6
#: Loosely set lines end up to this many characters early.
LOOSE = 4
_ENDS_SENTENCE = "。；;：:！？"
#: Nothing of a line may begin with these, so that they stay with the word before.
_CLOSING = "，。、；：！？）〕】》”’％%,.;:!?)]"
_OPENING = "（〔【《“‘([￥"
#: Of these the ink fills the left half alone.
_HALF_INKED = "，。、；：！？）〕】》”’"
_WORD = re.compile(r"[A-Za-z0-9.,%]+|.")
_NUMBER = re.compile(r"[0-9.,]+")


class TextBlocks:
    """Where the text block of each page stands, told from the lines of all its like."""

    def __init__(self, lines: Sequence[PlacedLine]) -> None:
        by_width: dict[int, list[PlacedLine]] = {}
        by_page: dict[int, list[PlacedLine]] = {}
        for line in lines:
            by_width.setdefault(round(line.page.width), []).append(line)
        for width, group in by_width.items():
            # Titles and captions of tables stand where the tables stand, not where the text does.
            by_width[width] = [line for line in group if not line.beside_table] or group
        for line in lines:
            by_page.setdefault(line.page.number, []).append(line)
        self.size = {width: _body_size(group) for width, group in by_width.items()}
        self._edges: dict[int, tuple[float, float]] = {}
        wide = {width: _edges(group, self.size[width]) for width, group in by_width.items()}
        for number, group in by_page.items():
            width = round(group[0].page.width)
            left, right = _edges(group, self.size[width])
            all_left, all_right = wide[width]
            self._edges[number] = (
                all_left if 0 < left - all_left < 4 * self.size[width] else left,
                right if right - left >= 0.8 * (all_right - all_left) else max(right, all_right),
            )

        self._heads = {id(group[0]) for group in by_page.values()}
        self.indents = self._indenting(lines)

    def _indenting(self, lines: Sequence[PlacedLine]) -> bool:
        """Whether most lines after the end of a paragraph are indented."""
        after = [
            line.line.box.x0 > self.edges(line)[0] + INDENT * self.size[round(line.page.width)]
            for last, line in pairwise(lines)
            if last.page is line.page
            and last.text[-1] in "。；"
            and not is_heading(line.text)
            and last.line.box.x1 < self.edges(last)[1] - 5 * self.size[round(line.page.width)]
        ]
        return sum(after) > 0.7 * len(after) > 1

    def edges(self, line: PlacedLine) -> tuple[float, float]:
        """Left and right edge of the text block."""
        return self._edges[line.page.number]

    def is_title(self, line: PlacedLine) -> bool:
        """Whether a line is set as a page's title: large and in the middle."""
        box, width = line.line.box, line.page.width
        size = self.size[round(width)]
        left, right = self.edges(line)
        free = min(box.x0 - left, right - box.x1) >= HEAD_FREE * size
        heads = id(line) in self._heads and free
        return (
            line.size >= (HEAD_SIZE if heads else TITLE_SIZE) * size > 0
            and abs((box.x0 + box.x1) / 2 - width / 2) <= CENTRED * width
            and may_be_heading(line.text)
        )

    def goes_on(self, group: Sequence[PlacedLine], line: PlacedLine) -> bool:
        """Whether a line continues the paragraph before it."""
        last = group[-1]
        if line.after_table or line.page.number > last.page.number + 1:
            return False
        if line.size and last.size and abs(line.size - last.size) > 0.15 * line.size:
            return False
        left = self.edges(line)[0]
        indented = line.line.box.x0 > left + INDENT * self.size[round(line.page.width)]
        marked = marker(line.text)
        if self.is_title(last):
            return (
                line.page is last.page
                and self.is_title(line)
                and marked == 0
                and line.line.box.top - last.line.box.bottom < last.size
            )
        short = self._ends_short(last, line)
        if marked and (indented or short or last.text[-1] in _ENDS_SENTENCE):
            return False
        if marked and (is_heading("".join(item.text for item in group)) or self._alone(line)):
            return False
        if (short or indented) and self._mid_sentence(last, line, indented):
            return True
        return not indented and not short

    def _mid_sentence(self, last: PlacedLine, line: PlacedLine, indented: bool) -> bool:
        """Whether a line that ends early goes on all the same: it ends no sentence.

        Loosely set lines end a few characters early; where paragraphs are indented, a line at
        the left edge goes on wherever the one before it ended.
        """
        left, right = self.edges(last)
        rest = right - last.line.box.x1
        size = self.size[round(last.page.width)]
        if last.text[-1] in _ENDS_SENTENCE or self.is_title(last):
            return False
        if indented:
            # A paragraph that is indented as a whole.
            return abs(line.line.box.x0 - last.line.box.x0) < INDENT and rest < LOOSE * size
        return rest < (0.35 * (right - left) if self.indents else LOOSE * size)

    def _alone(self, line: PlacedLine) -> bool:
        """Whether a line looks like a whole heading by itself."""
        return (
            is_heading(line.text)
            and line.line.box.x1 < self.edges(line)[1] - LOOSE * self.size[round(line.page.width)]
        )

    def _ends_short(self, last: PlacedLine, line: PlacedLine) -> bool:
        """Whether the next line's first word would have fitted behind the last line."""
        size = self.size[round(last.page.width)]
        rest = self.edges(last)[1] - last.line.box.x1
        if last.text[-1] in _HALF_INKED:
            rest -= size / 2
        chars = line.line.chars
        end = _first_word(line.text)
        return rest > chars[end - 1].x1 - chars[0].x0 + SLACK * size


def _first_word(text: str) -> int:
    """Length of what can't be broken off the head of a line."""
    end = 0
    while end < len(text) and text[end] in _OPENING:
        end += 1
    word = _WORD.match(text, min(end, len(text) - 1))
    end = word.end() if word else 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    if text[end - 1] in _CLOSING and (number := _NUMBER.match(text, end)):
        end = number.end()  # office suites don't break between a comma and a number
    return end


def _body_size(lines: Sequence[PlacedLine]) -> float:
    sizes = sorted((line.size, len(line.text)) for line in lines if line.size) or [(10.0, 1)]
    half = sum(n for _, n in sizes) / 2
    for size, n in sizes:
        half -= n
        if half <= 0:
            return size
    return sizes[-1][0]


def _edges(lines: Sequence[PlacedLine], size: float) -> tuple[float, float]:
    """The left and right edge that at least three lines share, else the outermost.

    Where every line is short, the right margin is taken to be as wide as the left one.
    """
    lefts = sorted(line.line.box.x0 for line in lines)
    rights = sorted((line.line.box.x1 for line in lines), reverse=True)
    left = next(
        (x for i, x in enumerate(lefts) if lefts[i + 2 : i + 3] and lefts[i + 2] <= x + size),
        lefts[0],
    )
    right = next(
        (x for i, x in enumerate(rights) if rights[i + 2 : i + 3] and rights[i + 2] >= x - size),
        rights[0],
    )
    width = lines[0].page.width
    return left, right if right - left >= NARROW * width else width - left
