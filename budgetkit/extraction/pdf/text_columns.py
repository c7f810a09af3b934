"""The characters of a page as pdfium has them, a column for each thing that is asked of all.

Stands between pdfium and what reads its text.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from budgetkit.extraction.pdf import plain


@dataclass(frozen=True)
class TextColumns:
    """Characters of a page in pdfium's order, its own line breaks and spaces too.

    ``raw`` is pdfium's handle of the page's text, ``count`` the number of its characters.
    """

    raw: Any
    count: int

    @cached_property
    def _address(self) -> ctypes.c_void_p:
        return ctypes.cast(self.raw, ctypes.c_void_p)

    @cached_property
    def codes(self) -> list[int]:
        """The code of each."""
        return list(map(plain.get_unicode, repeat(self._address), range(self.count)))

    @cached_property
    def nameless(self) -> list[int]:
        """Whether its font says nothing of the code of each (1), or -1 where it can't be told."""
        return list(map(plain.is_nameless, repeat(self._address), range(self.count)))

    @cached_property
    def objects(self) -> NDArray[np.uint64]:
        """The address of the text object of each; 0 for a space of pdfium's own."""
        found = list(map(plain.get_text_object, repeat(self._address), range(self.count)))
        return np.array(found, np.uint64)

    @cached_property
    def boxes(self) -> NDArray[np.float64]:
        """The box of the ink of each (points, y goes up): x0, x1, y0, y1."""
        return self._written(plain.get_char_box, 4)

    @cached_property
    def origins(self) -> NDArray[np.float64]:
        """Where on its baseline each starts (points, y goes up): x, y."""
        return self._written(plain.get_char_origin, 2)

    def _written(self, function: Any, values: int) -> NDArray[np.float64]:
        each = repeat(self._address), range(self.count)
        return plain.copied(function, np.float64, values, *each)
