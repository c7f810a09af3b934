"""Minus signs that are drawn: a short rule by itself, at half height before a figure.

Stands between the pages of a file and the grids of its tables.  Such a rule is a sign that may
turn the figure around, so it becomes a character; whether it is one can't be told, and the figure
is doubtful.  Dashes of a dashed line have neighbours, underlines stand low, and what joins two
numbers has one on each side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.pdf.ruled_lines import Rule

#: A sign is as long as this (points).
SHORTEST, LONGEST = 1.2, 9.0
#: It lies between these shares of the height of a digit above the baseline.
LOWEST, HIGHEST = 0.2, 0.75
#: A rule goes on as another that starts this near (points), an upright one at half of it; it
#: joins or crosses one of the other direction that is nearer than the second.
JOINED, NEAR = 6.0, 0.5
#: A character this near (heights of a digit) on its left is what a sign would join to the figure.
BESIDE = 1.0
#: A sign stands at most so far (points) before its figure, at the edge of a narrow cell.
FARTHEST = 90.0


def with_drawn_signs(page: Page) -> Page:
    """Add the minus signs of a page that are drawn.

    Returns
    -------
    Page
        The same where there are none; else with an unsure ``-`` for each.
    """
    short = [r for r in page.rules if r.top == r.bottom and SHORTEST <= r.x1 - r.x0 <= LONGEST]
    if not short:
        return page
    signs = [sign for rule in alone(short, page.rules) if (sign := _sign(rule, page))]
    if not signs:
        return page
    return replace(page.with_chars(signs), unsure=page.unsure | frozenset(signs))


def alone(short: Sequence[Rule], rules: Sequence[Rule]) -> Iterator[Rule]:
    """Find short rules that neither go on as another rule nor join or cross one.

    Parameters
    ----------
    short
        Some of a page, of one direction.
    rules
        All of it.

    Yields
    ------
    Rule
    """
    x0, top, x1, bottom = np.array(rules).T
    is_level = top == bottom
    for rule in short:
        level = rule.top == rule.bottom
        along = np.where(is_level == level, JOINED if level else JOINED / 2, NEAR)
        across, down = (along, NEAR) if level else (NEAR, along)
        met = (x0 <= rule.x1 + across) & (x1 >= rule.x0 - across)
        met &= (top <= rule.bottom + down) & (bottom >= rule.top - down)
        if np.count_nonzero(met) == 1:  # itself
            yield rule


def _sign(rule: Rule, page: Page) -> Char | None:
    """The sign that a rule is; None where no figure of its own follows it."""
    x0, y, x1, _ = rule
    line = [
        char
        for char in page.chars
        if char.text != " " and char.top - 1 <= y <= char.baseline and _is_digit_high(char, y)
    ]
    after = min((c for c in line if c.x0 >= x1 - 0.5), key=lambda c: c.x0, default=None)
    if after is None or not after.text.isdigit() or after.x0 - x1 > FARTHEST:
        return None
    height = after.bottom - after.top
    if any(c.x1 > x0 - BESIDE * height and c.x0 < x1 - 0.5 for c in line):
        return None
    if any(r.x0 == r.x1 and x1 < r.x0 < after.x0 and r.top <= y <= r.bottom for r in page.rules):
        return None
    return Char("-", x0, y - 0.5, x1, y + 0.5, after.baseline)


def _is_digit_high(char: Char, y: float) -> bool:
    """Whether a height is that of a sign before a character."""
    return LOWEST <= (char.baseline - y) / max(char.bottom - char.top, 0.1) <= HIGHEST
