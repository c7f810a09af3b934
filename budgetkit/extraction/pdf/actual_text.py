"""What a page shows is read, not what a file says that it shows.

A file may give a text of its own for a piece of a page (``/ActualText``), which pdfium then
returns in place of the glyphs.  A viewer shows the glyphs, and so a figure is what they spell.
Ideographs given so are kept: fonts confuse variants of one ideograph, and no figure depends on it.
"""

from __future__ import annotations

import codecs
import ctypes
import re
from itertools import repeat

from budgetkit.extraction.pdf import plain
from budgetkit.extraction.pdf.page_objects import PageObjects

_KEY = ctypes.create_string_buffer(b"ActualText")
_IDEOGRAPHS = re.compile("[\u3400-\u9fff]+")


def drop_actual_text(objects: PageObjects) -> int:
    """Take the texts given for pieces of a page away, in memory, before its text is read.

    Returns
    -------
    int
        How many pieces had one that is more than ideographs.
    """
    dropped = 0
    known: set[int] = set()
    handles = objects.texts.handles
    counts = list(map(plain.count_marks, handles))
    for number in range(max(counts, default=0)):
        some = [handle for handle, count in zip(handles, counts, strict=True) if count > number]
        owners = dict(zip(map(plain.get_mark, some, repeat(number)), some, strict=True))
        for mark in owners.keys() - known:  # a piece may have several objects
            given = _given(mark)
            if given is not None and not _IDEOGRAPHS.fullmatch(given):
                dropped += plain.drop_mark_value(owners[mark], mark, _KEY)
        known |= owners.keys()
    return dropped


def _given(mark: int) -> str | None:
    """The text that a mark gives; None where it gives none."""
    size = ctypes.c_ulong()
    if not plain.get_mark_value(mark, _KEY, None, 0, ctypes.byref(size)):
        return None
    value = ctypes.create_string_buffer(size.value)
    plain.get_mark_value(mark, _KEY, value, size.value, ctypes.byref(size))
    is_wide = value.raw.startswith(codecs.BOM_UTF16_BE)
    return value.raw.decode("utf-16" if is_wide else "utf-8", "replace")
