"""Figures that were turned into curves: filled shapes of the size of a character, in a row.

Stands between the pages of a file and the cells of its tables.  In a cell such shapes are
characters that nobody names: they keep their places, so that the cell is listed and no figure
disappears.  A seal or a logo is no row, a bullet is alone, and a code of squares has no lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.glyph_names import UNKNOWN
from budgetkit.extraction.pdf.lines import box_around
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.pdf.words import WORD_GAP, words_of
from budgetkit.geometry import Box

#: Fewer shapes than this are no word: a bullet, a tick.
FEWEST_IN_WORD = 2
#: A shape is as high as a character, by these shares of the characters of its page; so is a point.
LOWEST, HIGHEST = 0.6, 1.6
#: A shape that overlaps the lines of a word by more than this share of their height, and is in
#: none of them, makes it a drawing.
ASTRAY = 0.2
#: A picture of a figure is so high (points), has no more digits, and these are no wider than this
#: share of its height; an icon is as wide as high.
SMALLEST, LARGEST, MOST_IN_PICTURE, DIGIT = 5.0, 16.0, 20, 0.6
#: A picture of one digit is no wider than this many digits, and one of several is wider than that.
ONE, SEVERAL = 1.4, 2.2


def words_of_shapes(page: Page) -> Iterator[list[Char]]:
    """Group the shapes of a page that stand side by side; a rule ends a word.

    Shapes that hold a character, or lie in another shape, are left out.
    """
    shapes = [Char(UNKNOWN, *box, baseline=box.bottom) for box in _outermost(page)]
    return words_of(page, shapes, _is_between)


def words_of_pictures(page: Page) -> Iterator[list[Char]]:
    """Find pictures that may be a figure each: as high as a line, and wider than a digit.

    Their characters are as many as may stand in them.  Pictures of one digit each that stand side
    by side are one word.
    """
    low = [box for box in page.pictures if SMALLEST <= box.bottom - box.top <= LARGEST]
    digits = [
        Char(UNKNOWN, *box, box.bottom) for box in low if box.x1 - box.x0 <= ONE * _digit(box)
    ]
    yield from words_of(page, digits, _is_between)
    for box in low:
        wide, digit = box.x1 - box.x0, _digit(box)
        if SEVERAL * digit < wide <= MOST_IN_PICTURE * digit:
            count = max(FEWEST_IN_WORD, round(wide / digit))
            edges = [box.x0 + wide * i / count for i in range(count + 1)]
            yield [
                Char(UNKNOWN, x0, box.top, x1, box.bottom, box.bottom) for x0, x1 in pairwise(edges)
            ]


def _digit(box: Box) -> float:
    """Width of a digit in a picture as high as a line."""
    return DIGIT * (box.bottom - box.top)


def with_outlined(page: Page, cells: Iterable[Box]) -> Page:
    """Add the characters of a page that are drawn as shapes in its cells.

    Parameters
    ----------
    page
        As read.
    cells
        Boxes of the cells of its tables (points, reading frame).

    Returns
    -------
    Page
        The same where there are none; else with a character without a name for each.
    """
    heights = [char.bottom - char.top for char in page.chars if char.text.isalnum()]
    if not (page.marks or page.pictures) or not heights:
        return page
    usual = median(heights)
    boxes = list(cells)
    found = [
        char
        for word in words_of_shapes(page)
        if _is_text(word, usual, page) and any(_holds(cell, box_around(word)) for cell in boxes)
        for char in word
    ]
    for word in words_of_pictures(page):
        around = box_around(word)
        own = next((cell for cell in boxes if _holds(cell, around)), None)
        if own and not any(own.holds_middle(char) for char in page.chars if char.text != " "):
            found += word  # beside text it is an icon
    return page.with_chars(found)


def _is_text(word: Sequence[Char], usual: float, page: Page) -> bool:
    """Whether shapes in a row are a word: as high as text, on no text, beside nothing else."""
    around = box_around(word)
    height = around.bottom - around.top
    if len(word) < FEWEST_IN_WORD or not LOWEST * usual <= height <= HIGHEST * usual:
        return False
    if any(_overlap(around, Box(*char[1:5])) for char in page.chars if char.text != " "):
        return False
    own = {char[1:5] for char in word}
    return not any(
        _is_astray(Box(*box), around, WORD_GAP * height)
        for box in page.marks
        if tuple(box) not in own and not _holds(around, box)
    )


def _is_between(x: float, before: Char, char: Char) -> bool:
    """Whether a rule lies between two shapes, or on their edge."""
    return before.x1 - 1 <= x <= char.x0 + 1


def _is_astray(box: Box, around: Box, near: float) -> bool:
    """Whether a shape stands beside a word, or in it, and half over or half under its line."""
    if box.x0 > around.x1 + near or box.x1 < around.x0 - near:
        return False
    height = around.bottom - around.top
    shared = min(box.bottom, around.bottom) - max(box.top, around.top)
    beyond = max(box.bottom - around.bottom, around.top - box.top)
    return shared > ASTRAY * height and beyond > ASTRAY * height


def _outermost(page: Page) -> list[Box]:
    """Shapes that lie in no other one and hold no character."""
    middles = [((c.x0 + c.x1) / 2, (c.top + c.bottom) / 2) for c in page.chars if c.text != " "]
    found: list[Box] = []
    for box in sorted(set(page.marks), key=lambda one: (one.x0 - one.x1) * (one.bottom - one.top)):
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        inside = any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in found)
        written = any(box.x0 <= a <= box.x1 and box.top <= b <= box.bottom for a, b in middles)
        if not inside and not written:
            found.append(box)
    return found


def _holds(outer: Box, inner: Box) -> bool:
    """Whether a box lies within another, but for the thickness of its rules."""
    return (
        outer.x0 - 1 <= inner.x0
        and outer.top - 1 <= inner.top
        and inner.x1 <= outer.x1 + 1
        and inner.bottom <= outer.bottom + 1
    )


def _overlap(a: Box, b: Box) -> bool:
    return (
        min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5
        and min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5
    )
