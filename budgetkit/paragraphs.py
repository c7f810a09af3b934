"""Beside the tables: lines of prose into paragraphs, each under its headings.

A PDF knows no paragraphs, only lines.  A line goes on in the next one when the
next one's first word would not have fitted behind it, the way a typesetter
breaks lines; an indent, an enumerator or another type size ends a paragraph.
Every character keeps its page and its box, so that whatever is found in the
text later can say where it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from budgetkit.lines import INKED, Line, box_around, read_lines
from budgetkit.pages import Box, Char, Page
from budgetkit.wordings import wordings

#: Page numbers stand in this share of the page's height, at the top and at the bottom.
MARGIN = 0.12
#: A running header or footer stands on at least this many pages.
RUNNING = 3
#: A first line is indented by more than this many characters.
INDENT = 1.2
#: What a line's rest may miss to the next word's width, in characters.
SLACK = 0.5
#: A page title is set at least this much larger than the body, and this near the middle.
TITLE_SIZE, TITLE_OFF = 1.2, 0.04
#: No heading is longer than this many characters.
LONGEST_HEADING = 60

#: Ideographs that are not as high as their type.
_FLAT = "一二三四工"

_PAGE_NUMBER = re.compile(r"(?=.*\d)[-—–─~·/第共页\d]{1,12}")
_LEADER = re.compile(r"…{2,}|\.{6,}|·{6,}|．{4,}")
_CONTENTS = re.compile(r"目录|目次")
#: Enumerators and the rank of the headings that they open.
_MARKERS = (
    (1, re.compile(r"第[一二三四五六七八九十]+(?:部分|章)")),
    (3, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (4, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")),
    (5, re.compile(r"\d{1,2}(?:、|．|[.](?!\d)|[.](?=20\d\d年))")),
    (6, re.compile(r"[（(]\d{1,2}[)）]")),
)
_PAGE_TITLE = 2
_NOT_IN_HEADING = re.compile(r"[。；;！？]|[，：:,]$|\d(?:万元|亿元|元)|[:：].")
_ENDS_SENTENCE = "。；;：:！？"
#: Nothing of a line may begin with these, so that they stay with the word before.
_CLOSING = "，。、；：！？）〕】》”’％%,.;:!?)]"
_OPENING = "（〔【《“‘([￥"
#: Of these the ink fills the left half alone.
_HALF_INKED = "，。、；：！？）〕】》”’"
_WORD = re.compile(r"[A-Za-z0-9.,%]+|.")
_NUMBER = re.compile(r"[0-9.,]+")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its page; ``after_table`` where a table stands before it on the page."""

    page: Page
    line: Line
    text: str
    size: float
    after_table: bool = False
    beside_table: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading of the prose.

    Attributes
    ----------
    text : str
        Without any white space, one character for each of ``chars``.
    chars : tuple of (int, Char)
        Page and character; boxes are of the page as shown, in points.
    section : tuple of str
        The headings that it stands under, outermost first; its own is not among them.
    rank : int
        0 for body; the rank of a heading otherwise: 1 第一部分, 2 a page's title, 3 一、,
        4 （一）, 5 1., 6 (1).
    """

    text: str
    chars: tuple[tuple[int, Char], ...]
    section: tuple[str, ...] = ()
    rank: int = 0

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.chars[0][0]

    def place(self, start: int = 0, end: int | None = None) -> tuple[int, Box]:
        """Give page and box (points, as shown) of a span; where it runs over, of its first page.

        Examples
        --------
        >>> char = Char("甲", 0, 0, 9, 9, 8)
        >>> Paragraph("甲乙", ((1, char), (2, char._replace(text="乙")))).place(0, 2)
        (1, Box(x0=0, top=0, x1=9, bottom=9))
        """
        span = self.chars[start:end] or self.chars[-1:]
        page = span[0][0]
        return page, box_around(char for number, char in span if number == page)


def read_paragraphs(pages: Iterable[tuple[Page, Sequence[Box]]]) -> list[Paragraph]:
    """Read the prose of a document.

    Parameters
    ----------
    pages
        Each page with the areas of its tables (reading frame), which are left out.

    Returns
    -------
    list of Paragraph
        In reading order, headings included; page numbers, running headers and footers, and
        the table of contents are left out.

    Examples
    --------
    >>> read_paragraphs([])
    []
    """
    return join_lines(prose_lines(pages))


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
        shared = _printed_twice(before, here)
        del found[len(found) - shared[0] :]
        here = here[shared[1] :]
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
    """Lines that a page repeats because both pages were cut out of one longer page.

    Gives how many lines to take off the end of the page before, and how many off the head of
    this one: the cut shows as a wider gap between two of the repeated lines.
    """
    texts = [line.text for line in before]
    # The line that the cut went through may have left a full stop behind.
    skip = next((i for i, line in enumerate(here[:2]) if len(line.text) > 3), len(here))
    if skip == len(here):
        return (0, 0)
    for start in (i for i, text in enumerate(texts) if text == here[skip].text):
        run = texts[start:]
        again = here[skip : skip + len(run)]
        if len("".join(run)) >= 20 and run == [line.text for line in again]:
            tops = [line.line.box.top for line in again]
            gaps = [after - top for top, after in pairwise(tops)]
            wide = max(range(len(gaps)), key=gaps.__getitem__, default=-1)
            if gaps and gaps[wide] > 1.6 * sorted(gaps)[len(gaps) // 2]:
                return (len(run) - wide - 1, skip + wide + 1)
            return (0, skip + len(run))
    return (0, 0)


def join_lines(lines: Sequence[PlacedLine]) -> list[Paragraph]:
    """Join lines into paragraphs, over the ends of pages too, and note their headings."""
    body = _without_contents(_without_running(lines))
    if not body:
        return []
    frames = _Frames(body)
    groups: list[list[PlacedLine]] = []
    for line in body:
        if groups and frames.goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    paragraphs = [_paragraph(group, frames) for group in groups]
    return _with_sections(_whole_headings(paragraphs))


def _without_running(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
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
        and abs((box.x0 + box.x1) / 2 - width / 2) <= TITLE_OFF * width
    )


def _without_contents(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Leave out the table of contents: to the place where its first entry comes again."""
    start = next((i for i, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is not None and start + 1 < len(lines):
        page = lines[start].page.number
        first = _LEADER.split(lines[start + 1].text)[0].rstrip("0123456789")
        end = next(
            (
                i
                for i, line in enumerate(lines[start + 2 :], start + 2)
                if line.text.startswith(first)
                and line.page.number <= page + 3
                and not _LEADER.search(line.text)
            ),
            None,
        )
        if end is None:
            end = next((i for i, x in enumerate(lines) if x.page.number > page), len(lines))
        lines = [*lines[:start], *lines[end:]]
    return [line for line in lines if not _LEADER.search(line.text)]


class _Frames:
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
                right if right - left >= 0.8 * (all_right - all_left) else all_right,
            )

        self.indents = self._indenting(lines)

    def _indenting(self, lines: Sequence[PlacedLine]) -> bool:
        """Whether most lines after the end of a paragraph are indented."""
        after = [
            line.line.box.x0 > self.edges(line)[0] + INDENT * self.size[round(line.page.width)]
            for last, line in pairwise(lines)
            if last.page is line.page
            and last.text[-1] in "。；"
            and not _is_heading(line.text)
            and last.line.box.x1 < self.edges(last)[1] - 5 * self.size[round(line.page.width)]
        ]
        return sum(after) > 0.7 * len(after) > 1

    def edges(self, line: PlacedLine) -> tuple[float, float]:
        """Left and right edge of the text block."""
        return self._edges[line.page.number]

    def is_title(self, line: PlacedLine) -> bool:
        """Whether a line is set as a page's title: large and in the middle."""
        box, width = line.line.box, line.page.width
        return (
            line.size >= TITLE_SIZE * self.size[round(width)] > 0
            and abs((box.x0 + box.x1) / 2 - width / 2) <= TITLE_OFF * width
            and not _NOT_IN_HEADING.search(line.text)
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
        if marked and (_is_heading("".join(item.text for item in group)) or self._alone(line)):
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
            return abs(line.line.box.x0 - last.line.box.x0) < INDENT and rest < 4 * size
        return rest < (0.35 * (right - left) if self.indents else 4 * size)

    def _alone(self, line: PlacedLine) -> bool:
        """Whether a line looks like a whole heading by itself."""
        return (
            _is_heading(line.text)
            and line.line.box.x1 < self.edges(line)[1] - 4 * self.size[round(line.page.width)]
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
    """The left and right edge that at least three lines share, else the outermost."""
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
    return left, right


def _paragraph(group: Sequence[PlacedLine], frames: _Frames) -> Paragraph:
    chars: list[tuple[int, Char]] = []
    for item in group:
        number, here = item.page.number, item.line.chars
        if item.page.turns:
            here = tuple(
                Char(char.text, *item.page.as_shown(Box(*char[1:5])), char.baseline)
                for char in here
            )
        chars += [(number, char) for char in here]
    text = "".join([item.text for item in group])
    rank = marker(text) if _is_heading(text) else 0
    if not rank and frames.is_title(group[0]) and len(text) <= LONGEST_HEADING:
        rank = 0 if _is_table_title(text) else _PAGE_TITLE
    return Paragraph(text, tuple(chars), (), rank)


def marker(text: str) -> int:
    """Rank of the enumerator that a text begins with; 0 where there is none.

    Examples
    --------
    >>> [marker(text) for text in ("第一部分概况", "二、收入", "（三）其他", "4．甲", "4.5万元")]
    [1, 3, 4, 5, 0]
    """
    return next((rank for rank, pattern in _MARKERS if pattern.match(text)), 0)


def without_marker(text: str) -> str:
    """Strip the enumerators that a text begins with.

    Examples
    --------
    >>> without_marker("（一）、基本支出"), without_marker("2.5万元")
    ('基本支出', '2.5万元')
    """
    while found := next((m for _, pattern in _MARKERS if (m := pattern.match(text))), None):
        text = text[found.end() :].lstrip("、.．")
    return text


def _is_heading(text: str) -> bool:
    return (
        2 < len(text) <= LONGEST_HEADING and marker(text) > 0 and not _NOT_IN_HEADING.search(text)
    )


def _is_table_title(text: str) -> bool:
    return bool(re.search(r"表(?:[（(][^（）()]*[)）])?$", text))


def _whole_headings(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Put a heading together whose last word (情况说 | 明) went to the line below."""
    whole: list[Paragraph] = []
    for paragraph in paragraphs:
        if whole and whole[-1].rank and not paragraph.rank:
            cut = _completion(whole[-1].text, paragraph.text)
            if cut:
                heading = whole[-1]
                whole[-1] = replace(
                    heading,
                    text=heading.text + paragraph.text[:cut],
                    chars=heading.chars + paragraph.chars[:cut],
                )
                if cut == len(paragraph.text):
                    continue
                paragraph = replace(
                    paragraph, text=paragraph.text[cut:], chars=paragraph.chars[cut:]
                )
        whole.append(paragraph)
    return whole


def _completion(heading: str, text: str) -> int:
    """How many characters of a text complete a heading's last word; 0 for none."""
    for tail in wordings("heading", "tail"):
        for split in range(len(tail) - 1, 0, -1):
            if heading.endswith(tail[:split]) and text.startswith(tail[split:]):
                return len(tail) - split
    return 0


def _with_sections(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    path: list[tuple[int, str]] = []
    placed = []
    for paragraph in paragraphs:
        if paragraph.rank:
            while path and path[-1][0] >= paragraph.rank:
                path.pop()
        placed.append(replace(paragraph, section=tuple(text for _, text in path)))
        if paragraph.rank:
            path.append((paragraph.rank, paragraph.text))
    return placed


def under(
    paragraphs: Sequence[Paragraph], is_heading: Callable[[str], bool]
) -> list[list[Paragraph]]:
    """Give what stands under each heading that a test picks, in one list a heading."""
    found: list[list[Paragraph]] = []
    depth = 0
    for paragraph in paragraphs:
        if paragraph.rank and (not depth or paragraph.rank <= depth):
            depth = paragraph.rank if is_heading(without_marker(paragraph.text)) else 0
            if depth:
                found.append([])
        elif depth:
            found[-1].append(paragraph)
    return found
