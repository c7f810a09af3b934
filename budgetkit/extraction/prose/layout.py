"""Where the text block of each page stands, and which line continues the paragraph before it.

A typesetter breaks a line where the next word does not fit. So a line continues the one before
it if its first word would not have fitted there; an indent, an enumerator, a table in between or
another type size begins a new paragraph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from budgetkit.extraction.prose.body_lines import CENTRED, PlacedLine
from budgetkit.extraction.prose.headings import is_heading, marker, may_be_heading

#: A first line is indented by more than this many characters.
INDENT = 1.2
#: What a line's rest may miss to the next word's width, in characters.
SLACK = 0.5
#: Type sizes of one paragraph differ by no more than this share.
SAME_SIZE = 0.15
#: A page title is set at least this much larger than the body.
TITLE_SIZE = 1.2
#: Less will do at the head of a page, with this many characters free on either side.
HEAD_SIZE, HEAD_FREE = 1.08, 3
#: A text block is at least this share of the page's width.
NARROW = 0.6
#: Loosely set lines end up to this many characters early.
LOOSE = 4
#: Where paragraphs are indented, a line in mid-sentence ends up to this share of its width early.
EARLY = 0.35
_ENDS_SENTENCE = "。；;：:！？"
#: No line may begin with these, so that they stay with the word before.
_CLOSING = "，。、；：！？）〕】》”’％%,.;:!?)]"
_OPENING = "（〔【《“‘([￥"
#: The ink of these fills only their left half.
_HALF_INKED = "，。、；：！？）〕】》”’"
_WORD = re.compile(r"[A-Za-z0-9.,%]+|.")
_NUMBER = re.compile(r"[0-9.,]+")


class _Block(NamedTuple):
    """A page's text block: left and right edge, and type size, in points."""

    left: float
    right: float
    size: float


