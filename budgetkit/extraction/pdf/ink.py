"""The ink that single text objects leave on their page, seen by drawing it with and without them.

What a viewer shows follows from clips, layers, masks and what is painted later; pdfium knows all
of it.  A text that is painted changes the picture where it stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from budgetkit.extraction.pdf import plain
from budgetkit.extraction.pdf.page_objects import Segment

#: Pixels a point, and the most pixels of a picture.
SCALE, MOST_PIXELS = 2.0, 6_000_000
#: Room (points) around the texts that are looked at, and between two that are left out at once.
MARGIN, APART = 2.0, 0.5
#: The page is drawn without a part of the texts at most so often.
ROUNDS = 5

Picture = NDArray[np.uint8]


class Ink:
    """What text objects paint on one page.

    Parameters
    ----------
    page
        An open page.
    handles
        Of the text objects in question.
    boxes
        Theirs, in the page's frame where y goes up (points).
    """

    def __init__(
        self, page: pdfium.PdfPage, handles: Sequence[int], boxes: Sequence[Segment]
    ) -> None:
        left, bottom, right, top = page.get_bbox()
        self._view = _view(boxes, (left, bottom, right, top))
        area = (self._view[2] - self._view[0]) * (self._view[3] - self._view[1])
        scale = min(SCALE, math.sqrt(MOST_PIXELS / max(area, 1.0)))
        rounds = _rounds(boxes)
        with _upright(page):
            self._scale, self._base = _draw(page, scale, self._view)
            self._without = []
            for members in rounds:
                _activate([handles[i] for i in members], active=False)
                self._without.append(_draw(page, scale, self._view)[1])
                _activate([handles[i] for i in members], active=True)
        self._round = {i: k for k, members in enumerate(rounds) for i in members}

    def of(self, index: int, box: Segment) -> Picture:
        """Return how much a text changes the picture in a box.

        Parameters
        ----------
        index
            Of the text among those given.
        box
            Within the page (points, y goes up).

        Returns
        -------
        array of uint8
            For each pixel the largest difference of a channel; without pixels where the box lies
            off the page.
        """
        rows, cols = self._pixels(box)
        base = self._base[rows, cols].astype(np.int16)
        other = self._without[self._round[index]][rows, cols]
        change: Picture = np.abs(base - other).max(axis=2, initial=0).astype(np.uint8)
        return change

    def contrast(self, box: Segment) -> int:
        """Return how far the inks within a box of the page as shown differ (0 to 255)."""
        rows, cols = self._pixels(box)
        shown = self._base[rows, cols].reshape(-1, 3)
        return int((shown.max(axis=0) - shown.min(axis=0)).max()) if len(shown) else 0

    def _pixels(self, box: Segment) -> tuple[slice, slice]:
        x0, y0, x1, y1 = box
        left, _, _, top = self._view
        across, down = self._scale
        rows = slice(max(0, math.floor((top - y1) * down)), max(0, math.ceil((top - y0) * down)))
        cols = slice(
            max(0, math.floor((x0 - left) * across)), max(0, math.ceil((x1 - left) * across))
        )
        return rows, cols


def _view(boxes: Sequence[Segment], page: Segment) -> Segment:
    """The part of the page that holds the texts."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return (
        max(page[0], min(x0) - MARGIN),
        max(page[1], min(y0) - MARGIN),
        min(page[2], max(x1) + MARGIN),
        min(page[3], max(y1) + MARGIN),
    )


def _rounds(boxes: Sequence[Segment]) -> list[list[int]]:
    """Share out texts so that those left out at once do not lie on each other."""
    at = np.array(boxes)
    rounds: list[list[int]] = []
    for i, (x0, y0, x1, y1) in enumerate(boxes):
        for members in rounds:
            other = at[members]
            meets = (
                (other[:, 0] < x1 - APART)
                & (other[:, 2] > x0 + APART)
                & (other[:, 1] < y1 - APART)
                & (other[:, 3] > y0 + APART)
            )
            if not meets.any():
                members.append(i)
                break
        else:
            if len(rounds) < ROUNDS:
                rounds.append([i])
            else:
                rounds[-1].append(i)
    return rounds


@contextmanager
def _upright(page: pdfium.PdfPage) -> Iterator[None]:
    """Draw a turned page as its file writes it."""
    turned = page.get_rotation()
    if turned:
        page.set_rotation(0)
    try:
        yield
    finally:
        if turned:
            page.set_rotation(turned)


def _activate(handles: Sequence[int], *, active: bool) -> None:
    for handle in handles:
        plain.set_active(handle, active)


def _draw(page: pdfium.PdfPage, scale: float, view: Segment) -> tuple[tuple[float, float], Picture]:
    """Draw a part of a page; how many pixels a point it has across and down, and the picture."""
    left, bottom, right, top = page.get_bbox()
    across = math.ceil((right - left) * scale) / (right - left)
    down = math.ceil((top - bottom) * scale) / (top - bottom)
    width = max(1, math.ceil((view[2] - view[0]) * across))
    height = max(1, math.ceil((view[3] - view[1]) * down))
    bitmap = pdfium.PdfBitmap.new_native(width, height, pdfium_c.FPDFBitmap_BGRx)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    matrix = pdfium_c.FS_MATRIX(
        across, 0, 0, down, (left - view[0]) * across, (view[3] - top) * down
    )
    clip = pdfium_c.FS_RECTF(0, 0, width, height)
    pdfium_c.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, page.raw, matrix, clip, 0)
    picture = bitmap.to_numpy()[:, :, :3].copy()
    bitmap.close()
    return (across, down), picture
