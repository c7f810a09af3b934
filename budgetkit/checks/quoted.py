"""What the prose prints, as exact figures: amounts and percents with their digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from budgetkit.amounts import UNITS, parse_number
from budgetkit.checks.case import Row
from budgetkit.checks.catalogue import Finding, plain
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, Figure, Place, half_digit, place_of
from budgetkit.extraction.prose.wordings import NUMBER, folded

_AMOUNT = re.compile(rf"({NUMBER})(亿元|万元|元|万(?=[，。；、,;）)]|$))")
#: Amounts of the dataset are floats; their print is found within this.
_SAME = Decimal("1e-6")
_PERCENT = re.compile(rf"({NUMBER})(%|倍)")


class Said(NamedTuple):
    """An amount as a text prints it: 万元, half of its last digit, and where it stands."""

    amount: Decimal
    half: Decimal
    unit: str
    start: int
    end: int


class Share(NamedTuple):
    """A percent as printed, and half of its last digit."""

    value: Decimal
    half: Decimal


@lru_cache(maxsize=4096)
def amounts_in(text: str) -> tuple[Said, ...]:
    """Find the amounts of a text.

    Examples
    --------
    >>> [(str(said.amount), str(said.half)) for said in amounts_in("共2.50万元，即25000元")]
    [('2.50', '0.005'), ('2.5000', '0.00005')]
    """
    found = []
    for match in _AMOUNT.finditer(folded(text)):
        number, unit = match[1].replace(",", ""), match[2] if match[2] != "万" else "万元"
        value = parse_number(number)
        if value is not None:
            half = half_digit(number, unit)
            found.append(Said(value * UNITS[unit], half, unit, match.start(), match.end()))
    return tuple(found)


def amount_said(row: Mapping[str, Any], column: str) -> Said | None:
    """Find the amount of a row of ``narrative`` in its text; None where it isn't printed there."""
    return _amount_said(row["text"], row.get(column))


@lru_cache(maxsize=4096)
def _amount_said(text: str, value: float | None) -> Said | None:
    if value is None:
        return None
    wanted = abs(Decimal(str(value)))
    near = [said for said in amounts_in(text) if abs(said.amount - wanted) < _SAME]
    # The digits are judged by the finest print of the amount.
    said = min(near, key=lambda item: item.half, default=None)
    return said and said._replace(amount=said.amount.copy_sign(Decimal(str(value))))


def percent_said(row: Mapping[str, Any], column: str) -> Share | None:
    """Find a percent of a row of ``narrative`` in its text; 2倍 is 200, read to 50."""
    return _percent_said(row["text"], row.get(column))


@lru_cache(maxsize=4096)
def _percent_said(text: str, value: float | None) -> Share | None:
    if value is None:
        return None
    for match in _PERCENT.finditer(folded(text)):
        number = match[1].replace(",", "")
        times = 100 if match[2] == "倍" else 1
        if abs(Decimal(number) * times - abs(Decimal(str(value)))) < _SAME:
            half = Decimal(1).scaleb(-len(number.partition(".")[2])) * times / 2
            return Share((Decimal(number) * times).copy_sign(Decimal(str(value))), half)
    return None


def said_figure(row: Row, said: Said) -> Figure:
    """Make a figure of the prose, so that it can be compared like one of a table."""
    return Figure(
        said.amount,
        said.half,
        said.unit,
        "",
        "narrative",
        row.get("section") or "",
        row.get("item") or "",
        "amount",
        row.get("item") or "",
        place_of(row),
        row["document"],
        True,
    )


def told(
    status: str,
    zh: str,
    en: str,
    row: Mapping[str, Any],
    *,
    expected: Decimal | None = None,
    found: Decimal | None = None,
    tolerance: Decimal | None = None,
    table: str = "narrative",
    code: str = "",
    measure: str = "",
    other: Figure | None = None,
    other_row: Mapping[str, Any] | None = None,
    sure: bool = True,
) -> Finding:
    """Word a finding about a sentence of the prose.

    Parameters
    ----------
    status, zh, en
        What was found.
    row
        A row of the dataset with document, page and box.
    other, other_row
        The figure, or the sentence, that it is held against.
    """
    place: Place | None = other.place if other else place_of(other_row) if other_row else None
    held_against = other.document if other else other_row["document"] if other_row else ""
    return Finding(
        status,
        zh,
        en,
        expected,
        found,
        tolerance,
        table,
        code or row.get("item") or "",
        measure,
        "",
        other.fact_id if other else "",
        place_of(row),
        place,
        row["document"],
        sure and (other is None or other.sure),
        other_document=held_against,
    )


def verdict(status: str) -> tuple[str, str]:
    """Give the words for a status, in Chinese and English."""
    return _VERDICTS[status]


_VERDICTS = {
    PASS: ("一致", "agrees"),
    ROUNDING: ("仅为四舍五入尾差", "differs by rounding only"),
    FAIL: ("不一致", "does not agree"),
}


def shown(number: Decimal) -> str:
    """Write a computed number to two decimals.

    Examples
    --------
    >>> shown(Decimal("12.3456")), shown(Decimal("-3"))
    ('12.35', '-3.00')
    """
    return plain(round(number, 2))
