"""pdfium's functions for objects and characters with plain addresses in place of typed pointers.

A page has hundreds of objects and characters, and each is asked half a dozen questions: the
pointers that ctypes makes and checks for each cost more than the answers.  What is asked of all
is asked in columns: ``list(map(get_kind, handles))``, or :func:`written` where pdfium writes its
answers into memory.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

_AT, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float


class _Address(ctypes.c_void_p):
    """An address that is passed on where arguments are undeclared."""


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same function, declared with addresses; an address that is null comes back as None."""
    made: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(
        ctypes.cast(function, ctypes.c_void_p).value or 0
    )
    return made


get_kind = _plain(pdfium_c.FPDFPageObj_GetType, _INT, _AT)
get_bounds = _plain(pdfium_c.FPDFPageObj_GetBounds, _INT, _AT, _AT, _AT, _AT, _AT)
get_matrix = _plain(pdfium_c.FPDFPageObj_GetMatrix, _INT, _AT, _AT)
get_fill_color = _plain(pdfium_c.FPDFPageObj_GetFillColor, _INT, _AT, _AT, _AT, _AT, _AT)
get_stroke_color = _plain(pdfium_c.FPDFPageObj_GetStrokeColor, _INT, _AT, _AT, _AT, _AT, _AT)
get_stroke_width = _plain(pdfium_c.FPDFPageObj_GetStrokeWidth, _INT, _AT, _AT)
has_transparency = _plain(pdfium_c.FPDFPageObj_HasTransparency, _INT, _AT)
set_active = _plain(pdfium_c.FPDFPageObj_SetIsActive, _INT, _AT, _INT)
count_marks = _plain(pdfium_c.FPDFPageObj_CountMarks, _INT, _AT)
get_mark = _plain(pdfium_c.FPDFPageObj_GetMark, _AT, _AT, ctypes.c_ulong)
get_mark_name = _plain(pdfium_c.FPDFPageObjMark_GetName, _INT, _AT, _AT, ctypes.c_ulong, _AT)
get_mark_value = _plain(
    pdfium_c.FPDFPageObjMark_GetParamBlobValue, _INT, _AT, _AT, _AT, ctypes.c_ulong, _AT
)
get_mark_kind = _plain(pdfium_c.FPDFPageObjMark_GetParamValueType, _INT, _AT, ctypes.c_char_p)
drop_mark_value = _plain(pdfium_c.FPDFPageObjMark_RemoveParam, _INT, _AT, _AT, _AT)
get_clip = _plain(pdfium_c.FPDFPageObj_GetClipPath, _Address, _AT)
count_clip_segments = _plain(pdfium_c.FPDFClipPath_CountPathSegments, _INT, _AT, _INT)
get_clip_segment = _plain(pdfium_c.FPDFClipPath_GetPathSegment, _AT, _AT, _INT, _INT)
get_draw_mode = _plain(pdfium_c.FPDFPath_GetDrawMode, _INT, _AT, _AT, _AT)
count_segments = _plain(pdfium_c.FPDFPath_CountSegments, _INT, _AT)
get_segment = _plain(pdfium_c.FPDFPath_GetPathSegment, _AT, _AT, _INT)
get_segment_kind = _plain(pdfium_c.FPDFPathSegment_GetType, _INT, _AT)
get_point = _plain(pdfium_c.FPDFPathSegment_GetPoint, _INT, _AT, _AT, _AT)
closes = _plain(pdfium_c.FPDFPathSegment_GetClose, _INT, _AT)
get_text_mode = _plain(pdfium_c.FPDFTextObj_GetTextRenderMode, _INT, _AT)
get_font_size = _plain(pdfium_c.FPDFTextObj_GetFontSize, _INT, _AT, _AT)
transform = _plain(pdfium_c.FPDFPageObj_Transform, None, _AT, *[ctypes.c_double] * 6)
# Undeclared arguments are cheaper still: the address as ``c_void_p``, and numbers.
get_object = _plain(pdfium_c.FPDFPage_GetObject, _AT)
get_char_box = _plain(pdfium_c.FPDFText_GetCharBox, _INT)
get_char_origin = _plain(pdfium_c.FPDFText_GetCharOrigin, _INT)
get_unicode = _plain(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint)
is_nameless = _plain(pdfium_c.FPDFText_HasUnicodeMapError, _INT)
get_angle = _plain(pdfium_c.FPDFText_GetCharAngle, _FLOAT)
get_type_size = _plain(pdfium_c.FPDFText_GetFontSize, ctypes.c_double)
# An address that is null comes back as 0 here.
get_text_object = _plain(pdfium_c.FPDFText_GetTextObject, ctypes.c_uint64)
count_clips = _plain(pdfium_c.FPDFClipPath_CountPaths, _INT)
get_clip_start = _plain(pdfium_c.FPDFClipPath_GetPathSegment, ctypes.c_uint64)
count_form_objects = _plain(pdfium_c.FPDFFormObj_CountObjects, _INT, _AT)
get_form_object = _plain(pdfium_c.FPDFFormObj_GetObject, _AT, _AT, ctypes.c_ulong)


class Floats:
    """Numbers that pdfium writes one after the other: ``Floats(4)`` for the edges of a box."""

    def __init__(self, count: int) -> None:
        self._numbers = (_FLOAT * count)()
        at = ctypes.addressof(self._numbers)
        self.at = tuple(at + ctypes.sizeof(_FLOAT) * i for i in range(count))

    def __call__(self) -> list[float]:
        """Return the numbers as last written."""
        return self._numbers[:]


def mark_name(mark: int) -> str:
    """Return the name of a marked-content mark; cut off where it is long."""
    name, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
    get_mark_name(mark, name, len(name), ctypes.byref(size))
    return name.raw.decode("utf-16-le", "replace").split("\0")[0]


def written(
    function: Callable[..., Any], kind: Any, values: int, *arguments: Iterable[Any], rows: int
) -> tuple[NDArray[Any], list[Any]]:
    """Call a function that writes its answers, once for each row.

    Parameters
    ----------
    function
        Takes ``arguments``, then a pointer to each of its answers.
    kind
        Of the answers, a type of numpy.
    values
        How many there are.
    *arguments
        A column each.
    rows
        How many rows the columns have.

    Returns
    -------
    answers : numpy.ndarray
        A row for each, of ``values`` columns; zeros where the function fails.
    results : list
        What it returned.
    """
    answers = np.zeros((rows, values), kind)
    step, start = answers.itemsize, answers.ctypes.data
    end = start + step * values * rows
    pointers = [range(start + step * i, end, step * values) for i in range(values)]
    return answers, list(map(function, *arguments, *pointers))


def copied(
    function: Callable[..., Any], kind: Any, values: int, *arguments: Iterable[Any]
) -> NDArray[Any]:
    """Call a function with undeclared arguments that writes its answers, once for each row.

    Parameters
    ----------
    function
        Takes ``arguments``, then a pointer to each of its answers; it must not fail.
    kind
        Of the answers, a type of numpy.
    values
        How many there are.
    *arguments
        A column each.

    Returns
    -------
    numpy.ndarray
        A row for each, of ``values`` columns.
    """
    size = np.dtype(kind).itemsize
    memory = ctypes.create_string_buffer(size * values)
    pointers = [repeat(ctypes.byref(memory, size * i)) for i in range(values)]
    rows = [memory.raw for _ in map(function, *arguments, *pointers)]
    return np.frombuffer(b"".join(rows), kind).reshape(-1, values)
