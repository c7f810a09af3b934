"""Ruled lines of a page, from pdfium's page objects.

Stands between a PDF's pages and the grids of its tables.  Printers draw the rules of a table
as strokes, as boxes that are stroked, as filled shapes a hair thick, or as pictures a pixel
thick.  All become :class:`Rule`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

#: A shape at most this thick (points) is a printed rule, not a background.
THIN = 3.0
#: Dots in a row, at most this far apart (points), are a dotted rule from so many on.
DOT_GAP, FEWEST_DOTS = 4.0, 4
#: Forms within forms are followed this deep.
DEPTH = 4
#: More path points than this make a drawing, not a table (a page bomb, a map).
MOST_POINTS = 20_000

_LINE, _BEZIER, _MOVE = (
    pdfium_c.FPDF_SEGMENT_LINETO,
    pdfium_c.FPDF_SEGMENT_BEZIERTO,
    pdfium_c.FPDF_SEGMENT_MOVETO,
)

Matrix = tuple[float, float, float, float, float, float]
#: A straight line, or the bounds of a shape: x0, y0, x1, y1 with y upwards.
Segment = tuple[float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Rule(NamedTuple):
    """A ruled line; horizontal when ``top == bottom``, else vertical (points)."""

    x0: float
    top: float
    x1: float
    bottom: float


class Drawing(NamedTuple):
    """What a page draws besides text: its rules, and the number of its pictures."""

    rules: list[Rule]
    images: int


def read_drawing(page: pdfium.PdfPage, left: float, top: float) -> Drawing:
    """Read the rules of one page, and count its pictures.

    Parameters
    ----------
    page
        An open page of pdfium.
    left, top
        The corner of its box, in the PDF's own coordinates.

    Returns
    -------
    Drawing
        Rules in points from the top left of the unturned page.
    """
    segments: list[Segment] = []
    dots: list[Segment] = []
    images = 0
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    objects = (pdfium_c.FPDFPage_GetObject(page.raw, i) for i in range(count))
    for obj, kind, matrix in _flat(objects, IDENTITY, DEPTH):
        if kind != pdfium_c.FPDF_PAGEOBJ_IMAGE:
            segments.extend(_path(obj, matrix, dots))
        elif line := _middle_line(_bounds(obj, matrix)):
            segments.append(line)
        else:
            images += 1
    if len(dots) >= FEWEST_DOTS:
        segments.extend(_dotted(dots, upright=False))
        segments.extend(_dotted(dots, upright=True))
    rules = [Rule(x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in segments]
    return Drawing(rules, images)


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


def _flat(objects: Iterator[Any], matrix: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    """Paths and pictures, those inside forms with the form's matrix."""
    for obj in objects:
        kind = pdfium_c.FPDFPageObj_GetType(obj)
        if kind in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE):
            yield obj, kind, matrix
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
            inner = (
                pdfium_c.FPDFFormObj_GetObject(obj, i)
                for i in range(pdfium_c.FPDFFormObj_CountObjects(obj))
            )
            yield from _flat(inner, _times(_matrix(obj), matrix), depth - 1)


def _matrix(obj: object) -> Matrix:
    value = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(obj, value)
    return value.a, value.b, value.c, value.d, value.e, value.f


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


_EDGES = [ctypes.c_float() for _ in range(4)]


def _bounds(obj: object, matrix: Matrix) -> Segment:
    pdfium_c.FPDFPageObj_GetBounds(obj, *_EDGES)
    x0, y0, x1, y1 = (edge.value for edge in _EDGES)
    if matrix is not IDENTITY:
        (x0, y0), (x1, y1) = _apply(matrix, x0, y0), _apply(matrix, x1, y1)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _is_dot(bounds: Segment) -> bool:
    """Whether a shape is thin both ways: a dot, or the corner of a frame."""
    x0, y0, x1, y1 = bounds
    return x1 - x0 <= THIN and y1 - y0 <= THIN


def _middle_line(bounds: Segment) -> Segment | None:
    """The middle line of a shape that is thin one way; None for any other."""
    x0, y0, x1, y1 = bounds
    width, height = x1 - x0, y1 - y0
    if _is_dot(bounds):
        return None
    if height <= THIN and height < width:
        return x0, (y0 + y1) / 2, x1, (y0 + y1) / 2
    if width <= THIN and width < height:
        return (x0 + x1) / 2, y0, (x0 + x1) / 2, y1
    return None


def _path(obj: object, matrix: Matrix, dots: list[Segment]) -> Iterator[Segment]:
    """Rules that a path draws: thin shapes whole, else its straight strokes.

    Dots are added to ``dots``.
    """
    bounds = _bounds(obj, matrix)
    if _is_dot(bounds):
        dots.append(bounds)
        return
    if line := _middle_line(bounds):
        yield line
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(obj, fill, stroke)
    if not stroke.value and not fill.value:
        return
    if pdfium_c.FPDFPath_CountSegments(obj) > MOST_POINTS:
        return
    for points in _subpaths(obj, _times(_matrix(obj), matrix)):
        bounds = _around(points)
        if _is_dot(bounds):
            dots.append(bounds)
        elif line := _middle_line(bounds):
            yield line
        elif stroke.value:
            strokes = (_middle_line(_around(ends)) for ends in pairwise(points))
            yield from filter(None, strokes)


def _around(points: Sequence[tuple[float, float]]) -> Segment:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _subpaths(obj: object, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Straight runs of a path as lists of points; a curve ends a run."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for i in range(pdfium_c.FPDFPath_CountSegments(obj)):
        segment = pdfium_c.FPDFPath_GetPathSegment(obj, i)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(matrix, x.value, y.value)
        if kind != _LINE:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if kind == _LINE and pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points
