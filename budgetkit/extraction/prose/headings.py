"""Headings of the prose: the enumerators they begin with, and the words they end in."""

from __future__ import annotations

import re

from budgetkit.extraction.prose.wordings import wordings

#: No heading is longer than this many characters.
LONGEST_HEADING = 60
#: The rank of a page's title, which has no enumerator.
PAGE_TITLE = 2
#: Enumerators and the rank of the headings that they open.
_MARKERS = (
    (1, re.compile(r"第[一二三四五六七八九十]+(?:部分|章)")),
    (3, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (4, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")),
    (5, re.compile(r"\d{1,2}(?:、|．|[.](?!\d)|[.](?=20\d\d年))")),
    (6, re.compile(r"[（(]\d{1,2}[)）]")),
)
_NOT_IN_HEADING = re.compile(r"[。；;！？]|[，：:,]$|\d(?:万元|亿元|元)|[:：].")


def marker(text: str) -> int:
    """Return the rank of the enumerator that a text begins with; 0 where there is none.

    Examples
    --------
    >>> [marker(text) for text in ("第一部分概况", "二、收入", "（三）其他", "4．甲", "4.5万元")]
    [1, 3, 4, 5, 0]
    """
    return next((rank for rank, pattern in _MARKERS if pattern.match(text)), 0)


def without_marker(text: str) -> str:
    """Strip the enumerators that a text begins with.

    Examples
    --------
    >>> without_marker("（一）、基本支出"), without_marker("2.5万元")
    ('基本支出', '2.5万元')
    """
    while found := next((m for _, pattern in _MARKERS if (m := pattern.match(text))), None):
        text = text[found.end() :].lstrip("、.．")
    return text


def marker_end(text: str) -> int:
    """Return the position behind the enumerators that a text begins with."""
    return len(text) - len(without_marker(text))


def is_heading(text: str) -> bool:
    """Whether a text is a heading by its enumerator and the absence of punctuation.

    Examples
    --------
    >>> [is_heading(text) for text in ("三、支出情况说明", "（一）负责工作。", "1.甲费5万元")]
    [True, False, False]
    """
    return 2 < len(text) <= LONGEST_HEADING and marker(text) > 0 and may_be_heading(text)


def may_be_heading(text: str) -> bool:
    """Whether a text is free of what no heading has: a full stop, an amount."""
    return not _NOT_IN_HEADING.search(text)


def is_table_title(text: str) -> bool:
    """Whether a title is a table's: 收入预算总表, 项目支出绩效目标表（2025年）."""
    return bool(re.search(r"表(?:[（(][^（()）]*[)）])?$", text))


def completion(heading: str, text: str) -> int:
    """Count the characters of a text that complete the last word of the heading before it.

    Parameters
    ----------
    heading
        The text of a heading.
    text
        The text of the line or paragraph below it.

    Returns
    -------
    int
        0 where the heading's last word is whole.

    Examples
    --------
    >>> completion("三、收支预算情况说", "明"), completion("三、收支预算情况说明", "某局")
    (1, 0)
    """
    for tail in wordings("heading", "tail"):
        for split in range(len(tail) - 1, 0, -1):
            if heading.endswith(tail[:split]) and text.startswith(tail[split:]):
                return len(tail) - split
    return 0
