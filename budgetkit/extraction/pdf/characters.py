"""The characters of a page: what pdfium says is written, where, and turned which way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from budgetkit.extraction.pdf.glyph_names import INKLESS, LINE_END_HYPHEN, named, of_ink, paired
from budgetkit.extraction.pdf.glyph_names import UNKNOWN as UNKNOWN
from budgetkit.extraction.pdf.looks import (
    NO_LOOK,
    Colour,
    Look,
    are_alike,
    are_inks_alike,
    are_level,
    looks_of,
    reading_angle,
)
from budgetkit.extraction.pdf.page_objects import Segment, Texts
from budgetkit.extraction.pdf.painted import Paint, Painting
from budgetkit.extraction.pdf.text_columns import TextColumns

#: Struck-twice bold: the same character again within this share of its own height.
STRUCK_TWICE = 0.3
#: Side (points) of the squares in which a second strike of the same character is sought.
PLACE = 4.0
#: Make one number of a place, and spread it over all bits.
_ROW, _SPREAD = 1 << 20, 0x9E3779B97F4A7C1


class Char(NamedTuple):
    """One printed character: its text, its inked box, and the height of its baseline (points)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float


class PageText(NamedTuple):
    """The characters of a page in the frame of the unturned page.

    ``origins`` is where on its baseline each starts (points from the left): on a page that is
    turned sideways, that is its baseline.  ``looks`` says how each looks.  ``angle`` is the one
    that most are read at (degrees clockwise), ``turns`` are the quarter turns clockwise that set
    them upright; None for a page without text.  ``plain`` is whether all have one direction and
    one colour.  ``paints`` says of each how it is painted; it is empty where all are plainly
    painted.  ``span`` is the box around all, from the top left.
    ``may_be_struck_twice`` is whether two of a kind stand in one place.
    """

    chars: list[Char]
    origins: list[float]
    looks: list[Look]
    angle: int | None
    plain: bool
    paints: list[Paint]
    span: Segment
    may_be_struck_twice: bool

    @property
    def turns(self) -> int | None:
        """Quarter turns clockwise that set the text upright."""
        return None if self.angle is None else -round(self.angle / 90) % 4


def read_text(
    page: pdfium.PdfPage,
    left: float,
    top: float,
    texts: Texts,
    painting: Painting | None = None,
) -> PageText:
    """Read the characters of a page, and which way its text is turned.

    Parameters
    ----------
    page
        An open page.
    left, top
        The corner of its box (points, in the file's frame, where y goes up).
    texts
        Its text objects.
    painting
        How its text is painted, where not all is plainly painted.

    Returns
    -------
    PageText
        Characters in points from the top left of the unturned page.
    """
    textpage = page.get_textpage()
    try:
        return _read(TextColumns(textpage.raw, textpage.count_chars()), left, top, texts, painting)
    finally:
        textpage.close()


def _read(
    text: TextColumns, left: float, top: float, texts: Texts, painting: Painting | None
) -> PageText:
    known = painting.paints(text) if painting is not None else {}
    printed, kept = _texts(text)
    names = list(filter(None, printed))
    boxes, starts = text.boxes[kept], text.origins[kept]
    places = (
        boxes[:, 0] - left,
        top - boxes[:, 3],
        boxes[:, 1] - left,
        top - boxes[:, 2],
        top - starts[:, 1],
    )
    origins = starts[:, 0] - left
    chars = list(map(Char._make, zip(names, *(column.tolist() for column in places), strict=True)))
    looks, plain = _looks(text, kept, texts)
    _share_boxes(chars, _ligatures(text, kept, names, looks, (places[0], places[3], origins)))
    inked = looks[:1] if plain else [k for c, k in zip(names, looks, strict=True) if c != " "]
    paints = [known.get(i, Paint.SEEN) for i in kept.tolist()] if painting is not None else []
    span = (0.0, 0.0, 0.0, 0.0)
    if chars:
        span = (
            float(places[0].min()),
            float(places[1].min()),
            float(places[2].max()),
            float(places[3].max()),
        )
    angle = reading_angle(inked)
    struck = _have_twins(names, places[0], places[4])
    return PageText(chars, origins.tolist(), looks, angle, plain, paints, span, struck)


def _have_twins(names: Sequence[str], left: NDArray[np.float64], low: NDArray[np.float64]) -> bool:
    """Whether two characters of a kind stand in one place; False for most pages."""
    kinds = np.array(list(map(hash, names)), np.int64)
    inked = kinds != hash(" ")
    places = np.rint(left[inked]).astype(np.int64) * _ROW + np.rint(low[inked]).astype(np.int64)
    keys = np.sort(kinds[inked] ^ (places * _SPREAD))
    return bool((keys[1:] == keys[:-1]).any())


