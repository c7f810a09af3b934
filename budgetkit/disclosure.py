"""One department in one year: its rows out of a dataset, and where each of them stands.

Text and tables of a disclosure may be two documents, and the same disclosure may
have been given twice.  Rows are joined by department, scope and year; where two
documents hold the same table, one of them speaks and the other is named.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UsageError
from budgetkit.geometry import Box
from budgetkit.storage.rows import Row

if TYPE_CHECKING:
    from budgetkit.storage.frames import Frames

#: Frames that carry rows of a document, and the column that splits them further: a
#: document may hold the tables of a department, and another its text.
_PARTS = {
    "facts": "table",
    "unmapped": None,
    "tables": None,
    "profile": "kind",
    "assets": None,
    "staffing": None,
    "projects": "where",
    "indicators": None,
    "narrative": None,
}
#: Listed whole, of every document: what is missing or unread is never hidden.
_WHOLE = ("unmapped", "tables")
_STATUS = {"ok": 0, "partial": 1}


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
        ``read``, ``repaired`` or ``doubtful``.
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
    """A number that a report says, and where it comes from.

    Attributes
    ----------
    amount : float
        万元, or people for head counts.
    places : tuple of Place
        The printed figures that it is, or that it was worked out from.
    note : str
        Key of a label that says how it was found, where not in the usual place.
    """

    amount: float
    places: tuple[Place, ...] = ()
    note: str = ""

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """Ids of the facts that it rests on."""
        return tuple(place.fact_id for place in self.places if place.fact_id)


@dataclass(frozen=True)
class Subject:
    """The rows of one department, scope and year.

    Attributes
    ----------
    department, scope : str
        The key, with ``year``.
    year : int
        Budget year.
    region : str
        Empty where the name does not tell it.
    documents : tuple of dict
        Rows of the disclosures that were joined, those without a problem first.
    tables : mapping of str to tuple of dict
        Rows of the other tables as plain dicts, an empty cell as None.
    doubled : tuple of str
        Sources that repeat what another one already says.
    """

    department: str
    scope: str
    year: int
    region: str
    documents: tuple[Row, ...]
    tables: Mapping[str, tuple[Row, ...]]
    doubled: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, int]:
        """Department, scope and year."""
        return self.department, self.scope, self.year

    @property
    def family(self) -> str:
        """Template family; empty where none fits."""
        return next((text(row["family"]) for row in self.documents if text(row["family"])), "")

    def rows(self, name: str, /, **where: Any) -> list[Row]:
        """Give rows of a table, in their order, where the columns have these values."""
        rows: Iterable[Row] = self.tables[name]
        if name == "facts" and "table" in where:
            rows = self._facts.get(where.pop("table"), ())
        wanted = list(where.items())
        return [row for row in rows if all(row[column] == value for column, value in wanted)]

    @cached_property
    def _facts(self) -> dict[str, list[Row]]:
        """Facts by table: each amount of a report is looked for in one table."""
        found: dict[str, list[Row]] = {}
        for row in self.tables["facts"]:
            found.setdefault(row["table"], []).append(row)
        return found


def text(value: Any) -> str:
    """Give a cell's text, empty for an empty cell."""
    if isinstance(value, str):
        return value
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)


def place_of(row: Mapping[str, Any]) -> Place | None:
    """Give the place of a row of facts or prose; None where the row has none."""
    if row.get("page") is None or row.get("x0") is None:
        return None
    return Place(
        document=row["document"],
        page=int(row["page"]),
        box=Box(*(float(row[edge]) for edge in Box._fields)),
        printed=text(row.get("printed")) or text(row.get("text")),
        unit=text(row.get("unit")) if "fact_id" in row else "",
        name=text(row.get("name")),
        table=text(row.get("table")),
        certainty=text(row.get("certainty")) or "read",
        fact_id=text(row.get("fact_id")),
    )


def figure_of(row: Mapping[str, Any], column: str = "amount", note: str = "") -> Figure | None:
    """Make a figure of a row's column; None where the cell is empty."""
    if row.get(column) is None:
        return None
    place = place_of(row)
    return Figure(float(row[column]), (place,) if place else (), note)


def keys(dataset: Frames, **chosen: Hashable) -> list[tuple[str, str, int]]:
    """List department, scope and year of every disclosure that was read, sorted.

    Parameters
    ----------
    dataset
        Many disclosures, or one.
    **chosen
        ``department``, ``scope``, ``year``; None chooses all.
    """
    names = ("department", "scope", "year")
    wanted = [(names.index(name), value) for name, value in chosen.items() if value is not None]
    return sorted(
        key for key in dataset.disclosures if all(key[place] == value for place, value in wanted)
    )


def select(dataset: Frames, department: str, scope: str, year: int) -> Subject:
    """Take one department and year out of a dataset.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    department, scope, year
        The key; ``scope`` is ``department`` or ``unit``, and the two are never mixed.

    Returns
    -------
    Subject

    Raises
    ------
    UsageError
        The dataset has no such disclosure.
    """
    own = dataset.disclosures.get((department, scope, year))
    if not own:
        raise UsageError(
            f"there is no disclosure of '{department}' ({scope}) for {year}",
            remedy="see the names in documents.csv",
        )
    order = sorted(own, key=lambda row: (_STATUS.get(row["status"], 2), row["document"]))
    names = [row["document"] for row in order]
    tables: dict[str, tuple[Row, ...]] = {}
    spoken: set[str] = set()
    for name, part in _PARTS.items():
        found = dataset.by_document(name).rows(names)
        if name not in _WHOLE:
            found = _one_voice(found, names, part)
            spoken |= {row["document"] for row in found}
        tables[name] = tuple(found)
    doubled = tuple(
        row["source"] for row in order[1:] if row["document"] not in spoken and row["n_facts"]
    )
    region = next((text(row["region"]) for row in order if text(row["region"])), "")
    return Subject(department, scope, year, region, tuple(order), tables, doubled)


def _one_voice(rows: Iterable[Row], names: Sequence[str], part: str | None) -> list[Row]:
    """Keep, of each part, the rows of the first document that has any."""
    speaker: dict[str, int] = {}
    order = {name: number for number, name in enumerate(names)}
    found = [(text(row[part]) if part else "", order[row["document"]], row) for row in rows]
    for kind, number, _ in found:
        speaker[kind] = min(number, speaker.get(kind, number))
    return [row for kind, number, row in found if speaker[kind] == number]


def year_before(dataset: Frames, subject: Subject) -> Subject | None:
    """Give the same department and scope a year earlier, where the dataset has it."""
    try:
        return select(dataset, subject.department, subject.scope, subject.year - 1)
    except UsageError:
        return None
