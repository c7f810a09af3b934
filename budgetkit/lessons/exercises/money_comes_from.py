"""Lesson 3: revenue by source, what is a part of what, transfers, carry-over and own income."""

from __future__ import annotations

from collections.abc import Callable

from budgetkit.lessons.exercise import PERCENT, Exercise, Guess, as_share, in_yuan, upside_down
from budgetkit.lessons.lesson_data import Cell, LessonData, NotPrinted

#: Revenue by source and item, and the first table, of revenue and expenditure.
TABLE, SUMMARY = "revenue", "summary"
#: Columns that are sums of others, and how the others begin; without those they stand alone.
SUMS = {"fiscal_subtotal": "general_budget", "carryover": "carryover_"}
#: Columns that are always sums.
TOTALS = ("total", "current_year")
#: What an office earns or gets beside the budget, this year.
OWN = ("unit_funds", "special_account", "business_income", "operating_income",
       "affiliate_income", "other_income")  # fmt: skip
GENERAL, TRANSFER = "general_budget", "general_budget_transfer"
#: Codes of the line that holds all revenue: some tables print a line a department, and no total.
WHOLE = ("total", "department", "unit")
#: Level of a functional code: 项.
ITEM = 3
#: 万元 by which rounded parts may differ from their total.
ROUNDING = 0.05


def line_of_all(data: LessonData) -> str:
    """Return the code of the line of all revenue: the total's, else the department's own."""
    known = set(data.cells(Cell(data.document, TABLE))["code"].dropna())
    return next((code for code in WHOLE if code in known), WHOLE[0])


def everything(data: LessonData) -> float:
    """Return all revenue, 万元."""
    return data.total(TABLE, line_of_all(data))


def parts(data: LessonData) -> dict[str, float]:
    """Return the amounts by source that add up to all revenue, 万元."""
    rows = data.cells(Cell(data.document, TABLE, line_of_all(data)))
    if rows["measure"].duplicated().any():
        raise NotPrinted("one line of all revenue")
    line = dict(zip(rows["measure"], rows["amount"].astype(float), strict=True))
    held = {
        name
        for name, beginning in SUMS.items()
        if any(column.startswith(beginning) for column in line)
    }
    found = {name: value for name, value in line.items() if name not in held.union(TOTALS)}
    if not found or abs(sum(found.values()) - everything(data)) > ROUNDING:
        # One column is a part of another, or one is not understood: nothing is guessed.
        raise NotPrinted("sources that add up")
    return found


def some(data: LessonData, chosen: Callable[[str], bool]) -> float:
    """Add the sources that are chosen, 万元.

    Parameters
    ----------
    data
        The dataset.
    chosen
        Whether a column counts.

    Returns
    -------
    float
    """
    values = [value for name, value in parts(data).items() if chosen(name)]
    if not values:
        # A column that is not printed is not zero.
        raise NotPrinted("such a source")
    return sum(values)


def is_left_over(name: str) -> bool:
    """Whether a source is money of earlier years."""
    return "carryover" in name or "balance" in name


def own(data: LessonData) -> float:
    """Return the own income of this year, 万元."""
    return some(data, lambda name: name in OWN)


def own_of_before(data: LessonData) -> float:
    """Return what is left over of earlier own income."""
    return some(data, lambda name: name == "nonfiscal_carryover")


def left_over(data: LessonData) -> float:
    """Return all that is left over, 万元."""
    return some(data, is_left_over)


def left_over_share(data: LessonData) -> float:
    """Return what is left over in per cent of all revenue."""
    return left_over(data) / everything(data) * PERCENT


def column_share(name: str, data: LessonData) -> float:
    """Return one source in per cent of all revenue.

    Parameters
    ----------
    name
        The column.
    data
        The dataset.

    Returns
    -------
    float
    """
    return some(data, lambda column: column == name) / everything(data) * PERCENT


