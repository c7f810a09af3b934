"""Pictures of the cells that a report's figures come from.

A report cites a figure and gets the id of a card, which opens where the figure stands; the cards
together are the report's appendix.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import BudgetkitError
from budgetkit.geometry import Box
from budgetkit.render.drawing import draw_page
from budgetkit.render.highlight import AIR, OUTLINE
from budgetkit.render.page_parts import PageParts, header_ends, inked_edges
from budgetkit.storage.figures import Figure, Place

if TYPE_CHECKING:
    import pandas as pd

#: Points shown above and below a figure: its row and the rows around it.
ABOVE, BELOW = 34.0, 24.0
#: No picture is taller (points); a long paragraph shows its head.
TALLEST = 230.0
#: Pixels a point, and the most pixels that a picture is wide.
SCALE, WIDEST = 1.7, 1400
#: Colours of the picture's palette: enough for grey type and the outline.
COLORS = 16
#: Places that a card shows of a sum.
MOST_PLACES = 4
#: Kept pages: a report cites some figures of one page one after the other.
KEPT_PAGES = 6


@dataclass(frozen=True, slots=True)
class Card:
    """What a report shows of one figure's origin.

    Attributes
    ----------
    anchor : str
        Its id on the page.
    number : int
        From 1, in the order in which figures were cited.
    figure : Figure
        What it shows.
    """

    anchor: str
    number: int
    figure: Figure

    @property
    def places(self) -> tuple[Place, ...]:
        """The places that are shown; a sum of many shows its first."""
        return self.figure.places[:MOST_PLACES]


@dataclass
class Evidence:
    """The figures that a report has cited so far.

    Parameters
    ----------
    pdf_of
        Gives the PDF of a document; raises a ``BudgetkitError`` where it is gone.
    facts
        Gives the facts of some documents, for the headers of their tables.
    """

    pdf_of: Callable[[str], Path]
    facts: Callable[[Collection[str]], pd.DataFrame] | None = None
    cards: dict[tuple[Place, ...], Card] = field(default_factory=dict)

    def cite(self, figure: Figure | None) -> str:
        """Return the id of a figure's card; empty where it has no place."""
        if figure is None or not figure.places:
            return ""
        if figure.places not in self.cards:
            number = len(self.cards) + 1
            self.cards[figure.places] = Card(f"e{number}", number, figure)
        return self.cards[figure.places].anchor

    def cite_place(self, place: Place) -> str:
        """Return the id of the card of a place alone."""
        return self.cite(Figure(0.0, (place,)))

    @cached_property
    def parts(self) -> PageParts:
        """What is shown of the pages; to be asked for when all figures are cited."""
        places = [place for card in self.cards.values() for place in card.places]
        documents = sorted({place.document for place in places})
        headers = header_ends(self.facts(documents)) if self.facts and documents else {}
        return PageParts(places, self.pdf_of, headers)

    def picture(self, place: Place) -> str:
        """Return the picture of a place as a ``data:`` address.

        Returns
        -------
        str
            Empty where the PDF is gone, locked or damaged, or the place is off the page.
        """
        try:
            return _picture(self.pdf_of(place.document), place.page, place.box)
        except (BudgetkitError, ValueError, OverflowError, MemoryError):
            # A box beyond all bounds, as of a damaged file, has no picture either.
            return ""

    def why_no_picture(self, place: Place) -> str:
        """Return the label that says why a place has no picture.

        Returns
        -------
        str
            ``no_picture`` where the PDF is gone, else ``no_picture_here``.
        """
        try:
            self.pdf_of(place.document)
        except BudgetkitError:
            return "no_picture"
        return "no_picture_here"


@lru_cache(maxsize=KEPT_PAGES)
def _page(path: Path, number: int) -> tuple[Any, float]:
    return draw_page(path, number, SCALE, WIDEST)


def _picture(path: Path, number: int, box: Box) -> str:
    page, scale = _page(path, number)
    if not (0 <= box.top < page.height / scale and 0 <= box.x0 < page.width / scale):
        return ""  # printed off the page: there is nothing to show
    return png_address(crop(page, box, scale))


def crop(page: Any, box: Box, scale: float) -> Any:
    """Cut the band of a page around a box, with the box outlined.

    Parameters
    ----------
    page : PIL.Image.Image
        Of the whole page.
    box
        Points from the top left of the page as shown.
    scale
        Pixels a point of ``page``.

    Returns
    -------
    PIL.Image.Image
        As wide as the page's content.
    """
    from PIL import ImageDraw

    top = max(box.top - ABOVE, 0.0)
    bottom = min(box.bottom + BELOW, page.height / scale, top + TALLEST)
    band = page.crop((0, round(top * scale), page.width, round(bottom * scale)))
    air = round(10 * scale)
    left, right = inked_edges(band.convert("L"), air)
    # The box is always in it, with air, printed or not.
    left, right = min(left, int(box.x0 * scale) - air), max(right, int(box.x1 * scale) + 1 + air)
    left, right = max(left, 0), min(right, band.width)
    band = band.crop((left, 0, right, band.height))
    draw = ImageDraw.Draw(band)
    x0, x1 = (box.x0 - AIR) * scale - left, (box.x1 + AIR) * scale - left
    y0, y1 = (box.top - AIR - top) * scale, (box.bottom + AIR - top) * scale
    draw.rectangle((x0, y0, x1, y1), outline=OUTLINE, width=max(2, round(1.4 * scale)))
    return band


def png_address(picture: Any) -> str:
    """Write a picture as the ``data:`` address of a small PNG."""
    from PIL import Image

    buffer = io.BytesIO()
    # A seventh of the time of the default method with `optimize`, for 4 % more bytes.
    flat = picture.quantize(COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    flat.save(buffer, format="PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
