"""What was not understood in a dataset: titles, headers and row names, with what each costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from budgetkit.codelists import bare_name
from budgetkit.codelists.own_lists import OWN_TABLE
from budgetkit.extraction.tables.header_grammar import plain_header, read_path
from budgetkit.extraction.tables.titles import plain_title
from budgetkit.geometry import Box
from budgetkit.storage.frames import Frames
from budgetkit.storage.records import Row, records

#: Tables whose rows are known by their names alone; a row without a code was not understood.
BY_NAME = frozenset({"summary", "appropriation_summary", "revenue", "three_public"})
#: A row of the revenue table with as many columns as this is a unit, not a source.
UNIT_MEASURES = 3
#: What waits for a row of a list, by the cause in ``unmapped``.
LISTED = frozenset({"title", "header", "columns", "row"})
#: Kinds of what costs no amount, since its figures are facts.
OF_FACTS = frozenset({"table", "item"})
#: Between the texts of a path of headers, and between two paths.
STEP, NEXT = " > ", " | "
#: Before the label that the cells of a column suggest.
HOLDS = " = "


@dataclass
class Unknown:
    """A title, header or row name that no list knows.

    Attributes
    ----------
    kind : str
        ``title``, ``header`` (a word of it is not known), ``columns`` (nothing tells them
        apart), ``row`` (no code, or a wrong one); ``table`` (a title with an unknown word, whose
        figures are facts of a table of its own) or ``item`` (its figures are facts without a
        code, which no sum takes).
    text : str
        As the lists compare it.
    table, section : str
        Canonical ids; ``*`` where it stands in several tables, empty where not known.
    word : str
        The part of it that is not known.
    path : tuple of str
        Texts above the first column of it, where it is a header.
    rule : str
        Why its amounts were not read.
    amounts : int
        How many amounts wait for it; of a table or item, how many facts it concerns.
    holds : str
        The label that the cells of a column without amounts suggest.
    places : dict
        Boxes of these amounts by document and page, in the order of the dataset.
    """

    kind: str
    text: str
    table: str = ""
    section: str = ""
    word: str = ""
    path: tuple[str, ...] = ()
    rule: str = ""
    amounts: int = 0
    holds: str = ""
    places: dict[tuple[str, int], list[Box]] = field(default_factory=dict)

    @property
    def documents(self) -> tuple[str, ...]:
        """Documents that it stands in."""
        return tuple(dict.fromkeys(document for document, _ in self.places))

    @property
    def first(self) -> tuple[str, int]:
        """The document and page that it stands on first; page 0 where it is not known."""
        return next(iter(self.places), ("", 0))


def find_unknown(dataset: Frames) -> list[Unknown]:
    """List what was not understood.

    Parameters
    ----------
    dataset
        A dataset, or one disclosure.

    Returns
    -------
    list of Unknown
        Columns of codes and names, without which no row is read, come first, then what costs
        most amounts; tables and items, whose figures are facts, come last.
    """
    found: dict[tuple[str, ...], Unknown] = {}
    for one, row in _all(dataset):
        key = (one.kind, one.text, one.word, *(one.path if one.kind == "columns" else ()))
        if one.kind != "header":
            key = (*key, one.table, one.section)
        known = found.setdefault(key, one)
        if known.table != one.table:
            known.table = "*"
        known.holds = known.holds or one.holds
        place = (str(row["document"]), int(row["page"] or 0))
        boxes = known.places.setdefault(place, [])
        if row.get("x0") is not None:
            known.amounts += 1
            boxes.append(Box(*(float(row[edge]) for edge in Box._fields)))
    return sorted(
        found.values(),
        key=lambda one: (
            one.kind in OF_FACTS,
            not one.holds or one.amounts > 0,
            -one.amounts,
            one.kind,
            one.text,
        ),
    )


def _all(dataset: Frames) -> Iterator[tuple[Unknown, Row]]:
    for row in records(dataset.unmapped):
        yield from ((one, row) for one in _of_amount(row))
    facts = dataset.facts
    uncoded = facts[facts["table"].isin(BY_NAME) & (facts["code"].fillna("") == "")]
    measures = uncoded.groupby(["table", "name"])["measure"].transform("nunique")
    for row in records(uncoded[(uncoded["table"] != "revenue") | (measures < UNIT_MEASURES)]):
        if name := bare_name(row["name"] or ""):
            rule = "the figures are read, but no list knows the item, so that no sum takes them"
            yield Unknown("item", name, row["table"], row["section"] or "", rule=rule), row
    tables = records(dataset.tables)
    titles = {(row["document"], row["table"]): row["title"] or "" for row in tables}
    for row in records(facts[facts["table"].str.startswith(OWN_TABLE)]):
        title = plain_title(titles.get((row["document"], row["table"]), ""))
        rule = "a word of the title is not known: its figures are of a table of its own"
        yield Unknown("table", title, row["table"], rule=rule), row
    yield from _labels(tables)


def _of_amount(row: Row) -> Iterator[Unknown]:
    """What an amount waits for; nothing where no row of a list would help."""
    cause, subject, word = row["cause"], row["subject"] or "", row["word"] or ""
    table, rule = row["table"] or "", row["rule"]
    if cause == "title":
        yield Unknown("title", plain_title(subject), rule=rule)
    elif cause == "header":
        yield from _headers(subject, word, table, rule)
    elif cause == "columns":
        path = tuple(subject.split(STEP))
        yield Unknown("columns", path[-1], table, path=path, rule=rule)
    elif cause == "row":
        yield Unknown("row", bare_name(subject), table, rule=rule)


def _headers(subject: str, word: str, table: str, rule: str) -> Iterator[Unknown]:
    """Every text of a path that holds an unknown word: the reader names the first one alone."""
    path = tuple(subject.split(STEP))
    words = {plain_header(text): read_path((text,), table).word for text in path}
    words = {text: unknown for text, unknown in words.items() if unknown}
    if not words:
        words = {plain_header(path[-1]): word}
    for text, unknown in words.items():
        yield Unknown("header", text, table, word=unknown, path=path, rule=rule)


def _labels(tables: Iterable[Row]) -> Iterator[tuple[Unknown, Row]]:
    """Headers that no list knows and that no amount waits for: of columns of names, or empty."""
    for row in tables:
        page = (row["pages"] or "0").split()[0]
        for said in filter(None, (row["unknown"] or "").split(NEXT)):
            subject, _, told = said.rpartition(": ")
            word, _, holds = told.partition(HOLDS)
            place: dict[str, Any] = {"document": row["document"], "page": page}
            rule = f"the header '{subject}' is not known"
            innermost = plain_header(subject.split(STEP)[-1])
            for one in _headers(subject, word, row["table"] or "", rule):
                one.holds = holds if one.text == innermost else ""
                yield one, place
