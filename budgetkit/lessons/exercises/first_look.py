"""Lesson 1: the parts of a disclosure, a figure on its page and in the data, units and codes."""

from __future__ import annotations

from budgetkit.lessons.exercise import YUAN, Exercise, Guess, in_wan, in_yuan
from budgetkit.lessons.lesson_data import Cell, LessonData, NotPrinted

#: Expenditure by function, and the first table, of revenue and expenditure.
TABLE, SUMMARY = "expenditure", "summary"
#: Levels of a functional code: 类, 款, 项.
CLASS, GROUP, ITEM = 1, 2, 3


def everything(data: LessonData) -> float:
    """Return all expenditure, 万元."""
    return data.total(TABLE)


def everything_in_yuan(data: LessonData) -> float:
    """Return all expenditure, 元."""
    return everything(data) * YUAN


def everything_of_another(data: LessonData) -> float:
    """Return all expenditure of the bureau that prints 元 in the lesson's year, 元."""
    documents = data.documents
    others = documents[
        (documents["year"] == data.about["year"])
        & (documents["unit"] == "元")
        & (documents["document"] != data.document)
    ].sort_values("scope")
    if others.empty:
        raise NotPrinted("no other bureau prints 元")
    return data.amount(Cell(str(others["document"].iloc[0]), TABLE, "total", "total")) * YUAN


def named_table(name: str, data: LessonData) -> str:
    """Return the id of a table that the document has.

    Parameters
    ----------
    name
        The id.
    data
        The dataset.

    Returns
    -------
    str
    """
    tables = data.tables
    if name not in set(tables.loc[tables["document"] == data.document, "table"].dropna()):
        raise NotPrinted(name)
    return name


def left_over_cell(data: LessonData) -> Cell:
    """Return the cell of 上年结转结余 in the first table."""
    return Cell(data.document, SUMMARY, "carryover", section="revenue")


def fiscal_cell(data: LessonData) -> Cell:
    """Return the cell of its first part, 财政拨款结转."""
    return Cell(data.document, SUMMARY, "fiscal_carryover", section="revenue")


def other_part_cell(data: LessonData) -> Cell:
    """Return the cell of its second part, 非财政拨款结转结余."""
    return Cell(data.document, SUMMARY, "nonfiscal_carryover", section="revenue")


def total_cell(data: LessonData) -> Cell:
    """Return the cell of all revenue."""
    return Cell(data.document, SUMMARY, "total", section="revenue")


def other_table_cell(data: LessonData) -> Cell:
    """Return the cell of the same amount in the table of what was carried over."""
    return Cell(data.document, "carryover", "total", "total")


def left_over(data: LessonData) -> float:
    """Return what was left over from the year before, 万元."""
    return data.amount(left_over_cell(data))


def codes(data: LessonData, level: int, within: str = "") -> list[str]:
    """Return the functional codes of expenditure, the largest amounts first.

    Parameters
    ----------
    data
        The dataset.
    level
        1 类, 2 款, 3 项.
    within
        What they begin with.

    Returns
    -------
    list of str
    """
    rows = data.facts[
        (data.facts["document"] == data.document)
        & (data.facts["table"] == TABLE)
        & (data.facts["measure"] == "total")
        & (data.facts["level"] == level)
    ]
    rows = rows[rows["code"].str.startswith(within)]
    if rows.empty:
        raise NotPrinted(f"codes of level {level}")
    found: list[str] = rows.sort_values("amount", ascending=False)["code"].tolist()
    return found


def group(data: LessonData) -> str:
    """Return the code of the largest 款."""
    return codes(data, GROUP)[0]


def items_of_group(data: LessonData) -> set[str]:
    """Return the codes of its 项."""
    return set(codes(data, ITEM, group(data)))


def all_items(data: LessonData) -> set[str]:
    """Return the codes of all 项."""
    return set(codes(data, ITEM))


def with_group(data: LessonData) -> set[str]:
    """Add the code of the 款 itself."""
    return items_of_group(data) | {group(data)}


def one_group(data: LessonData) -> float:
    """Return the sum of the items of the largest 款 alone, 万元."""
    return sum(data.total(TABLE, code) for code in items_of_group(data))


def added(data: LessonData, *levels: int) -> float:
    """Add the lines of some levels, 万元.

    Parameters
    ----------
    data
        The dataset.
    *levels
        1 类, 2 款, 3 项; 0 the total.

    Returns
    -------
    float
    """
    rows = data.facts[
        (data.facts["document"] == data.document)
        & (data.facts["table"] == TABLE)
        & (data.facts["measure"] == "total")
    ]
    chosen = rows[rows["level"].isin(levels)]
    if chosen.empty:
        # The sum of no rows is not zero: nothing is printed.
        raise NotPrinted(f"lines of the levels {levels}")
    return float(chosen["amount"].sum())


EXERCISES = (
    Guess("1.0", everything),
    Exercise(
        "1.1",
        lambda data: named_table("three_public", data),
        {
            "basic": lambda data: named_table("basic_expenditure", data),
            "carried": lambda data: named_table("carryover", data),
            "printed_title": lambda data: "财政拨款“三公”经费支出情况表",
        },
    ),
    Exercise(
        "1.2",
        left_over,
        {
            "fiscal_part": lambda data: data.amount(fiscal_cell(data)),
            "other_part": lambda data: data.amount(other_part_cell(data)),
            "all_revenue": lambda data: data.amount(total_cell(data)),
            "in_yuan": in_yuan(left_over),
        },
    ),
    Exercise(
        "1.3",
        left_over_cell,
        {
            "fiscal_part": fiscal_cell,
            "other_part": other_part_cell,
            "all_revenue": total_cell,
            "other_table": other_table_cell,
        },
    ),
    Exercise(
        "1.4",
        everything_in_yuan,
        {
            "in_wan": in_wan(everything_in_yuan),
            "other_bureau": everything_of_another,
            "thousand": lambda data: everything(data) * 1_000,
            "hundred_thousand": lambda data: everything(data) * 100_000,
            "divided": lambda data: everything(data) / YUAN,
        },
        places=0,
    ),
    Exercise("1.5", items_of_group, {"with_group": with_group, "all_items": all_items}),
    Exercise(
        "1.6",
        lambda data: added(data, ITEM),
        {
            "one_group": one_group,
            "every_line": lambda data: added(data, 0, CLASS, GROUP, ITEM),
            "parent_added": lambda data: added(data, GROUP, ITEM),
            "three_levels": lambda data: added(data, CLASS, GROUP, ITEM),
            "in_yuan": in_yuan(lambda data: added(data, ITEM)),
        },
    ),
)

FIGURES = {
    "department": lambda data: data.about["department"],
    "year": lambda data: data.about["year"],
    "everything": everything,
    "class_code": lambda data: codes(data, CLASS)[0],
    "group_code": group,
    "item_code": lambda data: codes(data, ITEM, group(data))[0],
    "authorized": lambda data: data.people("authorized"),
    "active": lambda data: data.people("active"),
}
