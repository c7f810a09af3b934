"""What the prose prints, as exact figures: amounts and percents with their digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from budgetkit.amounts import UNITS, parse_number
from budgetkit.checks.case import Row
from budgetkit.checks.printed import PrintedFigure, format_amount, half_digit, page_box
from budgetkit.extraction.prose.wordings import NUMBER, folded

_AMOUNT = re.compile(rf"({NUMBER})(亿元|万元|元|万(?=[，。；、,;）)]|$))")
#: Amounts of the dataset are floats; their print is found within this.
_SAME = Decimal("1e-6")
_PERCENT = re.compile(rf"({NUMBER})(%|倍)")


class QuotedAmount(NamedTuple):
    """An amount as a text prints it: 万元, half of its last digit, and where it stands."""

    amount: Decimal
    half: Decimal
    unit: str
    start: int
    end: int


class QuotedPercent(NamedTuple):
    """A percent as printed, and half of its last digit."""

    value: Decimal
    half: Decimal


@lru_cache(maxsize=4096)
def quoted_amounts(text: str) -> tuple[QuotedAmount, ...]:
    """Find the amounts of a text.

    Examples
    --------
    >>> [(str(said.amount), str(said.half)) for said in quoted_amounts("共2.50万元，即25000元")]
    [('2.50', '0.005'), ('2.5000', '0.00005')]
    """
    found = []
    for match in _AMOUNT.finditer(folded(text)):
        number, unit = match[1].replace(",", ""), match[2] if match[2] != "万" else "万元"
        value = parse_number(number)
        if value is not None:
            half = half_digit(number, unit)
            found.append(QuotedAmount(value * UNITS[unit], half, unit, match.start(), match.end()))
    return tuple(found)


def quoted_amount(row: Mapping[str, Any], column: str) -> QuotedAmount | None:
    """Find the amount of a row of ``narrative`` in its text; None where it isn't printed there."""
    return _quoted_amount(row["text"], row.get(column))


@lru_cache(maxsize=4096)
def _quoted_amount(text: str, value: float | None) -> QuotedAmount | None:
    if value is None:
        return None
    wanted = abs(Decimal(str(value)))
    near = [said for said in quoted_amounts(text) if abs(said.amount - wanted) < _SAME]
    # The digits are judged by the finest print of the amount.
    said = min(near, key=lambda item: item.half, default=None)
    return said and said._replace(amount=said.amount.copy_sign(Decimal(str(value))))


def quoted_percent(row: Mapping[str, Any], column: str) -> QuotedPercent | None:
    """Find a percent of a row of ``narrative`` in its text; 2倍 is 200, read to 50."""
    return _quoted_percent(row["text"], row.get(column))


@lru_cache(maxsize=4096)
def _quoted_percent(text: str, value: float | None) -> QuotedPercent | None:
    if value is None:
        return None
    for match in _PERCENT.finditer(folded(text)):
        number = match[1].replace(",", "")
        times = 100 if match[2] == "倍" else 1
        if abs(Decimal(number) * times - abs(Decimal(str(value)))) < _SAME:
            half = Decimal(1).scaleb(-len(number.partition(".")[2])) * times / 2
            return QuotedPercent((Decimal(number) * times).copy_sign(Decimal(str(value))), half)
    return None


def quoted_figure(row: Row, said: QuotedAmount) -> PrintedFigure:
    """Make a figure of the prose, so that it can be compared like one of a table."""
    return PrintedFigure(
        said.amount,
        said.half,
        said.unit,
        "",
        "narrative",
        row.get("section") or "",
        row.get("item") or "",
        "amount",
        row.get("item") or "",
        page_box(row),
        row["document"],
        True,
    )


def two_decimals(number: Decimal) -> str:
    """Write a computed number to two decimals.

    Examples
    --------
    >>> two_decimals(Decimal("12.3456")), two_decimals(Decimal("-3"))
    ('12.35', '-3.00')
    """
    return format_amount(round(number, 2))