def of_this_year(data: LessonData) -> float:
    """Divide what is left over by the money of this year alone."""
    return left_over(data) / (everything(data) - left_over(data)) * PERCENT


def items(data: LessonData, measure: str, *levels: int) -> set[str]:
    """Return the codes that money of a source is for.

    Parameters
    ----------
    data
        The dataset.
    measure
        The source.
    *levels
        1 类, 2 款, 3 项.

    Returns
    -------
    set of str
    """
    rows = data.cells(Cell(data.document, TABLE, measure=measure))
    rows = rows[rows["level"].isin(levels) & (rows["amount"] > 0)]
    if rows.empty:
        raise NotPrinted(measure)
    return set(rows["code"])


def each(data: LessonData, value: Callable[[float, float], float]) -> dict[str, float]:
    """Return a value of each department of the lesson's year.

    Parameters
    ----------
    data
        The dataset.
    value
        Of the general appropriation and of all revenue.

    Returns
    -------
    dict of str to float
    """

    def of_document(document: str) -> float:
        general, whole = (
            data.amount(Cell(document, SUMMARY, code, section="revenue"))
            for code in ("general_appropriation", "total")
        )
        return value(general, whole)

    found = data.by_department(of_document)
    if not found:
        raise NotPrinted("revenue of any department")
    return found


def shares(data: LessonData) -> dict[str, float]:
    """Return the general appropriation in per cent of all revenue, by department."""
    return each(data, lambda general, everything: general / everything * PERCENT)


def general_share(data: LessonData) -> float:
    """Return the general appropriation in per cent of all revenue."""
    general = Cell(data.document, SUMMARY, "general_appropriation", section="revenue")
    everything = Cell(data.document, SUMMARY, "total", section="revenue")
    return data.amount(general) / data.amount(everything) * PERCENT


def total_cell(data: LessonData) -> Cell:
    """Return the cell of all revenue in the table by source."""
    cell = Cell(data.document, TABLE, line_of_all(data), "total")
    if len(data.cells(cell)) != 1:
        # A line a unit: none of them is the whole.
        raise NotPrinted("one line of all revenue")
    return cell


EXERCISES = (
    Guess("3.0", general_share),
    Exercise(
        "3.1",
        total_cell,
        {
            "first_table": lambda data: Cell(data.document, SUMMARY, "total", section="revenue"),
            "spent": lambda data: Cell(data.document, "expenditure", "total", "total"),
            "subtotal": lambda data: Cell(
                data.document, TABLE, line_of_all(data), "fiscal_subtotal"
            ),
        },
    ),
    Exercise(
        "3.2",
        own,
        {
            "with_before": lambda data: own(data) + own_of_before(data),
            "before": own_of_before,
            "all_the_rest": lambda data: own(data) + left_over(data),
            "in_yuan": in_yuan(own),
        },
    ),
    Exercise(
        "3.3",
        left_over_share,
        {
            "fiscal_part": lambda data: column_share("fiscal_carryover", data),
            "other_part": lambda data: column_share("nonfiscal_carryover", data),
            "of_this_year": of_this_year,
            "amount": left_over,
            "as_share": as_share(left_over_share),
            "upside_down": upside_down(lambda data: left_over_share(data) / PERCENT),
        },
    ),
    Exercise(
        "3.4",
        lambda data: items(data, TRANSFER, ITEM),
        {
            "with_parents": lambda data: items(data, TRANSFER, 1, 2, ITEM),
            "own_money": lambda data: items(data, GENERAL, ITEM),
            "every_item": lambda data: items(data, "total", ITEM),
        },
    ),
    Exercise(
        "3.5",
        shares,
        {
            "as_share": as_share(shares),
            "amounts": lambda data: each(data, lambda general, everything: general),
            "upside_down": lambda data: each(data, lambda general, whole: whole / general),
        },
    ),
)  # fmt: skip

FIGURES = {
    "department": lambda data: data.about["department"],
    "year": lambda data: data.about["year"],
    "general_share": general_share,
}
