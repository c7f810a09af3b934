"""The findings of an audit as lines of text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from budgetkit.checks.audit.checks_table import ORDER
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import FAIL, PASS

Row = Mapping[str, Any]


def finding_lines(
    checks: Iterable[Row], lang: str = "zh", everything: bool = False
) -> Iterator[str]:
    r"""List what failed, document by document.

    Parameters
    ----------
    checks
        Rows of ``checks``, the heaviest first.
    lang
        ``zh`` or ``en``.
    everything
        Whether to list what was rounded or skipped, too.

    Yields
    ------
    str
        A line: a document, or a finding with its page and figures.

    Examples
    --------
    >>> row = {"document": "a", "status": "fail", "check": "three-public-total", "page": 14,
    ...        "other_page": 10, "message_zh": "应为4.78", "message_en": "expected 4.78"}
    >>> print(*finding_lines([row], "en"), sep="\n")
    a
      fail  p. 14, 10  expected 4.78 [three-public-total]
    """
    found: dict[str, list[Row]] = {}
    for row in checks:
        if row["status"] == FAIL or (everything and row["status"] != PASS):
            found.setdefault(row["document"], []).append(row)
    for document, rows in found.items():
        yield document
        yield from (f"  {_line(row, lang)}" for row in rows)


def _line(row: Row, lang: str) -> str:
    pages = [str(page) for page in (row["page"], row["other_page"]) if page is not None]
    numbers = ("、" if lang == "zh" else ", ").join(dict.fromkeys(pages))
    where = f"第{numbers}页  " if lang == "zh" else f"p. {numbers}  "
    return (
        f"{_status(row['status'], lang)}  {where if numbers else ''}{row[f'message_{lang}']}"
        f" [{row['check']}]"
    )


def _status(status: str, lang: str) -> str:
    word = name_of("status", status)
    return word.zh if lang == "zh" else word.en


def count_line(counts: Mapping[str, int], lang: str = "zh") -> str:
    """Write how many comparisons came to each status.

    Parameters
    ----------
    counts
        By status.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    str

    Examples
    --------
    >>> count_line({"fail": 1, "rounding": 0, "skipped": 0, "pass": 2}, "en")
    '3 comparisons: 1 fail, 0 rounding, 0 skipped, 2 pass'
    """
    whole = sum(counts.values())
    if lang == "zh":
        listed = "，".join(f"{_status(status, lang)} {counts[status]}" for status in ORDER)
        return f"共{whole}项核对：{listed}"
    return f"{whole} comparisons: " + ", ".join(f"{counts[status]} {status}" for status in ORDER)
