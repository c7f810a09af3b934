"""The characters of a page: what pdfium says is written, where, and turned which way."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from budgetkit.codelists import read_codelist
from budgetkit.extraction.pdf.painted import Paint, Painting

#: Struck-twice bold: the same character again within this share of its own height.
STRUCK_TWICE = 0.3
#: A quarter turn, in the radians that pdfium counts in.
RIGHT_ANGLE = 1.5707963267948966
#: Side (points) of the squares in which a second strike of the same character is sought.
PLACE = 4.0
#: Codes that print nothing: no character, soft hyphen, joiners, byte-order mark, lone surrogates.
_NOT_TEXT = frozenset((0x7F, 0xAD, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xFFFE, 0xFFFF)) | frozenset(
    range(0xD800, 0xE000)
)


class Char(NamedTuple):
    """One printed character: its text, its inked box, and the height of its baseline (points)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float


@lru_cache(maxsize=1)
def _radicals() -> dict[str, str]:
    return {row["radical"]: row["ideograph"] for row in read_codelist("radicals")}


@cache
def normal_char(char: str) -> str:
    """Return the ideograph that a radical or compatibility form stands for.

    Browsers write 行 as the Kangxi radical ⾏; full-width brackets and digits
    stay as printed.

    Examples
    --------
    >>> normal_char("⾏"), normal_char("⻓"), normal_char("（")
    ('行', '长', '（')
    """
    if char in _radicals():
        return _radicals()[char]
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return " " if char in "\u00a0\u2002\u2003\u2009\u202f\u3000" else char


class PageText(NamedTuple):
    """The characters of a page in the frame of the unturned page.

    ``origins`` is where on its baseline each starts (points from the left): on a page that is
    turned sideways, that is its baseline.  ``turns`` are the quarter turns clockwise that set the
    text upright; None for a page without text.  ``paints`` says of each how it is painted; it is
    empty where all are plainly painted.
    """

    chars: list[Char]
    origins: list[float]
    turns: int | None
    paints: list[Paint]


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
    x0, x1, y0, y1, origin_x, origin_y = (ctypes.c_double() for _ in range(6))
    box = [ctypes.byref(value) for value in (x0, x1, y0, y1)]
    origin = [ctypes.byref(origin_x), ctypes.byref(origin_y)]
    make = Char._make
    get_unicode, get_box = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetCharBox
    get_origin, get_angle = pdfium_c.FPDFText_GetCharOrigin, pdfium_c.FPDFText_GetCharAngle
    chars: list[Char] = []
    origins: list[float] = []
    paints: list[Paint] = []
    known = painting.paints(raw) if painting is not None else {}
    angles: Counter[int] = Counter()
    for i in range(count):
        code = get_unicode(raw, i)
        if code < 32 or code in _NOT_TEXT:
            continue
        get_box(raw, i, *box)
        get_origin(raw, i, *origin)
        if code != 32 and (i % 8 == 0 or not angles):
            angles[round(get_angle(raw, i) / RIGHT_ANGLE) % 4] += 1
        text = normal_char(chr(code))
        a, b, c, d = x0.value - left, top - y1.value, x1.value - left, top - y0.value
        chars.append(make((text, a, b, c, d, top - origin_y.value)))
        origins.append(origin_x.value - left)
        if painting is not None:
            paints.append(known.get(i, Paint.SEEN))
    textpage.close()
    # pdfium counts the angle of text clockwise from upright; the page is turned back by it.
    turns = -angles.most_common(1)[0][0] % 4 if angles else None
    return PageText(chars, origins, turns, paints)


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
        if char.text != " " and any(_is_second_strike(char, other) for other in around):
            continue
        places[char.text, column, row].append(char)
        kept.append(char)
    return kept


def _is_second_strike(char: Char, other: Char) -> bool:
    near = STRUCK_TWICE * max(char.bottom - char.top, char.x1 - char.x0)
    return abs(char.x0 - other.x0) <= near and abs(char.baseline - other.baseline) <= near
