"""The objects that a page paints, in the order of painting, those inside forms too.

Stands between pdfium and what reads text, rules and pictures from its objects.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from budgetkit.extraction.pdf import plain

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
    """One object: its address in pdfium, its kind, the matrix of the forms around it, and these."""

    handle: int
    kind: int
    matrix: Matrix = IDENTITY
    forms: tuple[PageObject, ...] = ()


def page_objects(page: pdfium.PdfPage) -> list[PageObject]:
    """List what a page paints, in that order; a form is replaced by what it holds."""
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    return list(_flat((plain.get_object(page.raw, i) for i in range(count)), None))


def _flat(handles: Iterator[int], form: PageObject | None) -> Iterator[PageObject]:
    matrix, forms = IDENTITY, tuple[PageObject, ...]()
    if form is not None:
        forms = (*form.forms, form)
        matrix = times(own_matrix(form.handle), form.matrix)
    for handle in handles:
        obj = PageObject(handle, plain.get_kind(handle), matrix, forms)
        if obj.kind != FORM:
            yield obj
        elif len(forms) < DEPTH:
            count = plain.count_form_objects(handle)
            yield from _flat((plain.get_form_object(handle, i) for i in range(count)), obj)


_NUMBERS, _EDGES = plain.Floats(6), plain.Floats(4)


def own_matrix(handle: int) -> Matrix:
    """Return the matrix of an object itself."""
    plain.get_matrix(handle, _NUMBERS.at[0])
    a, b, c, d, e, f = _NUMBERS()
    return a, b, c, d, e, f


def times(m: Matrix, n: Matrix) -> Matrix:
    """Return the matrix that applies one, then another.

    Parameters
    ----------
    m, n
        The first, and the one after it.

    Returns
    -------
    Matrix
    """
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """Move a point by a matrix.

    Parameters
    ----------
    m
        The matrix.
    x, y
        The point.

    Returns
    -------
    tuple of float
        Where it puts the point.
    """
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def bounds(handle: int, matrix: Matrix) -> Segment:
    """Measure an object.

    Parameters
    ----------
    handle
        Its address.
    matrix
        Of the forms around it.

    Returns
    -------
    Segment
        The box around it, in the page's frame where y goes up (points).
    """
    plain.get_bounds(handle, *_EDGES.at)
    x0, y0, x1, y1 = _EDGES()
    return (x0, y0, x1, y1) if matrix is IDENTITY else moved((x0, y0, x1, y1), matrix)


def moved(box: Segment, matrix: Matrix) -> Segment:
    """Move a box by a matrix.

    Parameters
    ----------
    box
        Before.
    matrix
        That moves it.

    Returns
    -------
    Segment
        The box around it, after.
    """
    x0, y0, x1, y1 = box
    corners = [apply(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
