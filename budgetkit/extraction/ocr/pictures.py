"""Pages drawn as grey pictures that lie like their reading frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from budgetkit.extraction.ocr.recogniser import Grey
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.geometry import Box

#: Pixels an inch; and at most so many pixels a page, however large it is.
DPI, MOST_PIXELS = 200, 40_000_000
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is painted, in its reading frame.

    Attributes
    ----------
    grey
        Rows of pixels; 0 is black.
    scale : float
        Pixels a point.
    """

    grey: Grey
    scale: float

    def cut(self, box: Box) -> Grey:
        """Cut a box (points) out."""
        x0, top, x1, bottom = self.pixels(box)
        return self.grey[top:bottom, x0:x1]

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """Return the edges of a box (points) in pixels."""
        height, width = self.grey.shape
        return (
            max(0, int(np.floor(box.x0 * self.scale))),
            max(0, int(np.floor(box.top * self.scale))),
            min(width, int(np.ceil(box.x1 * self.scale))),
            min(height, int(np.ceil(box.bottom * self.scale))),
        )


def draw(pdf: Pdf, page: Page, dpi: float = DPI) -> Picture:
    """Draw a page, turned as it reads.

    Parameters
    ----------
    pdf
        The open file.
    page
        One of its pages, as read.
    dpi
        Pixels an inch; fewer where the page is very large.

    Returns
    -------
    Picture
    """
    points = max(page.width * page.height, 1.0)
    scale = min(dpi / POINTS_PER_INCH, (MOST_PIXELS / points) ** 0.5)
    grey = np.rot90(pdf.grey(page.number, scale), -page.turns)
    return Picture(np.ascontiguousarray(grey), grey.shape[1] / max(page.width, 1.0))
