"""Whether the text of a page is painted: what a file writes where nobody sees it is not read.

Stands between the objects of a page and its characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from enum import Enum
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from budgetkit.extraction.pdf import plain
from budgetkit.extraction.pdf.ink import Ink, Picture
from budgetkit.extraction.pdf.page_objects import PageObjects, Segment
from budgetkit.extraction.pdf.suspects import Suspect, Suspects, Why, find_suspects
from budgetkit.extraction.pdf.text_columns import TextColumns

#: Ink that changes its page less than the first of these (of 255) is not seen; less than the
#: second, it is so pale that it can't be told.
FAINT, PALE = 16, 40
#: A character of which less than this share of its width or height is left is cut.
WHOLE = 0.6
#: A picture that varies as much (of 255) where a hidden text stands shows that text, or another.
SHOWN = 60
#: A gap wider than this (heights of a character) parts two words of one text object.
WORD_GAP = 0.8
#: What figures are made of.
_OF_FIGURES = frozenset(map(ord, "0123456789.,-"))
#: A clip cuts a figure where what it hides is this near to what it leaves: of the height of a
#: character, from so much over it to so far beside it.
OVER, BESIDE = 0.2, 0.4
#: Where texts go that nobody sees (points).
AWAY = 65_536.0
#: What can hide a part of a character.
_CUTTING = (Why.COVERED, Why.CLIPPED, Why.CUT_OUT, Why.THROUGH)
#: What hides a text wherever no picture shows it.
_HIDING = (Why.TINY, Why.CLIPPED_AWAY, Why.NO_INK)


class Paint(Enum):
    """How a character of a page's text is painted: seen, not, or so that it can't be told."""

    SEEN = "seen"
    UNSEEN = "unseen"
    UNSURE = "unsure"


class _Glyph(NamedTuple):
    """A character of pdfium's text: its number there, its code, and its box (y goes up)."""

    number: int
    code: int
    box: Segment


def look_at(
    page: pdfium.PdfPage, objects: PageObjects, has_layers: Callable[[], bool]
) -> Painting | None:
    """Look how the text of a page is painted, and take from it the texts that are not.

    Parameters
    ----------
    page
        An open page; text objects that nobody sees are switched off, so that pdfium reads the
        page without them.
    objects
        Its own.
    has_layers
        Tells whether its document has layers.

    Returns
    -------
    Painting or None
        Of the texts of which only a part may be seen; None where all are plainly painted.
    """
    suspects = find_suspects(objects, has_layers)
    # What stands off the page is left to be listed as such.
    left, bottom, right, top = page.get_bbox()
    texts = [s for s in suspects.texts if _meet(s.box, (left, bottom, right, top))]
    suspects = suspects._replace(texts=texts)
    if not any(suspects):
        return None
    hidden = {s.handle for s in suspects.texts if s.why in _HIDING and not s.pictured}
    painting = Painting(page, [s for s in suspects.texts if s.handle not in hidden])
    hidden |= painting.hidden
    painting.cut_off = _cut_off(page, [s for s in suspects.texts if s.handle in hidden])
    _switch(hidden, on=False)
    shadows = _shadows(page, suspects, hidden)
    pale, painting.overprinted = _overprinted(suspects, hidden | shadows)
    _switch(shadows | pale, on=False)
    return painting


class Painting:
    """How texts of one page are painted that are not plainly painted.

    Parameters
    ----------
    page
        An open page.
    suspects
        Its text objects that may not be seen.

    Attributes
    ----------
    hidden : set of int
        Addresses of those that leave no ink at all.
    cut_off : list of Segment
        Boxes of the characters of figures that a clip hides; what it leaves of them is unsure.
    overprinted : set of int
        Addresses of texts that another one in a paler ink is printed over, or below.
    """

    def __init__(self, page: pdfium.PdfPage, suspects: Sequence[Suspect]) -> None:
        self.hidden: set[int] = set()
        self.cut_off: list[Segment] = []
        self.overprinted: set[int] = set()
        if suspects:
            self._ink = Ink(page, [s.handle for s in suspects], [s.box for s in suspects])
        self._suspects: list[tuple[int, Suspect]] = []
        for number, suspect in enumerate(suspects):
            if self._whole(number, suspect, suspect.box) is Paint.UNSEEN:
                self.hidden.add(suspect.handle)
            else:
                self._suspects.append((number, suspect))

    def paints(self, text: TextColumns) -> dict[int, Paint]:
        """Return how the suspected characters are painted, by their number.

        Characters that are not in it are plainly painted.
        """
        own = _glyphs(text, {suspect.handle for _, suspect in self._suspects})
        found: dict[int, Paint] = {}
        for number, suspect in self._suspects:
            for word in _words(own.get(suspect.handle, [])):
                found.update(self._word(number, suspect, word))
        for glyphs in _glyphs(text, self.overprinted).values() if self.overprinted else ():
            found.update((glyph.number, Paint.UNSURE) for glyph in glyphs)
        for glyph in _beside(text, self.cut_off):
            if found.get(glyph.number) is not Paint.UNSEEN:
                found[glyph.number] = Paint.UNSURE
        return found

    def _word(
        self, number: int, suspect: Suspect, word: Sequence[_Glyph]
    ) -> Iterator[tuple[int, Paint]]:
        """A word that is seen may be cut within."""
        paint = self._whole(number, suspect, _around(word))
        cutting = suspect.why in _CUTTING or suspect.pictured
        for glyph in word:
            if paint is Paint.SEEN and cutting and _is_cut(self._ink.of(number, glyph.box)):
                yield glyph.number, Paint.UNSURE
            else:
                yield glyph.number, paint

    def _whole(self, number: int, suspect: Suspect, box: Segment) -> Paint:
        """How the part of a text in a box is painted."""
        if suspect.why in (Why.SMALL, Why.POLICY):
            return Paint.UNSURE
        strongest = int(self._ink.of(number, box).max(initial=0))
        if suspect.why is Why.TINY or strongest < FAINT:
            elsewhere = suspect.pictured or suspect.why is Why.CUT_OUT
            shown = elsewhere and self._ink.contrast(box) >= SHOWN
            return Paint.UNSURE if shown else Paint.UNSEEN
        return Paint.UNSURE if strongest < PALE else Paint.SEEN


