"""Draws the places of findings: opens the PDFs, finds each figure in its table, cuts it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from budgetkit.casefile.crops import HEADER, SCALE, Band, as_png, plain_picture, table_picture
from budgetkit.casefile.spots import Leaf, find_spot, read_leaf
from budgetkit.errors import BudgetkitError, UnreadableDocument
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.render.drawing import draw_page
from budgetkit.storage.figures import Place
from budgetkit.storage.records import Row, text

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader


class Picture(NamedTuple):
    """A picture of a place.

    Attributes
    ----------
    png : bytes
        Empty where it can't be drawn.
    width, height : int
        In pixels.
    has_header, has_label : bool
        Whether it shows the header of the column, and the label of the row; both false for prose.
    """

    png: bytes = b""
    width: int = 0
    height: int = 0
    has_header: bool = False
    has_label: bool = False


class Illustrator:
    """Draws places of one dataset, each page read and drawn once.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    password
        Of encrypted files.
    """

    def __init__(self, dataset: DatasetReader, password: str | None = None) -> None:
        self._dataset = dataset
        self._password = password
        self._pdfs: dict[str, Pdf | None] = {}
        self._facts: dict[str, dict[str, Row]] = {}
        self._leaves: dict[tuple[str, int, tuple[int, ...]], Leaf] = {}
        self._sheets: dict[tuple[str, int], Any] = {}

    def __enter__(self) -> Illustrator:
        return self

    def __exit__(self, *_: object) -> None:
        for pdf in self._pdfs.values():
            if pdf:
                pdf.close()

    def picture(self, place: Place) -> Picture:
        """Draw a place; an empty picture where its PDF is gone, locked or damaged."""
        try:
            pdf = self._open(place.document)
            return self._draw(pdf, place) if pdf else Picture()
        except (BudgetkitError, ValueError, OverflowError, MemoryError):
            return Picture()

    def _open(self, document: str) -> Pdf | None:
        if document not in self._pdfs:
            self._pdfs[document] = None
            path = self._dataset.pdf_of(document)
            self._pdfs[document] = Pdf(path, password=self._password, unlock=True)
        return self._pdfs[document]

    def _draw(self, pdf: Pdf, place: Place) -> Picture:
        pages = self._pages_of_table(place)
        leaf = self._leaf(pdf, place, pages)
        if not leaf.page.is_on(leaf.upright(place.box)):
            return Picture()  # printed off the page: there is nothing to show
        spot = find_spot(leaf, place.box) if place.fact_id else None
        first = None if spot else self._header_band(place, pages)
        shown = {place.page, spot.header_page if spot else 0, first.page if first else 0} - {0}
        sheets = {number: self._sheet(pdf, place.document, number, leaf) for number in shown}
        if spot:
            drawn = table_picture(sheets, place.page, spot)
            return _picture(drawn, bool(spot.header), bool(spot.labels))
        drawn = plain_picture(sheets, place.page, leaf.upright(place.box), first)
        return _picture(drawn, first is not None, bool(place.fact_id))

    def _leaf(self, pdf: Pdf, place: Place, pages: tuple[int, ...]) -> Leaf:
        key = place.document, place.page, pages
        if key not in self._leaves:
            self._leaves[key] = read_leaf(pdf, place.page, pages)
        return self._leaves[key]

    def _sheet(self, pdf: Pdf, document: str, number: int, leaf: Leaf) -> Any:
        """Draw a page as it reads upright."""
        if (document, number) not in self._sheets:
            drawn, scale = draw_page(pdf.path, number, SCALE, password=pdf.password)
            if scale < SCALE:
                raise UnreadableDocument("the page is too large to draw", page=number)
            turns = leaf.page.turns % 4
            self._sheets[document, number] = (
                drawn.rotate(-90 * turns, expand=True) if turns else drawn
            )
        return self._sheets[document, number]

    def _pages_of_table(self, place: Place) -> tuple[int, ...]:
        """Pages of the table that a fact stands in, up to its own."""
        if not place.fact_id:
            return ()
        table = self.fact(place).get("table")
        for row in self._dataset.by_document("tables").rows([place.document]):
            pages = tuple(int(page) for page in text(row["pages"]).split() if page.isdigit())
            if text(row["table"]) == text(table) and place.page in pages:
                return tuple(page for page in pages if page <= place.page)
        return ()

    def fact(self, place: Place) -> Row:
        """Return the fact that stands in a place; an empty row where there is none."""
        return self._facts_of(place.document).get(place.fact_id, {})

    def _facts_of(self, document: str) -> dict[str, Row]:
        if document not in self._facts:
            rows = self._dataset.by_document("facts").rows([document])
            self._facts[document] = {row["fact_id"]: row for row in rows}
        return self._facts[document]

    def _header_band(self, place: Place, pages: tuple[int, ...]) -> Band | None:
        """Above the first figure of a table without cells: its header."""
        if not place.fact_id or not pages:
            return None
        number, table = pages[0], self.fact(place).get("table")
        tops = [
            float(row["top"])
            for row in self._facts_of(place.document).values()
            if row["table"] == table and row["page"] == number
        ]
        return Band(number, max(min(tops) - HEADER, 0.0), min(tops)) if tops else None


def _picture(drawn: Any, has_header: bool, has_label: bool) -> Picture:
    return Picture(as_png(drawn), drawn.width, drawn.height, has_header, has_label)
