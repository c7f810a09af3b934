"""Whether the text of a page is painted: what a file writes where nobody sees it is not read.

Stands between the objects of a page and its characters.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from enum import Enum
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from budgetkit.extraction.pdf.ink import Ink, Picture
from budgetkit.extraction.pdf.page_objects import PageObject, Segment
from budgetkit.extraction.pdf.suspects import Suspect, Why, find_suspects

#: Ink that changes its page less than the first of these (of 255) is not seen; less than the
#: second, it is so pale that it can't be told.
FAINT, PALE = 16, 40
#: A character of which less than this share of its width or height is left is cut.
WHOLE = 0.6
#: A picture that varies as much (of 255) where a hidden text stands shows that text, or another.
SHOWN = 60
#: A gap wider than this (heights of a character) parts two words of one text object.
WORD_GAP = 0.8
#: What can hide a part of a character.
_CUTTING = (Why.COVERED, Why.CLIPPED, Why.CUT_OUT, Why.THROUGH)


class Paint(Enum):
    """How a character is painted: seen, not at all, or so that it can't be told."""

    SEEN = "seen"
    UNSEEN = "unseen"
    UNSURE = "unsure"


#: What is known of a text without a look at its ink.
_WITHOUT_INK = {Why.TINY: Paint.UNSEEN, Why.SMALL: Paint.UNSURE, Why.SHADOW: Paint.SEEN}


class _Glyph(NamedTuple):
    """A character of pdfium's text: its number there, its code, and its box (y goes up)."""

    number: int
    code: int
    box: Segment


class Painting:
    """How the characters of one page are painted that are not plainly painted.

    Parameters
    ----------
    page
        An open page.
    suspects
        Its text objects that may not be seen.
    """

    def __init__(self, page: pdfium.PdfPage, suspects: Sequence[Suspect]) -> None:
        self._suspects = suspects
        self._ink: Ink | None = None
        if any(suspect.why not in _WITHOUT_INK for suspect in suspects):
            self._ink = Ink(page, [s.handle for s in suspects], [s.box for s in suspects])

    def paints(self, textpage: Any) -> dict[int, Paint]:
        """Return how the suspected characters are painted, by their index.

        Parameters
        ----------
        textpage
            pdfium's handle of the page's text.

        Returns
        -------
        dict of int to Paint
            Characters that are not in it are plainly painted.
        """
        numbers = {_address(s.handle): number for number, s in enumerate(self._suspects)}
        keys = numbers.keys() | {_address(s.twin) for s in self._suspects if s.twin}
        glyphs = _glyphs(textpage, keys)
        found: dict[int, Paint] = {}
        for number, suspect in enumerate(self._suspects):
            for word in _words(glyphs.get(_address(suspect.handle), [])):
                found.update(self._word(number, suspect, word))
        for suspect in self._suspects:
            own = glyphs.get(_address(suspect.handle), [])
            if suspect.twin and own:
                key = _address(suspect.twin)
                twin = glyphs.get(key, [])
                if not twin and self._leaves_ink(numbers.get(key)):
                    # pdfium drops the second of two texts alike, here the one that is seen.
                    found.update((glyph.number, Paint.SEEN) for glyph in own)
                elif suspect.shadow and _text(own) == _text(twin) and _is_seen(twin, found):
                    found.update((glyph.number, Paint.UNSEEN) for glyph in own)
        return found

    def _leaves_ink(self, number: int | None) -> bool:
        """Whether a text is seen at all; one that is not suspected is."""
        if number is None or self._ink is None:
            return True
        return int(self._ink.of(number, self._suspects[number].box).max(initial=0)) >= PALE

    def _word(
        self, number: int, suspect: Suspect, word: Sequence[_Glyph]
    ) -> Iterator[tuple[int, Paint]]:
        indices = [glyph.number for glyph in word]
        if self._ink is None or suspect.why in _WITHOUT_INK:
            paint = _WITHOUT_INK[suspect.why]
            return ((index, paint) for index in indices)
        box = _around(word)
        ink = self._ink.of(number, box)
        strongest = int(ink.max(initial=0))
        if strongest < FAINT:
            elsewhere = suspect.pictured or suspect.why is Why.CUT_OUT
            shown = elsewhere and self._ink.contrast(box) >= SHOWN
            paint = Paint.UNSURE if shown else Paint.UNSEEN
        elif strongest < PALE:
            paint = Paint.UNSURE
        elif suspect.why in _CUTTING or suspect.pictured:
            cut = [_is_cut(self._ink.of(number, glyph.box)) for glyph in word]
            return (
                (index, Paint.UNSURE if part else Paint.SEEN)
                for index, part in zip(indices, cut, strict=True)
            )
        else:
            paint = Paint.SEEN
        return ((index, paint) for index in indices)


