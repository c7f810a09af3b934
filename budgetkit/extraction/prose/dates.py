"""Dates and periods in prose, in digits or Chinese numerals."""

from __future__ import annotations

import re
from calendar import monthrange

from budgetkit.extraction.prose.wordings import DIGITS, count, folded

_DATE = re.compile(
    r"(20[0-9]{2}|二[〇○零0]..)\s*[年./-]([0-9]{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?:[月./-](?:([0-9]{1,2}|[一二三四五六七八九十]{1,3})日?)?)?"
)
_WHOLE_YEAR = re.compile(r"(20[0-9]{2})年(?:度)?(?:全年|1(?:月(?:份)?)?[-—－–~至到]+12月)")


def iso_dates(text: str, *, last: bool = False) -> list[str]:
    """Read dates into ISO form.

    Parameters
    ----------
    text
        ``2025年2月14日``, ``2025.1.1``, ``二〇二五年二月十四日``, ``2025年12月``.
    last
        Where only the month is printed, give its last day and not its first.

    Returns
    -------
    list of str
        In the order of the text; what is no day of the calendar is left out.

    Examples
    --------
    >>> iso_dates("2025年1月1日—2025.12.31"), iso_dates("二〇二五年二月十四日")
    (['2025-01-01', '2025-12-31'], ['2025-02-14'])
    """
    found = []
    for match in _DATE.finditer(text):
        year, month = match[1].translate(DIGITS), count(match[2])
        if not re.fullmatch("[0-9]{4}", year) or month is None or not 1 <= month <= 12:
            continue
        longest = monthrange(int(year), month)[1]
        day = count(match[3]) if match[3] else (longest if last else 1)
        if day is not None and 1 <= day <= longest:
            found.append(f"{year}-{month:02d}-{day:02d}")
    return found


def read_period(text: str) -> tuple[str | None, str | None]:
    """Read from when to when a project runs, as ISO dates.

    Examples
    --------
    >>> read_period("2025.1.1-2025.12.31"), read_period("2025年全年")
    (('2025-01-01', '2025-12-31'), ('2025-01-01', '2025-12-31'))
    >>> read_period("第一季度审价")
    (None, None)
    """
    text = folded(text)
    if year := _WHOLE_YEAR.search(text):
        return f"{year[1]}-01-01", f"{year[1]}-12-31"
    starts, ends = iso_dates(text), iso_dates(text, last=True)
    if len(starts) == 1:
        return starts[0], None
    if len(starts) != 2 or starts[0] > ends[1]:
        return None, None
    return starts[0], ends[1]
