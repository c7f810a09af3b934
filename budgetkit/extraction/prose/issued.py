"""When a disclosure was issued: the date of its signature, or of its cover."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetkit.extraction.prose.dates import iso_dates
from budgetkit.extraction.prose.department_names import is_department
from budgetkit.extraction.prose.identity import cover_of
from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.wordings import folded, matcher

#: A signature with its date is no longer than this many characters.
LONGEST_SIGNATURE = 60
#: Among this many last paragraphs any short text with a date is a signature.
SIGNED = 4
_SIGNATURE = re.compile(
    r"^(?P<by>[^，。；：0-9]{0,50}?)(?P<date>(?:20[0-9]{2}|二[〇○零Oo0]..)年"
    r"[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日)$"
)


def read_issued(
    paragraphs: Sequence[Paragraph], lines: Sequence[tuple[int, str]], year: int | None
) -> str | None:
    """Read the date of issue: signed at the end, else printed on the cover.

    Parameters
    ----------
    paragraphs
        Of the whole document.
    lines
        As in :func:`~budgetkit.extraction.prose.identity.identify`.
    year
        The budget year; a disclosure is dated in it or in the year before.

    Returns
    -------
    str or None
        ISO date.

    Examples
    --------
    >>> read_issued([], [(1, "某局2025年部门预算公开"), (1, "二〇二五年二月十四日")], 2025)
    '2025-02-14'
    """
    texts = [paragraph.text for paragraph in reversed(paragraphs)]
    for at, text in enumerate([*texts, *cover_of(lines)]):
        match = _SIGNATURE.match(folded(text)) if len(text) <= LONGEST_SIGNATURE else None
        if not match or matcher("issued", "not").search(text):
            continue
        # Before the end only a signature by itself counts: tables may follow it.
        if SIGNED <= at < len(texts) and match["by"] and not is_department(match["by"]):
            continue
        dates = iso_dates(match["date"])
        if dates and (year is None or int(dates[0][:4]) in (year - 1, year, year + 1)):
            return dates[0]
    return None
