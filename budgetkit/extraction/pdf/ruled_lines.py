"""Ruled lines of a page, from pdfium's page objects.

Stands between a PDF's pages and the grids of its tables.  Printers draw the rules of a table
as strokes, as boxes that are stroked, as filled shapes a hair thick, or as pictures a pixel
thick.  All become :class:`Rule`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium_c

from budgetkit.extraction.pdf import plain
from budgetkit.extraction.pdf.page_objects import (
    IMAGE,
    PATH,
    Matrix,
    PageObject,
    PageObjects,
    Segment,
    apply,
    own_matrix,
    times,
)

#: A shape at most this thick (points) is a printed rule, not a background.
THIN = 3.0
#: Dots in a row, at most this far apart (points), are a dotted rule from so many on.
DOT_GAP, FEWEST_DOTS = 4.0, 4
#: More path points than this make a drawing, not a table (a page bomb, a map).
MOST_POINTS = 20_000
#: A character drawn as a filled shape is no larger (points) and has no fewer path points: a box
#: that is filled behind a cell, or to be ticked, has five.
LARGEST_MARK, FEWEST_POINTS = 30.0, 6
#: A filled path of more points than this that is larger may be a line of such characters.
MANY_POINTS = 20

#: A side that leads further than this (points) both ways is slanted.
SLANTED = 0.5
#: A shape that is so many times wider than high is no one character.
WIDE = 1.3

_LINE, _BEZIER, _MOVE = (
    pdfium_c.FPDF_SEGMENT_LINETO,
    pdfium_c.FPDF_SEGMENT_BEZIERTO,
    pdfium_c.FPDF_SEGMENT_MOVETO,
)

_POINT = plain.Floats(2)


class Rule(NamedTuple):
    """A ruled line; horizontal when ``top == bottom``, else vertical (points)."""

    x0: float
    top: float
    x1: float
    bottom: float


class Drawing(NamedTuple):
    """What a page draws besides text.

    Attributes
    ----------
    rules : list of Rule
        Ruled lines.
    pictures : list of Rule
        Boxes of its pictures, those left out that are thin and serve as rules.
    marks : list of Rule
        Boxes of filled shapes of the size of a character: text that was turned into curves.
    scraps : list of Rule
        Boxes of other small shapes that are no rules: dots, triangles, outlines.
    """

    rules: list[Rule]
    pictures: list[Rule]
    marks: list[Rule]
    scraps: list[Rule]


def read_drawing(objects: PageObjects, left: float, top: float) -> Drawing:
    """Read the rules of one page, and where its pictures and small shapes stand.

    Parameters
    ----------
    objects
        Of an open page of pdfium.
    left, top
        The corner of its box, in the PDF's own coordinates.

    Returns
    -------
    Drawing
        In points from the top left of the unturned page.
    """
    segments: list[Segment] = []
    dots: list[Segment] = []
    pictures: list[Segment] = []
    marks: list[Segment] = []
    scraps: list[Segment] = []
    some = objects.of(PATH, IMAGE)
    for order, (x0, y0, x1, y1) in zip(some.tolist(), objects.boxes[some].tolist(), strict=True):
        box, kind = (x0, y0, x1, y1), objects.kinds[order]
        if kind == PATH and _is_dot(box):
            dots.append(box)
            scraps.append(box)
        elif line := _middle_line(box):
            segments.append(line)
        elif kind == PATH:
            segments.extend(_path(objects[order], box, dots, marks, scraps))
        else:
            pictures.append(box)
    if len(dots) >= FEWEST_DOTS:
        segments.extend(_dotted(dots, upright=False))
        segments.extend(_dotted(dots, upright=True))
    found = segments, pictures, marks, scraps
    return Drawing(*(_from_top(boxes, left, top) for boxes in found))


def _from_top(segments: Sequence[Segment], left: float, top: float) -> list[Rule]:
    """In points from the top left of the page."""
    return [Rule(x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in segments]


def _dotted(dots: list[Segment], *, upright: bool) -> Iterator[Segment]:
    """Rules that a browser draws as dots: squares of one size, evenly along a line."""
    along, across = (1, 0) if upright else (0, 1)
    rows: dict[int, list[Segment]] = {}
    for dot in dots:
        rows.setdefault(round(dot[across] + dot[across + 2]), []).append(dot)
    for row in rows.values():
        row.sort(key=lambda dot: dot[along])
        at = (row[0][across] + row[0][across + 2]) / 2
        runs = [[row[0]]]
        for dot in row[1:]:
            if dot[along] - runs[-1][-1][along + 2] > DOT_GAP:
                runs.append([])
            runs[-1].append(dot)
        for run in runs:
            if len(run) >= FEWEST_DOTS:
                lo, hi = run[0][along], run[-1][along + 2]
                yield (at, lo, at, hi) if upright else (lo, at, hi, at)


def _is_dot(box: Segment) -> bool:
    """Whether a shape is thin both ways: a dot, or the corner of a frame."""
    x0, y0, x1, y1 = box
    return x1 - x0 <= THIN and y1 - y0 <= THIN


def _middle_line(box: Segment) -> Segment | None:
    """The middle line of a shape that is thin one way; None for any other."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if _is_dot(box):
        return None
    if height <= THIN and height < width:
        return x0, (y0 + y1) / 2, x1, (y0 + y1) / 2
    if width <= THIN and width < height:
        return (x0 + x1) / 2, y0, (x0 + x1) / 2, y1
    return None


