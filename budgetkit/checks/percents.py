"""Printed percents compared with the percents that their amounts give.

Printed amounts are rounded, so the quotient of two of them is a range.  A printed percent agrees
with it where a value of the range rounds, or is cut off, to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from budgetkit.checks.case import Row
from budgetkit.checks.finding import Finding, about_sentence
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, Rounded
from budgetkit.checks.quoted import QuotedPercent

Whole = TypeVar("Whole", bound=Rounded)
_BEST_FIRST = (PASS, ROUNDING, FAIL)


class Quotient(NamedTuple, Generic[Whole]):
    """How a printed percent compares with the quotient of two amounts.

    Attributes
    ----------
    status : str
        As returned by :func:`compare_percent`.
    percent : Decimal
        The quotient, in per cent.
    whole : Rounded
        The amount that it is a percent of.
    """

    status: str
    percent: Decimal
    whole: Whole


def percent_range(part: Rounded, whole: Rounded) -> tuple[Decimal, Decimal] | None:
    """Return the least and the greatest percent that two rounded amounts can stand for.

    Parameters
    ----------
    part, whole : Rounded
        万元.

    Returns
    -------
    tuple of Decimal or None
        Per cent; None where the whole may be zero.
    """
    least, most = whole.amount - whole.half, whole.amount + whole.half
    if least <= 0 <= most:
        return None
    ends = [
        (part.amount + side * part.half) / base * 100 for side in (-1, 1) for base in (least, most)
    ]
    return min(ends), max(ends)


def compare_percent(printed: QuotedPercent, ends: tuple[Decimal, Decimal]) -> str:
    """Compare a printed percent with the range that its amounts give.

    Parameters
    ----------
    printed : QuotedPercent
        Per cent.
    ends : tuple of Decimal
        As returned by :func:`percent_range`, per cent.

    Returns
    -------
    str
        ``pass`` for the middle of the range, rounded; ``rounding`` for any other value of the
        range, and for one that is cut off; else ``fail``.
    """
    low, high = ends
    if low - printed.half <= printed.value <= high + printed.half:
        middle = (low + high) / 2
        return PASS if abs(middle - printed.value) <= printed.half else ROUNDING
    cut_off = low - 2 * printed.half < printed.value < high + 2 * printed.half
    return ROUNDING if cut_off else FAIL


def best_quotient(
    printed: QuotedPercent, amounts: Iterable[tuple[Rounded, Whole]]
) -> Quotient[Whole] | None:
    """Return the quotient that agrees best with a printed percent, the first of equal ones.

    Parameters
    ----------
    printed : QuotedPercent
        Per cent.
    amounts : iterable of tuple
        Parts and wholes that it can be computed from, 万元.

    Returns
    -------
    Quotient or None
        None where there are no amounts, or no whole that is certainly not zero.
    """
    quotients = [
        Quotient(compare_percent(printed, ends), part.amount / whole.amount * 100, whole)
        for part, whole in amounts
        if (ends := percent_range(part, whole)) is not None
    ]
    return min(quotients, key=lambda one: _BEST_FIRST.index(one.status), default=None)


def percent_finding(
    row: Row, measure: str, printed: QuotedPercent, status: str, computed: Decimal
) -> Finding:
    """Make the finding about a percent, as printed and as computed.

    Parameters
    ----------
    row : Mapping
        The sentence.
    measure : str
        ``share_pct`` or ``change_pct``; each has a message of that name.
    printed : QuotedPercent
        Per cent.
    status : str
        What the comparison gave.
    computed : Decimal
        Per cent.

    Returns
    -------
    Finding
    """
    return about_sentence(
        row,
        status,
        measure,
        {"printed": str(printed.value), "computed": round(computed, 2)},
        expected=round(computed, 4),
        found=printed.value,
        tolerance=printed.half,
        measure=measure,
    )
