"""Equalities between tables: the same amount wherever it is printed, each a row of a CSV file.

``identities.csv`` says which figures are equal, or at most another.  Rows of one id are one
check.  Where tables print the amounts of many codes, they are held against each other only if
most codes agree: else the tables count different things, and that is no error.
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

from budgetkit.checks.addresses import (
    Sum,
    added,
    codes_of,
    columns_of,
    figures_of,
    parse,
    tables_of,
)
from budgetkit.checks.case import Case
from budgetkit.checks.catalogue import Check, Finding, add, compared, skipped
from budgetkit.checks.names import Said, described, named
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, Comparison, Figure
from budgetkit.checks.trees import gaps

#: Of so few codes nothing can be told of whether tables count the same.
FEW = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """A row of ``identities.csv``.

    Attributes
    ----------
    relation : str
        ``equal`` or ``at_most``.
    left, right : tuple of Sum
        What is judged, and what it is held against; alternatives, of which the best is taken.
    title : re.Pattern or None
        What the title of the judged table must say.
    given : tuple of Sum
        Figures without which nothing is held against anything.
    unless : tuple of Sum
        Figures with which the tables count different things.
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
    rule_zh: str
    rule_en: str


@dataclass(frozen=True, slots=True)
class _Held:
    """What was held against what."""

    left: tuple[Figure, ...]
    right: tuple[Figure, ...]
    comparison: Comparison


