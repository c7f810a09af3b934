"""Text that is drawn as shapes, read from its picture.

A document whose figures were turned into curves has no characters where they stand, only filled
shapes of their size (``Page.marks``).  Words of such shapes are read twice; where both readings
are the same and have a character for each shape, they are characters of the page.
"""

from __future__ import annotations

from dataclasses import replace

from budgetkit.extraction.ocr.recogniser import Reader, Seen, read_lines
from budgetkit.extraction.ocr.two_readings import read_twice
from budgetkit.extraction.ocr.written import PixelBox, chars_of
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.lines import box_around
from budgetkit.extraction.pdf.outlined import words_of_shapes
from budgetkit.extraction.pdf.pages import FROM_TEXT, Page, Pdf
from budgetkit.geometry import Box

#: Fewer shapes than this are no text, but a mark or a seal.
FEWEST = 12
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
    if len(page.marks) < FEWEST:
        return page
    words = list(words_of_shapes(page))
    if not words:
        return page
    boxes = [_with_sign(box_around(word)) for word in words]
    picture, areas, first, second = read_twice(pdf, page, boxes, read)
    chars: list[Char] = []
    confidences: list[float] = []
    for word, box, (left, right), one, other in zip(
        words, boxes, areas, first, second, strict=True
    ):
        if not _is_sure(one, other, len(word)):
            continue
        ink = PixelBox(*picture.pixels(box))
        whole = PixelBox(left, ink.top, right, ink.bottom)
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
