"""What annotations and form fields show becomes part of their page.

A reader that fills in a form, or types over a page, leaves its figures in annotations; a viewer
draws their appearance as it draws the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

#: Annotations that show no text of their own on the page.
_SHOW_NOTHING = (pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP, pdfium_c.FPDF_ANNOT_TEXT)
#: Those that a viewer does not draw.
_HIDDEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW


def with_annotations(page: pdfium.PdfPage) -> bool:
    """Draw what the annotations of a page show into the page itself, in memory.

    Returns
    -------
    bool
        Whether there was anything to draw; the page must then be opened again.
    """
    count = pdfium_c.FPDFPage_GetAnnotCount(page.raw)
    if count <= 0:
        return False
    hidden = [i for i, flags, _ in _annotations(page, count) if flags & _HIDDEN]
    shown = any(
        kind not in _SHOW_NOTHING and not flags & _HIDDEN
        for _, flags, kind in _annotations(page, count)
    )
    if not shown:
        return False
    for i in reversed(hidden):
        pdfium_c.FPDFPage_RemoveAnnot(page.raw, i)
    flat: int = pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
    return bool(flat == pdfium_c.FLATTEN_SUCCESS)


def _annotations(page: pdfium.PdfPage, count: int) -> Iterator[tuple[int, int, Any]]:
    """Number, flags and kind of each annotation."""
    for i in range(count):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, i)
        flags = pdfium_c.FPDFAnnot_GetFlags(annotation)
        yield i, flags, pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
