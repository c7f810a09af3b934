"""What was not read of a disclosure, so that no figure and no gap pretends to be known.

A figure of a table with an amount that was not understood, or was read in two ways, may be wrong
or not the whole.  What is not found is "not disclosed" only where the document was read whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from budgetkit.disclosure import DisclosureRows
from budgetkit.own_facts import units_of
from budgetkit.render.labels import Labels
from budgetkit.storage.figures import Figure
from budgetkit.storage.records import Row
from budgetkit.summary.amount_lines import ECONOMIC_TABLES, FUNCTION_TABLES
from budgetkit.summary.gaps import expected_tables, is_read

#: Tables that a part of a report rests on.
TABLES: Mapping[str, tuple[str, ...]] = {
    "revenue": ("summary", "revenue"),
    "expenditure": ("summary", "expenditure", "general_expenditure"),
    "sources": ("summary", "revenue"),
    "functions": ("summary", *FUNCTION_TABLES),
    "items": FUNCTION_TABLES,
    "uses": ("summary", "expenditure", "general_expenditure"),
    "economic": ECONOMIC_TABLES,
    "per_head": ECONOMIC_TABLES,
    "projects": ("project_expenditure",),
    "three_public": ("three_public",),
    "carryover": ("carryover", "summary"),
    "procurement": ("procurement",),
    "targets": ("performance_project", "performance_overall"),
    "staffing": (),
}
#: Pages that are named; more are not.
MOST_PAGES = 4


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a figure is not shown.

    Attributes
    ----------
    key : str
        Of the label: ``not_disclosed``, ``not_printed``, ``not_read`` or ``by_unit``.
    pages : tuple of int
        Where to look.
    """

    key: str
    pages: tuple[int, ...] = ()

    def words(self, say: Labels) -> str:
        """Return it in words, with the pages."""
        if not self.pages:
            return say(self.key)
        shown = say.join(map(str, self.pages[:MOST_PAGES]))
        more = "…" if len(self.pages) > MOST_PAGES else ""
        return say(f"{self.key}_pages", pages=shown + more)


def read_whole(disclosure: DisclosureRows) -> bool:
    """Whether everything was read: each document, and each table that its template has."""
    expected = expected_tables(disclosure.about("family"))
    return is_read(disclosure) and bool(expected) and set(expected) <= disclosure.tables


def doubt_about(disclosure: DisclosureRows, figure: Figure) -> Unknown | None:
    """Return why a figure can't be relied on; None where its tables were read in full.

    Parameters
    ----------
    disclosure
        That it is of.
    figure
        With its places.

    Returns
    -------
    Unknown or None
    """
    own = {row["document"] for row in disclosure.documents}
    tables = {place.table for place in figure.places if place.table and place.document in own}
    if pages := _unread_pages(disclosure, tables):
        return Unknown("not_read", pages)
    return None


def why_missing(disclosure: DisclosureRows, topic: str) -> Unknown:
    """Return why there is nothing to show.

    Parameters
    ----------
    disclosure
        One department, scope and year.
    topic
        Of :data:`TABLES`.

    Returns
    -------
    Unknown
        ``not_disclosed`` only where the disclosure was read whole.
    """
    return _why_none(disclosure, TABLES[topic])


def why_no_line(disclosure: DisclosureRows, tables: Sequence[str]) -> Unknown:
    """Return why some tables do not show a line.

    Parameters
    ----------
    disclosure
        One department, scope, year and kind.
    tables
        Canonical ids.

    Returns
    -------
    Unknown
        ``not_printed`` where one of the tables is there, and everything was read.
    """
    reason = _why_none(disclosure, tables)
    is_there = bool(disclosure.tables.intersection(tables)) and is_read(disclosure)
    if is_there and (reason.key == "not_disclosed" or not reason.pages):
        return Unknown("not_printed")
    return reason


def _why_none(disclosure: DisclosureRows, tables: Sequence[str]) -> Unknown:
    if pages := _unread_pages(disclosure, tables):
        return Unknown("not_read", pages)
    by_unit = units_of(disclosure.rows["facts"])
    if pages := _pages(row for table in tables for row in by_unit.get(table, ())):
        return Unknown("by_unit", pages)
    if read_whole(disclosure):
        return Unknown("not_disclosed")
    # What was not understood may be any of the tables that were not found.
    unnamed = [row for row in disclosure.rows["unmapped"] if not row["table"]]
    return Unknown("not_read", _pages(unnamed))


def _unread_pages(disclosure: DisclosureRows, tables: Iterable[str]) -> tuple[int, ...]:
    wanted = set(tables)
    doubtful = disclosure.doubtful & wanted
    unmapped = disclosure.rows["unmapped"]
    rows = [row for row in unmapped if wanted.intersection(disclosure.tables_at(row))]
    if doubtful:
        facts = (row for row in disclosure.rows["facts"] if row["table"] in doubtful)
        rows += [row for row in facts if row["certainty"] == "doubtful"]
    return _pages(rows)


def _pages(rows: Iterable[Row]) -> tuple[int, ...]:
    return tuple(sorted({int(row["page"]) for row in rows if row["page"] is not None}))
