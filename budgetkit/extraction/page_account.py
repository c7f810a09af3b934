"""An account of every page: where each number-like piece that it paints went.

Stands beside the rows of a dataset and counts what the other steps took.  A *piece* is a run of
digits with its separators; a character without a name counts as a digit.  Each piece is counted
once: as a figure that became a fact, as one that is listed, as a label of a table, as prose, or
as furniture (page numbers, contents, dates, stamps), so that the counts add up to what is painted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from budgetkit.extraction.pdf.characters import UNKNOWN, Char
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.body_lines import MARGIN, RUNNING
from budgetkit.geometry import Box

#: Characters of a piece: digits of both widths, and one that the file does not name.
DIGITS = frozenset(f"0123456789０１２３４５６７８９{UNKNOWN}")
SEPARATORS = frozenset(",.，．")
#: Two characters of one piece are no further apart than this share of their height.
APART = 0.7
#: Boxes are sought by the band of the page (points) that they stand in.
BAND = 8.0
#: What follows the digits of a date.
_OF_DATE = frozenset("年月日")
#: What stands before the number of a page, and behind it.
_BEFORE_NUMBER, _AFTER_NUMBER = frozenset("-—–─~·第共/"), frozenset("-—–─~·页/")
#: What stands before the number of a table, and behind that of a heading.
_BEFORE_TABLE = "表"
#: A cell of more characters than this holds running text.
RUNNING_TEXT = 60


class Piece(NamedTuple):
    """A run of digits.

    Attributes
    ----------
    text : str
        Its characters.
    box : Box
        From its first to its last character (points, reading frame).
    before, after : str
        The characters around it in the order of the file, spaces left out.
    """

    text: str
    box: Box
    before: str = ""
    after: str = ""


class PageCounts(NamedTuple):
    """How many number-like pieces a page paints, by where they went."""

    n_facts: int = 0
    n_unmapped: int = 0
    n_labels: int = 0
    n_prose: int = 0
    n_furniture: int = 0

    @property
    def n_painted(self) -> int:
        """All of them."""
        return sum(self)


def pieces_of(page: Page) -> list[Piece]:
    """Return the number-like pieces of a page, top to bottom.

    Parameters
    ----------
    page
        As read: what it does not paint is not among its characters.

    Returns
    -------
    list of Piece
        A separator at the edge of a run belongs to none.

    Examples
    --------
    >>> chars = [Char(c, 5 * i, 0, 5 * i + 4, 7, 7) for i, c in enumerate("1,2. 3年")]
    >>> pieces = pieces_of(Page(1, 600, 850, tuple(chars), (), 0, 0))
    >>> [(piece.text, piece.after) for piece in pieces]
    [('1,2', '.'), ('3', '年')]
    """
    return _pieces(page.chars)


def _pieces(every: Iterable[Char]) -> list[Piece]:
    chars = [char for char in every if char[0] != " "]
    found = [
        (round(char.baseline), char.x0, at, char.top, char.x1, char.bottom)
        for at, char in enumerate(chars)
        if char.text in _WANTED
    ]
    runs: list[list[int]] = []
    line, end, height = -1, 0.0, 0.0
    for baseline, x0, at, top, x1, bottom in sorted(found):
        apart = APART * max(bottom - top, height)
        if baseline != line or not -apart <= x0 - end <= apart:
            runs.append([])
        runs[-1].append(at)
        line, end, height = baseline, x1, bottom - top
    return [piece for run in runs if (piece := _piece(run, chars)) is not None]


_WANTED = DIGITS | SEPARATORS


def _piece(run: Sequence[int], chars: Sequence[Char]) -> Piece | None:
    """The piece of a run, separators at its edges left out; None where it holds no digit."""
    first, last = 0, len(run)
    while last > first and chars[run[last - 1]][0] in SEPARATORS:
        last -= 1
    while first < last and chars[run[first]][0] in SEPARATORS:
        first += 1
    if first == last:
        return None
    start, end = run[first], run[last - 1]
    _, x0, top, _, bottom, _ = chars[start]
    text = "".join([chars[at][0] for at in run[first:last]])
    before = chars[start - 1][0] if start else ""
    after = chars[end + 1][0] if end + 1 < len(chars) else ""
    return Piece(text, Box(x0, top, chars[end][3], bottom), before, after)


class Boxes:
    """Boxes of a page that are sought by a point in them."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._bands: dict[int, list[tuple[int, Box]]] = defaultdict(list)
        for number, box in enumerate(boxes):
            for band in range(int(box.top // BAND), int(box.bottom // BAND) + 1):
                self._bands[band].append((number, box))

    def holding(self, box: Box) -> int | None:
        """The number of the first that holds the middle of a box; None where none does."""
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        for number, (x0, top, x1, bottom) in self._bands.get(int(y // BAND), ()):
            if x0 - 0.5 <= x <= x1 + 0.5 and top - 0.5 <= y <= bottom + 0.5:
                return number
        return None


def count_pieces(
    page: Page,
    pieces: Sequence[Piece],
    *,
    facts: Sequence[Box],
    unmapped: Sequence[Box],
    cells: Sequence[tuple[Box, str]],
    contents: bool = False,
) -> PageCounts:
    """Count the pieces of a page by where they went, each once.

    Parameters
    ----------
    page
        That they stand on.
    pieces
        As of :func:`pieces_of`.
    facts, unmapped
        Boxes of the printed figures that became facts, or are listed.  Each counts as one piece,
        also one that goes on in the next line, or that is no plain number.  What stands off the
        page is not painted.
    cells
        The cells of its tables with what is printed in them.
    contents
        Whether the page is one of the table of contents.

    Returns
    -------
    PageCounts
    """
    taken = set(facts)
    own = [box for box in dict.fromkeys(unmapped) if box not in taken and page.is_on(box)]
    figures = Boxes([*taken, *own])
    in_cells = Boxes([box for box, _ in cells])
    labels = prose = 0
    furniture = len(_pieces(page.stamps)) if page.stamps else 0
    for piece in pieces:
        if figures.holding(piece.box) is not None:
            continue  # counted with the figure that it is a part of
        if (at := in_cells.holding(piece.box)) is not None:
            is_prose = len(cells[at][1]) > RUNNING_TEXT
            prose, labels = prose + is_prose, labels + (not is_prose)
        elif contents or piece.after in _OF_DATE or _is_page_number(piece, page):
            furniture += 1
        elif piece.before == _BEFORE_TABLE:
            labels += 1
        else:
            prose += 1
    return PageCounts(len(taken), len(own), labels, prose, furniture)


def _is_page_number(piece: Piece, page: Page) -> bool:
    """Whether a piece is the number of its page: at the edge, and near it or between dashes."""
    low, high = MARGIN * page.height, (1 - MARGIN) * page.height
    text = piece.text
    if (low < piece.box.bottom and piece.box.top < high) or len(text) > 3 or not text.isdecimal():
        return False
    near = abs(int(text) - page.number) <= RUNNING
    return near or (piece.before in _BEFORE_NUMBER and piece.after in _AFTER_NUMBER)
