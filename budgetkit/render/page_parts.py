"""The parts of pages that a report shows: each page drawn once, and windows on it.

The figures of a table share its page, so a page is kept as one picture of what is shown of it, and
each figure looks at it through windows: one on the header of its column, one on its row.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetkit.errors import BudgetkitError
from budgetkit.geometry import Box
from budgetkit.render.drawing import draw_page
from budgetkit.render.highlight import AIR
from budgetkit.storage.figures import Place

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

#: Pixels a point, and the most pixels that a picture is wide.
SCALE, WIDEST = 1.5, 1400
#: Pixels a point of prose, whose type is larger than that of tables.
PROSE_SCALE = 1.05
#: Shades of grey (of 255) from which on a pixel is paper.
PAPER = 215
#: Shades of grey: type stays readable, and a page of a table takes 8 KiB.
SHADES = 4
#: Points shown above and below a row, and around prose.
NEAR_ROW, ABOVE, BELOW = 15.0, 34.0, 24.0
#: Points above the first figure of a table: its header, unit and title.
HEADER = 110.0
#: The header ends so far (points) above the first figure.
OVER_FIRST = 4.0
#: Windows that are no farther apart than this (points) are one.
TOGETHER = 60.0
#: No window is taller (points); a long paragraph shows its head.
TALLEST = 230.0
#: Points of white kept beside what a page prints.
MARGIN = 8.0


class HeaderEnd(NamedTuple):
    """Where the first figure of a table stands: its header is above it.

    Attributes
    ----------
    page : int
        From 1.
    top : float
        Points from the top of the page.
    """

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a page that one figure shows.

    Attributes
    ----------
    sheet : str
        Id of the page's picture.
    box : Box
        What is seen of it (points).
    outline : Box or None
        Around the figure, where it stands in this window.
    """

    sheet: str
    box: Box
    outline: Box | None

    @property
    def view_box(self) -> str:
        """As SVG writes it."""
        x0, top, x1, bottom = self.box
        return f"{x0:g} {top:g} {x1 - x0:g} {bottom - top:g}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The picture of a page, as far as it is shown.

    Attributes
    ----------
    id : str
        On the report's page.
    address : str
        The picture itself, as a ``data:`` address.
    box : Box
        What it shows of the page (points).
    """

    id: str
    address: str
    box: Box


class PageParts:
    """Windows on the pages that some places stand on.

    Parameters
    ----------
    places
        All that will be shown.
    pdf_of
        Gives the PDF of a document; raises a ``BudgetkitError`` where it is gone.
    headers
        As of :func:`header_ends`.
    """

    def __init__(
        self,
        places: Iterable[Place],
        pdf_of: Callable[[str], Path],
        headers: Mapping[str, HeaderEnd],
    ) -> None:
        self._places = tuple(dict.fromkeys(places))
        self._pdf_of, self._headers = pdf_of, headers

    def windows(self, place: Place) -> tuple[Window, ...]:
        """Return what is shown of a place, from the top; empty where nothing can be."""
        return self._made[1].get(place, ())

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The pictures that the windows look at."""
        return self._made[0]

    @cached_property
    def _made(self) -> tuple[tuple[Sheet, ...], dict[Place, tuple[Window, ...]]]:
        """Draw each page once, as far as it is shown."""
        bands = {place: _bands(place, self._headers) for place in self._places}
        shown: dict[tuple[str, int], list[_Band]] = {}
        for place, found in bands.items():
            for band in found:
                shown.setdefault((place.document, band.page), []).append(band)
        of_tables = {
            (place.document, band.page)
            for place, found in bands.items()
            if place.fact_id
            for band in found
        }
        sheets: dict[tuple[str, int], Sheet] = {}
        for (document, page), found in shown.items():
            scale = SCALE if (document, page) in of_tables else PROSE_SCALE
            if sheet := self._sheet(f"p{len(sheets) + 1}", document, page, scale, found):
                sheets[document, page] = sheet
        windows = {
            place: tuple(
                _window(sheet, band, place)
                for band in bands[place]
                if (sheet := sheets.get((place.document, band.page)))
            )
            for place in self._places
            if (place.document, place.page) in sheets
            and place.box.top < sheets[place.document, place.page].box.bottom
        }
        return tuple(sheets.values()), windows

    def _sheet(
        self, id: str, document: str, page: int, scale: float, bands: Iterable[_Band]
    ) -> Sheet | None:
        try:
            picture, scale = draw_page(self._pdf_of(document), page, scale, WIDEST)
        except BudgetkitError:
            return None
        return picture_of(id, picture, scale, bands)


class _Band(NamedTuple):
    """A strip of a page from one height to another (points)."""

    page: int
    top: float
    bottom: float


