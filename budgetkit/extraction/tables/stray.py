"""Amounts that no cell of a table holds: printed off the page, or where no rules are.

Stands beside the chain from grids to facts: what it returns is listed in ``unmapped``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetkit.amounts import is_amount
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.lines import box_around, read_lines, split_at_gaps
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.cells import FilledGrid
from budgetkit.extraction.tables.table_content import Unmapped

#: What follows an amount of prose, where a gap for filling in stands before it.
_OF_PROSE = re.compile(r"万?元|亿元|%|％|个百分点")


def stray_amounts(page: Page, grids: Sequence[FilledGrid]) -> list[Unmapped]:
    """List the amounts of table rows that stand in no cell: off the page, or without rules.

    Parameters
    ----------
    page
        Any page.
    grids
        Its grids; on a page without any, prose and charts print amounts that are no cells.

    Returns
    -------
    list of Unmapped
        Amounts that stand alone in their line, as the cells of a row do.
    """
    found = list(_alone(page, page.outside, "stands outside of the page as shown"))
    if grids:
        free = page.chars_outside(grid.grid.box for grid in grids)
        found += _alone(page, free, "stands in no ruled cell")
    return found


def _alone(page: Page, chars: Sequence[Char], rule: str) -> Iterator[Unmapped]:
    for line in read_lines(chars):
        words = split_at_gaps(line)
        texts = ["".join(char.text for char in word) for word in words]
        for word, text, after in zip(words, texts, [*texts[1:], ""], strict=True):
            if is_amount(text) and not _OF_PROSE.match(after):
                yield Unmapped("", page.number, box_around(word), text, rule)
