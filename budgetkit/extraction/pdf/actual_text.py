"""What a page shows is read, not what a file says that it shows.

A file may give a text of its own for a piece of a page (``/ActualText``), which pdfium then
returns in place of the glyphs.  A viewer shows the glyphs, and so a figure is what they spell.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable

import pypdfium2.raw as pdfium_c

from budgetkit.extraction.pdf.page_objects import TEXT, PageObject

_KEY = b"ActualText"


def drop_actual_text(objects: Iterable[PageObject]) -> int:
    """Take the texts given for pieces of a page away, in memory, before its text is read.

    Returns
    -------
    int
        How many pieces had one.
    """
    length, dropped = ctypes.c_ulong(), 0
    for handle, kind, *_ in objects:
        if kind != TEXT:
            continue
        for i in range(pdfium_c.FPDFPageObj_CountMarks(handle)):
            mark = pdfium_c.FPDFPageObj_GetMark(handle, i)
            if pdfium_c.FPDFPageObjMark_GetParamStringValue(mark, _KEY, None, 0, length):
                dropped += pdfium_c.FPDFPageObjMark_RemoveParam(handle, mark, _KEY)
    return dropped
