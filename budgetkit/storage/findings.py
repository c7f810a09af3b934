"""Rows of ``checks`` by their cause: one error is one finding, with its evidence behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from budgetkit.storage.records import text

Row = Mapping[str, Any]
#: Columns whose difference is no money.
NO_MONEY = frozenset({"share_pct", "change_pct", "count", "weight", "name", "reason", "class"})
#: Kinds of checks that say nothing of money.
NO_AMOUNTS = frozenset({"staffing", "disclosure", "text"})


def money_moved(row: Row) -> float:
    """Return how much money a finding is about (万元); 0 where it is about none."""
    difference = row.get("difference")
    if difference is None or difference != difference:  # an empty cell of a frame is not itself
        return 0.0
    if text(row.get("measure")) in NO_MONEY or text(row.get("kind")) in NO_AMOUNTS:
        return 0.0
    return abs(float(difference))


def by_cause(rows: Iterable[Row]) -> list[list[Row]]:
    """Put findings with one cause together, the ones that matter most first.

    Certain ones come before those that a person should look at, what moves more money before what
    moves less, arithmetic before wording.

    Parameters
    ----------
    rows
        Of ``checks``.

    Returns
    -------
    list of list of Mapping
        The finding that says most of each cause, then its evidence.

    Examples
    --------
    >>> row = {"cause": "a", "certain": True, "kind": "arithmetic", "weight": 80, "difference": 1.0}
    >>> [len(group) for group in by_cause([row, row | {"cause": "b", "difference": 5.0}, row])]
    [1, 2]
    """
    groups: dict[Any, list[Row]] = {}
    for at, row in enumerate(rows):
        groups.setdefault(text(row.get("cause")) or at, []).append(row)
    found = [sorted(group, key=_says_most) for group in groups.values()]
    return sorted(found, key=lambda group: (*_matters(group), *_says_most(group[0])))


def comparisons(rows: Iterable[Row]) -> Counter[str]:
    """Count comparisons by status: a row of ``checks`` stands for one, or for many that agree.

    Examples
    --------
    >>> row = {"status": "pass", "comparisons": 120}
    >>> comparisons([row, {"status": "fail", "comparisons": 1}])
    Counter({'pass': 120, 'fail': 1})
    """
    found = Counter[str]()
    for row in rows:
        found[text(row["status"])] += row.get("comparisons") or 1
    return found


def _says_most(row: Row) -> tuple[float, float]:
    return -float(row.get("weight") or 0), -money_moved(row)


def _matters(group: list[Row]) -> tuple[bool, float]:
    is_certain = any(row.get("certain", True) for row in group)
    return not is_certain, -max(map(money_moved, group))
