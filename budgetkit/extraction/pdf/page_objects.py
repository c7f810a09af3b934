"""The objects that a page paints, in the order of painting, those inside forms too.

Stands between pdfium and what reads text, rules and pictures from its objects.  They are walked
once a page, in columns, and shared by all that ask.
"""

from __future__ import annotations

import ctypes
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

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


class Texts(NamedTuple):
    """Text objects of a page, one value each.

    Attributes
    ----------
    handles : list of int
        Addresses.
    boxes : numpy.ndarray
        x0, y0, x1, y1 in the page's frame where y goes up (points).
    inks : numpy.ndarray
        Red, green, blue and opacity (0 to 255); white where the ink is a pattern.
    orders : numpy.ndarray
        Turn of painting among the objects of the page.
    has_ink : numpy.ndarray
        Whether the ink is known.
    """

    handles: list[int]
    boxes: NDArray[np.float64]
    inks: NDArray[np.int64]
    orders: NDArray[np.intp]
    has_ink: NDArray[np.bool_]


class PageObjects:
    """What a page paints, in that order; a form is replaced by what it holds.

    Parameters
    ----------
    page
        An open page.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.handles: list[int] = []
        self.kinds: list[int] = []
        self._forms: dict[int, tuple[Matrix, tuple[PageObject, ...]]] = {}
        count = pdfium_c.FPDFPage_CountObjects(page.raw)
        address = ctypes.cast(page.raw, ctypes.c_void_p)
        self._add(list(map(plain.get_object, repeat(address), range(count))), None)

    def _add(self, handles: list[int], form: PageObject | None) -> None:
        kinds = list(map(plain.get_kind, handles))
        if form is None and FORM not in kinds:  # most pages
            self.handles, self.kinds = handles, kinds
            return
        matrix, forms = IDENTITY, tuple[PageObject, ...]()
        if form is not None:
            forms = (*form.forms, form)
            matrix = times(own_matrix(form.handle), form.matrix)
        for handle, kind in zip(handles, kinds, strict=True):
            if kind != FORM:
                if forms:
                    self._forms[len(self.handles)] = matrix, forms
                self.handles.append(handle)
                self.kinds.append(kind)
            elif len(forms) < DEPTH:
                count = plain.count_form_objects(handle)
                held = list(map(plain.get_form_object, repeat(handle), range(count)))
                self._add(held, PageObject(handle, kind, matrix, forms))

    def __getitem__(self, order: int) -> PageObject:
        matrix, forms = self._forms.get(order, (IDENTITY, ()))
        return PageObject(self.handles[order], self.kinds[order], matrix, forms)

    def of(self, *kinds: int) -> NDArray[np.intp]:
        """Return the turns of the objects of some kinds."""
        own = self._kinds
        return np.flatnonzero(np.logical_or.reduce([own == kind for kind in kinds]))

    @cached_property
    def _kinds(self) -> NDArray[np.intp]:
        return np.array(self.kinds, np.intp)

    @cached_property
    def boxes(self) -> NDArray[np.float64]:
        """The box around each in the page's frame where y goes up (points): x0, y0, x1, y1."""
        rows = len(self.handles)
        found = plain.written(plain.get_bounds, np.float32, 4, self.handles, rows=rows)[0]
        boxes = found.astype(np.float64)
        for order, (matrix, _) in self._forms.items():
            boxes[order] = moved(tuple(boxes[order].tolist()), matrix)
        return boxes

    @cached_property
    def are_in_forms(self) -> NDArray[np.bool_]:
        """Whether each stands in a form."""
        found = np.zeros(len(self.handles), bool)
        found[list(self._forms)] = True
        return found

    @cached_property
    def texts(self) -> Texts:
        """Its text objects."""
        orders = self.of(TEXT)
        handles = [self.handles[order] for order in orders.tolist()]
        inks, known = plain.written(plain.get_fill_color, np.uint32, 4, handles, rows=len(handles))
        has_ink = np.array(known, bool)
        inks = inks.astype(np.int64)
        inks[~has_ink] = 255
        return Texts(handles, self.boxes[orders], inks, orders, has_ink)


_NUMBERS = plain.Floats(6)


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
