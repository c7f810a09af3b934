"""Figures of the text layer held against what is painted in their place.

Stands after the facts of a document: each page that holds some is drawn once, the box of each
figure is cut out, line by line where it is wrapped, and read.  Where the two disagree as amounts
the fact is doubtful, and says what was seen.  Figures made of glyphs that were already read are
not read again (:mod:`~budgetkit.extraction.ocr.glyphs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from budgetkit.amounts import parse_number, squeeze
from budgetkit.extraction.ocr.glyphs import Piece, Shapes, pieces
from budgetkit.extraction.ocr.pictures import DPI, POINTS_PER_INCH, Picture, draw
from budgetkit.extraction.ocr.recogniser import Grey, Reader, Seen, read_lines
from budgetkit.extraction.pdf.lines import read_lines as lines_of
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.tables.table_content import Fact, TableContent
from budgetkit.geometry import Box

#: Pixels around a figure that are read with it: a mark, a sign or a digit that the text layer
#: does not hold stands there.
MARGIN = 5
#: A rule of a table is no part of a figure: so far (points) from its middle line nothing is read.
RULE = 0.9
#: A figure that reads otherwise is read once more from a picture of so many pixels an inch.
SECOND_DPI = 300
#: What the recogniser reads for another form of the same mark.
_ALIKE = str.maketrans({"。": ".", "、": ",", "·": ".", "＇": "'", "’": "'", "，": ",", "．": "."})
_LAST_POINT = re.compile(r",(\d\d)$")
#: Digits narrower than this share of their height are stretched to it to be read again.
SQUEEZED, USUAL = 0.4, 0.55


class Painted(NamedTuple):
    """A figure as it is to be read: its fact's place in the list, and the picture of each line."""

    fact: int
    pictures: tuple[Grey, ...]
    pieces: tuple[Piece, ...] | None


@dataclass(frozen=True, slots=True)
class Witness:
    """What the picture of a figure says."""

    text: str
    confidence: float


def verify_contents(
    pdf: Pdf, pages: Iterable[Page], contents: Sequence[TableContent], read: Reader = read_lines
) -> list[TableContent]:
    """Hold what the tables of a document say against the pictures of its pages.

    Parameters
    ----------
    pdf
        The open file.
    pages
        Its pages, as read.
    contents
        Of its tables.
    read
        Reads pictures of lines.

    Returns
    -------
    list of TableContent
        With facts as of :func:`verify`.
    """
    facts = iter(verify(pdf, pages, [fact for one in contents for fact in one.facts], read))
    return [one._replace(facts=[next(facts) for _ in one.facts]) for one in contents]


def verify(
    pdf: Pdf, pages: Iterable[Page], facts: Sequence[Fact], read: Reader = read_lines
) -> list[Fact]:
    """Hold the facts of a document against the pictures of its pages.

    Parameters
    ----------
    pdf
        The open file.
    pages
        Its pages, as read.
    facts
        In reading order, those of scans left out or not: what is recognised stays as it is.
    read
        Reads pictures of lines.

    Returns
    -------
    list of Fact
        In the same order, with ``seen`` and ``confidence``; doubtful where the picture shows
        another amount.
    """
    known = {page.number: page for page in pages}
    by_page: dict[int, list[int]] = {}
    for index, fact in enumerate(facts):
        if fact.confidence is None:
            by_page.setdefault(fact.page, []).append(index)
    painted: list[Painted] = []
    shapes = Shapes()
    for number, indices in by_page.items():
        painted += _cut(draw(pdf, known[number]), known[number], facts, indices, shapes)
    found = _witnesses(painted, facts, read)
    unlike = [i for i, seen in found.items() if not agrees(seen.text, facts[i].printed)]
    again: list[Painted] = []
    for number in dict.fromkeys(facts[i].page for i in unlike):
        indices = [i for i in unlike if facts[i].page == number]
        again += _cut(draw(pdf, known[number], SECOND_DPI), known[number], facts, indices, Shapes())
    again = [_stretched(figure, facts[figure.fact].printed) for figure in again]
    for index, second in _read_whole(again, read).items():
        if agrees(second.text, facts[index].printed):
            found[index] = second
    return [_witnessed(fact, found.get(index)) for index, fact in enumerate(facts)]


def agrees(seen: str, printed: str) -> bool:
    """Whether two readings are the same amount, or the same text.

    Parameters
    ----------
    seen
        On the picture.
    printed
        By the text layer.

    Returns
    -------
    bool

    Examples
    --------
    >>> agrees("1,234.50", "1234.50"), agrees("1。50", "1.50"), agrees("100.00", "1800.00")
    (True, True, False)
    """
    if _plain(seen) == _plain(printed):
        return True
    number = parse_number(_plain(seen))
    return number is not None and number == parse_number(_plain(printed))


def _plain(text: str) -> str:
    """Forms of marks are one; a comma before the last two digits is a point."""
    return _LAST_POINT.sub(r".\1", squeeze(text.translate(_ALIKE)))


def _witnessed(fact: Fact, seen: Witness | None) -> Fact:
    if seen is None:
        return fact
    same = agrees(seen.text, fact.printed)
    certainty = fact.certainty if same else "doubtful"
    return replace(fact, seen=seen.text, confidence=seen.confidence, certainty=certainty)