def _texts(text: TextColumns) -> tuple[list[str | None], NDArray[np.intp]]:
    """What each character is, None where it prints nothing; and the numbers of those that do."""
    printed = list(map(named, text.codes))
    odd = [i for i, name in enumerate(printed) if name is None]
    if 1 in text.nameless:
        odd += [i for i, nameless in enumerate(text.nameless) if nameless == 1]
    spaces = [i for i, name in enumerate(printed) if name == " "]
    x0, x1, y0, y1 = text.boxes[spaces].T
    for k in np.flatnonzero((x1 - x0 > INKLESS) & (y1 - y0 > INKLESS)).tolist():
        printed[spaces[k]] = UNKNOWN  # a point, or a digit, that its font calls a space
    for i in odd:
        printed[i] = _odd_text(text, i)
    return printed, np.delete(np.arange(text.count), [i for i in odd if printed[i] is None])


def _odd_text(text: TextColumns, i: int) -> str | None:
    """What a glyph is that its font does not name plainly; None where it prints nothing."""
    code, raw = text.codes[i], text.raw
    if code < 32 and pdfium_c.FPDFText_IsGenerated(raw, i):
        return None  # a line break of pdfium's own
    if code == LINE_END_HYPHEN and pdfium_c.FPDFText_IsHyphen(raw, i) == 1:
        return "-"
    if i and (pair := paired(text.codes[i - 1], code)):
        return pair
    if i + 1 < text.count and paired(code, text.codes[i + 1]):
        return None  # the second half stands for both
    x0, x1, y0, y1 = text.boxes[i].tolist()
    return of_ink(code, x1 - x0, y1 - y0)


def _looks(text: TextColumns, kept: NDArray[np.intp], texts: Texts) -> tuple[list[Look], bool]:
    """How each of the characters kept looks, and whether all look alike."""
    objects = text.objects[kept]
    own = np.flatnonzero(objects)
    starts = own[np.flatnonzero(np.diff(objects[own], prepend=np.uint64(0)))]
    if are_inks_alike(texts.inks) and are_level(text, kept[starts].tolist()):
        return [NO_LOOK] * len(kept), True  # most pages
    firsts: dict[int, int] = {}
    for address, number in zip(objects[starts].tolist(), kept[starts].tolist(), strict=True):
        firsts.setdefault(address, number)
    colours: dict[int, Colour] = dict(
        zip(texts.handles, map(tuple, texts.inks.tolist()), strict=True)
    )
    by_object = looks_of(text, firsts, colours)
    looks = []
    look = NO_LOOK
    for address in objects.tolist():
        if address:  # a space of pdfium's own looks as what it follows
            look = by_object[address]
        looks.append(look)
    return looks, are_alike(by_object.values())


def _ligatures(
    text: TextColumns,
    kept: NDArray[np.intp],
    names: Sequence[str],
    looks: Sequence[Look],
    places: Sequence[NDArray[np.float64]],
) -> dict[int, int]:
    """Characters that stand where the one before does, as one glyph stands for both.

    Returns the quarter turns of each.
    """
    same = np.logical_and.reduce([column[1:] == column[:-1] for column in places])
    return {
        k: round(looks[k].angle / 90) % 4
        for k in (np.flatnonzero(same) + 1).tolist()
        if names[k] != " " and text.objects[kept[k]] == text.objects[kept[k] - 1]
    }


def _share_boxes(chars: list[Char], ligatures: dict[int, int]) -> None:
    """Set the characters that one glyph stands for side by side in its box.

    ``ligatures`` are those that are not the first of their glyph, with their quarter turns.
    """
    for last, turn in ligatures.items():
        if last + 1 in ligatures:
            continue
        first = last - 1
        while first in ligatures:
            first -= 1
        _, x0, top, x1, bottom, baseline = chars[first]
        count = last + 1 - first
        for j in range(count):
            # Turned half around or upwards, the first is the last from the left or the top.
            start = (count - 1 - j if turn in (2, 3) else j) / count
            box = (
                (x0, top + start * (bottom - top), x1, top + (start + 1 / count) * (bottom - top))
                if turn % 2
                else (x0 + start * (x1 - x0), top, x0 + (start + 1 / count) * (x1 - x0), bottom)
            )
            chars[first + j] = Char(chars[first + j].text, *box, baseline)


def struck_once(chars: Sequence[Char]) -> Sequence[Char]:
    """Leave out the second strike of bold that was made by printing twice."""
    kept: list[Char] = []
    places = defaultdict[tuple[str, int, int], list[Char]](list)
    for char in chars:
        column, row = round(char.x0 / PLACE), round(char.baseline / PLACE)
        around = (
            other
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other in places.get((char.text, column + i, row + j), ())
        )
        if char.text not in (" ", UNKNOWN) and any(
            _is_second_strike(char, other) for other in around
        ):
            continue
        places[char.text, column, row].append(char)
        kept.append(char)
    return kept


def _is_second_strike(char: Char, other: Char) -> bool:
    near = STRUCK_TWICE * max(char.bottom - char.top, char.x1 - char.x0)
    return abs(char.x0 - other.x0) <= near and abs(char.baseline - other.baseline) <= near
