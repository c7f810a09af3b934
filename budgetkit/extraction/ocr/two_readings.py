"""Words that the text layer does not give, read twice from the picture of their page.

Both glyphs without a name and text that is drawn as shapes are believed only where two readings,
at two resolutions, are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from budgetkit.extraction.ocr.pictures import DPI, Picture, draw
from budgetkit.extraction.ocr.recogniser import Reader, Seen
from budgetkit.extraction.ocr.verify import SECOND_DPI, cut_line
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.geometry import Box


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
