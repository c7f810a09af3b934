"""Lesson 6: a project from its reason to its targets, and whether its figures fit each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from budgetkit.lessons.exercise import Exercise, Guess, in_wan, in_yuan, wrong_sign
from budgetkit.lessons.lesson_data import LessonData, NotPrinted

if TYPE_CHECKING:
    import pandas as pd

#: The projects that the lesson speaks of, as its document names them.
STUDY, EXPERTS, OFFICE = "2024年第二批州级预算内前期费", "引智工作经费", "机关运行补助经费"
#: Groups of targets (一级指标), and two single targets (三级指标).
OUTPUT, COST = "产出指标", "成本指标"
PEOPLE, FILM = "保障办公人员数量", "支付外专相关宣传片费用"
YUAN = 10_000
#: What one expects the weights of a form to be together.
FULL = 100
#: What the reason of a project says of each year.
_EACH_YEAR = re.compile(r"每年([\d.]+)万元")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def form(data: LessonData, project: str, **wanted: str) -> pd.DataFrame:
    """Return the targets of a project.

    Parameters
    ----------
    data
        The dataset.
    project
        Its name.
    **wanted
        What columns have to be: ``level1``, ``level3``.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    NotPrinted
        There are none.
    """
    rows = data.indicators
    for name, value in {"document": data.document, "project": project, **wanted}.items():
        rows = rows[(rows[name] == value).fillna(False)]
    if rows.empty:
        raise NotPrinted(f"targets of {project} in {data.document}")
    return rows


def number(printed: str) -> float:
    """Return the number in a target: 5 of ＜=5万元.

    Raises
    ------
    NotPrinted
        There is none.
    """
    found = _NUMBER.search(printed)
    if found is None:
        raise NotPrinted(printed)
    return float(found[0])


def planned(data: LessonData, project: str, where: str) -> float:
    """Return the amount of a project, 万元, in one place.

    Parameters
    ----------
    data
        The dataset.
    project
        Its name, which a table may print with a file number before it.
    where
        ``table``, ``narrative`` or ``target``.

    Returns
    -------
    float

    Raises
    ------
    NotPrinted
        There is none, or there are several.
    """
    rows = data.projects
    rows = rows[(rows["document"] == data.document) & (rows["where"] == where)]
    amounts = set(rows[rows["project"].str.endswith(project).fillna(False)]["amount"].dropna())
    if len(amounts) != 1:
        raise NotPrinted(f"{project} of {data.document}: {len(amounts)} amounts")
    return float(amounts.pop())


def for_experts(data: LessonData) -> float:
    """Return what this year's table gives, 万元."""
    return planned(data, EXPERTS, "table")


def each_year(data: LessonData) -> float:
    """Take what the reason says of each year."""
    rows = data.projects
    rows = rows[(rows["document"] == data.document) & (rows["project"] == EXPERTS)]
    found = [match for text in rows["basis"].dropna() if (match := _EACH_YEAR.search(text))]
    if not found:
        raise NotPrinted(f"an amount of each year of {EXPERTS}")
    return float(found[0][1])


def for_the_film(data: LessonData) -> float:
    """Take one part of the costs."""
    return number(form(data, EXPERTS, level3=FILM)["printed"].iloc[0])


def _weights(rows: pd.DataFrame) -> pd.Series[float]:
    if rows["weight"].isna().any():
        raise NotPrinted("a weight")
    return rows["weight"].astype(float)


def points(data: LessonData) -> float:
    """Return the weights of all targets of the study together."""
    return float(_weights(form(data, STUDY)).sum())


def count(data: LessonData) -> int:
    """Count the targets."""
    return len(form(data, STUDY))


def output_points(data: LessonData) -> float:
    """Take the outputs alone."""
    return float(_weights(form(data, STUDY, level1=OUTPUT)).sum())


def points_by_kind(data: LessonData) -> dict[str, float]:
    """Return the weights by group of targets."""
    rows = form(data, STUDY)
    return {
        str(kind): float(one) for kind, one in _weights(rows).groupby(rows["level1"]).sum().items()
    }


def count_by_kind(data: LessonData) -> dict[str, float]:
    """Count the targets by group."""
    rows = form(data, STUDY)
    return {str(kind): float(one) for kind, one in rows.groupby("level1").size().items()}


def mean_by_kind(data: LessonData) -> dict[str, float]:
    """Return the mean weight by group."""
    rows = form(data, STUDY)
    return {
        str(kind): float(one) for kind, one in _weights(rows).groupby(rows["level1"]).mean().items()
    }


def _costs(data: LessonData) -> list[float]:
    return [number(printed) for printed in form(data, STUDY, level1=COST)["printed"]]


def costs(data: LessonData) -> float:
    """Return the costs that the targets of the study allow, 万元."""
    return sum(_costs(data))


def largest_cost(data: LessonData) -> float:
    """Take one of the costs."""
    return max(_costs(data))


def in_table(data: LessonData) -> float:
    """Return what the table of money carried over prints, 万元."""
    return planned(data, STUDY, "table")


def difference(data: LessonData) -> float:
    """Return the table's amount less the form's, 元."""
    return round((in_table(data) - planned(data, STUDY, "target")) * YUAN, 2)


def people_promised(data: LessonData) -> float:
    """Return for how many people the office is to be kept running."""
    return number(form(data, OFFICE, level3=PEOPLE)["printed"].iloc[0])


def more_people(data: LessonData) -> float:
    """Return how many more that is than people at work."""
    return people_promised(data) - data.people("active")


def more_than_books(data: LessonData) -> float:
    """Hold it against 实有."""
    return people_promised(data) - data.people("total")


def more_than_posts(data: LessonData) -> float:
    """Hold it against 编制."""
    return people_promised(data) - data.people("authorized")


EXERCISES = (
    Guess("6.0", output_points),
    Exercise(
        "6.1", for_experts,
        {"each_year": each_year, "film": for_the_film, "in_yuan": in_yuan(for_experts)},
    ),
    Exercise(
        "6.2", points,
        {"count": count, "outputs": output_points, "hundred": lambda data: FULL},
        places=0,
    ),
    Exercise("6.3", points_by_kind, {"count": count_by_kind, "mean": mean_by_kind}),
    Exercise(
        "6.4", costs,
        {"one_cost": largest_cost, "in_table": in_table, "in_yuan": in_yuan(costs)},
    ),
    Exercise(
        "6.5", difference, {"in_wan": in_wan(difference), "wrong_sign": wrong_sign(difference)}
    ),
    Exercise(
        "6.6", more_people,
        {
            "promised": people_promised,
            "books": more_than_books,
            "posts": more_than_posts,
            "other_way": wrong_sign(more_people),
        },
        places=0,
    ),
)  # fmt: skip

FIGURES = {
    "department": lambda data: data.about["department"],
    "year": lambda data: data.about["year"],
    "output_points": output_points,
    "active": lambda data: data.people("active"),
}
