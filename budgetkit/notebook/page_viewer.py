"""Pages of a PDF beside rows of a frame: a click on a row outlines where it is printed.

Why no widget (anywidget, ipywidgets): a widget lives by its kernel, so that a saved notebook has
nothing to show, and it adds 13 MiB to the environment.  Here the pages are pictures in the output,
about 60 KB each; it works on in a saved notebook and in a page made of it, and where no script
runs, the first page with its figures outlined stands there as a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError, suggestion
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.notebook.browser_rows import (
    rows_of,
    script_data,
    table_data,
    table_html,
    words,
)
from budgetkit.notebook.evidence_table import BEHIND, places_of
from budgetkit.notebook.inlined import inlined, style
from budgetkit.render.evidence import png_address
from budgetkit.render.highlight import draw_figures
from budgetkit.storage.figures import Place, check_places, place_of
from budgetkit.storage.records import Row, records

if TYPE_CHECKING:
    import pandas as pd

#: Pages that an output holds, about 4 MB; more are left out, with a note.
MOST_PAGES = 60
#: Rows beside the pages, and those that stand there where no script runs.
MOST_ROWS, STILL = 10_000, 12
#: Pixels a point, and the most pixels that a picture is wide: sharp at twice the usual width.
SCALE, WIDEST = 1.7, 1500
#: Columns that say where a row is printed: the page shows it.
_PLACE = tuple(f"{side}{edge}" for side in ("", "other_") for edge in ("x0", "top", "x1", "bottom"))
#: What is shown of facts, where nothing else is said.
_OF_FACTS = ("document", "page", "code", "name", "project", "amount", "measure", "table", "section")
START = (
    "const root=bkRoot('.bk-viewer');"
    "bkViewer(root,JSON.parse(root.querySelector('script[type=\"application/json\"]').textContent));"
)

#: A page: id of its document, and its number from 1.
PageKey = tuple[str, int]


@dataclass(frozen=True)
class PageViewer:
    """Pages to turn and to zoom, and rows that show where they are printed.

    Attributes
    ----------
    rows : pandas.DataFrame
        Beside the pages.
    columns : tuple of str
        The columns that are shown.
    places : list of list of Place
        Where each row is printed.
    pages : tuple
        Document and number of each page that is shown.
    left_out : int
        Pages that are not, since they would be too many.
    open_pdf : Callable
        Opens the PDF of a document.
    """

    rows: pd.DataFrame
    columns: tuple[str, ...]
    places: list[list[Place]]
    pages: tuple[PageKey, ...]
    left_out: int
    open_pdf: Callable[[str], Pdf]

    def __repr__(self) -> str:
        return f"<PageViewer: pages={len(self.pages)} rows={len(self.rows)}>"

    def _repr_html_(self) -> str:
        lang = str(self.rows.attrs.get("lang", "en"))
        say = words(lang)
        shown = rows_of(self.rows[list(self.columns)].reset_index(drop=True), MOST_ROWS)
        numbers = {key: n for n, key in enumerate(self.pages)}
        at = [
            [[numbers[key], *map(_rounded, place.box)] for place in places
             if (key := (place.document, place.page)) in numbers]
            for places in self.places[: len(shown.cells)]
        ]  # fmt: skip
        start = next((places[0][0] for places in at if places), 0)
        pictures, still = self._draw(int(start), say)
        data = table_data(shown, "rows.csv", lang) | {"pages": pictures, "at": at, "start": start}
        note = say["left_out"].format(n=self.left_out) if self.left_out else ""
        return (
            f'<div class="bk-viewer">'
            f"{style('browser_rows.css', 'viewer.css')}"
            f'<div class="still"><small>{escape(say["still_pages"])}</small>{still}'
            f"{table_html(shown, STILL)}</div><small>{escape(note)}</small>{script_data(data)}"
            f"<script>(()=>{{{inlined('browser_rows.js')}\n{inlined('viewer.js')}\n{START}}})()</script></div>"
        )

    def _draw(self, start: int, say: Mapping[str, str]) -> tuple[list[dict[str, object]], str]:
        """The pages as pictures, and the first one with its figures outlined."""
        several = len({document for document, _ in self.pages}) > 1
        found: list[dict[str, object]] = []
        still = ""
        for document in dict.fromkeys(document for document, _ in self.pages):
            with self.open_pdf(document) as pdf:
                for n, (_, number) in self._of(document):
                    picture, scale = pdf.fitted(number, SCALE, WIDEST)
                    name = f"{say['page']} {number} / {len(pdf)}"
                    found.append(
                        {"name": f"{document}, {name}" if several else name, "number": number,
                         "width": round(picture.width / scale, 2),
                         "height": round(picture.height / scale, 2), "src": png_address(picture)}
                    )  # fmt: skip
                    if n == start:
                        boxes = [place.box for places in self.places for place in places
                                 if (place.document, place.page) == (document, number)]  # fmt: skip
                        drawn = draw_figures(pdf, number, boxes)
                        still = f'<img alt="{escape(name)}" src="{png_address(drawn)}">'
        return found, still

    def _of(self, document: str) -> Iterator[tuple[int, PageKey]]:
        return ((n, key) for n, key in enumerate(self.pages) if key[0] == document)


def page_viewer(
    open_pdf: Callable[[str], Pdf],
    rows: pd.DataFrame,
    columns: Sequence[str] = (),
    *,
    pages: Sequence[PageKey] = (),
) -> PageViewer:
    """Put pages beside the rows that they print.

    Parameters
    ----------
    open_pdf
        Opens the PDF of a document.
    rows
        Of ``facts``, ``unmapped``, ``narrative`` or another table whose rows have a page and a
        box, of ``checks``, or with ``places`` as of ``Dataset.compare``.
    columns
        To show; by default those that say what a row is.
    pages
        To show beside those that print a row.

    Returns
    -------
    PageViewer
        Displays itself.

    Raises
    ------
    UsageError
        There is no such column, or no row has a place.
    """
    for name in columns:
        if name not in rows:
            raise UsageError(
                f"the frame has no column '{name}'",
                remedy=suggestion(name, [str(known) for known in rows.columns]),
            )
    rows = rows.head(MOST_ROWS)
    places = [_places(row) for row in records(rows)]
    printed = sorted({(place.document, place.page) for one in places for place in one})
    if not printed and not pages:
        raise UsageError(
            "no row says where it is printed",
            remedy="take rows of facts, unmapped, narrative, checks or compare",
        )
    rest = [key for key in pages if key not in set(printed)]
    shown = sorted([*printed, *rest][:MOST_PAGES], key=_in_order([*printed, *pages]))
    left_out = len(printed) + len(rest) - len(shown)
    return PageViewer(
        rows, tuple(columns) or _columns(rows), places, tuple(shown), left_out, open_pdf
    )


def _in_order(keys: Sequence[PageKey]) -> Callable[[PageKey], tuple[int, int]]:
    """Pages of a document together, the documents in the order in which they are named."""
    order = {document: n for n, document in enumerate(dict.fromkeys(key[0] for key in keys))}
    return lambda key: (order[key[0]], key[1])


def _columns(rows: pd.DataFrame) -> tuple[str, ...]:
    known = [str(name) for name in rows.columns]
    if "fact_id" in known and "printed" in known:
        known = [name for name in _OF_FACTS if name in known]
    hidden = {*BEHIND, *_PLACE, "fact_id", "other_fact_id"}
    if "document" in rows and rows["document"].nunique() < 2:
        hidden.add("document")
    shown = [name for name in known if name not in hidden]
    filled = [name for name in shown if not (rows[name].isna() | (rows[name] == "")).all()]
    return tuple(filled or known)


def _places(row: Row) -> list[Place]:
    if "places" in row:
        return list(places_of(row["places"]))
    if "other_page" in row:
        return check_places(row)
    place = place_of(row) if "document" in row else None
    return [place] if place else []


def _rounded(edge: float) -> float:
    return round(edge, 1)
