"""The lines of the table of contents: which they are, and the pages that hold nothing else.

One rule for the prose, which leaves them out, and for the pages, which are named after them.  What
the lines list is read by :mod:`budgetkit.extraction.prose.contents_entries`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from budgetkit.extraction.prose.body_lines import PlacedLine
from budgetkit.extraction.prose.headings import is_heading

#: The dots between an entry of the contents and its page.  Two … alone are those of a sentence
#: that leaves something out (甲制度、乙制度……，建立了…), but before the number of a page.
LEADER = re.compile(r"…{3,}|…{2}(?=[—－-]*\d{1,3}[—－-]*$)|\.{6,}|·{6,}|．{4,}")
CONTENTS = re.compile(r"目录|目次")
#: Contents whose title is a picture: at least so many headings in a row, on the first pages,
#: of which at least so many come again.
CONTENTS_RUN, COME_AGAIN, FIRST_PAGES = 6, 3, 4
#: A page of contents has at most so many lines above them: whose they are, and of which year.
ABOVE = 3


class SplitLines(NamedTuple):
    """The lines of a disclosure.

    Attributes
    ----------
    listed : sequence of PlacedLine
        The contents, without their title: where they stand together, and what has leaders.
    body : sequence of PlacedLine
        All others.
    pages : frozenset of int
        Pages that hold contents alone.
    """

    listed: Sequence[PlacedLine]
    body: Sequence[PlacedLine]
    pages: frozenset[int]


def split_contents(lines: Sequence[PlacedLine]) -> SplitLines:
    """Tell the table of contents from the text: to the place where its first entry comes again."""
    first, end = _block(lines)
    is_listed = [first <= at < end or bool(LEADER.search(line.text))
                 for at, line in enumerate(lines)]  # fmt: skip
    return SplitLines(
        [line for line, listed in zip(lines, is_listed, strict=True)
         if listed and not CONTENTS.fullmatch(line.text)],
        [line for line, listed in zip(lines, is_listed, strict=True) if not listed],
        _pages_of_contents(lines, is_listed),
    )  # fmt: skip


def _block(lines: Sequence[PlacedLine]) -> tuple[int, int]:
    """Where the lines of the contents begin and end; (0, 0) where there are none."""
    start = next((at for at, line in enumerate(lines) if CONTENTS.fullmatch(line.text)), None)
    if start is None:
        return _headings_in_a_row(lines)
    return (start, _end_of_contents(lines, start)) if start + 1 < len(lines) else (0, 0)


def _headings_in_a_row(lines: Sequence[PlacedLine]) -> tuple[int, int]:
    """Find contents without a title: headings with nothing between them that come again."""
    first = next((at for at, line in enumerate(lines) if is_heading(line.text)), len(lines))
    end = first
    while end < len(lines) and is_heading(lines[end].text):
        end += 1
    # The second time a heading comes the text has begun.
    texts = [line.text for line in lines[first:end]]
    end = first + next((at for at, text in enumerate(texts) if text in texts[:at]), len(texts))
    if end - first < CONTENTS_RUN or lines[end - 1].page.number > FIRST_PAGES:
        return (0, 0)
    entries = {line.text for line in lines[first:end]}
    again = entries & {line.text for line in lines[end:]}
    return (first, end) if len(again) >= COME_AGAIN else (0, 0)


def _end_of_contents(lines: Sequence[PlacedLine], start: int) -> int:
    """Where the first entry comes again, else where the next page begins."""
    page = lines[start].page.number
    entry = LEADER.split(lines[start + 1].text)[0].rstrip("0123456789")
    for at in range(start + 2, len(lines)):
        line = lines[at]
        is_near = line.page.number <= page + 3
        if is_near and line.text.startswith(entry) and not LEADER.search(line.text):
            return at
    return next((at for at, line in enumerate(lines) if line.page.number > page), len(lines))


def _pages_of_contents(lines: Sequence[PlacedLine], listed: Sequence[bool]) -> frozenset[int]:
    by_page: dict[int, list[bool]] = defaultdict(list)
    for line, is_listed in zip(lines, listed, strict=True):
        if not line.beside_table:
            by_page[line.page.number].append(is_listed)
    return frozenset(
        number for number, here in by_page.items()
        if True in here and all(here[here.index(True):]) and here.index(True) <= ABOVE
    )  # fmt: skip
