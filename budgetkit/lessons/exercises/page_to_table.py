"""Lesson 2: how a figure gets its row, and what sums tell of figures that are in a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.lessons.exercise import Exercise, Guess, in_yuan, wrong_sign
from budgetkit.lessons.lesson_data import Cell, LessonData, NotPrinted

if TYPE_CHECKING:
    import pandas as pd

#: Revenue by source and item, and the column that the lesson looks for.
TABLE, LEFT_OVER = "revenue", "fiscal_carryover"
#: Level of a functional code: 项.
ITEM = 3
#: Length of the code of a 款.
GROUP = 5


def lines(data: LessonData) -> pd.DataFrame:
    """Return the column of totals as printed, and the same one row too low (``shifted``)."""
    rows = data.cells(Cell(data.document, TABLE, measure="total"))
    rows = rows[["code", "level", "amount"]].reset_index(drop=True)
    if (rows["level"] == ITEM).sum() == 0:
        raise NotPrinted("items of revenue")
    rows["shifted"] = rows["amount"].shift(1)
    return rows


def chosen(data: LessonData) -> str:
    """Return the code of the first item that has money left over of the treasury's."""
    rows = data.cells(Cell(data.document, TABLE, measure=LEFT_OVER))
    codes = rows[(rows["level"] == ITEM) & (rows["amount"] > 0)]["code"]
    if codes.empty:
        raise NotPrinted(LEFT_OVER)
    return str(codes.iloc[0])


def left_over_cell(data: LessonData) -> Cell:
    """Return the cell of the item in that column."""
    return Cell(data.document, TABLE, chosen(data), LEFT_OVER)


def right_amount(data: LessonData) -> float:
    """Return the amount of the item, 万元."""
    return data.total(TABLE, chosen(data))


def shifted_amount(data: LessonData) -> float:
    """Return the amount that lands on the item when all are one row too low."""
    rows = lines(data)
    return float(rows[rows["code"] == chosen(data)]["shifted"].iloc[0])


def too_much(data: LessonData) -> float:
    """Return by how much the item is too high then, 万元."""
    return shifted_amount(data) - right_amount(data)


def sum_of_items(data: LessonData, column: str = "shifted") -> float:
    """Add the items of a column, 万元.

    Parameters
    ----------
    data
        The dataset.
    column
        ``shifted``, or ``amount`` as printed.

    Returns
    -------
    float
    """
    rows = lines(data)
    return float(rows[rows["level"] == ITEM][column].sum())


def by_chance(data: LessonData, *, same: bool = True) -> set[str]:
    """Return the codes of lines that look right although all are one row too low.

    Parameters
    ----------
    data
        The dataset.
    same
        Those that look right, else the others.

    Returns
    -------
    set of str
    """
    rows = lines(data)
    return set(rows[(rows["amount"] == rows["shifted"]).fillna(False) == same]["code"])


def items_by_chance(data: LessonData) -> set[str]:
    """Return those of them that are items."""
    rows = lines(data)
    return by_chance(data) & set(rows[rows["level"] == ITEM]["code"])


def figures(data: LessonData) -> int:
    """Return how many figures the tables of the document hold."""
    return len(data.cells(Cell(data.document)))


EXERCISES = (
    Guess("2.0", figures),
    Exercise(
        "2.1",
        left_over_cell,
        {
            "row_above": lambda data: Cell(data.document, TABLE, chosen(data)[:GROUP], LEFT_OVER),
            "other_column": lambda data: Cell(data.document, TABLE, chosen(data), "total"),
            "other_row": lambda data: Cell(data.document, TABLE, "total", LEFT_OVER),
        },
    ),
    Exercise(
        "2.2",
        too_much,
        {
            "wrong_sign": wrong_sign(too_much),
            "as_printed": right_amount,
            "as_shifted": shifted_amount,
            "in_yuan": in_yuan(too_much),
        },
    ),
    Exercise(
        "2.3",
        sum_of_items,
        {
            "as_printed": lambda data: sum_of_items(data, "amount"),
            "every_line": lambda data: float(lines(data)["shifted"].sum()),
            "in_yuan": in_yuan(sum_of_items),
        },
    ),
    Exercise(
        "2.4",
        by_chance,
        {
            "items_alone": items_by_chance,
            "the_others": lambda data: by_chance(data, same=False),
            "every_line": lambda data: set(lines(data)["code"]),
        },
    ),
)

FIGURES = {
    "department": lambda data: data.about["department"],
    "year": lambda data: data.about["year"],
    "figures": figures,
    "item": chosen,
}
