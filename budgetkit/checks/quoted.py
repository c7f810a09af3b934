"""Amounts and percents that the prose prints, with their digits, and the figures they equal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, NamedTuple

from budgetkit.checks.printed import FAIL, PASS, ROUNDING, PrintedFigure, Rounded, exact_amount
from budgetkit.extraction.prose.wordings import NUMBER, folded

_AMOUNT = re.compile(rf"({NUMBER})(亿元|万元|元|万(?=[，。；、,;）)]|$))")
#: Amounts of the dataset are floats; their print is found within this.
_SAME = Decimal("1e-6")
#: Amounts that differ by no more than this share, or whose digits are so much alike, are one
#: number that was mistyped.
SMALL, ALIKE = Decimal("0.02"), 0.7
_PERCENT = re.compile(rf"({NUMBER})(%|倍)")


class QuotedAmount(NamedTuple):
    """An amount as a text prints it.

    Attributes
    ----------
    amount, half : Decimal
        万元, and half of the last printed digit.
    start, end : int
        Where it stands in the text; 0 for an amount that was computed.
    unit : str
        As printed in.
    """

    amount: Decimal
    half: Decimal
    unit: str = ""
    start: int = 0
    end: int = 0

    def minus(self, other: Rounded) -> QuotedAmount:
        """Return the difference, which is as uncertain as both amounts together."""
        return QuotedAmount(self.amount - other.amount, self.half + other.half)


class QuotedPercent(NamedTuple):
    """A percent as printed, and half of its last digit."""

    value: Decimal
    half: Decimal


@lru_cache(maxsize=4096)
def quoted_amounts(text: str) -> tuple[QuotedAmount, ...]:
    """Find the amounts of a text.

    Examples
    --------
    >>> [(str(one.amount), str(one.half)) for one in quoted_amounts("共2.50万元，即25000元")]
    [('2.50', '0.005'), ('2.5000', '0.00005')]
    """
    found = []
    for match in _AMOUNT.finditer(folded(text)):
        number, unit = match[1].replace(",", ""), match[2] if match[2] != "万" else "万元"
        if exact := exact_amount(number, unit):
            found.append(QuotedAmount(*exact, unit, match.start(), match.end()))
    return tuple(found)


def quoted_amount(row: Mapping[str, Any], column: str) -> QuotedAmount | None:
    """Find an amount of a row of ``narrative`` in its text.

    Parameters
    ----------
    row : Mapping
        With ``text``.
    column : str
        ``amount`` or ``change``.

    Returns
    -------
    QuotedAmount or None
        With the sign of the column, and the digits of the finest print of the amount; None
        where the text does not print it.
    """
    return _quoted_amount(row["text"], row.get(column))


@lru_cache(maxsize=4096)
def _quoted_amount(text: str, value: float | None) -> QuotedAmount | None:
    if value is None:
        return None
    wanted = abs(Decimal(str(value)))
    prints = [one for one in quoted_amounts(text) if abs(one.amount - wanted) < _SAME]
    finest = min(prints, key=lambda one: one.half, default=None)
    return finest and finest._replace(amount=finest.amount.copy_sign(Decimal(str(value))))


def said_as(row: Mapping[str, Any], quoted: QuotedAmount) -> str:
    """Return an amount as the text prints it, with its unit.

    Parameters
    ----------
    row : Mapping
        With ``text``.
    quoted : QuotedAmount
        Of that text.

    Returns
    -------
    str
    """
    return folded(row["text"])[quoted.start : quoted.end]


def quoted_percent(row: Mapping[str, Any], column: str) -> QuotedPercent | None:
    """Find a percent of a row of ``narrative`` in its text.

    Parameters
    ----------
    row : Mapping
        With ``text``.
    column : str
        ``share_pct`` or ``change_pct``.

    Returns
    -------
    QuotedPercent or None
        With the sign of the column; 2倍 is 200, exact to 50.  None where the text does not
        print it.
    """
    return _quoted_percent(row["text"], row.get(column))


@lru_cache(maxsize=4096)
def _quoted_percent(text: str, value: float | None) -> QuotedPercent | None:
    if value is None:
        return None
    wanted = Decimal(str(value))
    for match in _PERCENT.finditer(folded(text)):
        percent = percent_of_print(match[1], 100 if match[2] == "倍" else 1)
        if abs(percent.value - abs(wanted)) < _SAME:
            return percent._replace(value=percent.value.copy_sign(wanted))
    return None


def quoted_percents(row: Mapping[str, Any], column: str) -> list[tuple[int, int]]:
    """Return where a text prints a percent of a row of ``narrative``: starts and ends.

    Parameters
    ----------
    row : Mapping
        With ``text``.
    column : str
        ``share_pct`` or ``change_pct``.

    Returns
    -------
    list of tuple of int
        In the folded text.
    """
    wanted = row.get(column)
    if wanted is None:
        return []
    value = abs(Decimal(str(wanted)))
    return [
        match.span()
        for match in _PERCENT.finditer(folded(row["text"]))
        if abs(percent_of_print(match[1], 100 if match[2] == "倍" else 1).value - value) < _SAME
    ]


def percent_of_print(printed: str, times: int = 1) -> QuotedPercent:
    """Return a printed number as a percent, exact to half of its last digit.

    Parameters
    ----------
    printed : str
        Its digits.
    times : int
        100 where the number is a multiple (倍).

    Returns
    -------
    QuotedPercent

    Examples
    --------
    >>> percent_of_print("5.27")
    QuotedPercent(value=Decimal('5.27'), half=Decimal('0.005'))
    """
    digits = printed.replace(",", "")
    half = Decimal(1).scaleb(-len(digits.partition(".")[2])) * times / 2
    return QuotedPercent(Decimal(digits) * times, half)


def closest_figure(
    quoted: QuotedAmount, figures: Sequence[PrintedFigure]
) -> tuple[str, PrintedFigure]:
    """Compare an amount of the prose with the figures that it can refer to.

    Parameters
    ----------
    quoted : QuotedAmount
        万元.
    figures : sequence of PrintedFigure
        At least one, the likeliest first.

    Returns
    -------
    tuple of str and PrintedFigure
        ``pass`` with the first figure that is equal; ``rounding`` with the first that is the
        amount rounded or cut off, or the reverse; else ``fail`` with the likeliest.
    """
    rounded = None
    for figure in figures:
        if figure.amount == quoted.amount:
            return PASS, figure
        if rounded is None and _is_rounded(quoted, figure):
            rounded = figure
    return (ROUNDING, rounded) if rounded else (FAIL, figures[0])


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Return whether two amounts are one number that was mistyped or put in another unit.

    Parameters
    ----------
    one, other : Decimal
        万元, not equal.

    Returns
    -------
    bool

    Examples
    --------
    >>> [is_slip(Decimal(a), Decimal(b)) for a, b in (("887.36", "87.3617"), ("1", "10000"))]
    [True, True]
    >>> is_slip(Decimal("10528.33"), Decimal("4545.94"))
    False
    """
    if abs(one - other) <= SMALL * max(abs(one), abs(other)):
        return True
    digits = [f"{abs(amount):.4f}".replace(".", "").strip("0") for amount in (one, other)]
    return SequenceMatcher(None, digits[0], digits[1], autojunk=False).ratio() >= ALIKE


def _is_rounded(one: Rounded, other: Rounded) -> bool:
    """Whether one of two prints is the other in fewer digits, rounded or cut off."""
    if one.half == other.half:
        return False
    coarse, fine = (one, other) if one.half > other.half else (other, one)
    gap = abs(one.amount - other.amount)
    cut_off = gap < 2 * coarse.half and abs(coarse.amount) < abs(fine.amount)
    return gap <= coarse.half or cut_off
