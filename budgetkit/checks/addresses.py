"""Addresses of printed figures: ``table/section:code:measure``, their sums and alternatives.

``+`` adds addresses up, ``?`` lets one be absent, ``|`` gives alternatives.  As a code, ``*`` is
each code in turn, totals too, ``#`` each classification code, and ``{a,b}`` each of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from budgetkit.checks.case import Case
from budgetkit.checks.printed import PrintedFigure


@dataclass(frozen=True, slots=True)
class Address:
    """Where a figure is printed.

    Attributes
    ----------
    table, section, code, measure : str
        As in ``facts``.
    optional : bool
        Whether a sum can be formed without it.
    every : bool
        Whether it goes through codes.
    codes : frozenset of str or None
        The codes that it goes through; None where it is one code, or all of them.
    """

    table: str
    section: str
    code: str
    measure: str
    optional: bool
    every: bool
    codes: frozenset[str] | None


Sum = tuple[Address, ...]


@cache
def parse(text: str) -> tuple[Sum, ...]:
    """Parse alternatives of sums of addresses.

    Examples
    --------
    >>> ((first, second),) = parse("revenue:total:general_budget + revenue:total:unit_funds?")
    >>> first.measure, second.optional
    ('general_budget', True)
    >>> [len(sum) for sum in parse("expenditure:*:total | summary/expenditure:*:amount")]
    [1, 1]
    """
    return tuple(tuple(map(_address, sum.split(" + "))) for sum in text.split(" | "))


def _address(text: str) -> Address:
    table, code, measure = text.strip().split(":")
    table, _, section = table.partition("/")
    codes = frozenset(code[1:-1].split(",")) if code.startswith("{") else None
    every = codes is not None or code in ("*", "#")
    return Address(table, section, code, measure.rstrip("?"), measure.endswith("?"), every, codes)


#: Figures of a column by code.
Column = Mapping[str, tuple[PrintedFigure, ...]]
#: The column that each address of a sum is in.
Columns = list[tuple[Address, Column]]


def column(case: Case, table: str, section: str, measure: str) -> Column:
    """Return the figures of a column by code: of a row, or of the projects that stand for it.

    Parameters
    ----------
    case
        The disclosure.
    table, section, measure
        As in ``facts``.

    Returns
    -------
    mapping of str to tuple of PrintedFigure
        Without the codes that are printed twice with different amounts.
    """
    return case.kept(_columns).get((table, section, measure), {})


def _columns(case: Case) -> dict[tuple[str, str, str], Column]:
    return {key: _column(by_code, case) for key, by_code in case.by_place.items()}


def _column(by_code: Mapping[str, list[PrintedFigure]], case: Case) -> Column:
    projects = case.projects_of
    found: dict[str, tuple[PrintedFigure, ...]] = {}
    for code, figures in by_code.items():
        of_rows = [f for f in figures if f.fact_id not in projects] if projects else figures
        if of_code := case.figures_of_row(of_rows):
            found[code] = tuple(of_code)
        elif not of_rows and code:
            found[code] = tuple(figures)
    return found


def codes_of(columns: Columns) -> frozenset[str]:
    """Return the codes that any column of a sum prints, totals too, but not the rows of units."""
    found: set[str] = set()
    for address, figures in columns:
        if address.code == "#":
            found |= {code for code in figures if code.isdigit()}
        else:
            found |= figures.keys() & address.codes if address.codes else figures.keys()
    return frozenset(found - {"", "department", "unit"})


def columns_of(case: Case, sum: Sum) -> Columns:
    """Return each address of a sum with the column that it is in.

    Parameters
    ----------
    case
        The disclosure.
    sum
        Of :func:`parse`.

    Returns
    -------
    list of tuple of Address and mapping
    """
    return [(one, column(case, one.table, one.section, one.measure)) for one in sum]


def figures_in(columns: Columns, code: str) -> tuple[PrintedFigure, ...]:
    """Return the figures that a sum adds up.

    Parameters
    ----------
    columns
        Of :func:`columns_of`.
    code
        Of the row, for the addresses that go through codes.

    Returns
    -------
    tuple of PrintedFigure
        Empty where one that the sum needs is not printed.
    """
    found: tuple[PrintedFigure, ...] = ()
    for address, figures in columns:
        printed = figures.get(code if address.every else address.code, ())
        if not printed and not address.optional:
            return ()
        found += printed
    return found


def tables_of(sums: Iterable[Sum]) -> list[str]:
    """Return the tables that addresses name, each once."""
    return list(dict.fromkeys(address.table for sum in sums for address in sum))
