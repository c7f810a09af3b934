"""Printed figures as exact numbers, and what it means that two of them agree.

Tolerances come from the printed digits alone.  A sum of n printed figures may
miss its printed total by (n + 1) halves of the last digit, since each was
rounded; the same amount printed twice in one unit may not differ at all, and
across units by half the coarser digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from budgetkit.amounts import UNITS, parse_number
from budgetkit.geometry import PageBox

PASS, ROUNDING, FAIL, SKIPPED = "pass", "rounding", "fail", "skipped"


class PrintedFigure(NamedTuple):
    """One printed figure.

    Attributes
    ----------
    amount : Decimal
        万元, exact.
    half : Decimal
        Half of the last printed digit, in 万元.
    unit : str
        As printed in.
    fact_id : str
        Empty for a figure of the prose.
    table, section, code, measure, name : str
        What it is.
    place : PageBox or None
    document : str
    sure : bool
        False where the reader repaired or doubted it.
    """

    amount: Decimal
    half: Decimal
    unit: str
    fact_id: str
    table: str
    section: str
    code: str
    measure: str
    name: str
    place: PageBox | None
    document: str
    sure: bool


class Rounded(Protocol):
    """An amount that is exact to half of its last digit."""

    @property
    def amount(self) -> Decimal:
        """万元."""

    @property
    def half(self) -> Decimal:
        """Half of the last digit, in 万元."""


class Comparison(NamedTuple):
    """What came of comparing a figure with what it should be (万元)."""

    status: str
    expected: Decimal
    found: Decimal
    tolerance: Decimal

    @property
    def difference(self) -> Decimal:
        """Found less expected."""
        return self.found - self.expected


def half_digit(printed: str, unit: str) -> Decimal:
    """Give half of the last printed digit, in 万元.

    Examples
    --------
    >>> half_digit("1,234.50", "万元"), half_digit("45000", "元")
    (Decimal('0.005'), Decimal('0.00005'))
    """
    digits = len(printed.partition(".")[2])
    return Decimal(1).scaleb(-digits) * UNITS[unit] / 2


def format_amount(number: Decimal) -> str:
    """Write an amount without an exponent, with two decimals or as many as it needs.

    Examples
    --------
    >>> [format_amount(Decimal(text)) for text in ("9.2100", "4.5001", "-1")]
    ['9.21', '4.5001', '-1.00']
    """
    text = str(number)
    if text[-3:-2] == ".":
        return text
    text = f"{number:f}"
    whole, _, digits = text.partition(".")
    digits = digits.rstrip("0").ljust(2, "0")
    return f"{whole}.{digits}"


@lru_cache(maxsize=65536)
def _exact(printed: str, unit: str) -> tuple[Decimal, Decimal] | None:
    """The amount in 万元, and half of its last digit; tables print the same ones again."""
    number = parse_number(printed)
    return None if number is None else (number * UNITS[unit], half_digit(printed, unit))


def printed_figure(fact: Mapping[str, Any]) -> PrintedFigure:
    """Take a figure out of a row of ``facts``, exactly as it was printed."""
    unit = fact["unit"]
    exact = _exact(fact["printed"], unit)
    if exact is None:
        raise ValueError(f"fact {fact['fact_id']} prints no number: {fact['printed']!r}")
    # By position: there are hundreds of them in a document.
    return PrintedFigure(
        *exact,
        unit,
        fact["fact_id"],
        fact["table"],
        fact["section"] or "",
        fact["code"] or "",
        fact["measure"],
        fact["name"] or "",
        page_box(fact),
        fact["document"],
        fact["certainty"] == "read",
    )


def page_box(row: Mapping[str, Any]) -> PageBox | None:
    """Take the place out of a row of a dataset; None where it has none."""
    page = row.get("page")
    return page and PageBox(page, row["x0"], row["top"], row["x1"], row["bottom"])


def single_figure(figures: Sequence[PrintedFigure]) -> PrintedFigure | None:
    """Give the figure of a row; one printed again alike (a page printed twice) counts once."""
    if len(figures) == 1:
        return figures[0]
    if not figures or any(figure.amount != figures[0].amount for figure in figures):
        return None
    return figures[0]


def compare_sum(whole: Rounded, parts: Sequence[Rounded]) -> Comparison:
    """Compare a printed total with the sum of its printed parts.

    Examples
    --------
    >>> def figure(text):
    ...     half = half_digit(text, "万元")
    ...     return PrintedFigure(Decimal(text), half, "万元", *[""] * 6, None, "", True)
    >>> compare_sum(figure("436.07"), [figure("218.03"), figure("218.03")]).status
    'rounding'
    >>> compare_sum(figure("436.10"), [figure("218.03"), figure("218.03")]).status
    'fail'
    """
    expected = sum([part.amount for part in parts], Decimal(0))
    half = max(whole.half, *[part.half for part in parts])
    tolerance = (len(parts) + 1) * half
    return _compared(expected, whole.amount, tolerance)


def compare_same(first: PrintedFigure, second: PrintedFigure) -> Comparison:
    """Compare one amount printed twice: exactly in one unit, else to the coarser digit.

    Examples
    --------
    >>> def figure(text, unit):
    ...     amount, half = Decimal(text) * UNITS[unit], half_digit(text, unit)
    ...     return PrintedFigure(amount, half, unit, *[""] * 6, None, "", True)
    >>> compare_same(figure("9.22", "万元"), figure("9.21", "万元")).status
    'fail'
    >>> compare_same(figure("92154", "元"), figure("9.22", "万元")).status
    'rounding'
    """
    same_grain = first.unit == second.unit
    tolerance = Decimal(0) if same_grain else max(first.half, second.half)
    return _compared(first.amount, second.amount, tolerance)


def compare_at_most(limit: PrintedFigure, found: PrintedFigure) -> Comparison:
    """Compare a part with the whole that contains it: it may be less, not more."""
    tolerance = Decimal(0) if limit.unit == found.unit else max(limit.half, found.half)
    if found.amount <= limit.amount:
        return Comparison(PASS, limit.amount, found.amount, tolerance)
    return _compared(limit.amount, found.amount, tolerance)


def _compared(expected: Decimal, found: Decimal, tolerance: Decimal) -> Comparison:
    difference = abs(found - expected)
    status = PASS if difference == 0 else ROUNDING if difference <= tolerance else FAIL
    return Comparison(status, expected, found, tolerance)