def _bands(place: Place, headers: Mapping[str, HeaderEnd]) -> list[_Band]:
    """The strips that show a place: the header of its table and its row, or the lines of prose."""
    page, box = place.page, place.box
    if not place.fact_id:
        top = max(box.top - ABOVE, 0.0)
        return [_Band(page, top, min(box.bottom + BELOW, top + TALLEST))]
    row = _Band(page, max(box.top - NEAR_ROW, 0.0), box.bottom + NEAR_ROW)
    end = headers.get(place.fact_id.rpartition(":")[0])
    if end is None:
        return [row]
    header = _Band(end.page, max(end.top - HEADER, 0.0), max(end.top - OVER_FIRST, 0.0))
    if header.page == page and row.top - header.bottom < TOGETHER:
        return [_Band(page, min(header.top, row.top), row.bottom)]
    return [header, row]


def picture_of(id: str, picture: Any, scale: float, bands: Iterable[_Band]) -> Sheet | None:
    """Cut out of a page what is shown of it.

    Parameters
    ----------
    id
        Of the result.
    picture : PIL.Image.Image
        Of the whole page.
    scale
        Its pixels a point.
    bands
        Strips of the page.

    Returns
    -------
    Sheet or None
        None where they are all off the page.
    """
    bands = tuple(bands)
    top = round(min(band.top for band in bands) * scale)
    bottom = min(round(max(band.bottom for band in bands) * scale), picture.height)
    if not 0 <= top < bottom:
        return None
    grey = picture.crop((0, top, picture.width, bottom)).convert("L")
    _whiten_between(
        grey, [(round(b.top * scale) - top, round(b.bottom * scale) - top) for b in bands]
    )
    left, right = inked_edges(grey, round(MARGIN * scale))
    part = grey.crop((left, 0, right, grey.height))
    box = Box(*(edge / scale for edge in (left, top, right, bottom)))
    return Sheet(id, webp_address(part), Box(*(round(edge, 2) for edge in box)))


def _whiten_between(grey: Any, strips: Iterable[tuple[int, int]]) -> None:
    """Paint white what no window shows: it takes room, and nobody sees it."""
    end = 0
    for first, last in sorted(strips):
        if first > end:
            grey.paste(255, (0, end, grey.width, first))
        end = max(end, last)


def inked_edges(grey: Any, air: int) -> tuple[int, int]:
    """Find what a picture prints, from left to right.

    Parameters
    ----------
    grey : PIL.Image.Image
        In mode ``L``.
    air
        Pixels that are left on both sides.

    Returns
    -------
    tuple of int
        Left and right edge in pixels, the whole width where nothing is printed.
    """
    found = grey.point([255 * (value < PAPER) for value in range(256)]).getbbox()
    left, _, right, _ = found or (0, 0, grey.width, 0)
    return max(left - air, 0), min(right + air, grey.width)


def webp_address(grey: Any) -> str:
    """Write a grey picture as the ``data:`` address of a small, lossless WebP."""
    step = 255 / (SHADES - 1)
    flat = grey.point([round(round(value / step) * step) for value in range(256)])
    buffer = io.BytesIO()
    # The methods above 1 take longer and save nothing.
    flat.convert("RGB").save(buffer, format="WEBP", lossless=True, method=1)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def _window(sheet: Sheet, band: _Band, place: Place) -> Window:
    top, bottom = max(band.top, sheet.box.top), min(band.bottom, sheet.box.bottom)
    box = Box(sheet.box.x0, round(top, 2), sheet.box.x1, round(bottom, 2))
    inside = band.page == place.page and band.top <= place.box.top < band.bottom
    x0, y0, x1, y1 = place.box
    outline = Box(x0 - AIR, y0 - AIR, x1 + AIR, y1 + AIR)
    return Window(sheet.id, box, Box(*(round(e, 2) for e in outline)) if inside else None)


def header_facts(dataset: DatasetReader, documents: Collection[str]) -> pd.DataFrame:
    """Read what :func:`header_ends` needs of the facts of some documents.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    documents
        Ids.

    Returns
    -------
    pandas.DataFrame
    """
    return dataset.part("facts", columns=["fact_id", "page", "top"], documents=documents)


def header_ends(facts: pd.DataFrame) -> dict[str, HeaderEnd]:
    """Find the first figure of each table: the header of its columns stands above.

    Parameters
    ----------
    facts
        As of :func:`header_facts`.

    Returns
    -------
    dict of str to HeaderEnd
        By the id of a fact without its row and column.
    """
    placed = facts[["fact_id", "page", "top"]].dropna()
    placed = placed.assign(table=[str(one).rpartition(":")[0] for one in placed["fact_id"]])
    first = placed.sort_values(["page", "top"]).groupby("table", sort=False).first()
    ends = zip(first.index, first["page"], first["top"], strict=True)
    return {str(table): HeaderEnd(int(page), float(top)) for table, page, top in ends}
