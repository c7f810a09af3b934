"""Whether the text of a page is painted: what a file writes where nobody sees it is not read."""

from __future__ import annotations

from enum import Enum
from typing import Any

import pypdfium2 as pdfium


class Paint(Enum):
    """How a character is painted: seen, not at all, or so that it can't be told."""

    SEEN = "seen"
    UNSEEN = "unseen"
    UNSURE = "unsure"


#: Box of a character in the file's frame, where y goes up: x0, y0, x1, y1 (points).
CharBox = tuple[float, float, float, float]


class Painting:
    """How the characters of one page are painted that are not plainly painted."""

    def of(self, textpage: Any, index: int, box: CharBox) -> Paint:
        """Return how one character is painted.

        Parameters
        ----------
        textpage
            pdfium's handle of the page's text.
        index
            Of the character in it.
        box
            Of the character.

        Returns
        -------
        Paint
        """
        raise NotImplementedError


def look_at(page: pdfium.PdfPage) -> Painting | None:
    """Look how the text of a page is painted; None where all of it is plainly painted."""
    return None
