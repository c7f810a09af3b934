"""Lesson 5: who is counted, and what a person costs."""

from __future__ import annotations

from budgetkit.lessons.exercise import Exercise, Guess, in_yuan, upside_down
from budgetkit.lessons.lesson_data import Cell, LessonData, NotPrinted

#: The table of basic expenditure by economic class, and three of its rows.
TABLE, WAGES, GOODS, FAMILIES = "basic_expenditure", "301", "302", "303"


def active(data: LessonData) -> int:
    """Return 在职."""
    return data.people("active")


def in_books(data: LessonData) -> int:
    """Return 实有."""
    return data.people("total")


def retired(data: LessonData) -> int:
    """Return 退休."""
    return data.people("retired")


def authorized(data: LessonData) -> int:
    """Return 编制."""
    return data.people("authorized")


def free_posts(data: LessonData) -> int:
    """Return the posts that nobody is in."""
    return authorized(data) - active(data)


def wages(data: LessonData) -> float:
    """Return 301, wages and benefits, 万元."""
    return data.total(TABLE, WAGES)


def basic(data: LessonData) -> float:
    """Return all basic expenditure, 万元."""
    return data.total(TABLE)


def everything(data: LessonData) -> float:
    """Return all expenditure with projects and carry-over, 万元."""
    return data.total("expenditure")


def for_people(data: LessonData) -> float:
    """Return what the basic expenditure pays to people, 301 and 303, in per cent of it."""
    return (wages(data) + data.total(TABLE, FAMILIES)) / basic(data) * 100


def wages_cell(data: LessonData) -> Cell:
    """Return the cell of 301 in the column of the total."""
    return Cell(data.document, TABLE, WAGES, "total")


def other_column(data: LessonData) -> Cell:
    """Return the cell of 301 in the column of personnel."""
    return Cell(data.document, TABLE, WAGES, "personnel")


def other_row(data: LessonData) -> Cell:
    """Return the cell of the whole basic expenditure."""
    return Cell(data.document, TABLE, "total")


def detail(data: LessonData) -> Cell:
    """Return the cell of 30101, a part of 301."""
    return Cell(data.document, TABLE, "30101")


def per_head(data: LessonData) -> float:
    """Return 301 by people at work, 万元."""
    return wages(data) / active(data)


def per_head_in_books(data: LessonData) -> float:
    """Divide by 实有, which counts the retired."""
    return wages(data) / in_books(data)


def per_post(data: LessonData) -> float:
    """Divide by 编制, of which some are free."""
    return wages(data) / authorized(data)


def everything_per_head(data: LessonData) -> float:
    """Take all expenditure, projects included."""
    return everything(data) / active(data)


def basic_per_head(data: LessonData) -> float:
    """Take the basic expenditure, paper and cars included."""
    return basic(data) / active(data)


def with_families(data: LessonData) -> float:
    """Add 303, which pays the retired."""
    return (wages(data) + data.total(TABLE, FAMILIES)) / active(data)


def other_bureau(data: LessonData) -> float:
    """Take the bureau of the worked example: the last of the year that tells its people."""
    staff = data.staffing
    told = staff[
        (staff["year"] == data.about["year"])
        & staff["active"].notna()
        & (staff["document"] != data.document)
    ]
    document = str(told["document"].iloc[-1])
    paid = data.amount(Cell(document, TABLE, WAGES, "total"))
    return paid / data.people("active", document)


def each_per_head(data: LessonData, count: str = "active") -> dict[str, float]:
    """Return 301 by people, 万元, of each department of the lesson's year that tells both.

    Parameters
    ----------
    data
        The dataset.
    count
        Which people.

    Returns
    -------
    dict of str to float
    """

    def per_head(document: str) -> float:
        paid = data.amount(Cell(document, TABLE, WAGES, "total"))
        return paid / data.people(count, document)

    return data.by_department(per_head)


def each_in_books(data: LessonData) -> dict[str, float]:
    """Divide by 实有 everywhere."""
    return each_per_head(data, "total")


def department_wages(data: LessonData) -> float:
    """Return 301 of the department that publishes its own office as well, 万元."""
    return data.amount(Cell(_both(data)["department"], TABLE, WAGES, "total"))


def office_wages(data: LessonData) -> float:
    """Return 301 of its office."""
    return data.amount(Cell(_both(data)["unit"], TABLE, WAGES, "total"))


def both_wages(data: LessonData) -> float:
    """Add the two, although one contains the other."""
    return department_wages(data) + office_wages(data)


def _both(data: LessonData) -> dict[str, str]:
    """Return the documents of a department and of its own office, by scope."""
    documents = data.documents[data.documents["year"] == data.about["year"]]
    for _, rows in documents.groupby("department"):
        if set(rows["scope"]) == {"department", "unit"}:
            return dict(zip(rows["scope"], rows["document"], strict=True))
    raise NotPrinted("no department publishes its own office")


EXERCISES = (
    Guess("5.0", for_people),
    Exercise(
        "5.1", active, {"total_for_active": in_books, "posts": authorized, "retired": retired},
        places=0,
    ),
    Exercise(
        "5.2", free_posts,
        {
            "over_posts": lambda data: in_books(data) - authorized(data),
            "below_nothing": lambda data: authorized(data) - in_books(data),
            "without_retired": lambda data: authorized(data) - retired(data),
            "other_way": lambda data: active(data) - authorized(data),
            "gap_of_books": lambda data: in_books(data) - active(data),
        },
        places=0,
    ),
    Exercise(
        "5.3", wages_cell,
        {"other_column": other_column, "other_row": other_row, "detail": detail},
    ),
    Exercise(
        "5.4", per_head,
        {
            "by_books": per_head_in_books,
            "by_posts": per_post,
            "everything": everything_per_head,
            "basic": basic_per_head,
            "with_families": with_families,
            "other_bureau": other_bureau,
            "in_yuan": in_yuan(per_head),
            "upside_down": upside_down(per_head),
        },
    ),
    Exercise(
        "5.5", each_per_head, {"by_books": each_in_books, "in_yuan": in_yuan(each_per_head)}
    ),
    Exercise(
        "5.6", department_wages,
        {
            "unit_added": both_wages,
            "office_alone": office_wages,
            "in_yuan": in_yuan(department_wages),
        },
    ),
)  # fmt: skip

FIGURES = {
    "department": lambda data: data.about["department"],
    "year": lambda data: data.about["year"],
    "authorized": authorized,
    "in_books": in_books,
    "for_people": for_people,
}
