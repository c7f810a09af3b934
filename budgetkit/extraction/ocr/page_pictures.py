"""Pages that are a picture, and tables that are a picture on a page with text.

Stands beside the pages of a file.  A picture counts where it is as large as a table and ruled as
one, or stands below the unit of a table; logos, seals, photos, charts, and what lies behind text
are none.  What is found is read where the extra ``ocr`` is installed (``ocr/scans.py``), and else
listed, so that nothing is concluded from what is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from budgetkit.amounts import printed_unit
from budgetkit.extraction.ocr.pictures import draw
from budgetkit.extraction.pdf.lines import Line, read_lines
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.prose.body_lines import MARGIN
from budgetkit.geometry import Box

#: A page whose pictures cover this share of it, with fewer characters than this between its
#: margins, is a picture.
COVERED, FEWEST_CHARS = 0.4, 4
#: A table is no smaller (points).
NARROWEST, LOWEST = 120.0, 40.0
#: With more characters than this on it a picture lies behind the text of the page.
MOST_CHARS = 20
#: Parts of a picture that was cut into strips are no further apart (points).
CUT = 1.0
#: The unit of a table stands no further (points) above it.
UNIT_ABOVE = 40.0
#: A picture is looked at with so many dots an inch, in so many strips, as it may lie askew;
#: in so many of them a table has columns.
DPI, STRIPS, FEWEST_STRIPS = 108, 8, 2
#: A rule is darker than its paper by so much (of 255), over so much of a strip, and this thin.
DARKER, FILLED, THICKEST = 30, 0.9, 5
#: A table has so many rules across, so many down, and one of these between its sides: a chart
#: has its frame and its axis only.
ACROSS, DOWN, BETWEEN = 3, 3, (0.15, 0.85)

_Grey = NDArray[np.uint8]


def is_picture(page: Page) -> bool:
    """Whether a page is one picture: nothing is written on it but in its margins."""
    return bool(page.pictures) and covered(page) >= COVERED and n_body_chars(page) < FEWEST_CHARS


def n_body_chars(page: Page) -> int:
    """Return how many characters are seen between the margins of a page."""
    low, high = MARGIN * page.height, (1 - MARGIN) * page.height
    return sum(
        c.text != " " and c.bottom > low and c.top < high and c not in page.unsure
        for c in page.chars
    )


def covered(page: Page) -> float:
    """Return the share of a page that its pictures cover; a scan may be cut into strips."""
    areas = ((box.x1 - box.x0) * (box.bottom - box.top) for box in on_page(page))
    return sum(areas) / (page.width * page.height)


def on_page(page: Page) -> Iterator[Box]:
    """Return the boxes of the pictures of a page, as far as they are on it."""
    for x0, top, x1, bottom in page.pictures:
        box = Box(max(x0, 0), max(top, 0), min(x1, page.width), min(bottom, page.height))
        if box.x1 > box.x0 and box.bottom > box.top:
            yield box


def pictured_tables(pdf: Pdf, page: Page) -> list[Box]:
    """Find the tables of a page that are pictures.

    Parameters
    ----------
    pdf
        The open file.
    page
        One of its pages, as read.

    Returns
    -------
    list of Box
        In points (reading frame); empty for most pages, and for one that is a picture as a whole.
    """
    if not page.pictures or is_picture(page):
        return []
    large = [
        box
        for box in _whole(on_page(page))
        if box.x1 - box.x0 >= NARROWEST and box.bottom - box.top >= LOWEST
    ]
    if not large:
        return []
    units = [line for line in read_lines(page.chars) if printed_unit(line.text)]
    drawn = draw(pdf, page, DPI)
    return [
        box
        for box in large
        if ((ruled := _ruled_part(drawn.cut(box), box)) and _is_bare(ruled, page))
        or (_is_below(units, box) and _is_bare(box, page))
    ]


def _whole(boxes: Iterable[Box]) -> list[Box]:
    """Pictures; those that were cut into strips are put together."""
    whole: list[Box] = []
    for box in sorted(boxes, key=lambda one: (one.x0, one.top)):
        last = whole[-1] if whole else None
        if (
            last
            and abs(last.x0 - box.x0) < CUT
            and abs(last.x1 - box.x1) < CUT
            and -CUT < box.top - last.bottom < CUT
        ):
            whole[-1] = Box(last.x0, last.top, last.x1, box.bottom)
        else:
            whole.append(box)
    return whole


def _is_bare(box: Box, page: Page) -> bool:
    """Whether a picture does not lie behind the text of its page."""
    written = (c for c in page.chars if c.text != " " and c not in page.unsure)
    return sum(map(box.holds_middle, written)) <= MOST_CHARS


def _is_below(units: Iterable[Line], box: Box) -> bool:
    """Whether a picture stands right below the unit of a table."""
    return any(
        -CUT <= box.top - unit.box.bottom <= UNIT_ABOVE
        and unit.box.x0 < box.x1
        and unit.box.x1 > box.x0
        for unit in units
    )


def _ruled_part(grey: _Grey, box: Box) -> Box | None:
    """The part of a picture in which it has the rules of a table."""
    if min(grey.shape) < STRIPS:
        return None
    dark = grey < np.median(grey) - DARKER
    across = [_rules(strip) for strip in np.array_split(dark, STRIPS, axis=1)]
    if np.median([len(at) for at in across]) < ACROSS:
        return None
    low, high = (share * grey.shape[1] for share in BETWEEN)
    down = [_rules(strip.T) for strip in np.array_split(dark, STRIPS, axis=0)]
    has_columns = [len(at) >= DOWN and any(low < x < high for x in at) for at in down]
    if sum(has_columns) < FEWEST_STRIPS:
        return None
    edges = [(at[0], at[-1]) for at in across if at]
    top, bottom = (float(np.median(edge)) for edge in zip(*edges, strict=True))
    a_pixel = (box.bottom - box.top) / grey.shape[0]
    return Box(box.x0, box.top + top * a_pixel, box.x1, box.top + bottom * a_pixel)


def _rules(strip: NDArray[np.bool_]) -> Sequence[int]:
    """Where thin dark lines run across a strip, from its top."""
    filled = np.flatnonzero(strip.mean(axis=1) >= FILLED)
    if not len(filled):
        return []
    runs = np.split(filled, np.flatnonzero(np.diff(filled) > 1) + 1)
    return [int(run[0]) for run in runs if len(run) <= THICKEST]
