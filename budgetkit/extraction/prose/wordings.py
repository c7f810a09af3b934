"""How the prose words things: patterns of ``codelists/wordings.csv``, amounts and counts.

What differs between provinces is in the list: one row a wording, with its topic, its role in that
topic, a regular expression, and what it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache

from budgetkit.amounts import UNITS, to_wan
from budgetkit.codelists import read_codelist

#: A printed number inside of a sentence: group-separated or plain.
NUMBER = r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\d.])\d+(?:\.\d+)?"
#: A count as :func:`count` reads it.
COUNT = r"[0-9]{1,7}|[一二两三四五六七八九十]{1,3}"
#: Chinese digits to digits, for ``str.translate``.
DIGITS = str.maketrans("〇○零一二两三四五六七八九", "0001223456789")
_NUMERAL = re.compile(
    "([一二两三四五六七八九]?)十([一二两三四五六七八九]?)|([一二两三四五六七八九])"
)
#: Full-width forms that stand inside of numbers; everything else stays as printed.
_FOLDED = {ord(wide): unicodedata.normalize("NFKC", wide) for wide in "０１２３４５６７８９．％－"}
#: Few texts hold one; to look is ten times faster than to translate.
_WIDE = re.compile(f"[{''.join(map(chr, _FOLDED))}]")


@cache
def _rows(topic: str, role: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each wording of a topic's role with what it stands for, in the order of the list."""
    return tuple(
        (re.compile(row["pattern"]), row["value"])
        for row in read_codelist("wordings")
        if row["topic"] == topic and row["role"] == role
    )


@cache
def wordings(topic: str, role: str = "") -> tuple[str, ...]:
    """Return the patterns of a topic's role, in the order of the list.

    Parameters
    ----------
    topic, role
        As in the list; a topic may have no roles.

    Returns
    -------
    tuple of str
    """
    return tuple(pattern.pattern for pattern, _ in _rows(topic, role))


@cache
def any_of(topic: str, role: str = "") -> str:
    """Return one pattern for all the wordings of a topic's role.

    Parameters
    ----------
    topic, role
        As in the list.

    Returns
    -------
    str
        It matches nothing where there is no such role.

    Examples
    --------
    >>> any_of("heading", "no such role")
    '(?!)'
    """
    patterns = wordings(topic, role)
    return f"(?:{'|'.join(patterns)})" if patterns else "(?!)"


@cache
def matcher(topic: str, role: str = "") -> re.Pattern[str]:
    """Compile the pattern of :func:`any_of`.

    Parameters
    ----------
    topic, role
        As in the list.

    Returns
    -------
    re.Pattern
    """
    return re.compile(any_of(topic, role))


def meaning(text: str, topic: str, role: str = "") -> str:
    """Return what the first wording of a topic's role that a text holds stands for.

    Parameters
    ----------
    text
        A name, a heading or a sentence.
    topic, role
        As in the list.

    Returns
    -------
    str
        Empty where the text holds none of them.
    """
    return next((value for pattern, value in _rows(topic, role) if pattern.search(text)), "")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Fold full-width digits, point and percent sign; as long as the text.

    Examples
    --------
    >>> folded("占８２．６９％，")
    '占82.69%，'
    """
    return text.translate(_FOLDED) if _WIDE.search(text) else text


def in_wan(amount: str) -> float:
    """Convert an amount of the prose, a :data:`NUMBER` with its unit, into 万元.

    Examples
    --------
    >>> in_wan("1,500元"), in_wan("2.5亿元"), in_wan("870.00万")
    (0.15, 25000.0, 870.0)
    """
    number = amount.rstrip("亿万元")
    unit = amount[len(number) :]
    return float(to_wan(Decimal(number.replace(",", "")), unit if unit in UNITS else f"{unit}元"))


def count(text: str) -> int | None:
    """Read a count, in digits or in Chinese numerals below one hundred.

    Examples
    --------
    >>> count("27"), count("十二"), count("二十"), count("两"), count("若干")
    (27, 12, 20, 2, None)
    """
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    found = _NUMERAL.fullmatch(text)
    if not found:
        return None
    tens, ones, digit = (group and group.translate(DIGITS) for group in found.groups())
    return int(digit or f"{tens or 1}{ones or 0}")


def bracketed(text: str) -> list[tuple[int, int]]:
    """Return where the brackets that are closed begin and end, inner ones first.

    Examples
    --------
    >>> bracketed("甲（乙（丙）。丁；戊）1）")
    [(3, 6), (1, 11)]
    """
    found: list[tuple[int, int]] = []
    waiting: list[int] = []
    for mark in re.finditer("[（()）]", text):
        if mark.group() in "（(":
            waiting.append(mark.start())
        elif waiting:  # that of an enumerator, 1）, closes nothing
            found.append((waiting.pop(), mark.end()))
    return found
