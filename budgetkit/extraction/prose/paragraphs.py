"""Lines of prose joined into paragraphs, each under its headings.

A PDF has no paragraphs, only lines (:mod:`budgetkit.extraction.prose.body_lines`);
:mod:`budgetkit.extraction.prose.layout` decides which of them belong together.  Every character
keeps its page and its box, so that whatever is found in the text has a place on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.lines import box_around
from budgetkit.extraction.prose.body_lines import PlacedLine
from budgetkit.extraction.prose.headings import (
    LONGEST_HEADING,
    PAGE_TITLE,
    completion,
    is_heading,
    is_table_title,
    marker,
    without_marker,
)
from budgetkit.extraction.prose.layout import TextBlocks
from budgetkit.extraction.prose.wordings import matcher
from budgetkit.geometry import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRow:
    """A row with its place: page (from 1) and box (points, of the page as shown)."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading of the prose.

    Attributes
    ----------
    text : str
        Without any white space, one character for each of ``chars``.
    chars : tuple of (int, Char)
        Page and character; boxes are of the page as shown, in points.
    section : tuple of str
        The headings that it stands under, outermost first; its own is not among them.
    rank : int
        0 for body; the rank of a heading otherwise: 1 第一部分, 2 a page's title, 3 一、,
        4 （一）, 5 1., 6 (1).
    """

    text: str
    chars: tuple[tuple[int, Char], ...]
    section: tuple[str, ...] = ()
    rank: int = 0

    def place(self, start: int = 0, end: int | None = None) -> dict[str, Any]:
        """Return the place of a span of the text, as the fields of :class:`PlacedRow`.

        Parameters
        ----------
        start, end
            Positions in the text, as in a slice.

        Returns
        -------
        dict
            Page and box (points); of the first page where the span runs over its end.

        Examples
        --------
        >>> char = Char("甲", 0, 0, 9, 9, 8)
        >>> Paragraph("甲乙", ((1, char), (2, char._replace(text="乙")))).place(0, 2)
        {'page': 1, 'x0': 0, 'top': 0, 'x1': 9, 'bottom': 9}
        """
        span = self.chars[start:end] or self.chars[-1:]
        page = span[0][0]
        box = box_around(char for number, char in span if number == page)
        return {"page": page, **box._asdict()}


def join_lines(lines: Sequence[PlacedLine]) -> list[Paragraph]:
    """Join lines into paragraphs, over the ends of pages too, and note their headings.

    Page numbers, running heads and the contents are not among the lines.
    """
    blocks = TextBlocks(lines)
    paragraphs = [_paragraph(group, blocks) for group in blocks.paragraphs()]
    return _with_sections(_whole_headings(paragraphs))


def _paragraph(group: Sequence[PlacedLine], blocks: TextBlocks) -> Paragraph:
    chars: list[tuple[int, Char]] = []
    for item in group:
        number, here = item.page.number, item.line.chars
        if item.page.turns:
            here = tuple(
                Char(char.text, *item.page.as_shown(Box(*char[1:5])), char.baseline)
                for char in here
            )
        chars += [(number, char) for char in here]
    text = "".join([item.text for item in group])
    rank = marker(text) if is_heading(text) else 0
    plain = len(group) == 1 and not marker(text) and matcher("heading", "title").fullmatch(text)
    if not rank and (plain or blocks.is_title(group[0])) and len(text) <= LONGEST_HEADING:
        rank = 0 if is_table_title(text) else PAGE_TITLE
    return Paragraph(text, tuple(chars), (), rank)


def _whole_headings(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Put a heading together whose last word (情况说 | 明) went to the line below."""
    whole: list[Paragraph] = []
    for paragraph in paragraphs:
        if whole and whole[-1].rank and not paragraph.rank:
            cut = completion(whole[-1].text, paragraph.text)
            text, chars = whole[-1].text + paragraph.text[:cut], paragraph.chars[:cut]
            whole[-1] = replace(whole[-1], text=text, chars=whole[-1].chars + chars)
            paragraph = replace(paragraph, text=paragraph.text[cut:], chars=paragraph.chars[cut:])
        if paragraph.text:
            whole.append(paragraph)
    return whole


def _with_sections(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Note the headings that each paragraph stands under."""
    path: list[Paragraph] = []
    placed = []
    for paragraph in paragraphs:
        while paragraph.rank and path and path[-1].rank >= paragraph.rank:
            path.pop()
        placed.append(replace(paragraph, section=tuple(heading.text for heading in path)))
        if paragraph.rank:
            path.append(paragraph)
    return placed


def under(
    paragraphs: Sequence[Paragraph], is_wanted: Callable[[str], object]
) -> list[list[Paragraph]]:
    """Find what stands under certain headings.

    Parameters
    ----------
    paragraphs
        Of the whole document.
    is_wanted
        Whether a heading is one of them, by its text without enumerator.

    Returns
    -------
    list of list of Paragraph
        One list a heading, its sub-headings included.
    """
    found: list[list[Paragraph]] = []
    depth = 0
    for paragraph in paragraphs:
        if paragraph.rank and (not depth or paragraph.rank <= depth):
            depth = paragraph.rank if is_wanted(without_marker(paragraph.text)) else 0
            if depth:
                found.append([])
        elif depth:
            found[-1].append(paragraph)
    return found
