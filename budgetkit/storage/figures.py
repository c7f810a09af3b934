"""Figures and the places where they are printed, from the rows of a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from budgetkit.geometry import Box
from budgetkit.storage.records import text


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed.

    Attributes
    ----------
    document : str
        Id of the disclosure.
    page : int
        From 1.
    box : Box
        Points from the top left of the page as shown.
    printed, unit : str
        As printed; the sentence where it is prose, with an empty unit.
    name : str
        Of the row, as printed; empty for prose.
    table : str
        Canonical id of the table; empty for prose.
    certainty : str
        ``read``, ``repaired``, ``recognised`` or ``doubtful``.
    fact_id : str
        Empty for prose.
    """

    document: str
    page: int
    box: Box
    printed: str
    unit: str = ""
    name: str = ""
    table: str = ""
    certainty: str = "read"
    fact_id: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a report shows, and where it comes from.

    Attributes
    ----------
    amount : float
        万元, or people for head counts.
    places : tuple of Place
        The printed figures that it is, or that it was computed from.
    note : str
        Key of a label that says how it was found, where not in the usual place.
    """

    amount: float
    places: tuple[Place, ...] = ()
    note: str = ""

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """Ids of the facts that it is or was computed from."""
        return tuple(place.fact_id for place in self.places if place.fact_id)


def place_of(row: Mapping[str, Any]) -> Place | None:
    """Return the place of a row of facts or prose; None where the row has none."""
    if row.get("page") is None or row.get("x0") is None:
        return None
    return Place(
        document=row["document"],
        page=int(row["page"]),
        box=box_of(row),
        printed=text(row.get("printed")) or text(row.get("text")),
        unit=text(row.get("unit")) if "fact_id" in row else "",
        name=text(row.get("name")),
        table=text(row.get("table")),
        certainty=text(row.get("certainty")) or "read",
        fact_id=text(row.get("fact_id")),
    )


def box_of(row: Mapping[str, Any]) -> Box:
    """Return the box of a row of a dataset: points from the top left of the page as shown."""
    return Box(*(float(row[edge]) for edge in Box._fields))


def check_places(check: Mapping[str, Any]) -> list[Place]:
    """Return the places of a row of ``checks``: what is judged, then what it is compared with.

    The document of a fact is the one that its id names: a finding of a department may be about
    a figure of its unit.  ``printed`` is empty.
    """
    found = []
    for prefix in ("", "other_"):
        page = check[f"{prefix}page"]
        if page is None or page != page:  # an empty cell of a frame is not itself
            continue
        fact = check[f"{prefix}fact_id"]
        fact_id = fact if isinstance(fact, str) else ""
        named = check["other_document"] if prefix else fact_id.rpartition(":")[0].rpartition(":")[0]
        document = named if isinstance(named, str) and named else check["document"]
        box = box_of({edge: check[f"{prefix}{edge}"] for edge in Box._fields})
        found.append(Place(document, int(page), box, "", fact_id=fact_id))
    return found


def figure_of(
    row: Mapping[str, Any] | None, column: str = "amount", note: str = ""
) -> Figure | None:
    """Return the figure of a row.

    Parameters
    ----------
    row
        Of ``facts``, ``narrative`` or another table whose rows have a place.
    column
        That holds the amount.
    note
        Of the figure.

    Returns
    -------
    Figure or None
        None where there is no row, or the cell is empty.
    """
    if row is None or row.get(column) is None:
        return None
    place = place_of(row)
    return Figure(float(row[column]), (place,) if place else (), note)


def sum_of(figures: Iterable[Figure]) -> Figure | None:
    """Add figures of one unit up, with the places of all of them; None where there are none."""
    figures = tuple(figures)
    places = tuple(place for figure in figures for place in figure.places)
    return Figure(sum(figure.amount for figure in figures), places) if figures else None
