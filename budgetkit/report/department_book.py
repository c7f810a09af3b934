"""A report as a workbook: its amounts, projects and people, each with the page that prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from budgetkit.report.view import View
from budgetkit.storage.figures import Figure, Place
from budgetkit.summary.people import COUNTS
from budgetkit.workbook.book import Link, Sheet, workbook
from budgetkit.workbook.page_links import page_link, pages_sheet
from budgetkit.workbook.workbook_words import WorkbookWords

#: Totals of the first sheet, and the part of a report that says why one is missing.
TOTALS = {
    "revenue": "revenue", "expenditure": "expenditure", "basic": "uses", "project": "uses",
    "reserve": "uses", "personnel": "per_head", "operating": "per_head", "wages": "per_head",
    "goods": "per_head", "family": "per_head",
}  # fmt: skip
#: Totals that are classes of the economic classification.
CLASSES = {"wages": "301", "goods": "302", "family": "303"}
#: Lists of the first sheet: its group, the kind of its names, the list, and why it is empty.
LISTS = (
    ("source", "source", "sources", "sources"),
    ("functional", "functional", "functions", "functions"),
    ("item", "functional", "items", "items"),
    ("economic", "economic", "economic", "economic"),
    ("three", "three", "three_public", "three_public"),
    ("procurement", "procurement", "procurement", "procurement"),
    ("carryover", "carryover", "carryover", "carryover"),
)
#: Where a figure stands: the last columns of a sheet.
ORIGIN = ("note", "document", "page", "printed")
AMOUNTS = ("group", "code", "name", "amount", "before", "change", "percent", "basic",
           "project_part", *ORIGIN)  # fmt: skip
ABOUT = ("item", "content")
PROJECTS = ("project_name", "amount", "where", "basis", "targets", *ORIGIN)
PEOPLE = ("people_kind", "people", "people_change", *ORIGIN)


def department_book(view: View, links: Mapping[str, str]) -> bytes:
    """Write a report as XLSX.

    Parameters
    ----------
    view
        What the report shows.
    links
        Address of each document's PDF, relative to the workbook.

    Returns
    -------
    bytes
        The same for the same content.
    """
    words = WorkbookWords(view.say.lang, view.say.unit)
    book = _Book(view, links, words)
    sheets = [
        Sheet(words(f"sheet.{name}"), tuple(map(words.column, columns)), tuple(rows))
        for name, columns, rows in (
            ("about", ABOUT, list(book.about())),
            ("amounts", AMOUNTS, [*book.totals(), *book.lists()]),
            ("projects", PROJECTS, list(book.projects())),
            ("people", PEOPLE, list(book.people())),
        )
    ]
    pages = Counter((place.document, place.page) for place in book.places)
    return workbook([*sheets, pages_sheet(pages, links, words)], view.title, words)


class _Book:
    """The rows of a workbook, and the places that they came from."""

    def __init__(self, view: View, links: Mapping[str, str], words: WorkbookWords) -> None:
        self._view, self._links, self._words = view, links, words
        self.places: set[Place] = set()

    def about(self) -> Iterator[tuple[str, Any]]:
        """Whose workbook it is, and what was not read of its documents."""
        view = self._view
        disclosure = view.now.disclosure
        yield self._words("about.title"), view.title
        yield self._words("about.department"), view.say.office(disclosure.department)
        yield self._words("about.year"), str(disclosure.year)
        yield self._words("about.files"), view.sources
        if disclosure.about("notice"):
            yield self._words("about.notice"), disclosure.about("notice")
        for issue in view.issues:
            yield self._words("about.doubt"), issue.words(view.say)

    def totals(self) -> Iterator[tuple[Any, ...]]:
        """The totals; one that is missing says why."""
        view = self._view
        for key, topic in TOTALS.items():
            now: Figure | None = getattr(view.now.money, key)
            before = getattr(view.earlier.money, key) if view.earlier else None
            code = CLASSES.get(key)
            name = view.say.code("economic", code) if code else view.say(key)
            yield (self._words("group.total"), code, name, *self._against(now, before),
                   None, None, *self._origin(now, view.unknown(now, topic)))  # fmt: skip

    def lists(self) -> Iterator[tuple[Any, ...]]:
        """The lines of each list; one that is empty or may lack lines says so in a line."""
        view = self._view
        for group, kind, attribute, topic in LISTS:
            heading = self._words(f"group.{group}")
            lines = getattr(view.now.money, attribute)
            for line in lines:
                yield (heading, line.code or None, view.name(kind, line),
                       *self._against(line.figure, view.older(kind, line)),
                       self._amount(line.basic), self._amount(line.project),
                       *self._origin(line.figure, view.unknown(line.figure)))  # fmt: skip
            lacks = view.unknown_lines(lines, topic)
            if lacks:
                blanks = (None,) * (len(AMOUNTS) - len(ORIGIN) - 1)
                yield (heading, *blanks, *self._origin(None, lacks))

    def projects(self) -> Iterator[tuple[Any, ...]]:
        """The projects, the largest first."""
        view = self._view
        for one in view.projects:
            where = view.say.join(view.say(f"where.{place}") for place, _ in one.amounts)
            yield (one.name, self._amount(one.figure), where, one.basis or None, one.targets,
                   *self._origin(one.figure, view.unknown(one.figure, "projects")))  # fmt: skip

    def people(self) -> Iterator[tuple[Any, ...]]:
        """The head counts."""
        view = self._view
        staff = view.now.people
        for key in COUNTS:
            count = staff.counts.get(key)
            places = (staff.place,) if staff.place and count is not None else ()
            figure = None if count is None else Figure(float(count), places)
            self.places.update(places)
            yield (view.say(key), count, staff.changes.get(key),
                   *self._origin(figure, view.unknown(figure, "staffing")))  # fmt: skip

    def _amount(self, figure: Figure | None) -> float | None:
        if figure is None:
            return None
        self.places.update(figure.places)
        return float(figure.amount)

    def _against(self, now: Figure | None, before: Figure | None) -> tuple[float | None, ...]:
        """Amount, year before, change and its share; no change between different scopes."""
        amounts = self._amount(now), self._amount(before)
        if now is None or before is None or now.note != before.note:
            return (*amounts, None, None)
        change = round(now.amount - before.amount, 6)
        return (*amounts, change, change / before.amount if before.amount > 0 else None)

    def _origin(self, figure: Figure | None, why: str) -> tuple[Any, ...]:
        say = self._view.say
        remark = say(figure.note) if figure and figure.note and say.has(figure.note) else ""
        note = " ".join(filter(None, (remark, why))) or None
        if figure is None or not figure.places:
            return note, None, None, None
        first = figure.places[0]
        printed = " + ".join(place.printed for place in figure.places)
        file = Link(first.document, self._links.get(first.document, ""))
        return note, file, page_link(first.document, first.page, self._links), printed
