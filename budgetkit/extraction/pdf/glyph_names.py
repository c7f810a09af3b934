"""The name of a glyph: which character a code of pdfium's stands for, or that nobody knows.

A font that maps a glyph to nothing, to a control code, or to private use says what to paint and
not what it is.  Such a glyph is a character all the same: it keeps its place as
:data:`UNKNOWN`, so that no digit, sign or point falls out of a figure.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from budgetkit.codelists import read_codelist

#: Stands for a printed character that has no name: nobody knows which one it is.
UNKNOWN = "\ufffd"
#: pdfium's own code for a hyphen, or a minus sign, at the end of a line.
LINE_END_HYPHEN = 0x02
#: A box at most this thick (points) holds no ink.
INKLESS = 0.05
#: A glyph at least this much wider than high is a dash.
FLAT = 2.0
_SOFT_HYPHEN = 0xAD
#: Codes without a printed form: joiners, marks of direction, byte-order mark, no character.
_NOT_PRINTED = frozenset((*range(0x200B, 0x2010), *range(0x2060, 0x2070), 0xFEFF, 0xFFFE, 0xFFFF))
#: Kinds of codes that name nothing that is printed: controls, breaks, private use, no character;
#: variation selectors and fillers are of other kinds.
_UNPRINTED_KINDS = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_FILLERS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x115F, 0x1160, 0x3164,
                      0xFFA0, 0x2800, 0x034F))  # fmt: skip
_HIGH, _LOW, _AFTER_LOW = 0xD800, 0xDC00, 0xE000
_PLANE = 0x10000


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


@cache
def named(code: int) -> str | None:
    """Return the character of a code that names one; None for any that needs a look at its ink.

    Examples
    --------
    >>> named(0x31), named(0x2F8F), named(0x04), named(0xF02C), named(0xFFFD), named(0x0661)
    ('1', '行', None, None, None, None)
    """
    if code in _NOT_PRINTED or code in _FILLERS or code == _SOFT_HYPHEN:
        return None
    category = unicodedata.category(chr(code))
    if category == "Nd" and not unicodedata.normalize("NFKC", chr(code)).isascii():
        return None  # a digit of another script: fonts that map to one mostly print another
    if category in _UNPRINTED_KINDS or code == ord(UNKNOWN):
        return None
    return normal_char(chr(code))


def of_ink(code: int, width: float, height: float) -> str | None:
    """Return what a glyph is whose code names no character.

    Parameters
    ----------
    code
        As pdfium gives it.
    width, height
        Of its ink (points); nothing where it paints nothing.

    Returns
    -------
    str or None
        The character; :data:`UNKNOWN` where it paints something that has no name; None where it
        paints nothing.

    Examples
    --------
    >>> of_ink(0x04, 4, 6), of_ink(0x09, 4, 0), of_ink(0xAD, 3, 0.5)
    ('�', None, '-')
    """
    if width <= INKLESS or height <= INKLESS:
        return None
    if code == _SOFT_HYPHEN and width >= FLAT * height:
        return "-"
    return UNKNOWN


def paired(high: int, low: int) -> str | None:
    """Return the character of two surrogate codes; None where they are no pair.

    Parameters
    ----------
    high, low
        Codes that follow each other.

    Returns
    -------
    str or None
        The character of both.

    Examples
    --------
    >>> paired(0xD842, 0xDFB7), paired(0xD842, 0x31)
    ('𠮷', None)
    """
    if _HIGH <= high < _LOW <= low < _AFTER_LOW:
        return chr(_PLANE + ((high - _HIGH) << 10) + (low - _LOW))
    return None
