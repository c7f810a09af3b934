"""What is wrong or unread in a disclosure, as far as its reading alone tells.

The checks of an audit are another matter: these are the limits of what was read,
so that nobody takes a gap for a zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from budgetkit.codelists import read_codelist
from budgetkit.disclosure import Figure, Place, Subject, place_of, text
from budgetkit.summary.money import Headline
from budgetkit.summary.people import Staff

#: Kinds of an issue, the weightiest first; each has its words in the labels.
KINDS = (
    "totals_differ",
    "unmapped",
    "unread_table",
    "doubtful",
    "no_tables",
    "missing_table",
    "no_total",
    "repaired",
    "doubled",
    "reading",
    "no_active",
    "no_staffing",
    "empty_unexplained",
    "empty_table",
)
#: Kinds that are told for completeness: nothing is wrong with them.
QUIET = ("empty_table", "repaired")


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to know before the figures are used.

    Attributes
    ----------
    kind : str
        Of :data:`KINDS`.
    values : dict of str to str
        What the words of its label need.
    tables : tuple of str
        Canonical ids of the tables that it is about.
    places : tuple of Place
        Where to look.
    quotes : tuple of str
        As printed in the document: notes of empty tables and the like.
    """

    kind: str
    values: dict[str, str] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def quiet(self) -> bool:
        """Told for completeness alone."""
        return self.kind in QUIET


def issues(subject: Subject, money: Headline, people: Staff) -> tuple[Issue, ...]:
    """List what is wrong or unread, the weightiest first.

    Parameters
    ----------
    subject
        One department, scope and year.
    money, people
        What was found of it.

    Returns
    -------
    tuple of Issue
        Empty where everything printed was read and nothing is missing.
    """
    found = [
        *_totals(money),
        *_unread(subject),
        *_uncertain(subject),
        *_tables(subject),
        *_documents(subject),
        *_staffing(people),
    ]
    if money.expenditure is None:
        found.append(Issue("no_total"))
    return tuple(sorted(found, key=lambda issue: KINDS.index(issue.kind)))


def _totals(money: Headline) -> Iterator[Issue]:
    """Revenue and expenditure are printed in one table and must be one number."""
    revenue, expenditure = money.revenue, money.expenditure
    if revenue is None or expenditure is None or revenue.note or expenditure.note:
        return
    printed = [_decimal(figure) for figure in (revenue, expenditure)]
    if None not in printed and printed[0] != printed[1]:
        yield Issue(
            "totals_differ",
            {"revenue": f"{revenue.amount:,.2f}", "expenditure": f"{expenditure.amount:,.2f}"},
            ("summary",),
            (*revenue.places, *expenditure.places),
        )


def _decimal(figure: Figure) -> Decimal | None:
    try:
        return Decimal(figure.places[0].printed.replace(",", "").replace("，", ""))
    except (InvalidOperation, IndexError):
        return None


def _unread(subject: Subject) -> Iterator[Issue]:
    rows = subject.rows("unmapped")
    if not rows:
        return
    known = {row["table"] for row in subject.rows("tables") if row["n_facts"]}
    by_table: dict[str, list[Place]] = {}
    for row in rows:
        place = place_of(row)
        by_table.setdefault(text(row["table"]), []).extend([place] if place else [])
    for table, places in by_table.items():
        kind = "unmapped" if not table or table in known else "unread_table"
        values = {"n": str(len(places))}
        yield Issue(kind, values, (table,) if table else (), tuple(places[:6]))


def _uncertain(subject: Subject) -> Iterator[Issue]:
    for certainty in ("doubtful", "repaired"):
        rows = subject.rows("facts", certainty=certainty)
        if rows:
            places = tuple(place for row in rows[:6] if (place := place_of(row)))
            tables = tuple(dict.fromkeys(text(row["table"]) for row in rows))
            yield Issue(certainty, {"n": str(len(rows))}, tables, places)


def _tables(subject: Subject) -> Iterator[Issue]:
    rows = subject.rows("tables")
    if not rows:
        yield Issue("no_tables")
        return
    found = {text(row["table"]) for row in rows}
    missing = [table for table in expected_tables(subject.family) if table not in found]
    if missing:
        yield Issue("missing_table", tables=tuple(missing))
    empty = [row for row in rows if not row["n_facts"] and text(row["table"])]
    empty = [row for row in empty if not _filled_elsewhere(row["table"], rows)]
    explained = [row for row in empty if text(row["note"])]
    if explained:
        names = tuple(dict.fromkeys(row["table"] for row in explained))
        notes = tuple(dict.fromkeys(text(row["note"]) for row in explained))
        yield Issue("empty_table", tables=names, quotes=notes)
    unlisted = {text(row["table"]) for row in subject.rows("unmapped")}
    bare = [row["table"] for row in empty if not text(row["note"]) and row["table"] not in unlisted]
    if bare:
        yield Issue("empty_unexplained", tables=tuple(dict.fromkeys(bare)))


def _filled_elsewhere(table: str, rows: list[dict[str, object]]) -> bool:
    return any(row["table"] == table and row["n_facts"] for row in rows)


def expected_tables(family: str) -> tuple[str, ...]:
    """List the tables that a template family holds.

    Examples
    --------
    >>> len(expected_tables("regional11")), expected_tables("")
    (11, ())
    """
    for row in read_codelist("headline"):
        if row["topic"] == "expected" and row["key"] == family:
            return tuple(row["value"].split())
    return ()


def _documents(subject: Subject) -> Iterator[Issue]:
    if subject.doubled:
        yield Issue("doubled", {"sources": ", ".join(subject.doubled)})
    quotes = tuple(
        dict.fromkeys(
            part
            for row in subject.documents
            for part in text(row["error"]).split("; ")
            # Those that have an issue of their own.
            if part and "listed in unmapped" not in part and "same department" not in part
        )
    )
    if quotes:
        yield Issue("reading", quotes=quotes)


def _staffing(people: Staff) -> Iterator[Issue]:
    if not people.counts:
        yield Issue("no_staffing")
    elif "active" not in people.counts:
        yield Issue("no_active")
