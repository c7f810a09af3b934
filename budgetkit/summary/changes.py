"""What changed against the year before: from the tables of both years, else from the prose.

A code that only one of the two years prints is marked as new or gone; it is not a change from or
to zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from budgetkit.codelists.english import CIRCLED
from budgetkit.disclosure import DisclosureRows
from budgetkit.storage.figures import Figure, figure_of
from budgetkit.storage.records import text
from budgetkit.summary.change_line import Change
from budgetkit.summary.lookup import is_total
from budgetkit.summary.money import Headline
from budgetkit.summary.published_reasons import with_reasons
from budgetkit.summary.summarize import DisclosureSummary

#: 住房公积金 moved from 303 to 301 (and 提租补贴 with it) in the budgets of 2018.
MOVED_FROM, MOVED_TO = "30311", "30113"
#: Lines of which kind stand in which group of a headline.
GROUPS = {
    "source": "sources",
    "item": "items",
    "class": "economic",
    "three_public": "three_public",
}
#: 万元: what the last printed digit may hide.
SMALLEST = 0.005


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed.

    Attributes
    ----------
    basis : str
        ``tables`` of both years, ``narrative`` of this one, or empty where neither prints any.
    lines : tuple of Change
        The total first where it is known; then by size of the change.
    regrouped : bool
        The year before still had 住房公积金 under 303, so that 301 and 303 do not compare.
    derived : bool
        No sentence states the change of the whole; it is the sum of the changes that the prose
        states of basic and of project expenditure, where these two are the whole.
    """

    basis: str
    lines: tuple[Change, ...]
    regrouped: bool = False
    derived: bool = False

    @property
    def total(self) -> Change | None:
        """The change of the whole expenditure."""
        return next((line for line in self.lines if line.kind == "total"), None)

    def of(self, *kinds: str) -> tuple[Change, ...]:
        """Return the changes of some kinds, the largest first."""
        return tuple(line for line in self.lines if line.kind in kinds)


def changes(now: DisclosureSummary, before: DisclosureSummary | None) -> Changes:
    """Compare two years.

    Parameters
    ----------
    now, before
        Of the same department and scope; ``before`` is None where the dataset has it not, so that
        only the prose of this year states changes.

    Returns
    -------
    Changes
        万元.
    """
    if before is None:
        lines = _stated_changes(now.disclosure)
        stated = any(line.kind == "total" for line in lines)
        total = None if stated else _derived_total(now.money, lines)
        basis = "narrative" if lines else ""
        return Changes(basis, (total, *lines) if total else lines, derived=total is not None)
    new, old = now.money, before.money
    total = _change("total", "expenditure", "", new.expenditure, old.expenditure)
    found = [
        _change("use", use, "", getattr(new, use), getattr(old, use))
        for use in ("basic", "project", "reserve", "personnel", "operating")
    ]
    for kind, group in GROUPS.items():
        newer, older = ({line.code: line for line in getattr(year, group)} for year in (new, old))
        for code, line in (newer | older | newer).items():
            figures = [lines[code].figure if code in lines else None for lines in (newer, older)]
            found.append(_change(kind, code, line.name, *figures) if code else None)
    ordered = sorted(filter(None, found), key=_size)
    regrouped = any(line.code == MOVED_FROM for line in old.economic) and any(
        line.code == MOVED_TO for line in new.economic
    )
    found_lines = (total, *ordered) if total else tuple(ordered)
    return Changes("tables", with_reasons(found_lines, now.disclosure), regrouped)


def _change(
    kind: str, code: str, name: str, now: Figure | None, before: Figure | None
) -> Change | None:
    if now is None and before is None:
        return None
    if now is None or before is None:
        return Change(kind, code, name, now, before, None, None)
    by = now.amount - before.amount
    percent = by / before.amount * 100 if abs(before.amount) >= SMALLEST else None
    return Change(kind, code, name, now, before, by, percent)


def _size(change: Change) -> float:
    """The largest first; one that is printed in one year alone counts with its amount."""
    only = change.now or change.before
    return -abs(change.by if change.by is not None else only.amount if only else 0.0)


def _derived_total(now: Headline, lines: tuple[Change, ...]) -> Change | None:
    """Change of the whole, where the prose states both of its parts."""
    whole, parts = now.expenditure, []
    for figure in (now.basic, now.project):
        found = [
            line
            for line in lines
            if figure and line.now and abs(line.now.amount - figure.amount) < SMALLEST
        ]
        if len({line.by for line in found}) != 1:
            return None
        parts.append(found[0])
    by = sum(line.by for line in parts if line.by is not None)
    both = sum(line.now.amount for line in parts if line.now is not None)
    if whole is None or whole.note or abs(both - whole.amount) >= 2 * SMALLEST:
        return None
    older = whole.amount - by
    percent = by / older * 100 if older >= SMALLEST else None
    places = tuple(place for line in parts if line.now for place in line.now.places)
    now_figure = Figure(whole.amount, (*whole.places, *places))
    return Change("total", "expenditure", "", now_figure, None, by, percent)


def _stated_changes(disclosure: DisclosureRows) -> tuple[Change, ...]:
    """Changes that the prose states, one for each item and amount, the largest first.

    One that is more than the amount it has led to is of something else, or wrong, and is left out.
    """
    found: dict[tuple[str, float], Change] = {}
    total: Change | None = None
    for row in disclosure.rows["narrative"]:
        if row["change"] is None or row["kind"] not in ("amount", "three_public"):
            continue
        item, by = text(row["item"]).lstrip(CIRCLED), float(row["change"])
        whole = is_total(item) and row["kind"] == "amount" and total is None
        kind = "total" if whole else "prose"
        reason = text(row["reason"])
        figure = figure_of(row)
        if by > (figure.amount if figure else by) + SMALLEST:
            continue
        change = Change(kind, "", item, figure, None, by, row["change_pct"], reason, figure)
        if whole:
            total = change
        else:
            found.setdefault((item, by), change)
    lines = sorted(found.values(), key=_size)
    return (total, *lines) if total else tuple(lines)
