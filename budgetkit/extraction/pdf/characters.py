"""The characters of a page: what pdfium says is written, where, and turned which way."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from budgetkit.extraction.pdf import plain
from budgetkit.extraction.pdf.glyph_names import INKLESS, LINE_END_HYPHEN, named, of_ink, paired
from budgetkit.extraction.pdf.glyph_names import UNKNOWN as UNKNOWN
from budgetkit.extraction.pdf.looks import NO_LOOK, Look, Looks, reading_angle
from budgetkit.extraction.pdf.painted import Paint, Painting

#: Struck-twice bold: the same character again within this share of its own height.
STRUCK_TWICE = 0.3
#: Side (points) of the squares in which a second strike of the same character is sought.
PLACE = 4.0


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
    painted.
    """

    chars: list[Char]
    origins: list[float]
    looks: list[Look]
    angle: int | None
    plain: bool
    paints: list[Paint]

    @property
    def turns(self) -> int | None:
        """Quarter turns clockwise that set the text upright."""
        return None if self.angle is None else -round(self.angle / 90) % 4


def read_text(
    page: pdfium.PdfPage, left: float, top: float, painting: Painting | None = None
) -> PageText:
    """Read the characters of a page, and which way its text is turned.

    Parameters
    ----------
    page
        An open page.
    left, top
        The corner of its box (points, in the file's frame, where y goes up).
    painting
        How its text is painted, where not all is plainly painted.

    Returns
    -------
    PageText
        Characters in points from the top left of the unturned page.
    """
    textpage = page.get_textpage()
    raw, count = textpage.raw, textpage.count_chars()
    address = ctypes.addressof(raw.contents)
    x0, x1, y0, y1, origin_x, origin_y = (ctypes.c_double() for _ in range(6))
    box = [ctypes.addressof(value) for value in (x0, x1, y0, y1)]
    origin = [ctypes.addressof(origin_x), ctypes.addressof(origin_y)]
    make = Char._make
    get_box, get_origin = plain.get_char_box, plain.get_char_origin
    get_unicode, is_nameless = plain.get_unicode, plain.is_nameless
    get_text_object = plain.get_text_object
    chars: list[Char] = []
    origins: list[float] = []
    paints: list[Paint] = []
    known = painting.paints(raw) if painting is not None else {}
    looks: list[Look] = []
    known_looks = Looks(raw)
    look, last_object = NO_LOOK, None
    ligatures: dict[int, int] = {}
    before: tuple[float, ...] = ()
    for i in range(count):
        code = get_unicode(address, i)
        if code < 32 and pdfium_c.FPDFText_IsGenerated(raw, i):
            continue  # a line break of pdfium's own
        get_box(address, i, *box)
        get_origin(address, i, *origin)
        text = named(code)
        width, height = x1.value - x0.value, y1.value - y0.value
        if text is None or is_nameless(address, i) == 1:
            text = _odd_text(raw, i, code, width, height)
            if text is None:
                continue
        elif text == " " and width > INKLESS < height:
            text = UNKNOWN  # a point, or a digit, that its font calls a space
        text_object = get_text_object(address, i)
        if text_object != last_object and text_object:  # a space of pdfium's own has none
            look, last_object = known_looks.of(text_object, i), text_object
        a, b, c, d = x0.value - left, top - y1.value, x1.value - left, top - y0.value
        start = origin_x.value - left
        here = (a, d, start)
        if here == before and text != " " and _of_one_glyph(address, i):
            ligatures[len(chars)] = round(look.angle / 90) % 4
        chars.append(make((text, a, b, c, d, top - origin_y.value)))
        origins.append(start)
        looks.append(look)
        before = here
        if painting is not None:
            paints.append(known.get(i, Paint.SEEN))
    textpage.close()
    _share_boxes(chars, ligatures)
    alike = known_looks.are_alike
    inked = looks[:1] if alike else [k for c, k in zip(chars, looks, strict=True) if c.text != " "]
    return PageText(chars, origins, looks, reading_angle(inked), alike, paints)


def _odd_text(raw: object, i: int, code: int, width: float, height: float) -> str | None:
    """What a glyph is that its font does not name plainly; None where it prints nothing."""
    if code == LINE_END_HYPHEN and pdfium_c.FPDFText_IsHyphen(raw, i) == 1:
        return "-"
    if i and (pair := paired(pdfium_c.FPDFText_GetUnicode(raw, i - 1), code)):
        return pair
    if paired(code, pdfium_c.FPDFText_GetUnicode(raw, i + 1)):
        return None  # the second half stands for both
    return of_ink(code, width, height)


def _of_one_glyph(address: object, i: int) -> bool:
    """Whether a character and the one before it are what one glyph stands for (a ligature)."""
    return bool(plain.get_text_object(address, i) == plain.get_text_object(address, i - 1))


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
    inked = [char for char in chars if char.text != " "]
    if len({(c.text, round(c.x0), round(c.baseline)) for c in inked}) == len(inked):
        return chars  # no two of a kind in one place: most pages
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
