"""A picture of a figure as pieces of ink, so that what looks alike is recognised once.

A figure of which every piece looks like one that was already read in another figure, and is
called the same by the text layer, needs no recogniser.  A renderer paints a glyph of one type as
the same pixels, or as those of the same shape moved by a part of a pixel: pieces are laid on each
other by their centres of gravity.  On fourteen published and typeset documents the same digit of
one type differs by at most 0.16 of its ink, another digit by at least 0.35 (6 and 0).

Ink that no character accounts for has no name, and such a figure is read as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from budgetkit.extraction.ocr.recogniser import Grey

Flags = npt.NDArray[np.bool_]
Shape = npt.NDArray[np.float32]

#: Grey levels by which ink differs from what lies below it, and its share of the blackest ink:
#: less is the soft rim of a glyph, which touches its neighbour.
INK, SOFT = 40, 0.35
#: Pixels by which the painted glyph may stand beside the box that its font tells.
SLACK = 1.5
#: Two pieces are the same glyph where they differ by at most this share of their ink.
ALIKE = 0.2
#: Side (pixels) of the square that pieces are laid on; larger ones must be the same pixels.
SIDE = 40
#: Pixels by which the heights of the same glyph above its line may differ.
LEVEL = 1.5
#: A row or column inked by this share, at the rim of a picture, is a rule of the table.
RULED = 0.9
#: A piece at least this share as high as the highest of its line stands on the line.
TALL = 0.7


class Piece(NamedTuple):
    """A piece of a figure: what the text layer calls it, and which shape it is."""

    name: str
    shape: int


def contrast(picture: Grey) -> Grey:
    """Return how much each pixel differs from what most of the picture is."""
    ground = int(np.bincount(picture.ravel(), minlength=256).argmax())
    return np.abs(picture.astype(np.int16) - ground).astype(np.uint8)


def inked(contrasts: Grey) -> Flags:
    """Return which pixels are ink; a rule of the table at the rim of the picture is none."""
    found: Flags = contrasts > max(INK, SOFT * float(contrasts.max()))
    x0, x1 = _within(found.mean(axis=0) >= RULED)
    top, bottom = _within(found.mean(axis=1) >= RULED)
    found[:, :x0] = found[:, x1:] = found[:top] = found[bottom:] = False
    return found


def _within(ruled: Flags) -> tuple[int, int]:
    """The stretch between the rules at both ends."""
    start, end = 0, len(ruled)
    while start < end and ruled[start]:
        start += 1
    while end > start and ruled[end - 1]:
        end -= 1
    return start, end


def runs(flags: Flags) -> list[tuple[int, int]]:
    """Return where flags are set: start and end (exclusive) of each run.

    Examples
    --------
    >>> runs(np.array([False, True, True, False, True]))
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def pieces(
    picture: Grey, chars: Sequence[tuple[str, float]], shapes: Shapes
) -> tuple[Piece, ...] | None:
    """Cut the picture of a line into pieces with the names that the text layer gives them.

    Parameters
    ----------
    picture
        Of the line, with a margin.
    chars
        Of the text layer, left to right: text and middle (pixels from the left).
    shapes
        Those of the document so far.

    Returns
    -------
    tuple of Piece or None
        None where ink has no character, or a character no ink.
    """
    if picture.size == 0:
        return None
    contrasts = contrast(picture)
    ink = inked(contrasts)
    named = _named(runs(np.any(ink, axis=0)), list(chars))
    if not named:
        return None
    found = []
    for name, start, end in named:
        high = np.flatnonzero(ink[:, start:end].any(axis=1))
        found.append((name, start, end, int(high[0]), int(high[-1]) + 1))
    highest = max(bottom - top for *_, top, bottom in found)
    line = max(bottom for *_, top, bottom in found if bottom - top >= TALL * highest)
    return tuple(
        Piece(name, shapes.number(contrasts[top:bottom, start:end], line - bottom))
        for name, start, end, top, bottom in found
    )


def _named(
    stretches: Sequence[tuple[int, int]], chars: list[tuple[str, float]]
) -> list[tuple[str, int, int]]:
    """Stretches of ink, each with the characters that stand in it; empty where some have none."""
    found = []
    for start, end in stretches:
        name = ""
        while chars and chars[0][1] <= end + SLACK:
            text, middle = chars.pop(0)
            if middle < start - SLACK:
                return []
            name += text
        if not name:
            return []
        found.append((name, start, end))
    return [] if chars else found


@dataclass(slots=True)
class Shapes:
    """The shapes of ink met so far, each with a number."""

    _exact: dict[tuple[int, int, int, bytes], int] = field(default_factory=dict)
    _alike: dict[tuple[int, int], list[tuple[int, int, Shape]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _count: int = 0

    def number(self, pixels: Grey, level: int) -> int:
        """Return the number of a shape, an old one where it is alike.

        Parameters
        ----------
        pixels
            The piece of ink, cut as tight as can be; 0 is what lies below it.
        level
            Its lower edge above that of its line (pixels).

        Returns
        -------
        int
            From 0.
        """
        height, width = pixels.shape
        key = (height, width, level, pixels.tobytes())
        if key in self._exact:
            return self._exact[key]
        shape = _laid_out(pixels)
        number = None if shape is None else self._find(shape, height, width, level)
        if number is None:
            number = self._count
            self._count += 1
            if shape is not None:
                self._alike[height, width].append((number, level, shape))
        self._exact[key] = number
        return number

    def _find(self, shape: Shape, height: int, width: int, level: int) -> int | None:
        near = [
            one
            for h in (height - 1, height, height + 1)
            for w in (width - 1, width, width + 1)
            for one in self._alike.get((h, w), ())
            if abs(one[1] - level) <= LEVEL
        ]
        if not near:
            return None
        others = np.array([other for *_, other in near])
        apart = np.abs(others - shape).sum(axis=(1, 2))
        share = apart / np.minimum(others.sum(axis=(1, 2)), shape.sum())
        best = int(share.argmin())
        return near[best][0] if share[best] <= ALIKE else None


def _laid_out(pixels: Grey) -> Shape | None:
    """The ink of a piece, its centre of gravity in the middle of a square, and softened.

    None where it is too large for the square.
    """
    height, width = pixels.shape
    if max(height, width) > SIDE - 6:
        return None
    ink = pixels.astype(np.float32) / float(pixels.max())
    total = ink.sum()
    down = SIDE / 2 - float(np.arange(height) @ ink.sum(axis=1) / total)
    right = SIDE / 2 - float(ink.sum(axis=0) @ np.arange(width) / total)
    row, col = int(down), int(right)
    if min(row, col) < 1 or max(row + height, col + width) > SIDE - 2:
        return None
    laid = np.zeros((SIDE, SIDE), dtype=np.float32)
    for i, by_row in ((0, 1 - down + row), (1, down - row)):
        for j, by_col in ((0, 1 - right + col), (1, right - col)):
            laid[row + i : row + i + height, col + j : col + j + width] += by_row * by_col * ink
    soft = 2 * laid
    soft[1:] += laid[:-1]
    soft[:-1] += laid[1:]
    out = 2 * soft
    out[:, 1:] += soft[:, :-1]
    out[:, :-1] += soft[:, 1:]
    return (out / 16).astype(np.float32)
