"""Lesson 4: what the money is for, what it is spent on, and what keeps the office running."""

from __future__ import annotations

from budgetkit.lessons.exercise import Exercise, Guess, as_share
from budgetkit.lessons.lesson_data import Cell, LessonData, NotPrinted

#: The tables of the functional and of the economic classification.
BY_FUNCTION, BY_CLASS = "expenditure", "basic_expenditure"
WAGES, GOODS, FAMILIES = "301", "302", "303"
#: 机关事业单位基本养老保险缴费 in the one classification and in the other: the same money.
PENSION_FUNCTION, PENSION_CLASS = "2080505", "30108"
#: 类, 款, 项.
LEVELS = CLASS, GROUP, ITEM = 1, 2, 3
PERCENT = 100
#: What rounded lines may be off their total, 万元.
ROUNDING = 0.05


def lines(
    data: LessonData, level: int | None = None, table: str = BY_FUNCTION, measure: str = "total"
) -> dict[str, float]:
    """Return the amounts in a column, 万元, by code.

    Parameters
    ----------
    data
        The dataset.
    level
        1, 2 or 3; all of them, and the whole, if it is None.
    table, measure
        Which column of which table.

    Returns
    -------
    dict of str to float

    Raises
    ------
    NotPrinted
        There are none, or a code is printed more than once (a unit each, for example).
    """
    rows = data.cells(Cell(data.document, table, measure=measure))
    rows = rows[rows["level"].notna() & rows["code"].notna() & rows["amount"].notna()]
    rows = rows if level is None else rows[rows["level"] == level]
    if rows.empty or rows["code"].duplicated().any():
        raise NotPrinted(f"{table} of {data.document}, level {level}")
    return dict(zip(rows["code"].astype(str), rows["amount"].astype(float), strict=True))


def whole(data: LessonData, table: str = BY_FUNCTION, measure: str = "total") -> float:
    """Return the sum of the classes, 万元: not each table prints a line of its total.

    Parameters
    ----------
    data
        The dataset.
    table, measure
        Which column of which table.

    Returns
    -------
    float

    Raises
    ------
    NotPrinted
        There are no classes, or they are not what the total says.
    """
    added = sum(lines(data, CLASS, table, measure).values())
    printed = set(data.cells(Cell(data.document, table, "total", measure))["amount"].dropna())
    if any(abs(float(one) - added) > ROUNDING for one in printed):
        raise NotPrinted(f"the classes of {table} of {data.document} are not its total")
    return added


def largest(amounts: dict[str, float]) -> str:
    """Return the code of the largest amount.

    Raises
    ------
    NotPrinted
        Two are the largest, or there is none.
    """
    top = [code for code, amount in amounts.items() if amount == max(amounts.values())]
    if len(top) != 1:
        raise NotPrinted("the largest amount")
    return top[0]


def largest_class(data: LessonData) -> str:
    """Return the code of the largest 类."""
    return largest(lines(data, CLASS))


def largest_group(data: LessonData) -> str:
    """Return the code of the largest 款."""
    return largest(lines(data, GROUP))


def largest_item(data: LessonData) -> str:
    """Return the code of the largest 项."""
    return largest(lines(data, ITEM))


def everything(data: LessonData) -> float:
    """Return all expenditure, 万元."""
    return whole(data)


def in_class(data: LessonData) -> float:
    """Return the largest 类, 万元."""
    return lines(data, CLASS)[largest_class(data)]


def class_share(data: LessonData) -> float:
    """Return the largest 类 in per cent of all expenditure."""
    return in_class(data) / everything(data) * PERCENT


def inverse_share(data: LessonData) -> float:
    """Divide the whole by the part."""
    return everything(data) / in_class(data) * PERCENT


def share_of_all_lines(data: LessonData) -> float:
    """Divide by the sum of all lines, in which each yuan stands several times."""
    return in_class(data) / sum(lines(data).values()) * PERCENT


def share_of_basic(data: LessonData) -> float:
    """Divide by the basic expenditure alone."""
    return in_class(data) / whole(data, measure="basic") * PERCENT


def path(data: LessonData) -> list[str]:
    """Return the largest 类, its largest 款, and the largest 项 of that."""
    found = [""]
    for level in LEVELS:
        inside = {
            code: amount
            for code, amount in lines(data, level).items()
            if code.startswith(found[-1])
        }
        if not inside:
            raise NotPrinted(f"level {level} of {found[-1]}")
        found.append(largest(inside))
    return found[1:]


