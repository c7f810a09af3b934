"""A page that is a picture, read into a page like any other.

The picture is set straight and its rules are taken out; they give the cells as those of a drawn
page do.  Each line of a cell is read on its own, what stands outside of the grids where the
detector finds text.  Everything downstream works as for a page with a text layer;
:func:`recognised` says of the facts how sure the recogniser was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import mean

import numpy as np

from budgetkit.extraction.ocr.pictures import Picture, draw
from budgetkit.extraction.ocr.recogniser import Grey, Reader, Seen, find_lines, read_lines
from budgetkit.extraction.ocr.second_reading import either, without_specks
from budgetkit.extraction.ocr.straighten import straight, take_rules, tilt_of
from budgetkit.extraction.ocr.vocabulary import settled
from budgetkit.extraction.ocr.written import Ink, PixelBox, as_pixels, chars_of, with_margin
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import FROM_TEXT, Page, Pdf
from budgetkit.extraction.pdf.ruled_lines import Rule
from budgetkit.extraction.tables.grids import find_grids
from budgetkit.extraction.tables.table_content import Fact, TableContent
from budgetkit.geometry import Box

#: Points by which a cell is larger than where its text may stand.
INSET = 0.6
#: A page of which lines read with less than this confidence may lie on its side: so many are tried.
READABLE, TRIED = 0.75, 16
#: The detector works on a picture of this share.
SHARE = 0.5
#: A figure is read once more with a margin of this share: specks beside it stay outside.
CLOSER = 0.3
#: Longer lines are prose.
LONGEST = 24
#: Text that fills less of a line's height than this many points is none.
LOWEST = 3.0


def read_scan(pdf: Pdf, page: Page, read: Reader = read_lines) -> Page:
    """Read a page from its picture.

    Parameters
    ----------
    pdf
        The open file.
    page
        The page, which is a picture.
    read
        Reads pictures of lines.

    Returns
    -------
    Page
        With the characters and the rules of the picture, set straight: ``tilt`` and ``turns`` lead
        back to the page as shown, ``confidences`` are those of its characters.
    """
    picture = draw(pdf, page)
    best, sure = _Scan(picture, page, 0, read), 0.0
    sure = best.readable()
    for turns in (1, 3, 2) if sure < READABLE else ():
        other = _Scan(picture, page, turns, read)
        if (readable := other.readable()) > sure:
            best, sure = other, readable
    return best.page()


def read_pictures(
    pdf: Pdf, page: Page, boxes: Iterable[Box], read: Reader = read_lines
) -> tuple[Page, list[Box]]:
    """Read tables that are pictures on a page with text.

    Parameters
    ----------
    pdf
        The open file.
    page
        The page.
    boxes
        Of the pictures (points, reading frame).
    read
        Reads pictures of lines.

    Returns
    -------
    page : Page
        With the characters and the rules of those that were read, where they are printed; one
        that lies a little askew is set straight.
    left : list of Box
        Those that can't be read.
    """
    picture, left = draw(pdf, page), []
    for box in boxes:
        part = replace(page, width=box.x1 - box.x0, height=box.bottom - box.top)
        grey = np.ascontiguousarray(picture.cut(box))
        scan = _Scan(Picture(grey, picture.scale), part, 0, read)
        if scan.readable() < READABLE:
            left.append(box)
            continue
        page = _with_table(page, box, scan.page())
    return page, left


def _with_table(page: Page, box: Box, table: Page) -> Page:
    """A page with a table that was read from a picture on it."""
    x, y = box.x0, box.top
    chars = [
        Char(c.text, c.x0 + x, c.top + y, c.x1 + x, c.bottom + y, c.baseline + y)
        for c in table.chars
    ]
    sure = page.confidences or (FROM_TEXT,) * len(page.chars)
    kept = [
        (char, own)
        for char, own in zip(page.chars, sure, strict=True)
        if not box.holds_middle(char)
    ]
    return replace(
        page,
        chars=(*(char for char, _ in kept), *chars),
        confidences=(*(own for _, own in kept), *table.confidences),
        rules=(
            *page.rules,
            *(Rule(r.x0 + x, r.top + y, r.x1 + x, r.bottom + y) for r in table.rules),
        ),
        pictures=tuple(p for p in page.pictures if not box.holds_middle(p)),
    )


class _Scan:
    """A scanned page that was turned by some quarter turns."""

    def __init__(self, picture: Picture, page: Page, turns: int, read: Reader) -> None:
        grey = np.ascontiguousarray(np.rot90(picture.grey, -turns))
        self._read, self._scale = read, picture.scale
        tilt = tilt_of(grey, picture.scale)
        rules, cleared = take_rules(straight(grey, tilt), picture.scale)
        width, height = page.width, page.height
        if turns % 2:
            width, height = height, width
        self._blank = replace(
            page,
            width=width,
            height=height,
            chars=(),
            rules=tuple(Rule(*(edge / picture.scale for edge in rule)) for rule in rules),
            turns=page.turns + turns,
            tilt=tilt,
            # They are text now.
            pictures=(),
            marks=(),
        )
        self._ink = Ink(cleared, picture.scale)
        self._lines = self._in_cells()

    def _in_cells(self) -> list[tuple[PixelBox, PixelBox]]:
        """The lines of all cells: as they are read, and as tight as their ink."""
        self._grids = find_grids(self._blank)
        cells = [as_pixels(c.box, self._scale, INSET) for grid in self._grids for c in grid.cells]
        return [
            (with_margin(line, cell, self._scale), line)
            for cell in cells
            if cell.x1 > cell.x0 and cell.bottom > cell.top
            for line in self._ink.lines(cell)
            if line.bottom - line.top >= LOWEST * self._scale
        ]

    def _outside(self) -> list[tuple[PixelBox, PixelBox]]:
        """The lines outside of the grids."""
        import cv2

        grey = self._ink.grey.copy()
        for grid in self._grids:
            x0, top, x1, bottom = as_pixels(grid.box, self._scale)
            grey[max(top, 0) : bottom, max(x0, 0) : x1] = 255
        small = np.asarray(
            cv2.resize(grey, None, fx=SHARE, fy=SHARE, interpolation=cv2.INTER_AREA), np.uint8
        )
        height, width = grey.shape
        whole = PixelBox(0, 0, width, height)
        found = []
        for box in find_lines(small):
            area = with_margin(as_pixels(box, 1 / SHARE), whole, self._scale / 2)
            tight = list(self._ink.lines(area))
            if tight:
                line = max(tight, key=lambda one: (one.bottom - one.top) * (one.x1 - one.x0))
                found.append((with_margin(line, whole, self._scale), line))
        return found

    def readable(self) -> float:
        """How sure the recogniser is of some lines; on its side a page has single characters."""
        if not self._lines:
            self._lines, self._grids = self._outside(), []
        step = max(1, len(self._lines) // TRIED)
        tried = self._read(self._pictures(self._lines[::step]))
        return mean(one.confidence / (1 + (len(one.text) < 2)) for one in tried) if tried else 0.0

    def _pictures(self, lines: Iterable[tuple[PixelBox, PixelBox]]) -> list[Grey]:
        return [picture.within(self._ink.grey) for picture, _ in lines]

    def _read_twice(self, lines: Sequence[tuple[PixelBox, PixelBox]]) -> list[Seen]:
        """Read all lines, and those with figures once more, cut closer: they may not differ."""
        first = [without_specks(seen) for seen in self._read(self._pictures(lines))]
        figures = [i for i, seen in enumerate(first) if _holds_figure(seen.text)]
        closer = [with_margin(lines[i][1], lines[i][0], self._scale * CLOSER) for i in figures]
        second = self._read([box.within(self._ink.grey) for box in closer])
        for i, seen in zip(figures, second, strict=True):
            first[i] = either(first[i], without_specks(seen))
        return [settled(seen) for seen in first]

    def page(self) -> Page:
        """The page with all that is written on it."""
        lines = [*self._lines, *(self._outside() if self._grids else ())]
        chars: list[Char] = []
        confidences: list[float] = []
        for (picture, ink), one in zip(lines, self._read_twice(lines), strict=True):
            chars += chars_of(one, picture, ink, self._scale)
            confidences += [char.confidence for char in one.chars]
        return replace(self._blank, chars=tuple(chars), confidences=tuple(confidences))


def _holds_figure(text: str) -> bool:
    return len(text) <= LONGEST and any(char.isdigit() for char in text)


def recognised(pages: Iterable[Page], contents: Sequence[TableContent]) -> list[TableContent]:
    """Say of facts that were read from pictures how sure the recogniser was.

    Parameters
    ----------
    pages
        All of the document.
    contents
        Of its tables.

    Returns
    -------
    list of TableContent
        Facts of scanned pages are ``recognised``, and those with a glyph that its picture names.
    """
    scans = {page.number: page for page in pages if page.confidences}
    return [
        one._replace(facts=[_recognised(fact, scans) for fact in one.facts]) if scans else one
        for one in contents
    ]


def _recognised(fact: Fact, scans: Mapping[int, Page]) -> Fact:
    page = scans.get(fact.page)
    if page is None:
        return fact
    box = fact.box
    inside = [
        confidence
        for char, confidence in zip(page.chars, page.confidences, strict=True)
        if box.x0 <= (char.x0 + char.x1) / 2 <= box.x1
        and box.top <= (char.top + char.bottom) / 2 <= box.bottom
    ]
    sure = min(inside, default=0.0)
    if sure >= FROM_TEXT:
        return fact
    certainty = "doubtful" if fact.certainty == "doubtful" else "recognised"
    return replace(fact, certainty=certainty, seen=fact.printed, confidence=round(sure, 4))
