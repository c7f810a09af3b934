"""How the prose words things: patterns of ``codelists/wordings.csv``, and amounts in a sentence.

What differs between provinces is in the list: one row a wording, with its
topic, its role in that topic, a regular expression, and what it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from budgetkit.amounts import UNITS, parse_number, to_wan
from budgetkit.codelists import read_codelist

#: A printed number inside of a sentence: group-separated or plain.
NUMBER = r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\d.])\d+(?:\.\d+)?"
_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
#: Full-width forms that stand inside of numbers; everything else stays as printed.
_FOLDED = {ord(wide): unicodedata.normalize("NFKC", wide) for wide in "０１２３４５６７８９．％－"}
#: Few texts hold one; to look is ten times faster than to translate.
_WIDE = re.compile(f"[{''.join(map(chr, _FOLDED))}]")


@cache
def wordings(topic: str, role: str = "") -> tuple[str, ...]:
    """Give the patterns of a topic's role, in the order of the list."""
    return tuple(
        row["pattern"]
        for row in read_codelist("wordings")
        if row["topic"] == topic and row["role"] == role
    )


@cache
def meanings(topic: str, role: str = "") -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give the patterns of a topic's role with what each stands for."""
    return tuple(
        (re.compile(row["pattern"]), row["value"])
        for row in read_codelist("wordings")
        if row["topic"] == topic and row["role"] == role
    )


@cache
def any_of(topic: str, role: str = "") -> str:
    """Give one pattern for all the wordings of a role; it matches nothing where there is none.

    Examples
    --------
    >>> any_of("heading", "no such role")
    '(?!)'
    """
    patterns = wordings(topic, role)
    return f"(?:{'|'.join(patterns)})" if patterns else "(?!)"


@cache
def matcher(topic: str, role: str = "") -> re.Pattern[str]:
    """Compile :func:`any_of`."""
    return re.compile(any_of(topic, role))


def meaning(text: str, topic: str, role: str = "") -> str:
    """Tell what a text stands for by the first wording that it holds; empty where none does."""
    return next((value for pattern, value in meanings(topic, role) if pattern.search(text)), "")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Fold full-width digits, point and percent sign; as long as the text.

    Examples
    --------
    >>> folded("占８２．６９％，")
    '占82.69%，'
    """
    return text.translate(_FOLDED) if _WIDE.search(text) else text


def in_wan(number: str, unit: str) -> float:
    """Turn a number and unit of the prose into 万元.

    Parameters
    ----------
    number
        As :data:`NUMBER` matches it.
    unit
        ``元``, ``万元``, ``亿元``, or ``万`` for 万元.

    Examples
    --------
    >>> in_wan("1,500", "元"), in_wan("2.5", "亿元"), in_wan("870.00", "万")
    (0.15, 25000.0, 870.0)
    """
    value = parse_number(number)
    if value is None:
        raise ValueError(f"{number!r} is no number")
    return float(to_wan(value, unit if unit in UNITS else f"{unit}元"))


def count(text: str) -> int | None:
    """Read a count, in digits or in Chinese numerals below one hundred.

    Examples
    --------
    >>> count("27"), count("十二"), count("二十"), count("两"), count("若干")
    (27, 12, 20, 2, None)
    """
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    found = re.fullmatch(r"([一二两三四五六七八九]?)(十?)([一二两三四五六七八九]?)", text)
    if not found or not text:
        return None
    tens, ten, ones = found.groups()
    if not ten:
        return None if tens and ones else _DIGITS[tens or ones]
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


#: A count as :func:`count` reads it.
COUNT = r"[0-9]{1,7}|[一二两三四五六七八九十]{1,3}"
_DATE = re.compile(
    r"(20[0-9]{2}|二[〇○零0]..)\s*[年./-]([0-9]{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?:[月./-](?:([0-9]{1,2}|[一二三四五六七八九十]{1,3})日?)?)?"
)


def iso_dates(text: str, *, last: bool = False) -> list[str]:
    """Read dates into ISO form.

    Parameters
    ----------
    text
        ``2025年2月14日``, ``2025.1.1``, ``二〇二五年二月十四日``, ``2025年12月``.
    last
        Where only the month is printed, give its last day and not its first.

    Examples
    --------
    >>> iso_dates("2025年1月1日—2025.12.31"), iso_dates("二〇二五年二月十四日")
    (['2025-01-01', '2025-12-31'], ['2025-02-14'])
    """
    found = []
    for match in _DATE.finditer(text):
        year, month, day = _year(match.group(1)), count(match.group(2)), match.group(3)
        if year is None or month is None or not 1 <= month <= 12:
            continue
        longest = _days(year, month)
        number = count(day) if day else (longest if last else 1)
        if number is not None and 1 <= number <= longest:
            found.append(f"{year}-{month:02d}-{number:02d}")
    return found


def _year(text: str) -> int | None:
    if text.isdigit() and text.isascii():
        return int(text)
    digits = [
        int(char) if char.isascii() and char.isdigit() else _DIGITS.get(char) for char in text
    ]
    if any(digit is None for digit in digits):
        return None
    return int("".join(str(digit) for digit in digits))


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