def bottom_up(data: LessonData) -> list[str]:
    """Take the largest 项 of all, and what it belongs to."""
    item = largest_item(data)
    return [item[:3], item[:5], item]


def level_by_level(data: LessonData) -> list[str]:
    """Take the largest 类 of all, the largest 款 of all and the largest 项 of all."""
    return [largest_class(data), largest_group(data), largest_item(data)]


def from_below(data: LessonData) -> list[str]:
    """Give the path in the other order."""
    return path(data)[::-1]


def basic(data: LessonData) -> float:
    """Return all basic expenditure, 万元."""
    return whole(data, BY_CLASS)


def goods_share(data: LessonData) -> float:
    """Return 302 in per cent of the basic expenditure."""
    return data.total(BY_CLASS, GOODS) / basic(data) * PERCENT


def goods_in_everything(data: LessonData) -> float:
    """Divide by all expenditure, projects included."""
    return data.total(BY_CLASS, GOODS) / everything(data) * PERCENT


def wages_share(data: LessonData) -> float:
    """Take 301 instead."""
    return data.total(BY_CLASS, WAGES) / basic(data) * PERCENT


def goods_twice(data: LessonData) -> float:
    """Add 302 and its own items."""
    goods = (amount for code, amount in lines(data, table=BY_CLASS).items() if code[:3] == GOODS)
    return sum(goods) / basic(data) * PERCENT


def pension_cell(data: LessonData) -> Cell:
    """Return the cell of 30108, where it prints the amount of 2080505."""
    cell = Cell(data.document, BY_CLASS, PENSION_CLASS, "total")
    if data.amount(cell) != data.amount(pension_function(data)):
        raise NotPrinted("the two classifications differ")
    return cell


def pension_function(data: LessonData) -> Cell:
    """Stay in the functional classification."""
    return Cell(data.document, BY_FUNCTION, PENSION_FUNCTION, "total")


def pension_personnel(data: LessonData) -> Cell:
    """Take the column of personnel."""
    return Cell(data.document, BY_CLASS, PENSION_CLASS, "personnel")


def housing(data: LessonData) -> Cell:
    """Take the example of the text, the housing fund."""
    return Cell(data.document, BY_CLASS, "30113", "total")


def for_people(data: LessonData) -> float:
    """Return 301 and 303 of the basic expenditure in per cent of all expenditure."""
    paid = data.total(BY_CLASS, WAGES) + data.total(BY_CLASS, FAMILIES)
    return paid / everything(data) * PERCENT


def project_share(data: LessonData) -> float:
    """Return projects in per cent of all expenditure."""
    return whole(data, measure="project") / everything(data) * PERCENT


def basic_share(data: LessonData) -> float:
    """Take the basic expenditure instead."""
    return whole(data, measure="basic") / everything(data) * PERCENT


def projects_by_basic(data: LessonData) -> float:
    """Divide by the basic expenditure."""
    projects = whole(data, measure="project")
    return projects / whole(data, measure="basic") * PERCENT


def general_projects(data: LessonData) -> float:
    """Take the projects of this year's general budget alone."""
    return whole(data, "general_expenditure", "project") / everything(data) * PERCENT


EXERCISES = (
    Guess("4.0", for_people),
    Exercise(
        "4.1", largest_class,
        {"whole": lambda data: "total", "group": largest_group, "item": largest_item},
    ),
    Exercise(
        "4.2", class_share,
        {
            "inverse": inverse_share,
            "parent_added": share_of_all_lines,
            "of_basic": share_of_basic,
            "as_share": as_share(class_share),
        },
    ),
    Exercise(
        "4.3", path,
        {"bottom_up": bottom_up, "level_by_level": level_by_level, "from_below": from_below},
    ),
    Exercise(
        "4.4", goods_share,
        {
            "of_everything": goods_in_everything,
            "wages": wages_share,
            "parent_added": goods_twice,
            "as_share": as_share(goods_share),
        },
    ),
    Exercise(
        "4.5", pension_cell,
        {
            "function": pension_function,
            "other_column": pension_personnel,
            "housing": housing,
        },
    ),
    Exercise(
        "4.6", project_share,
        {
            "basic": basic_share,
            "by_basic": projects_by_basic,
            "general": general_projects,
            "as_share": as_share(project_share),
        },
    ),
)  # fmt: skip

FIGURES = {
    "department": lambda data: data.about["department"],
    "year": lambda data: data.about["year"],
    "for_people": for_people,
}