def _path(
    path: PageObject,
    whole: Segment,
    dots: list[Segment],
    marks: list[Segment],
    scraps: list[Segment],
) -> Iterator[Segment]:
    """Rules that a path draws that is not thin as a whole: its thin parts, its straight strokes.

    Dots are added to ``dots``, filled shapes of the size of a character to ``marks``, and other
    small shapes with a curve or a slanted side to ``scraps``.
    """
    obj, matrix = path.handle, path.matrix
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    plain.get_draw_mode(obj, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value and not fill.value:
        return
    count = plain.count_segments(obj)
    if count > MOST_POINTS:
        return
    placed = times(own_matrix(obj), matrix)
    if fill.value and count >= FEWEST_POINTS:
        x0, y0, x1, y1 = whole
        parts = list(_characters(obj, placed)) if count > MANY_POINTS else []
        if _is_small(whole) and (x1 - x0 <= WIDE * (y1 - y0) or not parts):
            marks.append(whole)
            if not stroke.value and _is_curved(obj, count):
                return  # a straight side of a character is no rule
        else:
            marks.extend(parts)
    is_scrap = _is_small(whole) and not (marks and marks[-1] == whole)
    n_points = 0
    for points in _subpaths(obj, placed):
        n_points += len(points)
        if is_scrap and _is_slanted(points):
            scraps.append(whole)
            is_scrap = False
        box = _around(points)
        if _is_dot(box):
            dots.append(box)
        elif line := _middle_line(box):
            yield line
        elif stroke.value:
            strokes = (_middle_line(_around(ends)) for ends in pairwise(points))
            yield from filter(None, strokes)
    if is_scrap and n_points < count:  # it has curves
        scraps.append(whole)


def _is_slanted(points: Sequence[tuple[float, float]]) -> bool:
    return any(
        abs(a[0] - b[0]) > SLANTED and abs(a[1] - b[1]) > SLANTED for a, b in pairwise(points)
    )


def _is_curved(obj: int, count: int) -> bool:
    return any(plain.get_segment_kind(plain.get_segment(obj, i)) == _BEZIER for i in range(count))


def _is_small(box: Segment) -> bool:
    """Whether a shape is no larger than a character."""
    x0, y0, x1, y1 = box
    return x1 - x0 <= LARGEST_MARK and y1 - y0 <= LARGEST_MARK


def _characters(obj: int, matrix: Matrix) -> Iterator[Segment]:
    """Bounds of the parts of a path that are of the size of a character and have enough points."""
    points: list[tuple[float, float]] = []
    count = plain.count_segments(obj)
    for i in range(count + 1):
        segment = plain.get_segment(obj, i) if i < count else None
        if segment is None or plain.get_segment_kind(segment) == _MOVE:
            if len(points) >= FEWEST_POINTS and _is_small(box := _around(points)):
                yield box
            points = []
        if segment is not None:
            plain.get_point(segment, *_POINT.at)
            points.append(apply(matrix, *_POINT()))


def _around(points: Sequence[tuple[float, float]]) -> Segment:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _subpaths(obj: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Straight runs of a path as lists of points; a curve ends a run."""
    points: list[tuple[float, float]] = []
    for i in range(plain.count_segments(obj)):
        segment = plain.get_segment(obj, i)
        kind = plain.get_segment_kind(segment)
        plain.get_point(segment, *_POINT.at)
        x, y = _POINT()
        point = apply(matrix, x, y)
        if kind != _LINE:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if kind == _LINE and plain.closes(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points
