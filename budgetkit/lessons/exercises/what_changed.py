"""Lesson 7: what changed, from what, and what a percentage says of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from budgetkit.lessons.exercise import Exercise, Guess, as_share, in_yuan
from budgetkit.lessons.lesson_data import LessonData, NotPrinted

if TYPE_CHECKING:
    import pandas as pd

PERCENT = 100
#: What the last printed digit may hide, 万元.
SMALLEST = 0.005
#: Per cent: by how much prices rise in the exercise. Made up, as its text says.
PRICES = 2


# An exercise and its mistakes ask for the same several times.
@lru_cache(maxsize=16)
def changes(data: LessonData, year: int | None = None, kind: str = "item") -> pd.DataFrame:
    """Return what changed in the lesson's department, with ``base``: what it was the year before.

    Parameters
    ----------
    data
        The dataset.
    year
        The lesson's, if it is None.
    kind
        As in ``changes`` of a dataset.

    Returns
    -------
    pandas.DataFrame
    """
    about, documents = data.about, data.documents
    year = int(about["year"]) if year is None else year
    same = (documents["department"] == about["department"]) & (documents["year"] == year)
    if not (same & (documents["scope"] == about["scope"])).fillna(False).any():
        raise NotPrinted(f"{about['department']} in {year}")
    found = data.changes(about["department"], year, about["scope"], kind=kind)
    return found.assign(base=found["now"] - found["change"])


def whole(data: LessonData) -> dict[str, float]:
    """Return ``now``, ``change`` and ``base`` of the whole, 万元."""
    rows = changes(data)
    rows = rows[rows["kind"] == "total"].dropna(subset=["base"])
    if len(rows) != 1 or rows["base"].iloc[0] <= SMALLEST:
        raise NotPrinted(f"what the whole of {data.document} was the year before")
    return {column: float(rows[column].iloc[0]) for column in ("now", "change", "base")}


def lines(data: LessonData) -> pd.DataFrame:
    """Return the lines: 项 of both years, else what the sentences state.

    A year before that would be negative was not understood: such a line is left out, and is not
    new.
    """
    for kind in ("item", "prose"):
        rows = changes(data, kind=kind)
        rows = rows[rows["kind"] != "total"]
        rows = rows[~(rows["base"] < -SMALLEST).fillna(False)]
        rows = rows if kind == "item" else rows.dropna(subset=["base"])
        if len(rows):
            return rows
    raise NotPrinted(f"lines that changed in {data.document}")


def steepest(data: LessonData) -> dict[str, float | str]:
    """Return the line that grew by the most per cent."""
    rows = lines(data)
    rows = rows[(rows["base"] > SMALLEST).fillna(False)]
    rows = rows.assign(pct=rows["change"] / rows["base"] * PERCENT)
    rows = rows[(rows["pct"] == rows["pct"].max()).fillna(False)]
    if len(rows) != 1:
        raise NotPrinted("the line that grew most")
    row = rows.iloc[0]
    numbers = {column: float(row[column]) for column in ("now", "change", "base", "pct")}
    return {"name": str(row["name"]), **numbers}


def steepest_percent(data: LessonData) -> float:
    """Return by how many per cent it grew."""
    return float(steepest(data)["pct"])


def base(data: LessonData) -> float:
    """Return what the whole was the year before, 万元."""
    return whole(data)["base"]


def added_instead(data: LessonData) -> float:
    """Add the change to this year's amount."""
    return whole(data)["now"] + whole(data)["change"]


def growth(data: LessonData) -> float:
    """Return the change of the whole in per cent of the year before."""
    return whole(data)["change"] / base(data) * PERCENT


def growth_by_now(data: LessonData) -> float:
    """Divide by this year's amount."""
    return whole(data)["change"] / whole(data)["now"] * PERCENT


def ratio(data: LessonData) -> float:
    """Return this year's amount in per cent of the year before."""
    return whole(data)["now"] / base(data) * PERCENT


def points(data: LessonData) -> float:
    """Return the change of the steepest line in per cent of the whole of the year before."""
    return float(steepest(data)["change"]) / base(data) * PERCENT


