"""Addresses of printed figures: ``table/section:code:measure``, their sums and alternatives.

``+`` adds addresses up, ``?`` lets one be absent, ``|`` gives alternatives.  As a code, ``*`` is
each code in turn, totals too, ``#`` each classification code, and ``{a,b}`` each of those.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from budgetkit.checks.case import Case
from budgetkit.checks.printed import PrintedFigure, single_figure


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
    """Read alternatives of sums of addresses.

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


def cells(
    case: Case, table: str, section: str, measure: str
) -> dict[str, tuple[PrintedFigure, ...]]:
    """Give the figures of a column by code: of a row, or of the projects that stand for it.

    A code that is printed twice with different amounts is left out.
    """
    known = case.kept(_columns)
    key = (table, section, measure)
    if key not in known:
        projects = case.projects_of
        found: dict[str, tuple[PrintedFigure, ...]] = {}
        for code, figures in case.by_place.get(key, {}).items():
            plain = [f for f in figures if f.fact_id not in projects] if projects else figures
            if figure := single_figure(plain):
                found[code] = (figure,)
            elif not plain and code:
                found[code] = tuple(figures)
        known[key] = found
    return known[key]


def _columns(_: Case) -> dict[tuple[str, str, str], dict[str, tuple[PrintedFigure, ...]]]:
    """Columns that were laid out; filled as they are asked for."""
    return {}


def codes_of(case: Case, sum: Sum) -> frozenset[str]:
    """Give the codes that any address of a sum prints."""
    found: set[str] = set()
    for address in sum:
        column = cells(case, address.table, address.section, address.measure)
        if address.code == "#":
            found |= {code for code in column if code.isdigit()}
        else:
            found |= column.keys() & address.codes if address.codes else column.keys()
    return frozenset(found - {"", "department", "unit"})


Columns = list[tuple[Address, dict[str, tuple[PrintedFigure, ...]]]]


def columns_of(case: Case, sum: Sum) -> Columns:
    """Give the column that each address of a sum is in."""
    return [(one, cells(case, one.table, one.section, one.measure)) for one in sum]


def added(columns: Columns, code: str) -> tuple[PrintedFigure, ...]:
    """Give the figures that a sum adds up; empty where one that it needs is not printed."""
    found: tuple[PrintedFigure, ...] = ()
    for address, column in columns:
        own = column.get(code if address.every else address.code, ())
        if not own and not address.optional:
            return ()
        found += own
    return found


def figures_at(case: Case, sum: Sum, code: str) -> tuple[PrintedFigure, ...]:
    """Give the figures that a sum adds up; as :func:`added`."""
    return added(columns_of(case, sum), code)


def tables_of(sums: Iterable[Sum]) -> list[str]:
    """Give the tables that addresses name, each once."""
    return list(dict.fromkeys(address.table for sum in sums for address in sum))