def _cut(
    picture: Picture, page: Page, facts: Sequence[Fact], indices: Iterable[int], shapes: Shapes
) -> list[Painted]:
    """Cut the figures of a page out of its picture, line by line."""
    places = [((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2, char)
              for char in page.chars if char.text != " "]  # fmt: skip
    found = []
    for index in indices:
        box = facts[index].box
        inside = [c for x, y, c in places if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom]
        lines = lines_of(inside)
        whole = squeeze("".join(line.text for line in lines)) == squeeze(facts[index].printed)
        if not whole or not lines:
            found.append(Painted(index, (cut_line(picture, page, box)[0],), None))
            continue
        cut: list[Grey] = []
        named: tuple[Piece, ...] | None = ()
        for line in lines:
            grey, left = cut_line(picture, page, line.box)
            middles = [(c.text, (c.x0 + c.x1) / 2 * picture.scale - left) for c in line.chars]
            part = pieces(grey, sorted(middles, key=lambda pair: pair[1]), shapes)
            named = None if part is None or named is None else named + part
            cut.append(grey)
        found.append(Painted(index, tuple(cut), named))
    return found


def _stretched(figure: Painted, printed: str) -> Painted:
    """A figure of type that was set narrow, as wide as usual."""
    width = sum(picture.shape[1] for picture in figure.pictures) / max(len(printed), 1)
    height = max(picture.shape[0] for picture in figure.pictures)
    if not height or width >= SQUEEZED * height:
        return figure
    times = max(2, round(USUAL * height / max(width, 1)))
    wide = tuple(picture.repeat(times, axis=1) for picture in figure.pictures)
    return figure._replace(pictures=wide)


def cut_line(picture: Picture, page: Page, box: Box) -> tuple[Grey, int]:
    """Cut a line out of a page with a margin that no rule of the table runs through.

    Parameters
    ----------
    picture
        Of the page.
    page
        As read.
    box
        Around the ink of the line (points).

    Returns
    -------
    picture : ndarray
    left : int
        Its left edge in the picture of the page (pixels).
    """
    margin = MARGIN * POINTS_PER_INCH / DPI
    x0, top, x1, bottom = (
        box.x0 - margin, box.top - margin, box.x1 + margin, box.bottom + margin,
    )  # fmt: skip
    for rule in page.rules:
        if rule.top == rule.bottom and rule.x0 < box.x1 and rule.x1 > box.x0:
            if top - RULE < rule.top <= box.top:
                top = min(rule.top + RULE, box.top)
            elif box.bottom <= rule.top < bottom + RULE:
                bottom = max(rule.top - RULE, box.bottom)
        elif rule.x0 == rule.x1 and rule.top < box.bottom and rule.bottom > box.top:
            if x0 - RULE < rule.x0 <= box.x0:
                x0 = min(rule.x0 + RULE, box.x0)
            elif box.x1 <= rule.x0 < x1 + RULE:
                x1 = max(rule.x0 - RULE, box.x1)
    for char in page.chars:
        # What is written right beside the figure is no part of it: 约50.00, 50.00元.
        if char.top < box.bottom and char.bottom > box.top and char.text != " ":
            if x0 < char.x1 <= box.x0 and char.x0 < box.x0:
                x0 = char.x1
            elif box.x1 <= char.x0 < x1 and char.x1 > box.x1:
                x1 = char.x0
    edges = picture.pixels(Box(x0, top, x1, bottom))
    return picture.grey[edges[1] : edges[3], edges[0] : edges[2]], edges[0]


def _witnesses(
    painted: Sequence[Painted], facts: Sequence[Fact], read: Reader
) -> dict[int, Witness]:
    """Read the figures, each piece of ink in as few of them as can be."""
    known: dict[Piece, float] = {}
    found: dict[int, Witness] = {}
    left = list(painted)
    while left:
        batch: list[Painted] = []
        later: list[Painted] = []
        asked: set[Piece] = set()
        for figure in left:
            if figure.pieces is not None and all(piece in known for piece in figure.pieces):
                sure = min(known[piece] for piece in figure.pieces)
                found[figure.fact] = Witness(facts[figure.fact].printed, sure)
            elif figure.pieces is not None and asked.issuperset(
                piece for piece in figure.pieces if piece not in known
            ):
                later.append(figure)
            else:
                batch.append(figure)
                asked.update(figure.pieces or ())
        seen = _read_whole(batch, read)
        found |= seen
        for figure in batch:
            witness = seen[figure.fact]
            if figure.pieces and _plain(witness.text) == _plain(facts[figure.fact].printed):
                for piece in figure.pieces:
                    known.setdefault(piece, witness.confidence)
        left = later
    return found


def _read_whole(painted: Sequence[Painted], read: Reader) -> dict[int, Witness]:
    """Read figures as they are, the lines of each joined; equal pictures are read once."""
    distinct: dict[tuple[tuple[int, ...], bytes], Grey] = {}
    for figure in painted:
        for grey in figure.pictures:
            distinct.setdefault((grey.shape, grey.tobytes()), grey)
    seen = dict(zip(distinct, read(list(distinct.values())), strict=True))
    return {
        figure.fact: _joined([seen[grey.shape, grey.tobytes()] for grey in figure.pictures])
        for figure in painted
    }


def _joined(lines: Sequence[Seen]) -> Witness:
    confidence = min((line.confidence for line in lines), default=0.0)
    return Witness("".join(line.text for line in lines), round(confidence, 4))
