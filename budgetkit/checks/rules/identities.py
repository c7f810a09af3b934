"""Equalities between tables: the same amount wherever it is printed, each a row of a CSV file.

``identities.csv`` says which figures are equal, or at most another.  Rows of one id are one
check.  Where tables print the amounts of many codes, these are compared only if most of them
agree: else the tables count different things, and that is no error.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from importlib.resources import files
from itertools import product
from typing import NamedTuple

from budgetkit.checks.addresses import (
    Sum,
    codes_of,
    columns_of,
    figures_in,
    parse,
    tables_of,
)
from budgetkit.checks.case import Case
from budgetkit.checks.comparisons import compared
from budgetkit.checks.finding import Checks, Finding, skipped
from budgetkit.checks.names import Wording, describe, join_wordings, name_of
from budgetkit.checks.printed import (
    FAIL,
    SKIPPED,
    Comparison,
    PrintedFigure,
    compare_sides,
    failures,
    least_failing,
)
from budgetkit.checks.trees import gaps

#: Fewer codes than this cannot show whether tables count the same.
FEW = 3


@dataclass(frozen=True, slots=True)
class _Identity:
    """A row of ``identities.csv``.

    Attributes
    ----------
    relation : str
        ``equal`` or ``at_most``.
    left, right : tuple of Sum
        What is checked, and what it should be; alternatives, of which the best is taken.
    title : re.Pattern or None
        What the title of the checked table must match.
    given : tuple of Sum
        Figures without which nothing is compared.
    unless : tuple of Sum
        Figures that must be zero: with one of them the tables count different things, and the
        check is skipped.
    share : Decimal
        So much of the codes must agree before a difference is an error.
    """

    id: str
    kind: str
    relation: str
    left: tuple[Sum, ...]
    right: tuple[Sum, ...]
    title: re.Pattern[str] | None
    given: tuple[Sum, ...]
    unless: tuple[Sum, ...]
    share: Decimal

    @property
    def is_limit(self) -> bool:
        """Whether the left side may be less than the right."""
        return self.relation == "at_most"


class _Pair(NamedTuple):
    """Two sides that were compared, each a figure or the parts of a sum."""

    left: tuple[PrintedFigure, ...]
    right: tuple[PrintedFigure, ...]
    comparison: Comparison


@cache
def _identities() -> dict[str, tuple[_Identity, ...]]:
    """Return the rows of ``identities.csv`` by id."""
    text = (files("budgetkit.checks.rules") / "identities.csv").read_text(encoding="utf-8")
    found: dict[str, tuple[_Identity, ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        identity = _Identity(
            row["id"],
            row["kind"],
            row["relation"],
            parse(row["left"]),
            parse(row["right"]),
            re.compile(row["title"]) if row["title"] else None,
            _listed(row["given"]),
            _listed(row["unless"]),
            Decimal(row["share"] or 0),
        )
        found[identity.id] = (*found.get(identity.id, ()), identity)
    return found


def _listed(text: str) -> tuple[Sum, ...]:
    return tuple(sum for place in text.split() for sum in parse(place))


def _run(rows: Sequence[_Identity], case: Case) -> Sequence[Finding]:
    """Test the rows of one id over one disclosure."""
    if found := [finding for identity in rows for finding in _findings(identity, case)]:
        return _if_most_hold(rows, case, found)
    tables = tables_of([sum for row in rows for sum in (*row.left, *row.right)])
    titles = join_wordings(name_of("table", table) for table in tables if table in case.tables)
    return [skipped(case, "skipped-no-figures", {"titles": titles})]


def _if_most_hold(
    rows: Sequence[_Identity], case: Case, found: Sequence[Finding]
) -> Sequence[Finding]:
    """Skip limits, one a row of the list, that most of the figures exceed."""
    if not all(row.is_limit and row.share for row in rows) or len(found) > len(rows):
        return found
    made = [finding for finding in found if finding.status != SKIPPED]
    failed = [finding for finding in made if finding.status == FAIL]
    if not failed or len(made) - len(failed) >= rows[0].share * len(made):
        return found
    tables = dict.fromkeys(address.table for row in rows for sum in (*row.left, *row.right)
                           for address in sum)  # fmt: skip
    titles = join_wordings([name_of("table", table) for table in tables], en=" and ")
    return [skipped(case, "skipped-most-differ", {"titles": titles}, failed[0].table)]


def _findings(identity: _Identity, case: Case) -> Iterator[Finding]:
    if not (
        _titled(identity, case)
        and all(figures_in(columns_of(case, sum), "") for sum in identity.given)
    ):
        return
    sides = product(identity.left, identity.right)
    pairs = least_failing(list(_compared(identity, case, *side)) for side in sides)
    if not pairs:
        return
    if failures(pairs) and (reason := _why_unlike(identity, case, pairs)):
        message, words = reason
        yield skipped(case, message, words, pairs[0].left[0].table)
        return
    for pair in pairs:
        left, right, comparison = _turned(identity, case, pair)
        yield compared(
            comparison,
            left[0],
            right[0],
            _wording(left),
            _wording(right),
            sure=all(figure.sure for figure in (*left, *right)),
            limit=identity.is_limit,
            facts=tuple([figure.fact_id for figure in (*left, *right)]),
        )


def _titled(identity: _Identity, case: Case) -> bool:
    if identity.title is None:
        return True
    table, pattern = identity.left[0][0].table, identity.title
    titles = (row["title"] or "" for row in case.rows["tables"] if row["table"] == table)
    return any(pattern.search(title) for title in titles)


def _compared(identity: _Identity, case: Case, left: Sum, right: Sum) -> Iterator[_Pair]:
    lefts, rights = columns_of(case, left), columns_of(case, right)
    left_goes_through, right_goes_through = (any(a.every for a in side) for side in (left, right))
    codes = frozenset({""})
    if right_goes_through:
        codes = codes_of(lefts) & codes_of(rights)
    elif left_goes_through:
        codes = codes_of(lefts)
    for code in sorted(codes):
        found, expected = figures_in(lefts, code), figures_in(rights, code)
        if found and expected:
            yield _Pair(found, expected, compare_sides(found, expected, identity.is_limit))


def _why_unlike(
    identity: _Identity, case: Case, pairs: Sequence[_Pair]
) -> tuple[str, dict[str, Wording]] | None:
    """Why the tables can't be compared, if so: the message and its words."""
    tables = dict.fromkeys(f.table for pair in pairs for f in (*pair.left, *pair.right))
    if unread := [table for table in tables if table in case.unread]:
        return "skipped-other-unread", {"title": name_of("table", unread[0])}
    titles = join_wordings([name_of("table", table) for table in tables], en=" and ")
    agreeing = len(pairs) - failures(pairs)
    if any(
        figure.amount for sum in identity.unless for figure in figures_in(columns_of(case, sum), "")
    ):
        return "skipped-carryover", {"titles": titles}
    if identity.kind == "cross_table" and _is_carryover(case, pairs):
        return "skipped-carried-over", {"titles": titles}
    if len(pairs) >= FEW and agreeing < identity.share * len(pairs):
        return "skipped-most-differ", {"titles": titles}
    return None