@cache
def identities() -> dict[str, tuple[Identity, ...]]:
    """Give the rows of ``identities.csv`` by id."""
    text = (files("budgetkit.checks.rules") / "identities.csv").read_text(encoding="utf-8")
    found: dict[str, tuple[Identity, ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        identity = Identity(
            row["id"],
            row["kind"],
            row["relation"],
            parse(row["left"]),
            parse(row["right"]),
            re.compile(row["title"]) if row["title"] else None,
            _listed(row["given"]),
            _listed(row["unless"]),
            Decimal(row["share"] or 0),
            row["rule_zh"],
            row["rule_en"],
        )
        found[identity.id] = (*found.get(identity.id, ()), identity)
    return found


def _listed(text: str) -> tuple[Sum, ...]:
    return tuple(sum for place in text.split() for sum in parse(place))


def run_identity(rows: Sequence[Identity], case: Case) -> Iterator[Finding]:
    """Test the rows of one id over one disclosure."""
    found = False
    for identity in rows:
        for finding in _held(identity, case):
            found = True
            yield finding
    if not found:
        tables = tables_of([sum for row in rows for sum in (*row.left, *row.right)])
        names = [named("table", table) for table in tables if table in case.tables]
        yield skipped(
            case,
            f"{'、'.join(name.zh for name in names)}没有可以互相核对的数字",
            f"no figures to hold against each other in the {', '.join(name.en for name in names)}",
        )


def _held(identity: Identity, case: Case) -> Iterator[Finding]:
    if not (_titled(identity, case) and all(figures_of(case, s, "") for s in identity.given)):
        return
    best = _best(identity, case)
    if not best:
        return
    if _failed(best) and (reason := _unlike(identity, case, best)):
        yield skipped(case, reason.zh, reason.en, best[0].left[0].table)
        return
    yield from (_worded(identity, _turned(identity, case, one)) for one in best)


def _best(identity: Identity, case: Case) -> list[_Held]:
    """The alternative that fails least; the first of those that do not."""
    best: list[_Held] = []
    for left, right in product(identity.left, identity.right):
        held = list(_compared(identity, case, left, right))
        if held and (not best or _failed(held) < _failed(best)):
            best = held
            if not _failed(best):
                break
    return best


def _titled(identity: Identity, case: Case) -> bool:
    if identity.title is None:
        return True
    table, pattern = identity.left[0][0].table, identity.title
    titles = (row["title"] or "" for row in case.rows["tables"] if row["table"] == table)
    return any(pattern.search(title) for title in titles)


def _compared(identity: Identity, case: Case, left: Sum, right: Sum) -> Iterator[_Held]:
    every = any(address.every for address in (*left, *right))
    codes = codes_of(case, left) & codes_of(case, right) if every else {""}
    if every and not any(address.every for address in right):
        codes = codes_of(case, left)
    most = identity.relation == "at_most"
    lefts, rights = columns_of(case, left), columns_of(case, right)
    for code in sorted(codes):
        found, expected = added(lefts, code), added(rights, code)
        if found and expected:
            yield _Held(found, expected, compare_places(found, expected, most))


def compare_places(
    left: Sequence[Figure], right: Sequence[Figure], most: bool = False
) -> Comparison:
    """Compare what two places print, each a figure or a sum of them.

    Parameters
    ----------
    left
        What is judged.
    right
        What it should be, or may be at most.
    most
        Whether less is right too.

    Returns
    -------
    Comparison
        Without tolerance where one figure is held against one of the same unit.
    """
    if len(left) == len(right) == 1 and left[0].unit == right[0].unit:
        found, expected, tolerance = left[0].amount, right[0].amount, Decimal(0)
        right_so = found == expected or (most and found < expected)
        return Comparison(PASS if right_so else FAIL, expected, found, tolerance)
    found = sum((figure.amount for figure in left), Decimal(0))
    expected = sum((figure.amount for figure in right), Decimal(0))
    units = {figure.unit for figure in (*left, *right)}
    half = max(figure.half for figure in (*left, *right))
    many = len(left) + len(right)
    tolerance = half * many if many > 2 else half if len(units) > 1 else Decimal(0)
    gap = found - expected
    if gap == 0 or (most and gap < 0):
        return Comparison(PASS, expected, found, tolerance)
    return Comparison(ROUNDING if abs(gap) <= tolerance else FAIL, expected, found, tolerance)


def _failed(held: Sequence[_Held]) -> int:
    return sum(one.comparison.status == FAIL for one in held)


def _unlike(identity: Identity, case: Case, held: Sequence[_Held]) -> Said | None:
    """Why the two tables can't be held against each other, if so."""
    tables = dict.fromkeys(f.table for one in held for f in (*one.left, *one.right))
    broken = [table for table in tables if table in case.unread]
    if broken:
        title = named("table", broken[0])
        return Said(f"{title.zh}有金额未能读出", f"an amount of the {title.en} was not read")
    names = [named("table", table) for table in tables]
    zh, en = "、".join(name.zh for name in names), " and ".join(name.en for name in names)
    if any(figure.amount for sum in identity.unless for figure in figures_of(case, sum, "")):
        return Said(
            f"{zh}口径不同：一处含上年结转等，另一处不含",
            f"the {en} count different things: one of them includes carry-over",
        )
    if identity.kind == "cross_table" and _is_carryover(case, held):
        return Said(
            f"{zh}口径不同：相差正好为上年结转",
            f"the {en} count different things: they differ by what was carried over",
        )
    agreeing = len(held) - _failed(held)
    if len(held) >= FEW and agreeing < identity.share * len(held):
        return Said(
            f"{zh}口径不同：多数科目不一致", f"the {en} count different things: most codes differ"
        )
    return None


def _is_carryover(case: Case, held: Sequence[_Held]) -> bool:
    """Whether totals differ by just what was carried over: one table has it, the other has not."""
    failed = [one for one in held if one.comparison.status == FAIL]
    totals = [one for one in failed if one.left[0].code == "total"] or failed
    for one in totals:
        sides = (*one.left, *one.right)
        if any("carryover" in f.code + f.measure or f.table == "carryover" for f in sides):
            return False
        gap = abs(one.comparison.difference)
        if any(abs(figure.amount - gap) <= 2 * figure.half for figure in case.kept(_carried)):
            return True
    return False


def _carried(case: Case) -> list[Figure]:
    """What a disclosure says was carried over."""
    return [
        figure
        for figure in case.figures
        if figure.amount
        and figure.code in ("total", *_CARRIED)
        and (figure.table == "carryover" or {figure.code, figure.measure} & set(_CARRIED))
    ]


_CARRIED = ("carryover", "fiscal_carryover", "nonfiscal_carryover", "fiscal_carryover_general")


def _turned(identity: Identity, case: Case, held: _Held) -> _Held:
    """Judge the other of two figures where its own table says that it is the wrong one."""
    comparison = held.comparison
    alone = len(held.left) == len(held.right) == 1
    if comparison.status != FAIL or identity.relation != "equal" or not alone:
        return held
    sizes, gap = case.kept(gaps), abs(comparison.difference)
    near = 4 * max(held.left[0].half, held.right[0].half)
    left, right = (
        any(abs(size - gap) <= near for size in sizes.get(side[0].fact_id, ()))
        for side in (held.left, held.right)
    )
    if left or not right:
        return held
    status, expected, found, tolerance = comparison
    return _Held(held.right, held.left, Comparison(status, found, expected, tolerance))


def _worded(identity: Identity, held: _Held) -> Finding:
    left, right = _sides(held.left), _sides(held.right)
    sure = all(figure.sure for figure in (*held.left, *held.right))
    most = identity.relation == "at_most"
    return compared(
        held.comparison,
        held.left[0],
        held.right[0],
        left,
        right,
        sure=sure,
        most=most,
    )


def _sides(figures: Sequence[Figure]) -> Said:
    if len(figures) == 1:
        return described(figures[0])
    said = [described(figure) for figure in figures]
    return Said(" + ".join(one.zh for one in said), " + ".join(one.en for one in said))


def _needs(rows: Sequence[Identity]) -> tuple[str, ...]:
    left = tables_of([sum for row in rows for sum in row.left])
    right = tables_of([sum for row in rows for sum in row.right])
    return tuple(dict.fromkeys(("|".join(left), "|".join(right))))


for _id, _rows in identities().items():
    _first = _rows[0]
    add(
        Check(
            _id,
            _first.kind,
            _first.rule_zh,
            _first.rule_en,
            "",
            _needs(_rows),
            partial(run_identity, _rows),
        )
    )
