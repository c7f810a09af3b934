"""How a character looks: the direction it is read in, its colour and its type.

Used to tell stamps and watermarks from the text of a page, and to read turned text in its own
direction.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pypdfium2.raw as pdfium_c

#: Angles nearer than this (degrees) are one: a page may be skewed a little.
SAME_ANGLE = 2.5
#: Black and its shades are darker than this (of 255).
DARK = 60.0
#: Effective lightness of white.
WHITE = 255.0

_COLOUR = [ctypes.c_uint() for _ in range(4)]
_COLOUR_PARTS = [ctypes.byref(part) for part in _COLOUR]


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
    colour: tuple[int, int, int, int]
    size: float = 0.0

    @property
    def lightness(self) -> float:
        """How light it is on white paper, from 0 (black) to 255 (white)."""
        red, green, blue, opacity = self.colour
        full = 0.299 * red + 0.587 * green + 0.114 * blue
        return WHITE - (WHITE - full) * opacity / WHITE

    @property
    def is_dark(self) -> bool:
        """Whether it is black, or nearly."""
        return self.lightness < DARK and max(self.colour[:3]) < 2 * DARK


#: Of what has no text object.
NO_LOOK = Look(0, (0, 0, 0, 255))


class Looks:
    """The looks of the characters of one page, as pdfium gives them.

    Parameters
    ----------
    textpage
        pdfium's handle of the page's text.
    """

    def __init__(self, textpage: object) -> None:
        self._raw = textpage
        self._by_object: dict[int, Look] = {}

    def of(self, text_object: int, index: int) -> Look:
        """Return the look of a text object.

        Parameters
        ----------
        text_object
            Its address.
        index
            Of one of its characters.

        Returns
        -------
        Look
            That of all its characters.
        """
        look = self._by_object.get(text_object)
        if look is None:
            look = self._by_object[text_object] = self._read(index)
        return look

    @property
    def are_alike(self) -> bool:
        """Whether all characters are read in one direction, in one colour or in shades of black."""
        looks = {(look.angle, look.colour): look for look in self._by_object.values()}
        if len({angle for angle, _ in looks}) > 1:
            return False
        return len(looks) < 2 or all(look.is_dark for look in looks.values())

    def _read(self, index: int) -> Look:
        angle = pdfium_c.FPDFText_GetCharAngle(self._raw, index)
        if angle:
            # An oblique letter leans as much as pdfium says it is turned; its baseline does not.
            angle = self._baseline_angle(index)
        pdfium_c.FPDFText_GetFillColor(self._raw, index, *_COLOUR_PARTS)
        red, green, blue, opacity = (part.value for part in _COLOUR)
        size = pdfium_c.FPDFText_GetFontSize(self._raw, index)
        return Look(round(math.degrees(angle)) % 360, (red, green, blue, opacity), size)

    def _baseline_angle(self, index: int) -> float:
        matrix = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFText_GetMatrix(self._raw, index, matrix)
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
