"""Where a headline amount is looked for: in a row of a table, else in a sentence of the prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from budgetkit.codelists import read_codelist
from budgetkit.disclosure import DisclosureRows
from budgetkit.storage.figures import Figure, figure_of
from budgetkit.storage.records import Row, text

#: Under so many headings with an amount each, an item is told part by part.
PARTS = 3


def first_fact(
    disclosure: DisclosureRows, table: str, measures: Sequence[str], /, **columns: Any
) -> Row | None:
    """Return the first fact of a table that fits.

    Parameters
    ----------
    disclosure
        One department, scope and year.
    table
        Canonical id.
    measures
        Tried in their order.
    **columns
        Values that other columns must have.

    Returns
    -------
    dict or None
    """
    rows = disclosure.rows_where("facts", table=table, **columns)
    found = (row for measure in measures for row in rows if row["measure"] == measure)
    row = next(found, None)
    if row is None and columns.get("code") == "total":
        # Some tables print the whole as the row of the department's name.
        return first_fact(disclosure, table, measures, **columns | {"code": "department"})
    return row


def stated_in_prose(
    disclosure: DisclosureRows, key: str, *, kind: str | None = None
) -> Figure | None:
    """Return a headline amount that no table prints, as the prose states it.

    Parameters
    ----------
    disclosure
        One department, scope and year.
    key
        Of the amount, as in the code list ``headline``.
    kind
        Of the row of ``narrative``; None takes any.

    Returns
    -------
    Figure or None
        In 万元; None where it is given for units one by one.
    """
    found = [
        row
        for row in disclosure.rows["narrative"]
        if (kind is None or row["kind"] == kind)
        and row["amount"] is not None
        and _wording(key).fullmatch(text(row["item"]))
    ]
    if not found or _is_part_by_part(found):
        return None
    return figure_of(found[0], note="from_narrative")


def _is_part_by_part(rows: Sequence[Row]) -> bool:
    """Whether the prose gives an amount under each of several headings: units, not the whole."""
    first, _, _ = text(rows[0]["section"]).rpartition(" > ")
    amounts = {
        text(row["section"]): row["amount"]
        for row in rows
        if first and text(row["section"]).rpartition(" > ")[0] == first
    }
    return len(set(amounts.values())) >= PARTS


def is_total(item: str) -> bool:
    """Whether an item of the prose is the whole budget.

    Examples
    --------
    >>> is_total("支出预算"), is_total("基本支出")
    (True, False)
    """
    return any(_wording(side).fullmatch(item) for side in ("expenditure", "revenue"))


def _wording(key: str) -> re.Pattern[str]:
    """What the prose calls a headline amount."""
    return headline_pattern("said", key)


@cache
def headline_pattern(topic: str, key: str) -> re.Pattern[str]:
    """Return the pattern of some rows of the code list ``headline``.

    Parameters
    ----------
    topic, key
        Of the rows.

    Returns
    -------
    re.Pattern
        One that matches nothing where there are no such rows.
    """
    rows = read_codelist("headline")
    found = [row["value"] for row in rows if (row["topic"], row["key"]) == (topic, key)]
    return re.compile("|".join(found) or "(?!)")
