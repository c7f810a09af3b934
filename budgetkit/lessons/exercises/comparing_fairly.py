"""Lesson 8: what may be held against what, and divided by what."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from budgetkit.lessons.exercise import Exercise, Guess, as_share, in_yuan, upside_down
from budgetkit.lessons.lesson_data import LessonData, NotPrinted

if TYPE_CHECKING:
    import pandas as pd

TABLE, WAGES, HOUSING, FAMILIES = "basic_expenditure", "301", "30113", "303"
#: Measures: 机关运行经费, and what it is divided by.
RUNNING, BASIC, ACTIVE = "operating_costs", "basic", "active"
#: What must be the same in two documents before they are compared.
SAME = ("year", "scope", "kind")
PERCENT = 100


def alike(data: LessonData, *columns: str) -> pd.DataFrame:
    """Return the documents that have the same as the lesson's in some columns.

    Parameters
    ----------
    data
        The dataset.
    *columns
        Of ``documents``.

    Returns
    -------
    pandas.DataFrame
    """
    rows = data.documents
    for column in columns:
        rows = rows[(rows[column] == data.about[column]).fillna(False)]
    if rows.empty:
        raise NotPrinted(f"{columns} of {data.document}")
    return rows


# An exercise and its mistakes ask for the same several times.
@lru_cache(maxsize=16)
def measured(data: LessonData, measure: str, scope: str | None = None) -> dict[str, float]:
    """Return a measure of each department of the lesson's year that tells it beyond doubt.

    Parameters
    ----------
    data
        The dataset.
    measure
        As in ``compare``.
    scope
        The lesson's, if it is None.

    Returns
    -------
    dict of str to float
        By name, the highest first.

    Raises
    ------
    NotPrinted
        Nobody tells it, or two of the same name do.
    """
    rows = alike(data, "year")
    scope = scope or str(data.about["scope"])
    if scope not in set(rows["scope"]):
        raise NotPrinted(f"a {scope} of {data.about['year']}")
    found = data.compare(measure, year=int(data.about["year"]), scope=scope)
    found = found[found["value"].notna() & ~found["doubt"].astype(bool)]
    if found.empty or found["department"].duplicated().any():
        raise NotPrinted(f"{measure} of {data.about['year']}")
    found = found.sort_values("value", ascending=False, kind="stable")
    return dict(zip(found["department"].astype(str), found["value"].astype(float), strict=True))


def mine(data: LessonData, measure: str) -> float:
    """Return a measure of the lesson's department.

    Parameters
    ----------
    data
        The dataset.
    measure
        As in ``compare``.

    Returns
    -------
    float
    """
    return measured(data, measure)[data.about["department"]]


def spread(data: LessonData) -> float:
    """Return how many times the lowest running costs the highest are."""
    values = list(measured(data, RUNNING).values())
    if not values[-1]:
        raise NotPrinted("times nothing")
    return values[0] / values[-1]


def comparable(data: LessonData) -> int:
    """Return how many documents are of the same year, scope and kind as the lesson's."""
    return len(alike(data, *SAME))


def over(data: LessonData, measure: str, times: float = 1) -> float:
    """Divide the running costs by a measure.

    Parameters
    ----------
    data
        The dataset.
    measure
        As in ``compare``.
    times
        100 for per cent.

    Returns
    -------
    float
    """
    whole = mine(data, measure)
    if not whole:
        raise NotPrinted("divided by nothing")
    return mine(data, RUNNING) / whole * times


def per_head(data: LessonData) -> float:
    """Return the running costs by people at work, 万元."""
    return over(data, ACTIVE)


def basic_per_head(data: LessonData) -> float:
    """Take all basic expenditure, wages included."""
    return mine(data, BASIC) / data.people(ACTIVE)


def share(data: LessonData) -> float:
    """Return the running costs in per cent of the basic expenditure."""
    return over(data, BASIC, PERCENT)


def ranking(data: LessonData) -> list[str]:
    """Return the departments by that share, the highest first."""
    costs, basic = measured(data, RUNNING), measured(data, BASIC)
    shares = {name: cost / basic[name] for name, cost in costs.items() if basic.get(name)}
    if len(shares) < 2 or len(set(shares.values())) < len(shares):
        raise NotPrinted("an order of departments")
    return sorted(shares, key=lambda name: -shares[name])


def by_amount(data: LessonData) -> list[str]:
    """Rank by the amounts, so that the largest office is first."""
    ranked = ranking(data)
    return [name for name in measured(data, RUNNING) if name in ranked]


def _both(data: LessonData) -> dict[str, float]:
    """Return the running costs of a department and of its own office, by scope."""
    whole, office = measured(data, RUNNING, "department"), measured(data, RUNNING, "unit")
    names = set(whole) & set(office)
    if len(names) != 1:
        raise NotPrinted("no department publishes its own office, or several do")
    name = names.pop()
    return {"department": whole[name], "unit": office[name]}


def department_running(data: LessonData) -> float:
    """Return the running costs of the department that publishes its own office as well."""
    return _both(data)["department"]


def office_running(data: LessonData) -> float:
    """Return those of its own office."""
    return _both(data)["unit"]


def other_offices(data: LessonData) -> float:
    """Return what the department has without its own office."""
    return department_running(data) - office_running(data)


def old_wages(data: LessonData) -> float:
    """Return 301 without the housing fund, as it was before 2018."""
    return data.total(TABLE, WAGES) - data.total(TABLE, HOUSING)


EXERCISES = (
    Guess("8.0", spread),
    Exercise(
        "8.1", comparable,
        {
            "all": lambda data: len(data.documents),
            "all_scopes": lambda data: len(alike(data, "year", "kind")),
            "all_years": lambda data: len(alike(data, "scope", "kind")),
        },
        places=0,
    ),
    Exercise(
        "8.2", per_head,
        {
            "by_books": lambda data: over(data, "counted"),
            "by_posts": lambda data: over(data, "authorized"),
            "basic": basic_per_head,
            "in_yuan": in_yuan(per_head),
            "upside_down": upside_down(per_head),
        },
    ),
    Exercise(
        "8.3", share,
        {
            "of_everything": lambda data: over(data, "expenditure", PERCENT),
            "of_wages": lambda data: over(data, "wages", PERCENT),
            "upside_down": lambda data: PERCENT * PERCENT / share(data),
            "as_share": as_share(share),
        },
    ),
    Exercise(
        "8.4", ranking,
        {"by_amount": by_amount, "lowest_first": lambda data: ranking(data)[::-1]},
    ),
    Exercise(
        "8.5", other_offices,
        {
            "unit_added": lambda data: department_running(data) + office_running(data),
            "whole": department_running,
            "office_alone": office_running,
            "in_yuan": in_yuan(other_offices),
        },
    ),
    Exercise(
        "8.6", old_wages,
        {
            "as_printed": lambda data: data.total(TABLE, WAGES),
            "added": lambda data: data.total(TABLE, WAGES) + data.total(TABLE, HOUSING),
            "families": lambda data: data.total(TABLE, FAMILIES) + data.total(TABLE, HOUSING),
            "fund": lambda data: data.total(TABLE, HOUSING),
            "in_yuan": in_yuan(old_wages),
        },
    ),
)  # fmt: skip

FIGURES = {
    "department": lambda data: data.about["department"],
    "year": lambda data: data.about["year"],
    "spread": spread,
}
