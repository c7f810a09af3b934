"""Which planted error a line of a sheet is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from budgetkit.amounts import parse_number, squeeze
from budgetkit.lessons.game.class_sheets import Line

#: A line that tells less than this is about no error: its page alone, or its row alone.
ENOUGH = 2
#: A name of one character stands in any text.
SHORTEST_NAME = 2
#: Yuan in a 万元: a student may write either.
YUAN = 10_000

Key = Mapping[str, str]


def hits(lines: Sequence[Line], errors: Sequence[Key]) -> dict[int, Line]:
    """Find the line that tells each error, the surest pairs first.

    Parameters
    ----------
    lines
        Of one student.
    errors
        Rows of the key of that student.

    Returns
    -------
    dict of int to Line
        By the place of the error; errors that no line tells are left out.
    """
    pairs = [
        (strength(line, error), place, number)
        for place, error in enumerate(errors)
        for number, line in enumerate(lines)
    ]
    found: dict[int, int] = {}
    for score, place, number in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if score >= ENOUGH and place not in found and number not in found.values():
            found[place] = number
    return {place: lines[number] for place, number in found.items()}


def strength(line: Line, error: Key) -> int:
    """Say how surely a line tells an error.

    A line may also name the other place, which shows the error: it prints there what is true, and
    should be what is printed in the wrong place.

    Parameters
    ----------
    line
        Of a sheet.
    error
        Row of the key.

    Returns
    -------
    int
        At least :data:`ENOUGH` where it does.
    """
    page = _digits(line.page) == error["page"]
    row = _names(line.row, error["row"])
    table = _names(line.table, error["table"])
    if same_figure(line.printed, error["printed"]):
        return 4 if page else 3 if row or table else 2 if not line.page else 0
    other_side = same_figure(line.printed, error["true"])
    if other_side and same_figure(line.should_be, error["printed"]):
        return 3
    if same_figure(line.should_be, error["true"]) and (page or row):
        return 3
    # A row that is printed twice, or missing, has no figure to correct.
    return 2 if page and row and (not error["true"] or not line.printed) else 0


def is_mended(line: Line, error: Key) -> bool:
    """Whether a line also says what is right; where nothing is to be printed, any line does.

    Parameters
    ----------
    line
        That tells the error.
    error
        Row of the key.

    Returns
    -------
    bool
    """
    if not error["true"]:
        return True
    other_side = same_figure(line.printed, error["true"])
    return other_side or same_figure(line.should_be, error["true"])


def same_figure(written: str, wanted: str) -> bool:
    """Whether two texts are the same figure, in 元 or 万元, or the same words.

    Parameters
    ----------
    written
        By a student.
    wanted
        In the key.

    Returns
    -------
    bool
    """
    if not written or not wanted:
        return False
    one, other = _number(written), _number(wanted)
    if one is None or other is None:
        return squeeze(written) == squeeze(wanted)
    return one in (other, other * YUAN, other / YUAN)


def _number(text: str) -> Decimal | None:
    return parse_number(re.sub(r"(万元|元|%|％)$", "", squeeze(text)))


def _digits(text: str) -> str:
    found = re.search(r"\d+", squeeze(text))
    return found[0] if found else ""


def _names(written: str, wanted: str) -> bool:
    """Whether a text names a row or table of the key, in part or as a whole."""
    one, other = squeeze(written), squeeze(wanted)
    if len(one) < SHORTEST_NAME:
        return False
    return one in other or other in one
