"""Characters into printed lines, by their baselines.

Used inside a cell and on a page of prose alike.  The box of ``.`` and ``,`` is low, so
characters of one line share a baseline, never the middle of their boxes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from statistics import median

from budgetkit.extraction.pdf.characters import Char
from budgetkit.geometry import Box

#: Baselines nearer than this share of the type size belong to one line.
SAME_LINE = 0.4
#: A printed gap wider than this share of the type size is a space.
GAP = 0.45
#: The inked height of an ideograph is about this share of its type size.
INKED = 0.85
#: Fields of a character by their place: faster than by their name, of which there are millions.
_LEFT, _BASELINE = itemgetter(1), itemgetter(5)


@dataclass(frozen=True, slots=True)
class Line:
    """Characters that stand side by side.

    Attributes
    ----------
    text : str
        In reading order, with the spaces that the file holds.
    chars : tuple of Char
        One for each character of ``text`` that is not a space.
    box : Box
        Around the inked characters, in points.
    """

    text: str
    chars: tuple[Char, ...]
    box: Box


def type_size(chars: Iterable[Char]) -> float:
    """Estimate the type size (points) of a group of characters."""
    heights = [char.bottom - char.top for char in chars if char.text not in " .,、，。-—_一"]
    return median(heights) / INKED if heights else 10.0


def box_around(chars: Iterable[Char]) -> Box:
    """Return the box around all of the characters.

    Examples
    --------
    >>> box_around([Char("1", 10, 20, 14, 28, 28), Char(".", 15, 27, 16, 28, 28)])
    Box(x0=10, top=20, x1=16, bottom=28)
    """
    _, x0, top, x1, bottom, _ = zip(*chars, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def read_lines(chars: Iterable[Char]) -> list[Line]:
    """Group characters into lines, top to bottom, each from left to right.

    Parameters
    ----------
    chars
        Of one cell, or of one page.

    Returns
    -------
    list of Line
        Lines that hold nothing but spaces are left out.

    Examples
    --------
    >>> chars = [Char("乙", 0, 30, 9, 39, 38), Char("甲", 0, 10, 9, 19, 18)]
    >>> [line.text for line in read_lines(chars)]
    ['甲', '乙']
    """
    ordered = sorted(chars, key=_BASELINE)
    if ordered and ordered[0].baseline == ordered[-1].baseline:
        ordered.sort(key=_LEFT)
        texts = [char.text for char in ordered]
        if " " not in texts:  # one line, whatever its type size: most cells of a table
            return [Line("".join(texts), tuple(ordered), box_around(ordered))]
    size = type_size(ordered)
    near = SAME_LINE * size
    groups: list[list[Char]] = []
    last = -math.inf
    for char in ordered:
        baseline = char.baseline
        if baseline - last <= near:
            groups[-1].append(char)
        else:
            groups.append([char])
        last = baseline
    lines = []
    for group in groups:
        group.sort(key=_LEFT)
        inked = tuple([char for char in group if char.text != " "])
        if inked:
            lines.append(Line(_spaced(group, size), inked, box_around(inked)))
    return lines


def split_line(chars: Sequence[Char], are_apart: Callable[[Char, Char], bool]) -> list[list[Char]]:
    """Split the characters of a line between those neighbours that stand apart.

    Parameters
    ----------
    chars
        From left to right; at least one.
    are_apart
        Tells of a character and the next one whether a new run begins between them.

    Returns
    -------
    list of list of Char
        Runs of neighbours.
    """
    runs = [[chars[0]]]
    for before, char in pairwise(chars):
        if are_apart(before, char):
            runs.append([])
        runs[-1].append(char)
    return runs


def split_at_gaps(line: Line, share: float = 1.0) -> list[list[Char]]:
    """Split a line at its wide gaps, such as those between the cells of a row.

    Parameters
    ----------
    line
        As of :func:`read_lines`.
    share
        A gap wider than this share of the line's type size is wide.

    Returns
    -------
    list of list of Char
    """
    widest = share * type_size(line.chars)
    return split_line(line.chars, lambda before, char: char.x0 - before.x1 > widest)


def _spaced(group: list[Char], size: float) -> str:
    """Text of a line; a space of the file counts only where the print shows a gap.

    pdfium makes up a space where a producer places each digit on its own: ``1 ,467.00``.
    """
    text, last, space = "", None, False
    for char in group:
        if char.text == " ":
            space = True
            continue
        if space and last is not None and char.x0 - last.x1 > GAP * size:
            text += " "
        text, last, space = text + char.text, char, False
    return text
