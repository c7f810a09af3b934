"""Beside the tables: lines of prose into paragraphs, each under its headings.

A PDF knows no paragraphs, only lines (:mod:`budgetkit.extraction.prose.body_lines`); which of them
belong together is told in :mod:`budgetkit.extraction.prose.layout`.  Every character keeps its
page and its box, so that whatever is found in the text later can say where it
stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from budgetkit.extraction.pdf.lines import box_around
from budgetkit.extraction.pdf.pages import Char, Page
from budgetkit.extraction.prose.body_lines import (
    PlacedLine,
    prose_lines,
    without_contents,
    without_running,
)
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

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.chars[0][0]

    def place(self, start: int = 0, end: int | None = None) -> tuple[int, Box]:
        """Give page and box (points, as shown) of a span; where it runs over, of its first page.

        Examples
        --------
        >>> char = Char("甲", 0, 0, 9, 9, 8)
        >>> Paragraph("甲乙", ((1, char), (2, char._replace(text="乙")))).place(0, 2)
        (1, Box(x0=0, top=0, x1=9, bottom=9))
        """
        span = self.chars[start:end] or self.chars[-1:]
        page = span[0][0]
        return page, box_around(char for number, char in span if number == page)


def read_paragraphs(pages: Iterable[tuple[Page, Sequence[Box]]]) -> list[Paragraph]:
    """Read the prose of a document.

    Parameters
    ----------
    pages
        Each page with the areas of its tables (reading frame), which are left out.

    Returns
    -------
    list of Paragraph
        In reading order, headings included; page numbers, running headers and footers, and
        the table of contents are left out.

    Examples
    --------
    >>> read_paragraphs([])
    []
    """
    return join_lines(prose_lines(pages))


def join_lines(lines: Sequence[PlacedLine]) -> list[Paragraph]:
    """Join lines into paragraphs, over the ends of pages too, and note their headings."""
    body = without_contents(without_running(lines))
    if not body:
        return []
    frames = TextBlocks(body)
    groups: list[list[PlacedLine]] = []
    for line in body:
        if groups and frames.goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    paragraphs = [_paragraph(group, frames) for group in groups]
    return _with_sections(_whole_headings(paragraphs))


def _paragraph(group: Sequence[PlacedLine], frames: TextBlocks) -> Paragraph:
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
    if not rank and (plain or frames.is_title(group[0])) and len(text) <= LONGEST_HEADING:
        rank = 0 if is_table_title(text) else PAGE_TITLE
    return Paragraph(text, tuple(chars), (), rank)


def _whole_headings(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Put a heading together whose last word (情况说 | 明) went to the line below."""
    whole: list[Paragraph] = []
    for paragraph in paragraphs:
        if whole and whole[-1].rank and not paragraph.rank:
            cut = completion(whole[-1].text, paragraph.text)
            if cut:
                heading = whole[-1]
                whole[-1] = replace(
                    heading,
                    text=heading.text + paragraph.text[:cut],
                    chars=heading.chars + paragraph.chars[:cut],
                )
                if cut == len(paragraph.text):
                    continue
                paragraph = replace(
                    paragraph, text=paragraph.text[cut:], chars=paragraph.chars[cut:]
                )
        whole.append(paragraph)
    return whole


def _with_sections(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    path: list[tuple[int, str]] = []
    placed = []
    for paragraph in paragraphs:
        if paragraph.rank:
            while path and path[-1][0] >= paragraph.rank:
                path.pop()
        placed.append(replace(paragraph, section=tuple(text for _, text in path)))
        if paragraph.rank:
            path.append((paragraph.rank, paragraph.text))
    return placed


def under(
    paragraphs: Sequence[Paragraph], is_heading: Callable[[str], bool]
) -> list[list[Paragraph]]:
    """Give what stands under each heading that a test picks, in one list a heading."""
    found: list[list[Paragraph]] = []
    depth = 0
    for paragraph in paragraphs:
        if paragraph.rank and (not depth or paragraph.rank <= depth):
            depth = paragraph.rank if is_heading(without_marker(paragraph.text)) else 0
            if depth:
                found.append([])
        elif depth:
            found[-1].append(paragraph)
    return found
