"""Turned text on an upright page: the header of a narrow column, a figure along its cell.

It is read in its own direction and laid into the box that it is printed in, so that a cell holds
its words in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.looks import Look
from budgetkit.extraction.pdf.ruled_lines import Rule
from budgetkit.geometry import Box

#: Characters of one line stand nearer than this many type sizes.
NEAR = 2.5
#: Lines of a text stand nearer than this many of their heights.
LINE_GAP = 1.2


class Printed(NamedTuple):
    """A character as printed.

    Attributes
    ----------
    number : int
        Its number on the page.
    char : Char
        In the reading frame (points).
    start : float
        Where on its baseline it starts (points from the left).
    look : Look
        Its direction, colour and type.
    turns : int or None
        Quarter turns clockwise against the reading direction; None for slanted text.
    """

    number: int
    char: Char
    start: float
    look: Look
    turns: int | None


def box_of(items: Iterable[Printed]) -> Box:
    """Return the box around some characters (points)."""
    _, x0, top, x1, bottom, _ = zip(*(item.char for item in items), strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def are_near(a: Char, b: Char) -> bool:
    """Whether two characters may stand side by side in a line that runs any way.

    Parameters
    ----------
    a, b
        In points.

    Returns
    -------
    bool
        By the larger of the two.
    """
    size = max(a.x1 - a.x0, a.bottom - a.top, b.x1 - b.x0, b.bottom - b.top)
    across = (a.x0 + a.x1 - b.x0 - b.x1) / 2
    down = (a.top + a.bottom - b.top - b.bottom) / 2
    return max(abs(across), abs(down)) <= NEAR * size


def turned_runs(items: Iterable[Printed]) -> list[list[Printed]]:
    """Group turned characters that follow each other in the file and stand near each other."""
    runs: list[list[Printed]] = []
    last: Printed | None = None
    for item in items:
        if item.turns:
            if last and last.turns == item.turns and are_near(last.char, item.char):
                runs[-1].append(item)
            else:
                runs.append([item])
        last = item
    return runs


def set_upright(
    chars: Sequence[Char], runs: Iterable[Sequence[Printed]], rules: Sequence[Rule]
) -> list[Char]:
    """Lay turned text out in its reading direction, in the box that it is printed in.

    Parameters
    ----------
    chars
        Of a page (points, reading frame).
    runs
        Turned lines of it, or parts of lines.
    rules
        Of the page: text of two cells is no one text.

    Returns
    -------
    list of Char
        As before, but for the turned ones: squeezed along their line, so that all stand where
        their text does.
    """
    laid = list(chars)
    for block in _blocks(runs, rules):
        box = box_of(block)
        wide, high = box.x1 - box.x0, box.bottom - box.top
        for item in block:
            laid[item.number] = _laid(item, box, wide, high)
    return laid


def _laid(item: Printed, box: Box, wide: float, high: float) -> Char:
    char = item.char
    if item.turns == 2:
        x0, x1 = box.x0 + box.x1 - char.x1, box.x0 + box.x1 - char.x0
        top, bottom = box.top + box.bottom - char.bottom, box.top + box.bottom - char.top
        return Char(char.text, x0, top, x1, bottom, box.top + box.bottom - char.baseline)
    if item.turns == 1:  # reads downwards, its lines follow each other leftwards
        along = (char.top - box.top, char.bottom - box.top)
        across = (box.x1 - char.x1, box.x1 - char.x0, box.x1 - item.start)
    else:  # reads upwards, its lines follow each other rightwards
        along = (box.bottom - char.bottom, box.bottom - char.top)
        across = (char.x0 - box.x0, char.x1 - box.x0, item.start - box.x0)
    x0, x1 = (box.x0 + part * wide / high for part in along)
    top, bottom, baseline = (box.top + part * high / wide for part in across)
    return Char(char.text, x0, top, x1, bottom, baseline)


def _blocks(runs: Iterable[Sequence[Printed]], rules: Sequence[Rule]) -> list[list[Printed]]:
    """Join runs whose lines stand side by side without a rule between."""
    blocks: list[list[Printed]] = []
    for run in runs:
        own = list(run)
        for block in [block for block in blocks if _belong(block, own, rules)]:
            blocks.remove(block)
            own = block + own
        blocks.append(own)
    return blocks


def _belong(a: Sequence[Printed], b: Sequence[Printed], rules: Sequence[Rule]) -> bool:
    if a[0].turns != b[0].turns:
        return False
    one, other = box_of(a), box_of(b)
    gap_x = max(one.x0, other.x0) - min(one.x1, other.x1)
    gap_y = max(one.top, other.top) - min(one.bottom, other.bottom)
    sizes = [char.x1 - char.x0 if a[0].turns != 2 else char.bottom - char.top for char in _of(a, b)]
    near = LINE_GAP * max(sizes)
    if gap_x > near or gap_y > near:
        return False
    return not any(_parts(rule, one, other) for rule in rules)


def _of(a: Sequence[Printed], b: Sequence[Printed]) -> list[Char]:
    return [item.char for item in (*a, *b)]


def _parts(rule: Rule, a: Box, b: Box) -> bool:
    """Whether a rule runs between two texts."""
    if rule.x0 == rule.x1:
        left, right = sorted((a, b), key=lambda box: box.x0)
        beside = min(rule.bottom, a.bottom, b.bottom) > max(rule.top, min(a.top, b.top))
        return beside and left.x0 < rule.x0 < right.x1 and left.x1 <= rule.x0 + 1 <= right.x0 + 2
    upper, lower = sorted((a, b), key=lambda box: box.top)
    above = min(rule.x1, a.x1, b.x1) > max(rule.x0, min(a.x0, b.x0))
    return above and upper.bottom <= rule.top + 1 <= lower.top + 2
