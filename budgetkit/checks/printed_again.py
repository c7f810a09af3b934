"""The same figure in two disclosures: what one prints again of what the other printed first.

Pairs are of one table, section, column, row, unit and project.  Of a column whose figures differ,
the rows that no other row explains are the finding: a total differs by what its parts differ by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from budgetkit.checks.case import Case, Row
from budgetkit.checks.comparisons import compared
from budgetkit.checks.finding import Finding, Words, skipped
from budgetkit.checks.meaning import core_name
from budgetkit.checks.names import Wording, describe, name_of
from budgetkit.checks.printed import FAIL, Comparison, PrintedFigure, compare_sides

#: Where so many rows of a column differ, each for itself, and more than this share of those that
#: print money, the base was stated anew: that is one finding.
RESTATED_ROWS, RESTATED_SHARE = 3, Decimal("0.5")
#: The first year with today's numbers of the economic classification: 30311 became 30113.
ECONOMIC_CODES_SINCE = 2018
#: Stages under which a budget is printed, and a final account.
BUDGET_STAGES, ACCOUNT_STAGES = frozenset({"budget", ""}), frozenset({"final", "executed"})
_PARTS = {
    "total": ("abroad", "vehicles", "reception"),
    "vehicles": ("vehicle_purchase", "vehicle_operation"),
}

#: Where a figure stands: table, section, measure, code, project, unit, code of another
#: classification.
Place = tuple[str, ...]
Figures = Mapping[Place, Sequence[PrintedFigure]]


class Again(NamedTuple):
    """A figure that is printed again, and the one that was printed first."""

    again: PrintedFigure
    first: PrintedFigure
    comparison: Comparison

    @property
    def differs(self) -> bool:
        """Whether two disclosures print different figures."""
        return self.comparison.status == FAIL

    @property
    def gap(self) -> Decimal:
        """By how much, in 万元, with its sign."""
        return self.comparison.difference


def figures_by_place(case: Case, is_meant: Callable[[Row], bool], prefix: str = "") -> Figures:
    """Return figures of a disclosure by their place, those of one place in their order.

    Parameters
    ----------
    case
        The disclosure.
    is_meant
        Which rows of ``facts`` to take.
    prefix
        Of the measure, which is left out of the place.

    Returns
    -------
    mapping of tuple of str to list of PrintedFigure
    """
    found: dict[Place, list[PrintedFigure]] = defaultdict(list)
    for row, figure in zip(case.rows["facts"], case.figures, strict=True):
        if not is_meant(row):
            continue
        id = figure.fact_id
        place = (
            figure.table,
            figure.section,
            figure.measure.removeprefix(prefix),
            figure.code or core_name(figure.name),
            row["project"] or "",
            case.unit_of.get(id, ""),
            case.second_codes.get(id, ""),
        )
        found[place].append(figure)
    return found


def pairs(again: Figures, first: Figures) -> list[Again]:
    """Compare the figures of places that both disclosures print.

    A place that is printed several times, as a department and its office of one name are, is
    compared print by print, where both disclosures have as many.

    Parameters
    ----------
    again, first
        Of :func:`figures_by_place`.

    Returns
    -------
    list of Again
    """
    both = (
        pair
        for place, figures in again.items()
        if len(figures) == len(first.get(place, ()))
        for pair in zip(figures, first[place], strict=True)
    )
    return [Again(*pair, compare_sides(pair[:1], pair[1:])) for pair in both]


def findings(
    case: Case, other: Case, printed: Sequence[Again], title: Wording, years: tuple[int, int]
) -> list[Finding]:
    """Make the findings of the figures that a disclosure prints again.

    Parameters
    ----------
    case, other
        The disclosure, and the one that printed the figures first.
    printed
        Of :func:`pairs`.
    title
        What a message calls the other disclosure.
    years
        Of both.

    Returns
    -------
    list of Finding
        One of each figure that agrees, or differs for itself; one of each table whose base was
        stated anew; one that is skipped for each table of which a row has another name.
    """
    found: list[Finding] = []
    columns: dict[tuple[str, ...], list[Again]] = defaultdict(list)
    unlike: set[str] = set()
    for pair in printed:
        if pair.differs and not _is_same_class(pair, years):
            unlike.add(pair.again.table)
            continue
        figure = pair.again
        columns[
            figure.table, figure.section, figure.measure, case.unit_of.get(figure.fact_id, "")
        ].append(pair)
    restated: dict[str, list[Again]] = defaultdict(list)
    for (table, *_), column in columns.items():
        differing = _unexplained(column)
        with_money = [pair for pair in column if pair.first.amount or pair.again.amount]
        rows = _lines(pair for pair in column if pair.differs)
        if rows >= RESTATED_ROWS and rows > RESTATED_SHARE * _lines(with_money):
            restated[table] += [pair for pair in column if pair.differs]
            continue
        kept = [pair for pair in column if not pair.differs] + differing
        found += [_finding(pair, title, "printed-again") for pair in kept]
    for table, differing in restated.items():
        total = [pair for pair in differing if pair.again.code == "total"]
        if total:
            most = max(total, key=lambda pair: abs(pair.gap))
            found.append(_finding(most, title, "printed-again-restated", len(differing)))
        else:
            words = {"title": name_of("table", table), "other": title}
            found.append(skipped(case, "skipped-regrouped", words, table))
    for table in sorted(unlike):
        words = {"title": name_of("table", table), "other": title}
        found.append(skipped(case, "skipped-other-classes", words, table))
    return found


def _finding(pair: Again, title: Wording, message: str, count: int = 0) -> Finding:
    finding = compared(pair.comparison, pair.again, pair.first, describe(pair.again), title)
    words: Words = {"figure": describe(pair.again), "other": title}
    if count:
        words = {**words, "count": count}
    return finding._replace(message=message, words=words, certain=not count)


def _is_same_class(pair: Again, years: tuple[int, int]) -> bool:
    """Whether a code means in both years the same: it has one name, in one classification."""
    code = pair.again.code
    if not code.isdigit():
        return True
    if code.startswith("3") and min(years) < ECONOMIC_CODES_SINCE <= max(years):
        return False
    one, other = core_name(pair.again.name), core_name(pair.first.name)
    return not one or not other or one in other or other in one


def _lines(column: Iterable[Again]) -> int:
    """Count the rows that no other row of the column is a part of."""
    codes = {pair.again.code for pair in column}
    return sum(1 for code in codes if code != "total" and not _below(code, codes))


def _below(code: str, codes: Iterable[str]) -> list[str]:
    """Codes of the parts of a row, however deep."""
    if code.isdigit():
        return [one for one in codes if one != code and one.startswith(code)]
    if code == "total" and any(one.isdigit() for one in codes):
        return [one for one in codes if one.isdigit()]
    parts = _PARTS.get(code, ())
    return [
        one for one in codes if one in parts or any(one in _PARTS.get(part, ()) for part in parts)
    ]


def _unexplained(column: Sequence[Again]) -> list[Again]:
    """The rows that differ by more than their parts do, parts first.

    Of rows that differ by one amount all are kept: they have one cause.
    """
    differing = {pair.again.code: pair for pair in column if pair.differs}
    found = []
    for code, pair in differing.items():
        below = _below(code, differing)
        lowest = [one for one in below if not _below(one, below)]
        gaps = [differing[one].gap for one in lowest]
        tolerance = 2 * len(gaps) * pair.again.half
        if len(gaps) > 1 and abs(sum(gaps) - pair.gap) <= tolerance:
            continue
        found.append(pair)
    return found
