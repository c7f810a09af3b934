"""What the contents of a disclosure list: titles, each with the page that is printed behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from budgetkit.extraction.prose.body_lines import PlacedLine
from budgetkit.extraction.prose.headings import LONGEST_HEADING, marker
from budgetkit.extraction.prose.paragraphs import PlacedRow

#: A line that ends this near the right edge of the contents (type sizes) goes on in the next one.
FULL_LINE = 1.5
#: Where this share of the lines ends in a number, it is a page without dots before it, too.
NUMBERED = 0.6
#: The page that an entry stands on, behind its dots or at once.
_PAGE = re.compile(r"([….·．]*)[—－-]*(?<!\d)(\d{1,3})[—－-]?$")
_DOTS = re.compile(r"[….·．]+$")
#: The numbers of tables that open an entry as the enumerators of headings do.
_TABLE_NUMBER = re.compile(r"(?:附件?|公开|预算|决算)?表[\d一二三四五六七八九十]|\d{1,2}[-－.．、]")
#: What no entry holds before its end.
_SENTENCE = re.compile(r"[。；;！？].|[，,].*[，,].*[，,]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry(PlacedRow):
    """An entry of the contents.

    Attributes
    ----------
    title : str
        As printed, without spaces, dots and page; its number is part of it.
    printed_page : int or None
        The page that is printed behind it; None where there is none.
    """

    title: str
    printed_page: int | None


def read_entries(lines: Sequence[PlacedLine]) -> list[ContentsEntry]:
    """Read the entries of the contents.

    Parameters
    ----------
    lines
        Of the contents, as :func:`~budgetkit.extraction.prose.contents.split_contents` finds them.

    Returns
    -------
    list of ContentsEntry
        Empty where a line is a sentence: then they are no contents, or not all of them are.
    """
    if any(_SENTENCE.search(line.text) or len(line.text) > 2 * LONGEST_HEADING for line in lines):
        return []
    ending = sum(bool(_PAGE.search(line.text)) for line in lines)
    everywhere = ending >= NUMBERED * len(lines)
    edge = max((line.line.box.x1 for line in lines), default=0.0)
    found: list[list[PlacedLine]] = []
    for line in lines:
        if found and _goes_on(found[-1][-1], line, edge, everywhere):
            found[-1].append(line)
        else:
            found.append([line])
    return [_entry(group, everywhere) for group in found]


def _goes_on(before: PlacedLine, line: PlacedLine, edge: float, everywhere: bool) -> bool:
    """Whether a line completes the entry before it, which filled its own line."""
    begins = marker(line.text) or _TABLE_NUMBER.match(line.text)
    is_full = before.line.box.x1 >= edge - FULL_LINE * max(before.size, line.size)
    is_whole = _split(before.text, everywhere)[1] is not None
    return not begins and is_full and not is_whole and before.page.number == line.page.number


def _entry(lines: Sequence[PlacedLine], everywhere: bool) -> ContentsEntry:
    title, number = _split("".join(line.text for line in lines), everywhere)
    box = lines[0].page.as_shown(lines[0].line.box)
    return ContentsEntry(
        title=title, printed_page=number, page=lines[0].page.number,
        **{edge: round(value, 2) for edge, value in box._asdict().items()},
    )  # fmt: skip


def _split(text: str, everywhere: bool) -> tuple[str, int | None]:
    """An entry without its dots, and its page: a number behind dots, or where all end in one."""
    number = _PAGE.search(text)
    if number and (number[1] or everywhere):
        return text[: number.start()], int(number[2])
    return _DOTS.sub("", text), None
