"""Where lines of text stand in a picture without rules, and the characters that they read as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from budgetkit.extraction.ocr.glyphs import runs
from budgetkit.extraction.ocr.recogniser import Grey, Seen
from budgetkit.extraction.ocr.straighten import dark
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.glyph_names import normal_char

#: A piece of ink smaller than this (points, either way) is a point, a comma or a speck: it starts
#: no line, but belongs to one that it stands in.
SPECK = 1.8
#: Lines of a cell are apart by a row of this height (points) without ink.
APART = 0.4
#: A piece of ink that is further than this from the next (times the height of the line) belongs to
#: another text.
WORD_GAP = 3.0
#: Points around a line that are read with it.
MARGIN = 1.5
#: Widths of characters in heights of their line: ideographs, and all others.
WIDE, NARROW = 1.0, 0.5


class PixelBox(NamedTuple):
    """A rectangle of a picture; the ends are exclusive."""

    x0: int
    top: int
    x1: int
    bottom: int

    def within(self, picture: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Cut it out of a picture."""
        return picture[self.top : self.bottom, self.x0 : self.x1]


class Ink:
    """The pieces of ink of a picture, specks told from strokes.

    Parameters
    ----------
    grey
        The picture, its rules taken out.
    scale
        Pixels a point.
    """

    def __init__(self, grey: Grey, scale: float) -> None:
        import cv2

        self.grey, self.scale = grey, scale
        self.all = dark(grey) > 0
        count, labels, stats, _ = cv2.connectedComponentsWithStats(
            self.all.astype(np.uint8), connectivity=8
        )
        least = SPECK * scale
        big = np.maximum(stats[:, 2], stats[:, 3]) >= least
        big[0] = False
        self.strokes = big[labels] if count else self.all

    def lines(self, area: PixelBox) -> Iterator[PixelBox]:
        """Find the lines of a cell, each as tight as its ink.

        Parameters
        ----------
        area
            The cell.

        Yields
        ------
        PixelBox
            Top to bottom.
        """
        strokes = area.within(self.strokes)
        for top, bottom in self._rows(np.flatnonzero(np.any(strokes, axis=1))):
            line = strokes[top:bottom]
            columns = np.flatnonzero(np.any(line, axis=0))
            near = WORD_GAP * (bottom - top)
            start, end = int(columns[0]), int(columns[-1]) + 1
            # Points and commas at the ends of the line are ink that is no stroke.
            beside = np.flatnonzero(np.any(area.within(self.all)[top:bottom], axis=0))
            beside = beside[(beside >= start - near / 6) & (beside < end + near / 6)]
            start, end = min(start, int(beside[0])), max(end, int(beside[-1]) + 1)
            yield PixelBox(area.x0 + start, area.top + top, area.x0 + end, area.top + bottom)

    def _rows(self, rows: np.ndarray) -> Iterator[tuple[int, int]]:
        """Runs of rows with ink; a thin one belongs to what it is nearest to."""
        if not len(rows):
            return
        gap = max(1, round(APART * self.scale))
        flags = np.zeros(int(rows[-1]) + 2, dtype=np.bool_)
        flags[rows] = True
        found: list[list[int]] = []
        for start, end in runs(flags):
            if found and start - found[-1][1] <= gap:
                found[-1][1] = end
            else:
                found.append([start, end])
        yield from _joined(found)


def _joined(rows: list[list[int]]) -> Iterator[tuple[int, int]]:
    """Join a run of rows that is no line of its own: the upper stroke of 二, the dash of 1-2."""
    if not rows:
        return
    usual = float(np.median([end - start for start, end in rows]))
    highest = max(end - start for start, end in rows)
    least = 0.5 * min(max(usual, 0.5 * highest), highest)
    kept: list[list[int]] = []
    for start, end in rows:
        thin = end - start < least
        before_thin = bool(kept) and kept[-1][1] - kept[-1][0] < least
        if kept and (thin or before_thin) and end - kept[-1][0] <= 1.3 * highest:
            kept[-1][1] = end
        else:
            kept.append([start, end])
    yield from ((start, end) for start, end in kept)


def with_margin(box: PixelBox, area: PixelBox, scale: float) -> PixelBox:
    """Return a line with its margin, which stays within an area.

    Parameters
    ----------
    box
        As tight as its ink.
    area
        The cell or the page.
    scale
        Pixels a point.

    Returns
    -------
    PixelBox
    """
    margin = round(MARGIN * scale)
    return PixelBox(
        max(area.x0, box.x0 - margin),
        max(area.top, box.top - margin),
        min(area.x1, box.x1 + margin),
        min(area.bottom, box.bottom + margin),
    )


def chars_of(seen: Seen, picture: PixelBox, ink: PixelBox, scale: float) -> list[Char]:
    """Place the characters that a line reads as.

    Parameters
    ----------
    seen
        What it reads as.
    picture
        What was read.
    ink
        Where its ink stands.
    scale
        Pixels a point.

    Returns
    -------
    list of Char
        In points; each as high as its line, and as wide as its kind and its neighbours allow.
    """
    width = picture.x1 - picture.x0
    middles = [picture.x0 + char.middle * width for char in seen.chars]
    top, bottom = ink.top / scale, ink.bottom / scale
    height = ink.bottom - ink.top
    found = []
    for i, char in enumerate(seen.chars):
        half = height * (WIDE if char.text > "\u2e80" else NARROW) / 2
        x = min(max(middles[i], ink.x0 + 1.0), ink.x1 - 1.0)
        left = max(x - half, (middles[i - 1] + x) / 2 if i else float(ink.x0))
        right = min(x + half, (middles[i + 1] + x) / 2 if i + 1 < len(middles) else float(ink.x1))
        text = normal_char(char.text)
        x0, x1 = min(left, x - 0.5) / scale, max(right, x + 0.5) / scale
        found.append(Char(text, x0, top, x1, bottom, bottom))
    return found


def as_pixels(box: Iterable[float], scale: float, inset: float = 0.0) -> PixelBox:
    """Return a box of points as one of pixels, made smaller all around.

    Parameters
    ----------
    box
        Left, upper, right and lower edge (points).
    scale
        Pixels a point.
    inset
        Points.

    Returns
    -------
    PixelBox
    """
    x0, top, x1, bottom = box
    return PixelBox(
        round((x0 + inset) * scale),
        round((top + inset) * scale),
        round((x1 - inset) * scale),
        round((bottom - inset) * scale),
    )