def _is_carryover(case: Case, pairs: Sequence[_Pair]) -> bool:
    """Whether rows differ by just what was carried over: one table has it, the other has not."""
    # The total may have an error of its own: any row shows it.
    for pair in (pair for pair in pairs if pair.comparison.status == FAIL):
        sides = (*pair.left, *pair.right)
        if any("carryover" in f.code + f.measure or f.table == "carryover" for f in sides):
            return False
        gap = abs(pair.comparison.difference)
        if any(abs(figure.amount - gap) <= 2 * figure.half for figure in case.kept(_carried)):
            return True
    return False


def _carried(case: Case) -> list[PrintedFigure]:
    """Every amount that a disclosure prints as carried over."""
    return [
        figure
        for figure in case.own_figures
        if figure.amount
        and figure.code in ("total", *_CARRIED)
        and (figure.table == "carryover" or {figure.code, figure.measure} & set(_CARRIED))
    ]


_CARRIED = ("carryover", "fiscal_carryover", "nonfiscal_carryover", "fiscal_carryover_general")


def _turned(identity: _Identity, case: Case, pair: _Pair) -> _Pair:
    """Accuse the other of two figures where its own table says that it is the wrong one."""
    left, right, comparison = pair
    alone = len(left) == len(right) == 1
    if comparison.status != FAIL or identity.is_limit or not alone:
        return pair
    sizes, gap = case.kept(gaps), abs(comparison.difference)
    near = 4 * max(left[0].half, right[0].half)
    left_fails, right_fails = (
        any(abs(size - gap) <= near for size in sizes.get(side[0].fact_id, ()))
        for side in (left, right)
    )
    if left_fails or not right_fails:
        return pair
    status, expected, found, tolerance = comparison
    return _Pair(right, left, Comparison(status, found, expected, tolerance))


def _wording(figures: Sequence[PrintedFigure]) -> Wording:
    if len(figures) == 1:
        return describe(figures[0])
    return join_wordings(map(describe, figures), " + ", " + ")


CHECKS: Checks = {id: partial(_run, rows) for id, rows in _identities().items()}
