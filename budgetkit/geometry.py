"""Rectangles on a page, in points from its top left."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple, Protocol


class HasEdges(Protocol):
    """What has the four edges of a :class:`Box`: a box, a character, a rule."""

    @property
    def x0(self) -> float:
        """Left edge."""

    @property
    def top(self) -> float:
        """Upper edge."""

    @property
    def x1(self) -> float:
        """Right edge."""

    @property
    def bottom(self) -> float:
        """Lower edge."""


class Box(NamedTuple):
    """A rectangle in points from the top left of a page."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds_middle(self, other: HasEdges) -> bool:
        """Whether the middle of something on the same page stands in it.

        Examples
        --------
        >>> Box(0, 0, 10, 10).holds_middle(Box(8, 8, 12, 12))
        True
        """
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around all of some boxes; there must be one.

    Examples
    --------
    >>> around([Box(0, 0, 1, 1), Box(5, 2, 6, 3)])
    Box(x0=0, top=0, x1=6, bottom=3)
    """
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def turn_box(box: Box, width: float, height: float, turns: int) -> Box:
    """Turn a box with its page by quarter turns clockwise.

    Parameters
    ----------
    box
        In points from the top left of the page.
    width, height
        Of the page before it is turned (points).
    turns
        Any number of quarter turns, negative ones counterclockwise.

    Returns
    -------
    Box
        In points from the top left of the turned page.

    Examples
    --------
    >>> turn_box(Box(10, 20, 30, 25), 200, 100, 1)
    Box(x0=75, top=10, x1=80, bottom=30)
    >>> turn_box(Box(75, 10, 80, 30), 100, 200, -1)
    Box(x0=10, top=20, x1=30, bottom=25)
    """
    x0, top, x1, bottom = box
    match turns % 4:
        case 1:
            return Box(height - bottom, x0, height - top, x1)
        case 2:
            return Box(width - x1, height - bottom, width - x0, height - top)
        case 3:
            return Box(top, width - x1, bottom, width - x0)
    return Box(*box)


def tilt_box(box: Box, width: float, height: float, degrees: float) -> Box:
    """Move a box as the page under it is turned around its middle by a small angle.

    Parameters
    ----------
    box
        In points from the top left of the page.
    width, height
        Of the page (points).
    degrees
        Clockwise.

    Returns
    -------
    Box
        Of the same size, around where its middle comes to lie.

    Examples
    --------
    >>> [round(edge, 1) for edge in tilt_box(Box(190, 49, 200, 51), 200, 100, 1)]
    [190.0, 50.7, 200.0, 52.7]
    """
    angle = math.radians(degrees)
    right, down = (box.x0 + box.x1 - width) / 2, (box.top + box.bottom - height) / 2
    x = right * math.cos(angle) - down * math.sin(angle) - right
    y = right * math.sin(angle) + down * math.cos(angle) - down
    return Box(box.x0 + x, box.top + y, box.x1 + x, box.bottom + y)


class PageBox(NamedTuple):
    """A rectangle in points from the top left of a page as shown; pages count from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
