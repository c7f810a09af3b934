"""The headline figures of one department over its years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetkit.storage.figures import Figure
from budgetkit.summary.summarize import DisclosureSummary

#: Amounts that are followed over the years, and what people are.
AMOUNTS = ("expenditure", "basic", "personnel", "operating", "project")
PEOPLE = "active"


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One figure over the years.

    Attributes
    ----------
    key : str
        Of its label.
    figures : tuple of Figure or None
        A year each; 万元, or people. None where that year does not print it.
    is_people : bool
        Whether it counts people.
    """

    key: str
    figures: tuple[Figure | None, ...]
    is_people: bool = False


def trend_lines(years: Sequence[DisclosureSummary]) -> tuple[TrendLine, ...]:
    """Follow the headline figures over some years.

    Parameters
    ----------
    years
        Of one department, scope and kind, the earliest first.

    Returns
    -------
    tuple of TrendLine
        Those that at least two of the years print.
    """
    lines = [TrendLine(key, tuple(getattr(year.money, key) for year in years)) for key in AMOUNTS]
    lines.append(TrendLine(PEOPLE, tuple(year.people.figure(PEOPLE) for year in years), True))
    return tuple(line for line in lines if sum(one is not None for one in line.figures) > 1)
