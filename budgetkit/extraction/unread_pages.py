"""Pages of which nothing was read although they hold figures, or are pictures.

Stands at the end of a document's way: a page that gave no fact, no listed amount and no target is
looked at once more.  What is found is listed in ``unmapped`` with the cause ``page``, so that
nothing is concluded from what is not there: see :mod:`budgetkit.disclosure`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from budgetkit.amounts import is_amount, printed_unit
from budgetkit.extraction.ocr.page_pictures import (
    FEWEST_CHARS,
    covered,
    is_picture,
    n_body_chars,
    on_page,
)
from budgetkit.extraction.ocr.recogniser import EXTRA, is_installed
from budgetkit.extraction.pdf.characters import UNKNOWN, Char
from budgetkit.extraction.pdf.lines import Line, box_around, read_lines, split_at_gaps
from budgetkit.extraction.pdf.outlined import words_of_pictures
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.pdf.problems import (
    DRAWN_FIGURES,
    DRAWN_TEXT,
    IS_PICTURE,
    TABLE_IS_PICTURE,
)
from budgetkit.extraction.tables.table_content import Unmapped
from budgetkit.extraction.tables.titles import title_table
from budgetkit.geometry import Box, around
from budgetkit.schema import PAGE_NOT_READ

#: Below the title of a table a picture that covers this share of its page may be the table.
COVERED_BELOW_TITLE = 0.05
#: Rows of figures make a table from so many on; below a title or a unit from fewer.
FEWEST_ROWS, FEWEST_TITLED_ROWS = 3, 2
#: Below the title of a table a single row of so many amounts is one.
FEWEST_IN_ONE_ROW = 3
#: Figures stand in one column where an edge or the middle of each is this near (points).
SAME_COLUMN = 4.0
#: How the problem of a document with such pages goes on behind their numbers.
NOT_READ = " not read: "
#: Digits drawn as shapes are no wider than this share of their height; ideographs are.
DIGIT_WIDTH = 0.8
#: Fewer shapes than this are no figures, but a mark or a seal.
FEWEST_MARKS = 12
#: Without rows and without a grid, fewer than this are no text.
FEWEST_MARKS_ALONE = 40

_FIGURE = re.compile(rf"[-−–—△▲(（]?[\d{UNKNOWN}][\d{UNKNOWN},.，．]*[)）%％-]?")
#: An amount that no unit follows, or that another one follows at once, in the order of the file.
_BARE = re.compile(r"\d[.,，]\d+(?![\d.,，%％万亿元个])|\d\.\d\d(?=\d{1,3}[.,，]\d)")
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")


class _Word(NamedTuple):
    text: str
    box: Box

    @property
    def is_figure(self) -> bool:
        return _FIGURE.fullmatch(self.text) is not None

    @property
    def is_sure(self) -> bool:
        """Whether it is an amount, or may be one: no code, year or count."""
        return is_amount(self.text) or (len(self.text) > 1 and UNKNOWN in self.text)


#: The words of a row.
_Row = list[_Word]


def unread_figures(page: Page, grids: Iterable[Box] = ()) -> list[Unmapped]:
    """List what a page holds that gave nothing.

    Parameters
    ----------
    page
        That gave no fact, no listed amount and no target, and is none of the contents.
    grids
        Boxes of its ruled grids (points, reading frame).

    Returns
    -------
    list of Unmapped
        The figures of its rows; of a picture or of drawn text, its box.  Empty where it holds no
        table.
    """
    pictured = f"{IS_PICTURE}{_remedy()}" if is_picture(page) else ""
    whole = [_listed(page, _pictures(page), UNKNOWN, pictured)] if pictured else []
    if (whole and not page.unsure) or not _may_hold_figures(page):
        return whole
    is_known = len(page.marks) < FEWEST_MARKS or any(char.text == UNKNOWN for char in page.chars)
    shapes = () if is_known else page.marks
    # Shapes that the characters already stand for are not looked at again.
    drawn = [Char(UNKNOWN, *box, baseline=box.bottom) for box in shapes]
    drawn += [char for word in words_of_pictures(page) for char in word]
    lines = read_lines([*page.chars, *drawn])
    is_titled = any(_is_caption(line) for line in lines)
    rows = [row for line in lines if (row := _row(line, is_titled))]
    has_title = any(title_table(line.text) for line in lines)
    if rows := _aligned(rows, is_titled, has_title):
        why = DRAWN_FIGURES if drawn else "its columns are not clear"
        why = pictured or why  # the text that goes with a picture is no more than a hint
        figures = [word for row in rows for word in row if word.is_figure]
        return [_listed(page, word.box, word.text, why) for word in figures]
    if drawn and (hidden := _drawn_text(page, grids)):
        return [_listed(page, box_around(hidden), UNKNOWN, DRAWN_TEXT)]
    if covered(page) >= COVERED_BELOW_TITLE and _has_bare_title(lines):
        return whole or unread_pictures(page, [_pictures(page)])
    return whole


def unread_pictures(page: Page, boxes: Iterable[Box]) -> list[Unmapped]:
    """List the tables of a page that are pictures and were not read.

    Parameters
    ----------
    page
        That they stand on.
    boxes
        Theirs (points, reading frame).

    Returns
    -------
    list of Unmapped
        One for each.
    """
    return [_listed(page, box, UNKNOWN, f"{TABLE_IS_PICTURE}{_remedy()}") for box in boxes]


def _drawn_text(page: Page, grids: Iterable[Box]) -> list[Char]:
    """Shapes that are the text of a grid, or of a page without any; few of them are no text."""
    shapes = [Char(UNKNOWN, *box, baseline=box.bottom) for box in page.marks]
    within = [
        shape
        for x0, top, x1, bottom in grids
        for shape in shapes
        if x0 <= (shape.x0 + shape.x1) / 2 <= x1 and top <= (shape.top + shape.bottom) / 2 <= bottom
    ]
    if len(within) >= FEWEST_MARKS:
        return within
    return shapes if len(shapes) >= FEWEST_MARKS_ALONE and n_body_chars(page) < FEWEST_CHARS else []


def _may_hold_figures(page: Page) -> bool:
    """Whether a page may hold a table; a cheap test that rules out most pages of prose."""
    is_drawn = max(len(page.marks), len(page.pictures)) >= FEWEST_MARKS
    if is_drawn or covered(page) >= COVERED_BELOW_TITLE:
        return True
    text = "".join([char[0] for char in page.chars if char[0] != " "])
    return UNKNOWN in text or sum(1 for _ in _BARE.finditer(text)) >= FEWEST_TITLED_ROWS


def _remedy() -> str:
    """What reads pictures, where that is not installed."""
    return "" if is_installed() else f" (pip install '{EXTRA}' to read pictures)"


def _listed(page: Page, box: Box, text: str, why: str) -> Unmapped:
    rule = f"stands on a page that was not read: {why}"
    return Unmapped("", page.number, box, text, rule, PAGE_NOT_READ)


def _pictures(page: Page) -> Box:
    return around(on_page(page))


def _is_caption(line: Line) -> bool:
    return bool(printed_unit(line.text) or title_table(line.text))


def _has_bare_title(lines: Sequence[Line]) -> bool:
    """Whether the last line of a page, but for one in its margin, is the title of a table."""
    return any(title_table(line.text) for line in lines) and not any(
        re.search("[。；]", line.text) for line in lines
    )


def _row(line: Line, is_titled: bool) -> _Row:
    """The words of a line that may be a row of a table: several figures, or a name and one."""
    words = [_word(run) for run in split_at_gaps(line)]
    figures = [word for word in words if word.is_figure]
    is_row = any(word.is_sure for word in figures) and (
        len(figures) > 1 or (is_titled and any(_IDEOGRAPH.search(w.text) for w in words))
    )
    return words if is_row else []


def _word(chars: Sequence[Char]) -> _Word:
    """A word; shapes that are as wide as high are ideographs, not digits."""
    text, box = "".join(char.text for char in chars), box_around(chars)
    if set(text) == {UNKNOWN}:
        shares = [(c.x1 - c.x0) / max(c.bottom - c.top, 0.1) for c in chars]
        tall = [s for s, c in zip(shares, chars, strict=True)
                if c.bottom - c.top > 0.6 * (box.bottom - box.top)]  # fmt: skip
        if not tall or median(tall) > DIGIT_WIDTH:
            return _Word("一" * len(chars), box)
    return _Word(text, box)


def _aligned(rows: Iterable[_Row], is_titled: bool, has_title: bool) -> list[_Row]:
    """The rows whose figures stand in columns; none where these are too few.

    Below a title one row of several amounts is enough.
    """
    rows = list(rows)
    fewest = FEWEST_TITLED_ROWS if is_titled else FEWEST_ROWS
    places: Counter[tuple[str, int]] = Counter()
    held = [_columns(row) for row in rows]
    for columns in held:
        places.update(columns)
    # An edge that the rows share; the next place too, since a column may lie across two.
    shared = {
        (edge, at)
        for edge, at in places
        if sum(places[edge, at + step] for step in (-1, 0, 1)) >= fewest
    }
    kept = [row for row, columns in zip(rows, held, strict=True) if columns & shared]
    if len(kept) >= fewest:
        return kept
    alone = [row for row in rows if sum(word.is_sure for word in row) >= FEWEST_IN_ONE_ROW]
    return alone if has_title else []


def _columns(row: _Row) -> set[tuple[str, int]]:
    """Places of the edges and middles of the figures of a row."""
    figures = [word.box for word in row if word.is_figure]
    return {
        place
        for x0, _, x1, _ in figures
        for place in (
            ("left", round(x0 / SAME_COLUMN)),
            ("middle", round((x0 + x1) / 2 / SAME_COLUMN)),
            ("right", round(x1 / SAME_COLUMN)),
        )
    }


def name_pages(unread: Iterable[Unmapped]) -> list[str]:
    """Say which pages were not read, and why: a problem of the document for each reason.

    Examples
    --------
    >>> box, rule = Box(0, 0, 9, 9), "stands on a page that was not read: it is a picture"
    >>> name_pages([Unmapped("", page, box, "", rule, PAGE_NOT_READ) for page in (9, 12)])
    ['pages 9, 12 were not read: it is a picture']
    """
    by_rule: dict[str, list[int]] = {}
    for amount in unread:
        if amount.cause == PAGE_NOT_READ:
            pages = by_rule.setdefault(amount.rule.partition(": ")[2], [])
            if amount.page not in pages:
                pages.append(amount.page)
    return [
        f"{'pages' if len(pages) > 1 else 'page'} {', '.join(map(str, pages))} "
        f"{'were' if len(pages) > 1 else 'was'}{NOT_READ}{why}"
        for why, pages in by_rule.items()
    ]