def look_at(
    page: pdfium.PdfPage, objects: Sequence[PageObject], has_layers: Callable[[], bool]
) -> Painting | None:
    """Look how the text of a page is painted.

    Parameters
    ----------
    page
        An open page.
    objects
        Its own.
    has_layers
        Tells whether its document has layers.

    Returns
    -------
    Painting or None
        None where all of it is plainly painted.
    """
    suspects = find_suspects(objects, has_layers)
    return Painting(page, suspects) if suspects else None


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _glyphs(textpage: Any, keys: Set[int]) -> dict[int, list[_Glyph]]:
    """Characters of some text objects, by the address of their object."""
    found = defaultdict[int, list[_Glyph]](list)
    x0, x1, y0, y1 = (ctypes.c_double() for _ in range(4))
    for i in range(pdfium_c.FPDFText_CountChars(textpage)):
        handle = pdfium_c.FPDFText_GetTextObject(textpage, i)
        if handle and (key := _address(handle)) in keys:
            pdfium_c.FPDFText_GetCharBox(textpage, i, x0, x1, y0, y1)
            box = (x0.value, y0.value, x1.value, y1.value)
            found[key].append(_Glyph(i, pdfium_c.FPDFText_GetUnicode(textpage, i), box))
    return found


def _text(glyphs: Sequence[_Glyph]) -> list[int]:
    return [glyph.code for glyph in glyphs if glyph.code > 32]


def _is_seen(glyphs: Sequence[_Glyph], paints: dict[int, Paint]) -> bool:
    return any(paints.get(glyph.number) is not Paint.UNSEEN for glyph in glyphs)


def _words(glyphs: Sequence[_Glyph]) -> Iterator[list[_Glyph]]:
    """Runs of characters without a space or a gap: a row of a table may be one text object."""
    word: list[_Glyph] = []
    for glyph in glyphs:
        if glyph.code <= 32 or glyph.box[2] <= glyph.box[0]:
            if word:
                yield word
            word = []
            continue
        if word and _apart(word[-1].box, glyph.box):
            yield word
            word = []
        word.append(glyph)
    if word:
        yield word


def _apart(left: Segment, right: Segment) -> bool:
    size = max(right[3] - right[1], left[3] - left[1], right[2] - right[0])
    across = max(right[0] - left[2], left[0] - right[2])
    up = max(right[1] - left[3], left[1] - right[3])
    return max(across, up) > WORD_GAP * size


def _around(word: Sequence[_Glyph]) -> Segment:
    x0, y0, x1, y1 = zip(*(glyph.box for glyph in word), strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _is_cut(ink: Picture) -> bool:
    """Whether the ink of a character fills less of its box than it should."""
    seen = ink >= FAINT
    if not seen.size:
        return True
    for axis in (0, 1):
        filled = np.flatnonzero(seen.any(axis=axis))
        if not len(filled) or (filled[-1] - filled[0] + 1) < WHOLE * seen.shape[1 - axis]:
            return True
    return False
