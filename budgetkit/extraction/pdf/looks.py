"""How a character looks: the direction it is read in, its colour and its type.

Used to tell stamps and watermarks from the text of a page, and to read turned text in its own
direction.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from budgetkit.extraction.pdf import plain
from budgetkit.extraction.pdf.text_columns import TextColumns

#: Angles nearer than this (degrees) are one: a page may be skewed a little.
SAME_ANGLE = 2.5
#: Black and its shades are darker than this (of 255).
DARK = 60.0
#: Effective lightness of white.
WHITE = 255.0
#: How much of the lightness of a colour is that of each of its parts.
RED, GREEN, BLUE = 0.299, 0.587, 0.114

#: Red, green, blue and opacity, each from 0 to 255.
Colour = tuple[int, int, int, int]
BLACK: Colour = (0, 0, 0, 255)


class Look(NamedTuple):
    """Direction, colour and type of a character.

    Attributes
    ----------
    angle : int
        Degrees clockwise from left to right, in the frame of the unturned page, from 0 to 359.
    colour : tuple of int
        Red, green, blue and opacity, each from 0 to 255.
    size : float
        Of its font, before the page scales it: tells types apart, and says nothing else.
    """

    angle: int
    colour: Colour
    size: float = 0.0

    @property
    def lightness(self) -> float:
        """How light it is on white paper, from 0 (black) to 255 (white)."""
        red, green, blue, opacity = self.colour
        full = RED * red + GREEN * green + BLUE * blue
        return WHITE - (WHITE - full) * opacity / WHITE

    @property
    def is_dark(self) -> bool:
        """Whether it is black, or nearly."""
        return self.lightness < DARK and max(self.colour[:3]) < 2 * DARK


#: Of what has no text object.
NO_LOOK = Look(0, BLACK)


def looks_of(
    text: TextColumns, firsts: Mapping[int, int], inks: Mapping[int, Colour]
) -> dict[int, Look]:
    """Return the looks of text objects.

    Parameters
    ----------
    text
        Of a page.
    firsts
        A character of each object, by the address of the object.
    inks
        What the objects of the page are painted with, by their addresses.

    Returns
    -------
    dict of int to Look
        By the address of the object.
    """
    raw, numbers = ctypes.cast(text.raw, ctypes.c_void_p), list(firsts.values())
    angles = list(map(plain.get_angle, repeat(raw), numbers))
    sizes = list(map(plain.get_type_size, repeat(raw), numbers))
    known: dict[tuple[float, Colour, float], Look] = {}
    found = {}
    for address, number, angle, size in zip(firsts, numbers, angles, sizes, strict=True):
        ink = inks.get(address, BLACK)
        if angle:
            # An oblique letter leans as much as pdfium says it is turned; its baseline does not.
            angle = _baseline_angle(text.raw, number)
        key = angle, ink, size
        look = known.get(key)
        if look is None:
            look = known[key] = Look(round(math.degrees(angle)) % 360, ink, size)
        found[address] = look
    return found


def are_inks_alike(inks: NDArray[np.int64]) -> bool:
    """Whether texts are painted in one colour, or in shades of black."""
    if not len(inks) or (inks == inks[0]).all():
        return True
    red, green, blue, opacity = inks.T.astype(float)
    full = RED * red + GREEN * green + BLUE * blue
    lightness = WHITE - (WHITE - full) * opacity / WHITE
    return bool(((lightness < DARK) & (inks[:, :3].max(axis=1) < 2 * DARK)).all())


def are_level(text: TextColumns, numbers: Sequence[int]) -> bool:
    """Whether characters are read from left to right.

    Parameters
    ----------
    text
        Of a page.
    numbers
        Of the characters.

    Returns
    -------
    bool
        False where one is turned or leans.
    """
    return not any(map(plain.get_angle, repeat(ctypes.cast(text.raw, ctypes.c_void_p)), numbers))


def are_alike(looks: Iterable[Look]) -> bool:
    """Whether all text is read in one direction, in one colour or in shades of black."""
    kinds = {(look.angle, look.colour): look for look in set(looks)}
    if len({angle for angle, _ in kinds}) > 1:
        return False
    return len(kinds) < 2 or all(look.is_dark for look in kinds.values())


def _baseline_angle(raw: Any, index: int) -> float:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(raw, index, matrix)
    return math.atan2(-matrix.b, matrix.a)


def reading_angle(looks: Iterable[Look]) -> int | None:
    """Return the angle (degrees) that most characters are read at; None where there are none.

    Slanted text is no page's direction, unless there is no other.
    """
    angles = Counter(look.angle for look in looks)
    straight = {a: n for a, n in angles.items() if _from_right_angle(a) <= 4 * SAME_ANGLE}
    most = Counter(straight or angles).most_common(1)
    return most[0][0] if most else None


def _from_right_angle(angle: int) -> int:
    return min(angle % 90, 90 - angle % 90)


def quarter(angle: int, reading: int) -> int | None:
    """Return how text is turned against the reading direction.

    Parameters
    ----------
    angle
        Of the text (degrees).
    reading
        Of the page (degrees).

    Returns
    -------
    int or None
        Quarter turns clockwise, 0 to 3; None for slanted text.

    Examples
    --------
    >>> quarter(90, 0), quarter(1, 0), quarter(0, 90), quarter(45, 0)
    (1, 0, 3, None)
    """
    apart = (angle - reading) % 360
    turns = round(apart / 90)
    return turns % 4 if abs(apart - 90 * turns) <= SAME_ANGLE else None
