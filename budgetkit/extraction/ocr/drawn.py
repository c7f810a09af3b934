"""Text that is drawn as shapes, read from its picture.

A document whose figures were turned into curves has no characters where they stand, only filled
shapes of their size (``Page.marks``).  Words of such shapes are read twice; where both readings
are the same and have a character for each shape, they are characters of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from budgetkit.extraction.ocr.pictures import DPI, draw
from budgetkit.extraction.ocr.recogniser import Reader, Seen, read_lines
from budgetkit.extraction.ocr.verify import SECOND_DPI, cut_line
from budgetkit.extraction.ocr.written import PixelBox, chars_of
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.glyph_names import UNKNOWN
from budgetkit.extraction.pdf.lines import box_around, type_size
from budgetkit.extraction.pdf.lines import read_lines as lines_of
from budgetkit.extraction.pdf.pages import FROM_TEXT, Page, Pdf
from budgetkit.geometry import Box

#: Fewer shapes than this are no text, but a mark or a seal.
FEWEST = 12
#: Shapes of a word are no further apart than this share of its type size: a point is no shape of
#: its own, and leaves a gap.
WORD_GAP = 0.6
#: Times the height of a word that may stand before it: a minus is drawn like a rule.
BEFORE = 0.6
#: A reading with a character less sure than this is none.
LEAST = 0.9


def read_drawn(pdf: Pdf, page: Page, read: Reader = read_lines) -> Page:
    """Read the words of a page that are drawn as shapes.

    Parameters
    ----------
    pdf
        The open file.
    page
        As read.
    read
        Reads pictures of lines.

    Returns
    -------
    Page
        The same where there are none; else with their characters and ``confidences``.
    """
    words = list(_words(page)) if len(page.marks) >= FEWEST else []
    if not words:
        return page
    picture, finer = draw(pdf, page, DPI), draw(pdf, page, SECOND_DPI)
    boxes = [_with_sign(box_around(word)) for word in words]
    cuts = [cut_line(picture, page, box) for box in boxes]
    first = read([cut for cut, _ in cuts])
    second = read([cut_line(finer, page, box)[0] for box in boxes])
    chars: list[Char] = []
    confidences: list[float] = []
    for word, (cut, left), one, other in zip(words, cuts, first, second, strict=True):
        if not _is_sure(one, other, len(word)):
            continue
        ink = PixelBox(*picture.pixels(_with_sign(box_around(word))))
        whole = PixelBox(left, ink.top, left + cut.shape[1], ink.bottom)
        chars += chars_of(one, whole, ink, picture.scale)
        confidences += [char.confidence for char in one.chars]
    if not chars:
        return page
    known = page.confidences or (FROM_TEXT,) * len(page.chars)
    return replace(page, chars=(*page.chars, *chars), confidences=(*known, *confidences))


def _with_sign(box: Box) -> Box:
    return box._replace(x0=box.x0 - BEFORE * (box.bottom - box.top))


def _is_sure(first: Seen, second: Seen, shapes: int) -> bool:
    text, again = ("".join(one.text.split()) for one in (first, second))
    return text == again and len(text) >= shapes and first.confidence >= LEAST


def _words(page: Page) -> Iterator[list[Char]]:
    """Shapes that stand side by side, where no character stands; a rule ends a word."""
    shapes = [Char(UNKNOWN, *box, baseline=box.bottom) for box in _outermost(page)]
    upright = [rule for rule in page.rules if rule.x0 == rule.x1]
    for line in lines_of(shapes):
        gap = WORD_GAP * type_size(line.chars)
        middle = (line.box.top + line.box.bottom) / 2
        edges = [rule.x0 for rule in upright if rule.top <= middle <= rule.bottom]
        word = [line.chars[0]]
        for before, char in pairwise(line.chars):
            is_cut = any(before.x1 - 1 <= x <= char.x0 + 1 for x in edges)
            if is_cut or char.x0 - before.x1 > gap:
                yield word
                word = []
            word.append(char)
        yield word


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
