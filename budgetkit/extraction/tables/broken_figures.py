"""Lines of figures in one cell: a figure that was broken, or several that stand below each other.

Used where the lines of a cell become its text.  Figures are joined only where the parts say that
they are one; two that stand in one box because a rule is missing are never joined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.lines import Line, split_at_gaps, type_size
from budgetkit.geometry import Box
from budgetkit.numerals import MINUS, fold_digits, read_numeral

#: A line that was broken leaves less room in its cell than this (type sizes).
ROOM = 1.5
#: Figures with a wider gap between them (type sizes) are two, and none is a group of three.
WIDE_GAP = 1.0
#: The gaps between digits that are spread differ by less than this share.
EVEN = 0.4
#: So many decimals an amount prints at most; a gap before them that is wider than those between
#: the other digits by this share of the type size may have held a point.
DECIMALS, POINT = 2, 0.2
#: Decimals are usual where at least this share of at least so many amounts print them.
USUAL_SHARE, USUAL_COUNT = 0.8, 3
_LINE = re.compile(rf"[{MINUS}(]?[0-9.,' ]*[0-9][0-9.,' ]*[){MINUS}]?")
#: No figure begins like this: 000, 00.5; nor with a separator.
_REST_ALONE = re.compile(r"0[0-9].*|[.,'].*|\)|[0-9]{1,2}\)")
BELOW_EACH_OTHER = "holds figures that stand below each other"
WITH_GAP = "has a gap where a point may be missing"
SIDE_BY_SIDE = "holds figures that stand side by side"


def usual_decimals(texts: Iterable[str]) -> int | None:
    """Return how many decimals nearly all amounts among some texts print; else None.

    Examples
    --------
    >>> usual_decimals(["1.00", "2.50", "3.25", "行政运行"]), usual_decimals(["1.00", "2.5"])
    (2, None)
    """
    numerals = (read_numeral(text) for text in texts)
    counts = Counter(_decimals(str(n.value)) for n in numerals if n and n.is_amount)
    decimals, count = max(counts.items(), key=lambda item: item[1], default=(0, 0))
    return (
        decimals if count >= USUAL_COUNT and count >= USUAL_SHARE * sum(counts.values()) else None
    )


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def are_figure_lines(lines: Sequence[Line]) -> bool:
    """Whether a cell holds several lines, each of digits alone."""
    return len(lines) > 1 and all(_LINE.fullmatch(fold_digits(line.text)) for line in lines)


def is_broken(lines: Sequence[Line], box: Box, decimals: int | None) -> bool:
    """Whether the lines of a cell are one figure that was broken.

    Parameters
    ----------
    lines
        As of :func:`are_figure_lines`.
    box
        Of the cell (points).
    decimals
        As of :func:`usual_decimals`, for the table that it stands in.

    Returns
    -------
    bool
        True where together they are a numeral and each break is one: a part is no figure alone,
        the line above is full, or only together they print the usual decimals.
    """
    texts = [fold_digits(line.text) for line in lines]
    whole = read_numeral("".join(texts))
    if whole is None:
        return False
    first, *rest = texts
    is_whole_alone = read_numeral(first) is not None
    if not is_whole_alone or any(map(_REST_ALONE.fullmatch, rest)):
        return True
    if decimals and _decimals(first) not in (0, decimals):
        return _decimals("".join(texts)) == decimals
    return all(_is_full(above, below, box) for above, below in pairwise(lines))


def _is_full(above: Line, below: Line, box: Box) -> bool:
    """Whether a line has no room for another digit, and the line below it is no longer."""
    width, size = above.box.x1 - above.box.x0, type_size(above.chars)
    room = (box.x1 - box.x0) - width
    margins = above.box.x0 - box.x0, box.x1 - above.box.x1
    digit = width / len(above.chars)
    is_centred = abs(margins[0] - margins[1]) < 0.5 * digit
    no_room = is_centred or room - 2 * max(min(margins), 0) < 1.5 * digit
    return room <= ROOM * size and no_room and below.box.x1 - below.box.x0 <= width + 0.5 * digit


def stand_side_by_side(line: Line) -> bool:
    """Whether a line that reads as one numeral shows a gap as between two columns."""
    chars = line.chars
    if len(chars) < 2 or read_numeral(line.text) is None:
        return False
    gaps = [
        right.x0 - left.x1
        for left, right in pairwise(chars)
        if left.text not in MINUS and right.text not in MINUS
    ]
    widest = max(gaps, default=0.0)
    # Digits that are spread over a cell have a gap on each side.
    return widest > WIDE_GAP * type_size(chars) and min(gaps) < EVEN * widest


def has_gap(digits: Sequence[Char]) -> bool:
    """Whether the last one or two digits of a figure without a point stand apart from the others.

    Examples
    --------
    >>> at = [0, 5, 10, 17.5, 22.5]
    >>> has_gap([Char("1", x, 0, x + 4, 7, 7) for x in at])
    True
    >>> has_gap([Char("1", 5 * i, 0, 5 * i + 4, 7, 7) for i in range(5)])
    False
    """
    gaps = [right.x0 - left.x1 for left, right in pairwise(digits)]
    return max(gaps[-DECIMALS:]) > median(gaps) + POINT * type_size(digits)


def parts_of(lines: Iterable[Line], gap: float = WIDE_GAP) -> list[list[Char]]:
    """Cut lines where they show a gap as between two columns, into the characters of each part.

    Parameters
    ----------
    lines
        Of one cell.
    gap
        The narrowest such gap (type sizes).

    Returns
    -------
    list of list of Char
    """
    return [part for line in lines for part in split_at_gaps(line, gap)]
