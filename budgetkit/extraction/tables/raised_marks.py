"""Small digits beside a figure: footnote marks are raised and are no digits of it.

Used where the characters of a cell become its text.  A mark is told by its size and by the
baseline that it stands on, since the file holds it as a digit like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.tables.cell_figures import read_figure

#: A mark is at most this share of the height of the figure's digits.
SMALL = 0.8
#: Its baseline stands higher than that of the figure, or lower, by this share of their height.
RAISED = 0.2
#: It begins within this share of that height beside the figure.
BESIDE = 1.0
#: Characters that are low or thin by nature, so that their height tells no type size.
_LOW = frozenset(" .,，．、。·'’-−–—－‐‑*:;")
AMONG_DIGITS = "has digits of another size among its digits"


class WithoutMarks(NamedTuple):
    """The characters of a cell without the marks; ``problem`` where small digits can't be told."""

    chars: Sequence[Char]
    has_marks: bool = False
    problem: str = ""


def without_raised_marks(chars: Sequence[Char]) -> WithoutMarks:
    """Leave out of a figure's cell the raised marks beside it.

    Parameters
    ----------
    chars
        Of one cell.

    Returns
    -------
    WithoutMarks
        All of them where the cell holds no figure, or where all digits are of one size.
    """
    digits = [char.bottom - char.top for char in chars if "0" <= char.text <= "9"]
    if len(digits) < 2:
        return WithoutMarks(chars)
    tall = max(digits)
    high = [char for char in chars if char.text not in _LOW]
    small = [char for char in high if char.bottom - char.top <= SMALL * tall]
    if not small:
        return WithoutMarks(chars)
    full = [char for char in high if char not in small]
    beside = [char for char in small if _shares_line(char, full)]
    lines = [char.baseline for char in full]
    low = [char for char in chars if char.text in _LOW and char.text != " "]
    figure = sorted((*full, *(c for c in low if _stands_on(c, lines))), key=lambda char: char.x0)
    text = "".join(char.text for char in figure)
    found = read_figure(text)
    if not beside or found is None:
        return WithoutMarks(chars)
    is_one_line = max(lines) - min(lines) < RAISED * tall
    are_marks = all(_is_off_line(char, figure, tall) for char in beside)
    # Small decimals are no mark: 1,234.⁵⁶.
    if not is_one_line or not are_marks or _stands_among(beside, full) or text[-1] in ".,":
        return WithoutMarks(chars, problem=AMONG_DIGITS)
    return WithoutMarks([char for char in chars if char not in beside], has_marks=True)


def _stands_on(char: Char, lines: Sequence[float]) -> bool:
    """Whether a low character has the baseline of a figure, not that of a small line."""
    return min(abs(char.baseline - line) for line in lines) < 0.5


def _shares_line(char: Char, full: Sequence[Char]) -> bool:
    """Whether a small character overlaps a figure's line in height, and is no line of its own."""
    return any(char.bottom > one.top and char.top < one.baseline for one in full)


def _is_off_line(char: Char, figure: Sequence[Char], tall: float) -> bool:
    left, right = min(c.x0 for c in figure), max(c.x1 for c in figure)
    gap = max(char.x0 - right, left - char.x1)
    # A mark of two digits: the second stands behind the first.
    return (
        gap <= (BESIDE + SMALL) * tall and abs(char.baseline - figure[-1].baseline) >= RAISED * tall
    )


def _stands_among(small: Sequence[Char], full: Sequence[Char]) -> bool:
    """Whether digits of the figure stand on both sides of a small character."""
    left, right = min(c.x0 for c in full), max(c.x1 for c in full)
    return any(left < (c.x0 + c.x1) / 2 < right for c in small)
