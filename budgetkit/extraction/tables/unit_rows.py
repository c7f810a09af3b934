"""Which rows of a table are those of budget units, where nothing but names and sums can tell.

Used where rows are labelled.  A column of projects may hold the units that the projects belong to;
many projects are named like one (合作共建某中心), so that the sums decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from budgetkit.amounts import parse_number, squeeze
from budgetkit.codelists import is_total
from budgetkit.extraction.tables.columns import NO_MEASURE
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.page_breaks import TableRow
from budgetkit.extraction.tables.printed_rows import UNIT_NAME, has_codes

#: A unit's name has at least so many ideographs, and so many where it does not end like one.
SHORTEST, PLAIN = 3, 6
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")


def is_unit_name(text: str, table: str) -> bool:
    """Whether a text can be the name of a budget unit: no total, no unit of measurement.

    Parameters
    ----------
    text
        Of a column of units.
    table
        Canonical id, to know its totals.

    Returns
    -------
    bool

    Examples
    --------
    >>> [is_unit_name(text, "") for text in ("某局机关", "合计", "人次", "%", "所")]
    [True, False, False, False, False]
    """
    length = len(_IDEOGRAPH.findall(text))
    ends_like_one = UNIT_NAME.search(squeeze(text)) is not None
    return length >= (SHORTEST if ends_like_one else PLAIN) and not is_total(text, table)


def units_among_projects(table: Table) -> frozenset[str]:
    """Find the units in a column of projects.

    A row is a unit's where its name ends like one, its amount is the sum of the rows below it,
    and those end where another such row, or the table, does.

    Parameters
    ----------
    table
        With resolved columns.

    Returns
    -------
    frozenset of str
        Their names without spaces.
    """
    columns = [column.role for column in table.columns]
    if "project_name" not in columns or has_codes(table):
        return frozenset()
    measure = next((at for at, role in enumerate(columns) if role not in NO_MEASURE), None)
    if measure is None:
        return frozenset()
    read = (_name_and_amount(row, columns.index("project_name"), measure) for row in table.rows)
    rows = [(name, amount) for name, amount in read if name and amount is not None]
    return frozenset(rows[at][0] for at in range(len(rows)) if _is_sum_of_rows_below(rows, at))


def _name_and_amount(row: TableRow, name: int, measure: int) -> tuple[str, Decimal | None]:
    texts = {placed.col: placed.cell.text for placed in row.cells}
    return squeeze(texts.get(name, "")), parse_number(texts.get(measure, ""))


def _is_sum_of_rows_below(rows: Sequence[tuple[str, Decimal]], at: int) -> bool:
    name, amount = rows[at]
    if not amount or not UNIT_NAME.search(name):
        return False
    digits = amount.as_tuple().exponent
    half = Decimal(1).scaleb(digits if isinstance(digits, int) else 0) / 2
    total = Decimal(0)
    for count, (_, below) in enumerate(rows[at + 1 :], 1):
        total += below
        # One row is no sum: it is the same amount, or it is not.
        tolerance = half * (count + 1) if count > 1 else Decimal(0)
        following = rows[at + count + 1 : at + count + 2]
        ends = not following or UNIT_NAME.search(following[0][0])
        if ends and abs(total - amount) <= tolerance:
            return True
        if total > amount + tolerance:
            return False
    return False
