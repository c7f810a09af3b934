"""The table that stands beside a figure of a comparison, in words and in the unit of the page."""

from __future__ import annotations

from typing import Any, NamedTuple

from budgetkit.compare.measures import measures
from budgetkit.compare.picture import Picture
from budgetkit.render.labels import Labels
from budgetkit.storage.records import with_none

#: Columns of a figure's data that a reader does not need.
HIDDEN = ("node", "parent", "kind", "flags", "fact_ids", "places", "origin", "doubt", "text",
          "value")  # fmt: skip
#: Columns of words; the others are numbers.
TEXTS = ("name", "code", "measure")
#: Words for the headings of columns.
COLUMN_NAMES = {
    "name": "col.name",
    "code": "col.code",
    "level": "cmp.col.level",
    "amount": "col.amount",
    "share_pct": "share",
    "before": "col.before",
    "now": "col.now",
    "by": "col.change",
    "change": "col.percent",
    "measure": "col.item",
}


class Rows(NamedTuple):
    """A table in words; ``kinds`` is ``n`` for columns of numbers."""

    head: list[str]
    rows: list[list[str]]
    kinds: list[str]


def figure_rows(picture: Picture, say: Labels) -> Rows:
    """Return the table that stands beside a figure.

    Parameters
    ----------
    picture
        The figure.
    say
        Words, and the unit that amounts are shown in.

    Returns
    -------
    Rows
    """
    data = picture.table
    shown = [str(column) for column in data if column not in HIDDEN]
    if "measure" not in shown:
        shown.sort(key="name".__ne__)  # the name first, whatever the frame begins with
    units = [picture.unit(column) for column in shown]
    head = [_head(*pair, say) for pair in zip(shown, units, strict=True)]
    rows = [
        [_cell(row, column, unit, say) for column, unit in zip(shown, units, strict=True)]
        for row in with_none(data[shown]).to_dict("records")
    ]
    return Rows(head, rows, ["" if column in TEXTS else "n" for column in shown])


def _cell(row: dict[Any, Any], column: str, unit: str, say: Labels) -> str:
    value = row[column]
    if value is None or value != value:
        return "—"
    if "measure" in row:
        unit = measures()[row["measure"]].frame_unit if column == "amount" else unit
        value = measures()[value].name(say.lang) if column == "measure" else value
    return value if isinstance(value, str) else say.value(value, unit)


def _head(column: str, unit: str, say: Labels) -> str:
    known, key = measures().get(column), COLUMN_NAMES.get(column, "")
    name = known.name(say.lang) if known else say(key) if key else column
    return f"{name} ({say.unit_name(unit)})" if unit else name
