"""The objects that a page paints, in the order of painting, those inside forms too.

Stands between pdfium and what reads text, rules and pictures from its objects.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

#: Forms within forms are followed this deep.
DEPTH = 4

Matrix = tuple[float, float, float, float, float, float]
#: A straight line, or the bounds of a shape: x0, y0, x1, y1 with y upwards.
Segment = tuple[float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)

TEXT, PATH = pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_PATH
IMAGE, SHADING = pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING
FORM = pdfium_c.FPDF_PAGEOBJ_FORM


class PageObject(NamedTuple):
    """One object: pdfium's handle and kind, the matrix of the forms around it, and these forms."""

    handle: Any
    kind: int
    matrix: Matrix = IDENTITY
    forms: tuple[PageObject, ...] = ()


def page_objects(page: pdfium.PdfPage) -> list[PageObject]:
    """List what a page paints, in that order; a form is replaced by what it holds."""
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    return list(_flat((pdfium_c.FPDFPage_GetObject(page.raw, i) for i in range(count)), None))


def _flat(handles: Iterator[Any], form: PageObject | None) -> Iterator[PageObject]:
    matrix, forms = IDENTITY, tuple[PageObject, ...]()
    if form is not None:
        forms = (*form.forms, form)
        matrix = times(own_matrix(form.handle), form.matrix)
    for handle in handles:
        obj = PageObject(handle, pdfium_c.FPDFPageObj_GetType(handle), matrix, forms)
        if obj.kind != FORM:
            yield obj
        elif len(forms) < DEPTH:
            count = pdfium_c.FPDFFormObj_CountObjects(handle)
            yield from _flat((pdfium_c.FPDFFormObj_GetObject(handle, i) for i in range(count)), obj)


def own_matrix(handle: Any) -> Matrix:
    """Return the matrix of an object itself."""
    value = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(handle, value)
    return value.a, value.b, value.c, value.d, value.e, value.f


def times(m: Matrix, n: Matrix) -> Matrix:
    """Return the matrix that applies ``m``, then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix puts a point."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


_EDGES = [ctypes.c_float() for _ in range(4)]


def bounds(handle: Any, matrix: Matrix) -> Segment:
    """Return the box around an object, in the page's frame where y goes up (points)."""
    pdfium_c.FPDFPageObj_GetBounds(handle, *_EDGES)
    x0, y0, x1, y1 = (edge.value for edge in _EDGES)
    return (x0, y0, x1, y1) if matrix is IDENTITY else moved((x0, y0, x1, y1), matrix)


def moved(box: Segment, matrix: Matrix) -> Segment:
    """Return the box around a box that a matrix moves."""
    x0, y0, x1, y1 = box
    corners = [apply(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
