"""Lesson 9: what adds up and what must, rounding, planted errors, and a letter to the office."""

from __future__ import annotations

from budgetkit.lessons.exercise import YUAN, Answer, Exercise, Guess, in_wan, in_yuan
from budgetkit.lessons.lesson_data import LessonData, NotPrinted
from budgetkit.lessons.planted_errors import planted_slips

#: Basic expenditure by economic class, its wages, and the level of a class's items.
TABLE, WAGES, ITEM = "basic_expenditure", "301", 2
#: How far an amount that is rounded to two decimals may be from the exact one, 万元.
HALF = 0.005
#: Amounts that differ by less are the same: a hundredth part of what is printed.
SAME = 0.0001
#: The length of the code of a 款 of functions, and of a class of economic ones.
GROUP, ECONOMIC_CLASS = 5, 3


def figures(data: LessonData) -> int:
    """Return how many amounts the tables of the document print."""
    count = int((data.facts["document"] == data.document).sum())
    if not count:
        raise NotPrinted("no amounts")
    return count


def items(data: LessonData) -> list[float]:
    """Return the amounts of the items of 301, 万元."""
    rows = data.facts[
        (data.facts["document"] == data.document)
        & (data.facts["table"] == TABLE)
        & (data.facts["measure"] == "total")
        & (data.facts["level"] == ITEM)
    ]
    rows = rows[rows["code"].str.startswith(WAGES)]
    if rows.empty:
        raise NotPrinted("items of 301")
    return [float(amount) for amount in rows["amount"]]


def added(data: LessonData) -> float:
    """Return the sum of the items of 301, 万元."""
    return sum(items(data))


def printed(data: LessonData) -> float:
    """Return 301 as printed, 万元."""
    return data.total(TABLE, WAGES)


def rounding(data: LessonData) -> float:
    """Return by how much the sum may be off if each item and the sum are rounded, 万元."""
    return (len(items(data)) + 1) * HALF


def two_places(data: LessonData) -> tuple[float, float]:
    """Return the amounts of one project, as carried over and in its targets, that differ.

    Raises
    ------
    NotPrinted
        There is no such project, or there are several.
    """
    facts, targets = data.facts, data.indicators
    carried = facts[
        (facts["document"] == data.document)
        & (facts["table"] == "carryover")
        & (facts["measure"] == "fiscal_subtotal")
    ].dropna(subset=["project", "amount"])
    targets = targets[targets["document"] == data.document].dropna(subset=["project", "budget"])
    found = {
        (float(amount), float(budget))
        for long, amount in zip(carried["project"], carried["amount"], strict=True)
        for short, budget in zip(targets["project"], targets["budget"], strict=True)
        if short in long and abs(amount - budget) > SAME
    }
    if len(found) != 1:
        raise NotPrinted(f"{len(found)} projects with two amounts")
    return found.pop()


def carried_over(data: LessonData) -> float:
    """Return the amount in the table of what was carried over, 万元."""
    return two_places(data)[0]


def in_targets(data: LessonData) -> float:
    """Return the amount in the form of its targets, 万元."""
    return two_places(data)[1]


def apart(data: LessonData) -> float:
    """Return by how much the two differ, 元."""
    return (carried_over(data) - in_targets(data)) * YUAN


def wrong_codes(data: LessonData) -> set[str]:
    """Return the codes of the lines with a planted error."""
    figures(data)
    return {slip.code for slip in planted_slips()}


def their_parents(data: LessonData) -> set[str]:
    """Return the lines above them, whose sums no longer fit."""
    figures(data)
    item, basic, whole = (slip.code for slip in planted_slips())
    return {item[:GROUP], basic[:ECONOMIC_CLASS], whole}


def with_parents(data: LessonData) -> set[str]:
    """Name the wrong lines and the right lines above them."""
    return wrong_codes(data) | their_parents(data)


def table_named(data: LessonData) -> set[str]:
    """Give the third table's name in place of the line's code."""
    figures(data)
    item, basic, whole = planted_slips()
    return {item.code, basic.code, str(whole.table)}


def should_be(data: LessonData) -> float:
    """Return what the wrong item of expenditure should be, 万元."""
    figures(data)
    return float(planted_slips()[0].was or 0)


def as_printed(data: LessonData) -> float:
    """Return what it is printed as, 万元."""
    figures(data)
    return float(planted_slips()[0].now or 0)


def other_table(data: LessonData) -> float:
    """Return what the wrong item of basic expenditure should be, 万元."""
    figures(data)
    return float(planted_slips()[1].was or 0)


def other_as_printed(data: LessonData) -> float:
    """Return what the wrong item of basic expenditure is printed as, 万元."""
    figures(data)
    return float(planted_slips()[1].now or 0)


def off_by(data: LessonData) -> float:
    """Return by how much it is off, 万元."""
    return abs(as_printed(data) - should_be(data))


def _sentence(letter: str) -> Answer:
    """Return the choice of a sentence, where there is a figure to write about."""

    def chosen(data: LessonData) -> str:
        two_places(data)
        return letter

    return chosen


EXERCISES = (
    Guess("9.0", figures),
    Exercise(
        "9.1", added,
        {
            "as_printed": printed,
            "parent_added": lambda data: added(data) + printed(data),
            "everything": lambda data: data.total(TABLE),
            "in_yuan": in_yuan(added),
        },
    ),
    Exercise(
        "9.2", rounding,
        {
            "without_sum": lambda data: len(items(data)) * HALF,
            "whole_digit": lambda data: (len(items(data)) + 1) * 2 * HALF,
            "whole_without_sum": lambda data: len(items(data)) * 2 * HALF,
            "whole_line": lambda data: 2 * HALF if items(data) else None,
            "one_line": lambda data: HALF if items(data) else None,
            "in_yuan": in_yuan(rounding),
        },
        places=3,
    ),
    Exercise(
        "9.3", apart,
        {
            "in_wan": in_wan(apart),
            "wrong_sign": lambda data: -apart(data),
            "one_amount": lambda data: carried_over(data) * YUAN,
            "thousand": lambda data: apart(data) / 10,
        },
        places=2,
    ),
    Exercise(
        "9.4", wrong_codes,
        {"parents": their_parents, "table_named": table_named, "with_parents": with_parents},
    ),
    Exercise(
        "9.5", should_be,
        {
            "as_printed": as_printed,
            "other_table": other_table,
            "other_as_printed": other_as_printed,
            "off_by": off_by,
            "in_yuan": in_yuan(should_be),
        },
    ),
    Exercise("9.6", _sentence("b"), {"accuses": _sentence("a"), "no_place": _sentence("c")}),
)  # fmt: skip

FIGURES = {
    "department": lambda data: data.about["department"],
    "year": lambda data: data.about["year"],
    "figures": figures,
    "printed": printed,
    "half": lambda data: HALF,
    "carried_over": carried_over,
    "in_targets": in_targets,
    "between": lambda data: (carried_over(data) + in_targets(data)) / 2,
}
