"""Where a headline amount is looked for: a table's row, else a sentence of the prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from budgetkit.codelists import read_codelist
from budgetkit.disclosure import Figure, Subject, figure_of, text


def first_fact(
    subject: Subject, frame: str, measures: Sequence[str], /, **where: Any
) -> dict[str, Any] | None:
    """Give the first fact of a table that fits, the measures tried in their order; or None."""
    rows = subject.rows("facts", table=frame, **where)
    for measure in measures:
        for row in rows:
            if row["measure"] == measure:
                return row
    return None


def said(subject: Subject, key: str, *, kind: str | None = None) -> Figure | None:
    """Give what the prose says of a headline amount, where no table prints it."""
    for row in subject.rows("narrative"):
        fits = kind is None or row["kind"] == kind
        if fits and row["amount"] is not None and _said(key).fullmatch(text(row["item"])):
            return figure_of(row, note="from_narrative")
    return None


def is_total(item: str) -> bool:
    """Tell whether the prose means the whole budget by an item.

    Examples
    --------
    >>> is_total("支出预算"), is_total("基本支出")
    (True, False)
    """
    return any(_said(side).fullmatch(item) for side in ("expenditure", "revenue"))


@cache
def _said(key: str) -> re.Pattern[str]:
    patterns = [
        row["value"]
        for row in read_codelist("headline")
        if row["topic"] == "said" and row["key"] == key
    ]
    return re.compile("|".join(patterns) or r"(?!)")
