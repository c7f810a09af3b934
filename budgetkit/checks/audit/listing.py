"""The findings of an audit as lines of text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from budgetkit.checks.names import Wording
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, SKIPPED

Row = Mapping[str, Any]

_STATUS = {
    FAIL: Wording("不一致", "fail"),
    ROUNDING: Wording("尾差", "rounding"),
    SKIPPED: Wording("未核对", "skipped"),
    PASS: Wording("一致", "pass"),
}


def finding_lines(
    checks: Iterable[Row], lang: str = "zh", everything: bool = False
) -> Iterator[str]:
    r"""Tell what failed, document by document.

    Parameters
    ----------
    checks
        Rows of ``checks``, the heaviest first.
    lang
        ``zh`` or ``en``.
    everything
        Tell what was rounded or skipped, too.

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
    wanted = {FAIL, ROUNDING, SKIPPED} if everything else {FAIL}
    found: dict[str, list[Row]] = {}
    for row in checks:
        if row["status"] in wanted:
            found.setdefault(row["document"], []).append(row)
    for document, rows in found.items():
        yield document
        yield from (f"  {_line(row, lang)}" for row in rows)


def _line(row: Row, lang: str) -> str:
    pages = [page for page in (row["page"], row["other_page"]) if page is not None]
    numbers = list(dict.fromkeys(str(page) for page in pages))
    word = "、".join(numbers) if lang == "zh" else ", ".join(numbers)
    where = ("" if not numbers else f"第{word}页" if lang == "zh" else f"p. {word}") + "  "
    status = _STATUS[row["status"]]
    said = (status.zh, row["message_zh"]) if lang == "zh" else (status.en, row["message_en"])
    return f"{said[0]}  {where if numbers else ''}{said[1]} [{row['check']}]"


def count_line(counts: Mapping[str, int], lang: str = "zh") -> str:
    """Say how many comparisons came to each status.

    Examples
    --------
    >>> count_line({"fail": 1, "rounding": 0, "skipped": 0, "pass": 2}, "en")
    '3 comparisons: 1 fail, 0 rounding, 0 skipped, 2 pass'
    """
    whole = sum(counts.values())
    if lang == "zh":
        told = "，".join(f"{said.zh} {counts[status]}" for status, said in _STATUS.items())
        return f"共{whole}项核对：{told}"
    told = ", ".join(f"{counts[status]} {said.en}" for status, said in _STATUS.items())
    return f"{whole} comparisons: {told}"