def part_of_change(data: LessonData) -> float:
    """Divide by the change of the whole."""
    change = whole(data)["change"]
    if not change:
        raise NotPrinted("a change")
    return float(steepest(data)["change"]) / change * PERCENT


def points_by_now(data: LessonData) -> float:
    """Divide by this year's whole."""
    return float(steepest(data)["change"]) / whole(data)["now"] * PERCENT


def new_lines(data: LessonData) -> set[str]:
    """Return the names of the lines that were nothing the year before."""
    rows = lines(data)
    rows = rows[(rows["now"] > SMALLEST).fillna(False)]
    return _names(rows[~(rows["base"] > SMALLEST).fillna(False)])


def grown_lines(data: LessonData) -> set[str]:
    """Take all that grew from something."""
    rows = lines(data)
    return _names(rows[((rows["base"] > SMALLEST) & (rows["change"] > 0)).fillna(False)])


def _names(rows: pd.DataFrame) -> set[str]:
    if rows.empty:
        raise NotPrinted("such a line")
    return set(rows["name"].astype(str))


def _two_years(data: LessonData) -> tuple[float, float]:
    """Return the steepest line of the year before last, and by how much it changed then, %."""
    rows = changes(data, int(data.about["year"]) - 1)
    rows = rows[(rows["name"] == steepest(data)["name"]).fillna(False)].dropna(subset=["base"])
    if len(rows) != 1 or rows["base"].iloc[0] <= SMALLEST:
        raise NotPrinted("the line two years before")
    first = float(rows["base"].iloc[0])
    return first, float(rows["change"].iloc[0]) / first * PERCENT


def over_two_years(data: LessonData) -> float:
    """Return the change of the steepest line against the year before last, in per cent of that."""
    return (float(steepest(data)["now"]) / _two_years(data)[0] - 1) * PERCENT


def percents_added(data: LessonData) -> float:
    """Add the percentages of the two years, although they are of different bases."""
    return steepest_percent(data) + _two_years(data)[1]


def two_years_by_now(data: LessonData) -> float:
    """Divide by the last amount."""
    return (1 - _two_years(data)[0] / float(steepest(data)["now"])) * PERCENT


def real_growth(data: LessonData) -> float:
    """Return the growth of the whole without that of prices."""
    return (ratio(data) / (1 + PRICES / PERCENT)) - PERCENT


def real_by_subtraction(data: LessonData) -> float:
    """Take one percentage from the other."""
    return growth(data) - PRICES


def prices_on_top(data: LessonData) -> float:
    """Multiply by the prices."""
    return ratio(data) * (1 + PRICES / PERCENT) - PERCENT


EXERCISES = (
    Guess("7.0", steepest_percent),
    Exercise(
        "7.1", base,
        {
            "this_year": lambda data: whole(data)["now"],
            "added": added_instead,
            "change": lambda data: whole(data)["change"],
            "in_yuan": in_yuan(base),
        },
    ),
    Exercise(
        "7.2", growth,
        {"by_now": growth_by_now, "ratio": ratio, "as_share": as_share(growth)},
    ),
    Exercise(
        "7.3", points,
        {
            "own": steepest_percent,
            "part_of_change": part_of_change,
            "by_now": points_by_now,
            "as_share": as_share(points),
        },
    ),
    Exercise(
        "7.4", new_lines,
        {"grown": grown_lines, "steepest": lambda data: {str(steepest(data)["name"])}},
    ),
    Exercise(
        "7.5", over_two_years,
        {
            "one_year": steepest_percent,
            "percents_added": percents_added,
            "by_now": two_years_by_now,
            "as_share": as_share(over_two_years),
        },
    ),
    Exercise(
        "7.6", real_growth,
        {
            "nominal": growth,
            "subtracted": real_by_subtraction,
            "on_top": prices_on_top,
            "as_share": as_share(real_growth),
        },
    ),
)  # fmt: skip

FIGURES = {
    "department": lambda data: data.about["department"],
    "year": lambda data: data.about["year"],
    "steepest": steepest_percent,
    "prices": lambda data: PRICES,
}
