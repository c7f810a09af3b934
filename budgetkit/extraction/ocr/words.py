"""Words that the text layer does not give, found on a page and read twice from its picture.

Both glyphs without a name and text that is drawn as shapes are believed only where two readings,
at two resolutions, are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from budgetkit.extraction.ocr.pictures import DPI, Picture, draw
from budgetkit.extraction.ocr.recogniser import Reader, Seen
from budgetkit.extraction.ocr.verify import SECOND_DPI, cut_line
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.lines import read_lines, split_line, type_size
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.geometry import Box

#: Characters of a word are no further apart than this share of its type size; a point that is no
#: shape of its own leaves a gap.
WORD_GAP = 0.6


def words_of(
    page: Page, chars: Iterable[Char], is_between: Callable[[float, Char, Char], bool]
) -> Iterator[list[Char]]:
    """Find words: characters that stand side by side, with no rule between them.

    Parameters
    ----------
    page
        As read: an upright rule of a table ends a word.
    chars
        Its characters, or shapes that stand for some.
    is_between
        Tells of the place of a rule (points) whether it lies between two neighbours.

    Returns
    -------
    iterator of list of Char
    """
    upright = [rule for rule in page.rules if rule.x0 == rule.x1]
    for line in read_lines(chars):
        gap = WORD_GAP * type_size(line.chars)
        middle = (line.box.top + line.box.bottom) / 2
        edges = [rule.x0 for rule in upright if rule.top <= middle <= rule.bottom]

        def are_apart(
            before: Char, char: Char, gap: float = gap, edges: Sequence[float] = edges
        ) -> bool:
            return char.x0 - before.x1 > gap or any(is_between(x, before, char) for x in edges)

        yield from split_line(line.chars, are_apart)


class TwoReadings(NamedTuple):
    """What two pictures of a page show of some words.

    ``areas`` are where the cuts of ``picture`` lie sideways (pixels): left and right.
    """

    picture: Picture
    areas: list[tuple[int, int]]
    first: list[Seen]
    second: list[Seen]


def read_twice(pdf: Pdf, page: Page, boxes: Sequence[Box], read: Reader) -> TwoReadings:
    """Read words from two pictures of their page.

    Parameters
    ----------
    pdf
        The open file.
    page
        As read.
    boxes
        Around the ink of each word (points).
    read
        Reads pictures of lines.

    Returns
    -------
    TwoReadings
        In the order of ``boxes``.
    """
    picture, finer = draw(pdf, page, DPI), draw(pdf, page, SECOND_DPI)
    cuts = [cut_line(picture, page, box) for box in boxes]
    first = read([cut for cut, _ in cuts])
    second = read([cut_line(finer, page, box)[0] for box in boxes])
    areas = [(left, left + cut.shape[1]) for cut, left in cuts]
    return TwoReadings(picture, areas, first, second)