def _switch(handles: Iterable[int], *, on: bool) -> None:
    """Switch texts on or off; one that is off is moved far away.

    pdfium skips a text that stands where the same text stood before, on or off.
    """
    for handle in handles:
        plain.set_active(handle, on)
        plain.transform(handle, 1, 0, 0, 1, -AWAY if on else AWAY, 0)


def _shadows(page: pdfium.PdfPage, suspects: Suspects, hidden: Set[int]) -> set[int]:
    """Texts that stand a little beside the same text and are paler."""
    pairs = [pair for pair in suspects.shadows if hidden.isdisjoint(pair)]
    if not pairs:
        return set()
    # pdfium reads the first of two texts in one place: each is read while the other is off.
    pale, dark = ({pair[side] for pair in pairs} for side in (0, 1))
    written = _written(page, pale - dark, off=dark) | _written(page, dark, off=pale - dark)
    return {a for a, b in pairs if written.get(a) == written.get(b) != None}  # noqa: E711


def _overprinted(suspects: Suspects, unseen: Set[int]) -> tuple[set[int], set[int]]:
    """The paler and the darker ones of texts of which one is printed over the other.

    pdfium leaves out characters of the second that the first has in the same place, so that the
    paler ones are to be taken away before the others are read.
    """
    pairs = [pair for pair in suspects.overprints if unseen.isdisjoint(pair)]
    dark = {pair[1] for pair in pairs}
    return {pale for pale, _ in pairs} - dark, dark


def _written(page: pdfium.PdfPage, handles: Set[int], off: Set[int]) -> dict[int, list[int]]:
    """What texts say, read while others are switched off."""
    _switch(off, on=False)
    textpage = page.get_textpage()
    glyphs = _glyphs(TextColumns(textpage.raw, textpage.count_chars()), handles)
    textpage.close()
    _switch(off, on=True)
    return {handle: [g.code for g in own if g.code > 32] for handle, own in glyphs.items()}


def _cut_off(page: pdfium.PdfPage, hidden: Sequence[Suspect]) -> list[Segment]:
    """Boxes of the characters of figures among the texts that a clip hides."""
    clipped = {s.handle for s in hidden if s.why in (Why.CLIPPED, Why.CLIPPED_AWAY)}
    if not clipped:
        return []
    textpage = page.get_textpage()
    glyphs = _glyphs(TextColumns(textpage.raw, textpage.count_chars()), clipped)
    textpage.close()
    return [glyph.box for own in glyphs.values() for glyph in own if glyph.code in _OF_FIGURES]


def _beside(text: TextColumns, boxes: Sequence[Segment]) -> Iterator[_Glyph]:
    """Digits that stand in line with some boxes, right beside one."""
    if not boxes:
        return
    x0, y0, x1, _ = np.array(boxes).T
    for glyph in _characters(text, np.isin(text.codes, list(_OF_FIGURES))):
        left, bottom, right, top = glyph.box
        height = max(top - bottom, 0.0)
        gap = np.maximum(x0 - right, left - x1)
        near = (gap > -OVER * height) & (gap < BESIDE * height)
        if (near & (np.abs(y0 - bottom) < OVER * height)).any():
            yield glyph


def _characters(text: TextColumns, wanted: NDArray[np.bool_]) -> Iterator[_Glyph]:
    """Some characters of a page."""
    numbers = np.flatnonzero(wanted).tolist()
    for i, (x0, x1, y0, y1) in zip(numbers, text.boxes[numbers].tolist(), strict=True):
        yield _Glyph(i, text.codes[i], (x0, y0, x1, y1))


def _glyphs(text: TextColumns, handles: Set[int]) -> dict[int, list[_Glyph]]:
    """Characters of some text objects, by the address of their object."""
    found = defaultdict[int, list[_Glyph]](list)
    for glyph in _characters(text, np.isin(text.objects, np.array(list(handles), np.uint64))):
        found[int(text.objects[glyph.number])].append(glyph)
    return found


def _words(glyphs: Sequence[_Glyph]) -> Iterator[list[_Glyph]]:
    """Runs of characters without a space or a gap: a row of a table may be one text object."""
    word: list[_Glyph] = []
    for glyph in glyphs:
        inked = glyph.code != 32 and glyph.box[2] > glyph.box[0]
        if word and (not inked or _apart(word[-1].box, glyph.box)):
            yield word
            word = []
        if inked:
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


def _meet(box: Segment, other: Segment) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
