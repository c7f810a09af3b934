"""Parts of figures that are drawn: a digit, a point, a sign or a bracket among written digits.

Stands between the pages of a file and the grids of its tables.  A shape or a picture of the size
of a character that stands in line with a digit and right beside it belongs to the figure, and
nobody names it: without it 150 would be 50.  What holds or crosses a character (a box to be
ticked, a ring, a line struck through), lies on a rule or behind one, is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from budgetkit.extraction.pdf.characters import UNKNOWN, Char
from budgetkit.extraction.pdf.drawn_signs import alone
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.pdf.ruled_lines import Rule
from budgetkit.geometry import Box

#: By heights of a digit: how near a part stands, how far it may overlap, how high it is at most,
#: and how far its middle may stand below the baseline and above it.
BESIDE, OVER, HIGHEST, BELOW, ABOVE = 0.6, 0.25, 1.7, 0.3, 1.2
#: What is smaller than this share both ways is a dot; it is a part between two digits only.
DOT = 0.4
#: A rule this near (points) goes through a part, or ends in it; shorter ones may be its sides.
ON_RULE, LONG = 0.75, 15.0
#: Of more dots than this a page makes lines.
MOST_DOTS = 400


def with_drawn_parts(page: Page) -> Page:
    """Add the drawn parts of written figures.

    Returns
    -------
    Page
        The same where there are none; else with a character without a name for each.
    """
    scraps = page.scraps if len(page.scraps) <= MOST_DOTS else ()
    small = [box for box in page.pictures if box.bottom - box.top <= LONG >= box.x1 - box.x0]
    boxes = [*page.marks, *scraps, *small, *_upright(page.rules)]
    if not boxes:
        return page
    digits = [char for char in page.chars if char[0].isdigit()]
    if not digits:
        return page
    return page.with_chars(list(dict.fromkeys(_parts(boxes, digits, page))))


def _upright(rules: Sequence[Rule]) -> list[Box]:
    """Short upright rules that join no other: a bracket is as thin as a rule, and so is a 1."""
    short = [rule for rule in rules if rule.x0 == rule.x1 and rule.bottom - rule.top <= LONG]
    return [Box(*rule) for rule in alone(short, rules)] if short else []


def _parts(boxes: list[Box], digits: list[Char], page: Page) -> Iterator[Char]:
    x0, top, x1, bottom = (column[:, None] for column in np.array(boxes).T)
    left, high, right, low, base = np.array([char[1:] for char in digits]).T
    size = low - high
    middle = (top + bottom) / 2
    in_line = (middle <= base + BELOW * size) & (middle >= base - ABOVE * size)
    in_line &= bottom - top <= HIGHEST * size
    before = in_line & (left - x1 >= -OVER * size) & (left - x1 <= BESIDE * size) & (x0 < left)
    after = in_line & (x0 - right >= -OVER * size) & (x0 - right <= BESIDE * size) & (x1 > right)
    is_dot = (bottom - top < DOT * size) & (x1 - x0 < DOT * size)
    beside = before | after
    beside &= ~(is_dot & ~(before.any(axis=1) & after.any(axis=1))[:, None])
    for i in np.flatnonzero(beside.any(axis=1)).tolist():
        box, digit = boxes[i], digits[int(np.argmax(beside[i]))]
        if not (_is_written_on(box, page) or _is_at_rule(box, digit, page.rules)):
            yield Char(UNKNOWN, *box, digit.baseline)


def _is_written_on(box: Box, page: Page) -> bool:
    """Whether a character stands in a box, or a box in the middle of one."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return any(
        (
            box.x0 <= (char.x0 + char.x1) / 2 <= box.x1
            and box.top <= (char.top + char.bottom) / 2 <= box.bottom
        )
        or (char.x0 <= x <= char.x1 and char.top <= y <= char.bottom)
        for char in page.chars
        if char.text != " "
    )


def _is_at_rule(box: Box, digit: Char, rules: tuple[Rule, ...]) -> bool:
    """Whether a part lies on a rule, or a rule parts it from its digit."""
    y = (box.top + box.bottom) / 2
    left, right = sorted(((box.x0 + box.x1) / 2, (digit.x0 + digit.x1) / 2))
    for rule in rules:
        if rule.x1 - rule.x0 + rule.bottom - rule.top <= LONG:
            continue
        if (
            rule.x0 <= box.x1 + ON_RULE
            and rule.x1 >= box.x0 - ON_RULE
            and rule.top <= box.bottom + ON_RULE
            and rule.bottom >= box.top - ON_RULE
        ):
            return True
        if rule.x0 == rule.x1 and left < rule.x0 < right and rule.top <= y <= rule.bottom:
            return True
    return False