class TextBlocks:
    """The text block of every page, found from the lines of all pages of the same width."""

    def __init__(self, lines: Sequence[PlacedLine]) -> None:
        self.lines = lines
        by_width: dict[int, list[PlacedLine]] = defaultdict(list)
        by_page: dict[int, list[PlacedLine]] = defaultdict(list)
        for line in lines:
            by_width[round(line.page.width)].append(line)
            by_page[line.page.number].append(line)
        shared = {width: _shared_block(group) for width, group in by_width.items()}
        self._blocks = {
            number: _page_block(group, shared[round(group[0].page.width)])
            for number, group in by_page.items()
        }
        self._heads = {number: group[0] for number, group in by_page.items()}
        self._indents = self._first_lines_are_indented()

    def paragraphs(self) -> list[list[PlacedLine]]:
        """Return the lines of each paragraph, over the ends of pages too."""
        groups: list[list[PlacedLine]] = []
        for line in self.lines:
            if groups and self._continues(groups[-1], line):
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _first_lines_are_indented(self) -> bool:
        """Whether most lines after the end of a paragraph are indented."""
        after = [
            self._is_indented(line)
            for last, line in pairwise(self.lines)
            if last.page is line.page
            and last.text[-1] in "。；"
            and not is_heading(line.text)
            and self._rest(last) > 5 * self._blocks[line.page.number].size
        ]
        return sum(after) > 0.7 * len(after) > 1

    def is_title(self, line: PlacedLine) -> bool:
        """Whether a line is set as a page's title: large and in the middle."""
        box, width = line.line.box, line.page.width
        left, right, size = self._blocks[line.page.number]
        is_free = min(box.x0 - left, right - box.x1) >= HEAD_FREE * size
        is_head = self._heads[line.page.number] is line
        return (
            line.size >= (HEAD_SIZE if is_head and is_free else TITLE_SIZE) * size > 0
            and abs((box.x0 + box.x1) / 2 - width / 2) <= CENTRED * width
            and may_be_heading(line.text)
        )

    def _continues(self, group: Sequence[PlacedLine], line: PlacedLine) -> bool:
        """Whether a line continues the paragraph that the lines of a group begin."""
        last = group[-1]
        if _are_apart(last, line):
            return False
        if self.is_title(last):
            return self._continues_title(last, line)
        is_full = not self._is_indented(line) and not self._leaves_room(last, line)
        if marker(line.text) and self._opens_item(group, line, is_full):
            return False
        return is_full or self._is_mid_sentence(last, line)

    def _continues_title(self, last: PlacedLine, line: PlacedLine) -> bool:
        """Whether a title runs on over a second line, set close below the first."""
        return (
            line.page is last.page
            and self.is_title(line)
            and not marker(line.text)
            and line.line.box.top - last.line.box.bottom < last.size
        )

    def _opens_item(self, group: Sequence[PlacedLine], line: PlacedLine, is_full: bool) -> bool:
        """Whether an enumerator at the head of a line opens an item.

        Else it only happens to stand there: the line before is full and ends no sentence, and
        neither of the two is a heading.
        """
        return (
            not is_full
            or group[-1].text[-1] in _ENDS_SENTENCE
            or is_heading("".join(item.text for item in group))
            or (is_heading(line.text) and self._rest(line) > LOOSE * self._size(line))
        )

    def _is_mid_sentence(self, last: PlacedLine, line: PlacedLine) -> bool:
        """Whether the paragraph goes on although its last line ends early: it ends no sentence.

        Loosely set lines end a few characters early; where paragraphs are indented, a line at
        the left edge continues the one before it wherever that one ended.
        """
        if last.text[-1] in _ENDS_SENTENCE:
            return False
        loose = LOOSE * self._size(last)
        if self._is_indented(line):  # a paragraph that is indented as a whole
            same_edge = abs(line.line.box.x0 - last.line.box.x0) < INDENT
            # Pages are bound at the left and at the right by turns, or begin further left; what
            # stands over a table is no sentence.
            turned = (
                line.page is not last.page and not last.beside_table and not is_heading(last.text)
            )
            return (same_edge or turned) and self._rest(last) < loose
        left, right, _ = self._blocks[last.page.number]
        return self._rest(last) < (EARLY * (right - left) if self._indents else loose)

    def _leaves_room(self, last: PlacedLine, line: PlacedLine) -> bool:
        """Whether the next line's first word would have fitted behind the last line."""
        size = self._size(last)
        rest = self._rest(last) - (size / 2 if last.text[-1] in _HALF_INKED else 0)
        chars = line.line.chars
        word_width = chars[_first_word(line.text) - 1].x1 - chars[0].x0
        return rest > word_width + SLACK * size

    def _is_indented(self, line: PlacedLine) -> bool:
        left, _, size = self._blocks[line.page.number]
        return line.line.box.x0 > left + INDENT * size

    def _rest(self, line: PlacedLine) -> float:
        """Points from the end of a line to the right edge."""
        return self._blocks[line.page.number].right - line.line.box.x1

    def _size(self, line: PlacedLine) -> float:
        return self._blocks[line.page.number].size


def _are_apart(last: PlacedLine, line: PlacedLine) -> bool:
    """Whether a table, a page without text or another type size separates two lines."""
    sizes_differ = line.size and last.size and abs(line.size - last.size) > SAME_SIZE * line.size
    return bool(line.after_table or line.page.number > last.page.number + 1 or sizes_differ)


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


def _shared_block(lines: Sequence[PlacedLine]) -> _Block:
    """The text block of pages of one width; captions of tables stand where the tables do."""
    lines = [line for line in lines if not line.beside_table] or lines
    size = _body_size(lines)
    return _Block(*_edges(lines, size), size)


def _page_block(lines: Sequence[PlacedLine], shared: _Block) -> _Block:
    """The text block of one page, corrected by the shared one where its lines are few."""
    left, right = _edges(lines, shared.size)
    is_narrow = right - left < 0.8 * (shared.right - shared.left)
    return _Block(
        shared.left if 0 < left - shared.left < 4 * shared.size else left,
        max(right, shared.right) if is_narrow else right,
        shared.size,
    )


def _body_size(lines: Sequence[PlacedLine]) -> float:
    """The type size (points) of the median character."""
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
    shared_lefts = (x for x, third in zip(lefts, lefts[2:], strict=False) if third <= x + size)
    shared_rights = (x for x, third in zip(rights, rights[2:], strict=False) if third >= x - size)
    left, right = next(shared_lefts, lefts[0]), next(shared_rights, rights[0])
    width = lines[0].page.width
    return left, right if right - left >= NARROW * width else width - left
