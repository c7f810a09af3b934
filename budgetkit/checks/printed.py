"""Printed figures as exact numbers, and what it means that two of them agree.

Tolerances come from the printed digits alone.  A sum of n printed figures may
miss its printed total by (n + 1) halves of the last digit, since each was
rounded; the same amount printed twice in one unit may not differ at all, and
across units by half the coarser digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, TypeVar

from budgetkit.amounts import UNITS, parse_number, to_wan
from budgetkit.geometry import PageBox

#: 万元.
HALF_A_YUAN = Decimal("0.00005")

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
    printed : str
        As printed; empty for an amount that was computed.
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
    printed: str = ""


class Rounded(Protocol):
    """An amount that is exact to half of its last digit."""

    @property
    def amount(self) -> Decimal:
        """万元."""

    @property
    def half(self) -> Decimal:
        """Half of the last digit, in 万元."""


class Comparison(NamedTuple):
    """The result of comparing a figure with what it should be (万元)."""

    status: str
    expected: Decimal
    found: Decimal
    tolerance: Decimal

    @property
    def difference(self) -> Decimal:
        """Found less expected."""
        return self.found - self.expected


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


def in_unit(amount: Decimal, unit: str) -> str:
    """Write an amount in a unit, with two decimals or as many as it needs.

    Parameters
    ----------
    amount
        万元.
    unit
        元, 万元 or 亿元.

    Returns
    -------
    str

    Examples
    --------
    >>> in_unit(Decimal("21.5"), "元"), in_unit(Decimal("-1234.5"), "万元")
    ('215,000.00元', '-1,234.50万元')
    """
    whole, _, digits = f"{amount / UNITS[unit]:,f}".partition(".")
    return f"{whole}.{digits.rstrip('0').ljust(2, '0')}{unit}"


def in_yuan(amount: Decimal) -> str:
    """Write an amount (万元) in yuan, with all its digits, as English sentences have it.

    Examples
    --------
    >>> in_yuan(Decimal("664.08")), in_yuan(Decimal("-0.00125"))
    ('6,640,800 yuan', '-12.50 yuan')
    """
    whole, _, digits = f"{amount / UNITS['元']:,f}".partition(".")
    digits = digits.rstrip("0")
    return f"{whole}{'.' + digits.ljust(2, '0') if digits else ''} yuan"


#: An amount as sentences quote it: what is printed, and its unit.
_AS_PRINTED = re.compile(rf"(.*?)({'|'.join(sorted(UNITS, key=len, reverse=True))})")


@lru_cache(maxsize=65536)
def quoted_in_yuan(quote: str) -> str:
    """Put an amount that is quoted with its printed unit into English.

    Examples
    --------
    >>> quoted_in_yuan("9.22万元"), quoted_in_yuan("92154元"), quoted_in_yuan("减少3.5万元")
    ('“9.22万元” (92,200 yuan)', '92,154 yuan', '“减少3.5万元”')
    """
    found = _AS_PRINTED.fullmatch(quote)
    number = parse_number(found[1]) if found else None
    if found is None or number is None:
        return f"“{quote}”"
    yuan = in_yuan(to_wan(number, found[2]))
    return yuan if found[2] == "元" else f"“{quote}” ({yuan})"


@lru_cache(maxsize=65536)
def exact_amount(printed: str, unit: str) -> tuple[Decimal, Decimal] | None:
    """Return a printed amount and half of its last digit, in 万元.

    Parameters
    ----------
    printed
        As in ``facts``.
    unit
        元, 万元 or 亿元.

    Returns
    -------
    tuple of Decimal or None
        None where no number is printed.

    Examples
    --------
    >>> exact_amount("1,234.50", "万元"), exact_amount("45000", "元")
    ((Decimal('1234.50'), Decimal('0.005')), (Decimal('4.5000'), Decimal('0.00005')))
    """
    number = parse_number(printed)
    if number is None:
        return None
    unit_size = UNITS[unit]
    last_digit = Decimal(1).scaleb(number.adjusted() - len(number.as_tuple().digits) + 1)
    return number * unit_size, last_digit * unit_size / 2


def printed_figure(fact: Mapping[str, Any]) -> PrintedFigure:
    """Return the figure of a row of ``facts``, exactly as it is printed."""
    unit = fact["unit"]
    exact = exact_amount(fact["printed"], unit)
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
        fact["printed"],
    )


def page_box(row: Mapping[str, Any]) -> PageBox | None:
    """Return the place of a row of a dataset; None where it has none."""
    page = row.get("page")
    return page and PageBox(page, row["x0"], row["top"], row["x1"], row["bottom"])


def single_figure(figures: Sequence[PrintedFigure]) -> PrintedFigure | None:
    """Return the one figure of a row; None where it is printed again with another amount."""
    if len(figures) == 1:
        return figures[0]
    if not figures or any(figure.amount != figures[0].amount for figure in figures):
        return None
    return figures[0]


def compare_sum(whole: Rounded, parts: Sequence[Rounded]) -> Comparison:
    """Compare a printed total with the sum of its printed parts.

    Parameters
    ----------
    whole
        The total.
    parts
        At least one.

    Returns
    -------
    Comparison
        With a tolerance of (n + 1) halves of the last digit for n parts.

    Examples
    --------
    >>> def figure(text):
    ...     amount, half = exact_amount(text, "万元")
    ...     return PrintedFigure(amount, half, "万元", *[""] * 6, None, "", True)
    >>> compare_sum(figure("436.07"), [figure("218.03"), figure("218.03")]).status
    'rounding'
    >>> compare_sum(figure("436.10"), [figure("218.03"), figure("218.03")]).status
    'fail'
    """
    expected = sum([part.amount for part in parts], Decimal(0))
    half = max(whole.half, *[part.half for part in parts])
    tolerance = (len(parts) + 1) * half
    difference = abs(whole.amount - expected)
    status = PASS if difference == 0 else ROUNDING if difference <= tolerance else FAIL
    return Comparison(status, expected, whole.amount, tolerance)


def compare_sides(
    left: Sequence[PrintedFigure], right: Sequence[PrintedFigure], limit: bool = False
) -> Comparison:
    """Compare the two sides of an equation, each a figure or a sum of them.

    Parameters
    ----------
    left
        What is checked.
    right
        What it should be, or may be at most.
    limit
        Whether less is right, too.

    Returns
    -------
    Comparison
        Of two figures: without tolerance in one unit, else half of the coarser digit, as where
        one of them prints more decimals of a yuan.  Of
        sums: half of the coarsest digit for each figure.

    Examples
    --------
    >>> def figure(text, unit):
    ...     return PrintedFigure(*exact_amount(text, unit), unit, *[""] * 6, None, "", True)
    >>> compare_sides([figure("9.22", "万元")], [figure("9.21", "万元")]).status
    'fail'
    >>> compare_sides([figure("92154", "元")], [figure("9.22", "万元")]).status
    'rounding'
    """
    if len(left) == len(right) == 1 and _is_exact(left[0], right[0]):
        found, expected, tolerance = left[0].amount, right[0].amount, Decimal(0)
        passes = found == expected or (limit and found < expected)
        return Comparison(PASS if passes else FAIL, expected, found, tolerance)
    found = sum([figure.amount for figure in left], Decimal(0))
    expected = sum([figure.amount for figure in right], Decimal(0))
    units = {figure.unit for figure in (*left, *right)}
    half = max(figure.half for figure in (*left, *right))
    many = len(left) + len(right)
    is_finer = len({figure.half for figure in (*left, *right)}) > 1
    tolerance = half * many if many > 2 else half if len(units) > 1 or is_finer else Decimal(0)
    gap = found - expected
    if gap == 0 or (limit and gap < 0):
        return Comparison(PASS, expected, found, tolerance)
    return Comparison(ROUNDING if abs(gap) <= tolerance else FAIL, expected, found, tolerance)


def _is_exact(left: PrintedFigure, right: PrintedFigure) -> bool:
    """Whether two figures must be the same: of one unit, and of one number of decimals.

    Digits after the yuan, of which one of the two has more, say only how it was rounded.
    """
    coarser = max(left.half, right.half)
    return left.unit == right.unit and (left.half == right.half or coarser >= HALF_A_YUAN)


class Compared(Protocol):
    """Anything with a comparison."""

    @property
    def comparison(self) -> Comparison:
        """What came of comparing it."""


Alternative = TypeVar("Alternative", bound=Sequence[Compared])


def failures(compared: Sequence[Compared]) -> int:
    """Count the comparisons that fail."""
    return sum([one.comparison.status == FAIL for one in compared])


def least_failing(alternatives: Iterable[Alternative]) -> Alternative | None:
    """Return the alternative with the fewest failures.

    Of several the one that holds for more comparisons (of two readings of a table, the one that
    leaves out fewer of its rows), else the first.  Stops at the first alternative without failures;
    None where all are empty.
    """
    best, rank = None, (0, 0)
    for compared in alternatives:
        failed = failures(compared)
        if compared and (best is None or (failed, failed - len(compared)) < rank):
            best, rank = compared, (failed, failed - len(compared))
            if not failed:
                break
    return best
