"""Folding the label of a chart into lines: English between words, Chinese anywhere."""

from __future__ import annotations

import textwrap

#: Code points from here on are as wide as two letters.
_WIDE = 0x2E80
#: Columns that the last line has at least: a single character or mark is lost below a name.
LAST_LINE = 6


def wrap(text: str, width: int) -> list[str]:
    """Fold a text into lines.

    Parameters
    ----------
    text
        In one line.
    width
        Of a line, in half-width columns.

    Returns
    -------
    list of str
        One at least.

    Examples
    --------
    >>> wrap("Civil Affairs Bureau of Yantai City (18)", 36)
    ['Civil Affairs Bureau of Yantai', 'City (18)']
    >>> wrap("乡村小学校舍维修改造", 18)
    ['乡村小学校舍维', '修改造']
    """
    if all(ord(char) < _WIDE for char in text):
        return _between_words(text, width)
    lines, used = [""], 0
    for char in text:
        if used + _columns(char) > width:
            lines.append("")
            used = 0
        lines[-1] += char
        used += _columns(char)
    while len(lines) > 1 and sum(map(_columns, lines[-1])) < LAST_LINE < len(lines[-2]):
        lines[-2:] = lines[-2][:-1], lines[-2][-1] + lines[-1]
    return lines


def _columns(char: str) -> int:
    return 1 if ord(char) < _WIDE else 2


def _between_words(text: str, width: int) -> list[str]:
    lines = textwrap.wrap(text, width) or [""]
    for narrower in range(width - 1, width // 2, -1):
        again = textwrap.wrap(text, narrower)
        if len(lines) < 2 or len(lines[-1]) >= LAST_LINE or len(again) > len(lines):
            break
        lines = again
    return lines
