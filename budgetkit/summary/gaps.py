"""What was not read of a disclosure, or is missing in it, so that nobody takes a gap for a zero.

What the checks of an audit find is in :mod:`budgetkit.summary.audit_results`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from budgetkit.codelists import read_codelist
from budgetkit.disclosure import DisclosureRows
from budgetkit.render.labels import Labels
from budgetkit.schema import PAGE_NOT_READ
from budgetkit.storage.figures import Figure, Place, place_of
from budgetkit.storage.records import Row, text
from budgetkit.summary.money import Headline
from budgetkit.summary.summarize import DisclosureSummary

#: Kinds of an issue, the weightiest first; each has its words in the labels.
KINDS = (
    "totals_differ",
    "unread_page",
    "unmapped",
    "unread_table",
    "doubtful",
    "no_tables",
    "missing_table",
    "missing_table_read",
    "no_total",
    "repaired",
    "doubled",
    "reading",
    "no_active",
    "no_staffing",
    "no_staffing_read",
    "empty_unexplained",
    "empty_table",
)
#: What is noted of a document whose tables are in another file, before the name of that file.
JOINED = ("holds the text alone; its tables are in ", "its other tables are in ")
#: Kinds that are listed for completeness: nothing is wrong with them.
QUIET = ("empty_table", "repaired")


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to know before the figures are used.

    Attributes
    ----------
    kind : str
        Of :data:`KINDS`.
    values : dict of str to str or float
        What the words of its label need; a float is an amount (万元).
    tables : tuple of str
        Canonical ids of the tables that it is about.
    places : tuple of Place
        Where to look.
    quotes : tuple of str
        As printed in the document: notes of empty tables and the like.
    """

    kind: str
    values: Mapping[str, str | float] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def quiet(self) -> bool:
        """Listed for completeness: nothing is wrong with it."""
        return self.kind in QUIET

    def words(self, say: Labels) -> str:
        """Return the issue in words."""
        tables = say.join(map(say.table, self.tables))
        values = {
            name: say.exact(value) if isinstance(value, float) else value
            for name, value in self.values.items()
        }
        return say(f"issue.{self.kind}", **{"tables": tables, **values})


def issues(summary: DisclosureSummary) -> tuple[Issue, ...]:
    """List what is wrong or unread in a disclosure, the weightiest first.

    Empty where everything printed was read and nothing is missing.
    """
    disclosure, money = summary.disclosure, summary.money
    found = [
        *_totals(money),
        *_unread(disclosure),
        *_uncertain(disclosure),
        *_tables(disclosure),
        *_documents(disclosure),
    ]
    if not summary.people.counts:
        found.append(Issue("no_staffing" if is_read(disclosure) else "no_staffing_read"))
    elif "active" not in summary.people.counts:
        found.append(Issue("no_active"))
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
            {"revenue": float(revenue.amount), "expenditure": float(expenditure.amount)},
            ("summary",),
            (*revenue.places, *expenditure.places),
        )


def _decimal(figure: Figure) -> Decimal | None:
    try:
        return Decimal(figure.places[0].printed.replace(",", "").replace("，", ""))
    except (InvalidOperation, IndexError):
        return None


def _unread(disclosure: DisclosureRows) -> Iterator[Issue]:
    rows = disclosure.rows["unmapped"]
    if not rows:
        return
    of_pages = [row for row in rows if row.get("cause") == PAGE_NOT_READ]
    if of_pages:
        firsts = {(row["document"], row["page"]): row for row in reversed(of_pages)}
        found = [place for row in reversed(firsts.values()) if (place := place_of(row))]
        yield Issue("unread_page", {"pages": _pages(of_pages)}, places=tuple(found[:6]))
    rows = [row for row in rows if row.get("cause") != PAGE_NOT_READ]
    known = {row["table"] for row in disclosure.rows["tables"] if row["n_facts"]}
    by_table: dict[str, list[Place]] = {}
    for row in rows:
        place = place_of(row)
        by_table.setdefault(text(row["table"]), []).extend([place] if place else [])
    for table, places in by_table.items():
        kind = "unmapped" if not table or table in known else "unread_table"
        values = {"n": str(len(places))}
        yield Issue(kind, values, (table,) if table else (), tuple(places[:6]))


def _uncertain(disclosure: DisclosureRows) -> Iterator[Issue]:
    for certainty in ("doubtful", "repaired"):
        rows = [row for row in disclosure.rows["facts"] if row["certainty"] == certainty]
        if rows:
            places = tuple(place for row in rows[:6] if (place := place_of(row)))
            tables = tuple(dict.fromkeys(text(row["table"]) for row in rows))
            yield Issue(certainty, {"n": str(len(rows))}, tables, places)


def _tables(disclosure: DisclosureRows) -> Iterator[Issue]:
    rows = disclosure.rows["tables"]
    if not rows:
        yield Issue("no_tables")
        return
    expected = expected_tables(disclosure.about("family"))
    missing = [table for table in expected if table not in disclosure.tables]
    if missing and disclosure.unread_pages:
        # They may stand where nothing was read.
        unread = [row for row in disclosure.rows["unmapped"] if not row["table"]]
        yield Issue("missing_table_read", {"pages": _pages(unread)}, tuple(missing))
    elif missing:
        yield Issue("missing_table", tables=tuple(missing))
    filled = {row["table"] for row in rows if row["n_facts"]}
    empty = [row for row in rows if text(row["table"]) and row["table"] not in filled]
    explained = [row for row in empty if text(row["note"])]
    if explained:
        names = tuple(dict.fromkeys(row["table"] for row in explained))
        notes = tuple(dict.fromkeys(text(row["note"]) for row in explained))
        yield Issue("empty_table", tables=names, quotes=notes)
    bare = [
        r["table"]
        for r in empty
        if not text(r["note"]) and r["table"] not in disclosure.unread | disclosure.may_go_on
    ]
    if bare:
        yield Issue("empty_unexplained", tables=tuple(dict.fromkeys(bare)))


def _pages(rows: Iterable[Row]) -> str:
    return ", ".join(map(str, sorted({int(row["page"]) for row in rows})))


def is_read(disclosure: DisclosureRows) -> bool:
    """Whether every document of it that has tables was read in full, and no page is unread."""
    if disclosure.unread_pages:
        return False
    with_tables = [row for row in disclosure.documents if row["n_tables"]]
    return bool(with_tables) and all(row["status"] == "ok" for row in with_tables)


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


def reading_notes(disclosure: DisclosureRows) -> tuple[str, ...]:
    """Return what was noted while its documents were read.

    That the tables of a text are in another file is no note where that file is one of them.
    """
    notes: dict[str, None] = {}
    for row in disclosure.documents:
        found = text(row["error"])
        for other in disclosure.documents:
            for words in JOINED:
                found = found.replace(f"{words}{other['source']}", "")
        notes |= dict.fromkeys(part for part in found.split("; ") if part)
    return tuple(notes)


def _documents(disclosure: DisclosureRows) -> Iterator[Issue]:
    if disclosure.reprints:
        yield Issue("doubled", {"sources": ", ".join(disclosure.reprints)})
    # Those left out have an issue of their own.
    quotes = tuple(
        part
        for part in reading_notes(disclosure)
        if "listed in unmapped" not in part and "same department" not in part
    )
    if quotes:
        yield Issue("reading", quotes=quotes)
