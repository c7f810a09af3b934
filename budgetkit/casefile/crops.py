"""Pictures of figures: each with the header of its column and the label of its row.

What lies far apart is cut out and put together: the header above the row, the label beside the
column; a cut is drawn as a grey band.  The figure is outlined in orange, what names it in blue.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from budgetkit.casefile.spots import Spot
from budgetkit.geometry import Box
from budgetkit.render.evidence import COLORS
from budgetkit.render.highlight import CELLS, OUTLINE
from budgetkit.render.page_parts import PAPER

#: Pixels a point: type of 9 points stays readable when it is printed small.
SCALE = 2.0
#: A table that is wider than this (points) is cut between the label and the column: more than a
#: page of A4 on its side.
WIDE = 800.0
#: What is shown beside the column of the figure (points), and above and below its row.
BESIDE, NEAR_ROWS = 70.0, 18.0
#: Points shown above the header: the line that states the unit.
UNIT_LINE = 26.0
#: Header and row that are no farther apart than this (points) stay in one piece.
TOGETHER = 70.0
#: No piece is taller (points): of a tall cell the part around the figure is shown.
TALLEST = 260.0
#: Without a grid (a scan, prose): shown above and below what is outlined.
ABOVE, BELOW = 34.0, 24.0
#: Without a grid: so many points above the first figure of a table hold its header.
HEADER = 96.0
#: Air around a figure and around a table (points); the band of a cut (pixels).
AIR, MARGIN, CUT = 2.5, 8.0, 14
#: Points that a cut may move outwards, so that it goes through no line of type.
LINE = 24.0
GREY = (225, 228, 232)


class Outline(NamedTuple):
    """A box (points) that is outlined on a page."""

    page: int
    box: Box
    color: tuple[int, int, int]


class Band(NamedTuple):
    """A strip of a page from one height to another (points)."""

    page: int
    top: float
    bottom: float


def table_picture(sheets: dict[int, Any], number: int, spot: Spot) -> Any:
    """Put a figure, its row's label and its column's header into one picture.

    Parameters
    ----------
    sheets
        Pictures of the pages by number, upright, :data:`SCALE` pixels a point.
    number
        Page of the figure, from 1.
    spot
        Where it stands in its table.

    Returns
    -------
    PIL.Image.Image
    """
    outlines = [Outline(number, label, CELLS) for label in spot.labels]
    outlines += [Outline(spot.header_page, box, CELLS) for box in spot.header]
    outlines.append(Outline(number, _wider(spot.figure), OUTLINE))
    return compose(sheets, _bands(number, spot), _columns(spot), outlines)


def _bands(number: int, spot: Spot) -> list[Band]:
    named = [spot.cell, *spot.labels]
    top = min(box.top for box in named) - NEAR_ROWS
    bottom = max(box.bottom for box in named) + NEAR_ROWS
    if bottom - top > TALLEST:
        top = max(top, spot.figure.top - TALLEST / 2)
        bottom = min(bottom, top + TALLEST)
    header = spot.header_rows
    if header is None or spot.header_page == 0:
        return [Band(number, top - ABOVE, bottom)]
    start = header.top - UNIT_LINE
    end = min(header.bottom + 1, header.top + TALLEST)
    if spot.header_page == number and top - end < TOGETHER:
        return [Band(number, min(start, top), max(bottom, end))]
    return [Band(spot.header_page, start, end), Band(number, top, bottom)]


def _columns(spot: Spot) -> list[tuple[float, float]]:
    """Which parts of the width are shown, from left to right."""
    left, right = spot.width[0] - MARGIN, spot.width[1] + MARGIN
    if right - left <= WIDE:
        return [(left, right)]
    parts = [(box.x0 - MARGIN, box.x1 + MARGIN) for box in spot.labels]
    narrow = [box for box in spot.header if box.x1 - box.x0 < WIDE / 2]
    own = [spot.cell, *narrow]
    parts.append((min(box.x0 for box in own) - BESIDE, max(box.x1 for box in own) + BESIDE))
    parts = sorted((max(x0, left), min(x1, right)) for x0, x1 in parts)
    joined = parts[:1]
    for x0, x1 in parts[1:]:
        if x0 - joined[-1][1] < BESIDE:
            joined[-1] = joined[-1][0], max(joined[-1][1], x1)
        else:
            joined.append((x0, x1))
    return joined


def plain_picture(sheets: dict[int, Any], number: int, box: Box, first: Band | None = None) -> Any:
    """Cut a place without cells out of its page, at full width.

    Parameters
    ----------
    sheets
        As in :func:`table_picture`.
    number
        Page of the place, from 1.
    box
        Of the place (points, upright).
    first
        Where the header of its table stands, if it stands in one.

    Returns
    -------
    PIL.Image.Image
    """
    top, bottom = box.top - ABOVE, min(box.bottom + BELOW, box.top + TALLEST)
    bands = [Band(number, top, bottom)]
    if first and first.page == number and top - first.bottom < TOGETHER:
        bands = [Band(number, min(first.top, top), bottom)]
    elif first:
        bands = [first, *bands]
    width = sheets[number].width / SCALE
    outline = Outline(number, _wider(box), OUTLINE)
    return compose(sheets, bands, [(0.0, width)], [outline])


def compose(
    sheets: dict[int, Any],
    bands: Sequence[Band],
    columns: Sequence[tuple[float, float]],
    outlines: Sequence[Outline],
) -> Any:
    """Put parts of pages together.

    Parameters
    ----------
    sheets
        As in :func:`table_picture`.
    bands
        From top to bottom.
    columns
        Left and right edges (points), from left to right; the same in all bands.
    outlines
        What is outlined.

    Returns
    -------
    PIL.Image.Image
    """
    rows = [_strip(sheets[band.page], band, columns, outlines) for band in bands]
    return _joined(rows, across=False)


def _strip(
    picture: Any,
    band: Band,
    columns: Sequence[tuple[float, float]],
    outlines: Sequence[Outline],
) -> Any:
    from PIL import ImageDraw

    drawn = picture.copy()
    draw = ImageDraw.Draw(drawn)
    for outline in outlines:
        if outline.page == band.page:
            width = 4 if outline.color == OUTLINE else 2
            draw.rectangle([round(edge * SCALE) for edge in outline.box],
                           outline=outline.color, width=width)  # fmt: skip
    top, bottom = _within(band.top, band.bottom, drawn.height)
    sides = _within(columns[0][0], columns[-1][1], drawn.width)
    top = _off_type(picture, top, -1, sides)
    bottom = max(_off_type(picture, bottom - 1, 1, sides) + 1, top + 1)
    pieces = []
    for x0, x1 in columns:
        left, right = _within(x0, x1, drawn.width)
        pieces.append(drawn.crop((left, top, right, bottom)))
    return _joined(pieces, across=True)


def _off_type(picture: Any, start: int, step: int, sides: tuple[int, int]) -> int:
    """The nearest row of pixels outwards without type; ``start`` where there is none."""
    for away in range(round(LINE * SCALE)):
        row = start + step * away
        if not 0 <= row < picture.height:
            break
        if picture.crop((sides[0], row, sides[1], row + 1)).convert("L").getextrema()[0] >= PAPER:
            return row
    return start


def _within(start: float, end: float, size: int) -> tuple[int, int]:
    """A stretch in pixels, cut off at the edges of the page; never empty."""
    first = min(max(round(start * SCALE), 0), size - 1)
    return first, max(min(round(end * SCALE), size), first + 1)


def _joined(pieces: Sequence[Any], *, across: bool) -> Any:
    from PIL import Image

    if len(pieces) == 1:
        return pieces[0]
    gaps = CUT * (len(pieces) - 1)
    if across:
        size = sum(one.width for one in pieces) + gaps, max(one.height for one in pieces)
    else:
        size = max(one.width for one in pieces), sum(one.height for one in pieces) + gaps
    whole = Image.new("RGB", size, GREY)
    at = 0
    for one in pieces:
        whole.paste(one, (at, 0) if across else (0, at))
        at += (one.width if across else one.height) + CUT
    return whole


def _wider(box: Box) -> Box:
    return Box(box.x0 - AIR, box.top - AIR, box.x1 + AIR, box.bottom + AIR)


def as_png(picture: Any) -> bytes:
    """Write a picture as a small PNG; the same picture gives the same bytes."""
    from PIL import Image

    flat = picture.quantize(COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    flat.save(buffer, format="PNG")
    return buffer.getvalue()
