"""Numerals as they are printed: digits, the signs of a minus, separators, and nothing else.

The digits of a numeral are those that are printed, in their order; a separator that is typed in an
unusual way is believed where groups of three digits say so.  Raised and circled digits are marks
and make a text no numeral.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

#: Every sign that is printed for a minus: minus, dashes, hyphens, 减号 and △ or ▲.
MINUS = "-−–—－‐‑‒―﹣△▲"
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_FINE = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+"
_NUMERAL = re.compile(rf"[{MINUS}]?(?:{_DIGITS})|\((?:{_FINE})\)|(?:{_FINE})[{MINUS}]")
_AMOUNT = re.compile(rf"[{MINUS}]?(?:{_FINE})|\((?:{_FINE})\)|(?:{_FINE})[{MINUS}]")
#: Sign or bracket before a numeral, the numeral, and what stands behind it.
_SIGNED = re.compile(rf"([{MINUS}(]?)\s*(.*?)((?<!\s)[{MINUS}]|\s*\)|)", re.DOTALL)
#: Nothing else than a separator of thousands is typed as an apostrophe between digits.
_APOSTROPHES = re.compile(r"[0-9]{1,3}(?:['’‘′`´][0-9]{3})+(?:\.[0-9]+)?")
#: Typed for a comma: a colon may be a ratio, so that decimals must follow.
_FOR_COMMA = re.compile(r"[0-9]{1,3}(?:[,、;:。·•・‧'’‘′`´ ][0-9]{3})+\.[0-9]+")
_SPACED_GROUPS = re.compile(r"[0-9]{1,3}(?: [0-9]{3}){2,}")
#: Typed for a decimal point, and with the comma and the point the other way round.  Points alone
#: say nothing: 1.234.56 may be 1.23 and 4.56.
_FOR_POINT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)[。·•・‧][0-9]{1,2}")
_TURNED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}")
_TURN = str.maketrans(".,", ",.")
#: One digit, which a point or comma may touch: what spreads a figure over its cell.
_SPREAD = re.compile(r"[0-9][.,]?|[.,][0-9]?")
_BESIDE_SEPARATOR = re.compile(r"(?<=[.,])\s+|\s+(?=[.,])")


class Numeral(NamedTuple):
    """A numeral that is understood.

    Attributes
    ----------
    value : decimal.Decimal
        With as many decimals as are printed.
    is_amount : bool
        It has a decimal point or thousands separators; codes and counts have none.
    repaired : bool
        Its separators are unusual, or its digits are spread.
    """

    value: Decimal
    is_amount: bool
    repaired: bool = False


@cache
def _fold_char(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    is_mark = unicodedata.category(char) == "No"  # ², ①, ⑴, ½
    return char if is_mark or len(plain) != 1 else plain


def fold_digits(text: str) -> str:
    """Fold full-width forms and spaces, but not raised and circled digits, one by one.

    Examples
    --------
    >>> fold_digits("１５０．００²"), fold_digits("150.00①")
    ('150.00²', '150.00①')
    """
    plain = text if text.isascii() else "".join(map(_fold_char, text))
    return " ".join(plain.split())


@lru_cache(maxsize=8192)
def read_numeral(text: str) -> Numeral | None:
    """Read a text that is a numeral and nothing else.

    Parameters
    ----------
    text
        As printed.

    Returns
    -------
    Numeral or None
        None for any other text; a blank, ``-`` and ``/`` are not zero.

    Examples
    --------
    >>> read_numeral("1,234.50")
    Numeral(value=Decimal('1234.50'), is_amount=True, repaired=False)
    >>> read_numeral("1'234.50"), read_numeral("1234.50²"), read_numeral("12 5")
    (Numeral(value=Decimal('1234.50'), is_amount=True, repaired=True), None, None)
    """
    plain = _BESIDE_SEPARATOR.sub("", fold_digits(text))
    if not any("0" <= char <= "9" for char in plain):
        return None
    signed = _SIGNED.fullmatch(plain)
    before, body, after = map(str.strip, signed.groups()) if signed else ("", plain, "")
    if _NUMERAL.fullmatch(before + body + after):
        return _numeral(before + body + after, repaired=False)
    regular = _regular(_SIGNED.sub(r"\2", fold_digits(text), count=1), body)
    if regular is None or not _NUMERAL.fullmatch(before + regular + after):
        return None
    return _numeral(before + regular + after, repaired=True)


def _numeral(plain: str, *, repaired: bool) -> Numeral:
    number = Decimal(plain.strip(f"{MINUS}()").replace(",", ""))
    is_positive = (plain[0].isdigit() and plain[-1].isdigit()) or plain[0] == "."
    value = number if is_positive else number.copy_negate()
    return Numeral(value, _AMOUNT.fullmatch(plain) is not None, repaired)


def _regular(spaced: str, body: str) -> str | None:
    """The digits of a numeral with unusual separators, and its decimal point; else None."""
    if is_spread(spaced):
        return spaced.replace(" ", "")
    if _APOSTROPHES.fullmatch(body) or _FOR_COMMA.fullmatch(body):
        whole, point, decimals = body.partition(".")
        return re.sub("[^0-9]", ",", whole) + point + decimals
    if _SPACED_GROUPS.fullmatch(body):
        return body.replace(" ", ",")
    if _FOR_POINT.fullmatch(body):
        return re.sub("[。·•・‧]", ".", body)
    if _TURNED.fullmatch(body):
        return body.translate(_TURN)
    return None


def is_spread(text: str) -> bool:
    """Whether every digit stands alone; without a point they may be several figures.

    Examples
    --------
    >>> is_spread("1 5 0 . 0 0"), is_spread("1 5 0"), is_spread("1 50.00")
    (True, False, False)
    """
    parts = text.split(" ")
    return len(parts) > 3 and "." in text and all(map(_SPREAD.fullmatch, parts))
