"""Stamps, seals and watermarks: text that is printed over a page and is not part of it.

They are told from the text by their slant, their place on a circle, their colour and size, and
by what they run across.  Their characters enter no cell and push no figure apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.looks import Colour, Look, quarter
from budgetkit.extraction.pdf.ruled_lines import Rule
from budgetkit.extraction.pdf.turned import Printed, are_near, box_of, set_upright, turned_runs
from budgetkit.geometry import Box

#: A watermark is lighter than the text of its page by at least this much (of 255).
PALER = 60.0
#: Lighter than this is white: text on a dark band.
AS_WHITE = 247.0
#: Type of a watermark, and of a stamp in colour, against that of the page.
LARGER, MUCH_LARGER = 1.25, 1.5
#: Boxes that share more than this of the smaller one are printed over each other.
OVER = 0.1
#: A rule that crosses text further than this share of its size from both ends cuts through it.
INTO = 0.3
#: Side (points) of the squares in which print under a stamp is sought.
SQUARE = 24.0


@dataclass(frozen=True, slots=True)
class Under:
    """What a stamp may be printed over.

    ``text`` is that of the page by square, of one ``colour`` and around one ``size``; ``extent``
    is the box around it; ``ruled`` is the box around the rules that run down the page.
    """

    text: Mapping[tuple[int, int], Sequence[Char]]
    colour: Colour
    lightness: float
    size: float
    extent: Box
    rules: Sequence[Rule]
    ruled: Box | None

    def is_covered_by(self, char: Char) -> bool:
        """Whether a character is printed over another of the page."""
        return any(
            _overlap(char, other) for key in _squares(char) for other in self.text.get(key, ())
        )

    def holds(self, box: Box) -> bool:
        """Whether the middle of a box stands in a ruled area."""
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        area = self.ruled
        return area is not None and area.x0 <= x <= area.x1 and area.top <= y <= area.bottom


def tell_stamps(
    chars: Sequence[Char],
    starts: Sequence[float],
    looks: Sequence[Look],
    angle: int,
    rules: Sequence[Rule],
) -> tuple[list[Char], frozenset[int]]:
    """Set turned text upright, and find the characters of stamps.

    Parameters
    ----------
    chars
        Of a page (points, reading frame).
    starts
        Where on its baseline each starts (points from the left).
    looks
        How each looks.
    angle
        That most are read at (degrees clockwise).
    rules
        Of the page.

    Returns
    -------
    chars : list of Char
        As before, but for turned ones, which are laid out in their reading direction.
    stamped : frozenset of int
        Indexes of those of stamps, seals and watermarks.
    """
    turns = {look: quarter(look.angle, angle) for look in set(looks)}
    printed = [
        Printed(i, char, start, look, turns[look])
        for i, (char, start, look) in enumerate(zip(chars, starts, looks, strict=True))
        if char.text != " "
    ]
    stamps = find_stamps(printed, rules)
    runs = turned_runs(item for item in printed if item.number not in stamps)
    return (set_upright(chars, runs, rules) if runs else list(chars)), stamps


def find_stamps(printed: Sequence[Printed], rules: Sequence[Rule]) -> frozenset[int]:
    """Find the characters of stamps, seals and watermarks.

    Parameters
    ----------
    printed
        The characters of one page that are not spaces, in the order of the file.
    rules
        Of the page (points, reading frame).

    Returns
    -------
    frozenset of int
        Indexes of the characters that are no text of the page.
    """
    found = {item.number for item in printed if item.turns is None}
    upright = [item for item in printed if item.turns == 0]
    if not upright:
        return frozenset(found)
    colour = Counter(item.look.colour for item in upright).most_common(1)[0][0]
    found |= _on_circles(printed, colour)
    rest = [item for item in printed if item.number not in found]
    own = [item for item in rest if item.turns == 0 and item.look.colour == colour]
    if not own:
        return frozenset(found)
    under = _under(own, rules)
    for same in _by_look(item for item in rest if not item.turns and item.look.colour != colour):
        if _is_over_page(same, under):
            found |= {item.number for item in same}
    for run in turned_runs(rest):
        if _is_sideways_stamp(run, under):
            found |= {item.number for item in run}
    return frozenset(found)


def _under(own: Sequence[Printed], rules: Sequence[Rule]) -> Under:
    size = _type_size(item.char for item in own)
    squares = defaultdict[tuple[int, int], list[Char]](list)
    for item in own:
        for key in _squares(item.char):
            squares[key].append(item.char)
    look = own[0].look
    extent = box_of(own)
    return Under(squares, look.colour, look.lightness, size, extent, rules, _ruled_area(rules))


def _on_circles(printed: Sequence[Printed], colour: Colour) -> set[int]:
    """Characters of a seal that stand straight by chance, between others that are slanted.

    The first or the last of a circle has one such neighbour, and counts where its colour is
    not that of the text, or it is turned.
    """
    found: set[int] = set()
    for i, item in enumerate(printed):
        if item.turns is None:
            continue
        slanted = [
            other
            for other in (*printed[max(i - 1, 0) : i], *printed[i + 1 : i + 2])
            if other.turns is None
            and other.look.colour == item.look.colour
            and are_near(item.char, other.char)
        ]
        if len(slanted) == 2 or (slanted and (item.turns or item.look.colour != colour)):
            found.add(item.number)
    return found


def _by_look(items: Iterable[Printed]) -> Iterable[list[Printed]]:
    """Characters of one look: what one stamp is printed with, all over a page."""
    looks = defaultdict[Look, list[Printed]](list)
    for item in items:
        looks[item.look].append(item)
    return looks.values()


def _is_over_page(same: Sequence[Printed], under: Under) -> bool:
    """Whether upright text of one look is printed over the page: pale, or large and in colour."""
    look, larger = same[0].look, _type_size(item.char for item in same) / under.size
    is_pale = look.lightness - under.lightness > PALER and look.lightness < AS_WHITE
    if not is_pale and larger < MUCH_LARGER:
        return False
    if any(under.is_covered_by(item.char) for item in same):
        return True
    return is_pale and larger >= LARGER and any(under.holds(box_of([item])) for item in same)


def _is_sideways_stamp(run: Sequence[Printed], under: Under) -> bool:
    """Whether turned text is none of the page's.

    It runs over its text or across rules of a table, it stands in the margin, or it is in
    colour and in no table.
    """
    box = box_of(run)
    if any(under.is_covered_by(item.char) for item in run):
        return True
    if any(_cuts(rule, box, across=run[0].turns != 2) for rule in under.rules):
        return True
    if under.holds(box):
        return False
    extent = under.extent
    in_margin = (
        box.x1 <= extent.x0
        or box.x0 >= extent.x1
        or box.bottom <= extent.top
        or box.top >= extent.bottom
    )
    return in_margin or run[0].look.colour != under.colour


def _cuts(rule: Rule, box: Box, *, across: bool) -> bool:
    """Whether a rule cuts through text: one ``across`` a column, else one down a line."""
    if across:
        into, middle = INTO * (box.x1 - box.x0), (box.x0 + box.x1) / 2
        reaches = rule.top == rule.bottom and rule.x0 <= middle <= rule.x1
        return reaches and box.top + into < rule.top < box.bottom - into
    into, middle = INTO * (box.bottom - box.top), (box.top + box.bottom) / 2
    reaches = rule.x0 == rule.x1 and rule.top <= middle <= rule.bottom
    return reaches and box.x0 + into < rule.x0 < box.x1 - into


def _ruled_area(rules: Sequence[Rule]) -> Box | None:
    """Box around the rules that run down a page: from the head to the foot of its tables."""
    down = [rule for rule in rules if rule.x0 == rule.x1]
    if not down:
        return None
    x0, top, x1, bottom = zip(*down, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def _type_size(chars: Iterable[Char]) -> float:
    """Typical height of the characters that show it (points)."""
    heights = [char.bottom - char.top for char in chars if char.text not in ".,，。、-—_一"]
    return median(heights) if heights else 1.0


def _overlap(a: Char, b: Char) -> bool:
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    if width <= 0 or height <= 0:
        return False
    areas = [(c.x1 - c.x0) * (c.bottom - c.top) for c in (a, b)]
    return width * height > OVER * min(areas)


def _squares(char: Char) -> list[tuple[int, int]]:
    columns = range(int(char.x0 // SQUARE), int(char.x1 // SQUARE) + 1)
    rows = range(int(char.top // SQUARE), int(char.bottom // SQUARE) + 1)
    return [(column, row) for column in columns for row in rows]
