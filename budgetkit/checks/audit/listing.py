"""The findings of an audit as lines of text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from budgetkit.checks.audit.checks_table import ORDER
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.storage.findings import by_cause

Row = Mapping[str, Any]
#: Words for a failure that a person should look at, and for further evidence of one.
LOOK, ALSO = "look", "also"


def finding_lines(
    checks: Iterable[Row], lang: str = "zh", everything: bool = False
) -> Iterator[str]:
    r"""List what failed, document by document: an error once, with its evidence below it.

    Parameters
    ----------
    checks
        Rows of ``checks``.
    lang
        ``zh`` or ``en``.
    everything
        Whether to list what was rounded or skipped, too.

    Yields
    ------
    str
        A line: a document, a finding with its page and figures, or further evidence of it.

    Examples
    --------
    >>> row = {"document": "a", "status": "fail", "check": "three-public-total", "page": 14,
    ...        "other_page": 10, "message_zh": "应为4.78", "message_en": "expected 4.78"}
    >>> print(*finding_lines([row], "en"), sep="\n")
    a
      fail  p. 14, 10  expected 4.78 [three-public-total]
    """
    rows = list(checks)
    found: dict[str, list[str]] = {}
    for group in by_cause(row for row in rows if row["status"] == FAIL):
        lead, *evidence = group
        # A cause is certain as soon as one of its findings is.
        status = FAIL if any(row.get("certain", True) for row in group) else LOOK
        lines = found.setdefault(lead["document"], [])
        lines.append(f"  {_status(status, lang)}  {_line(lead, lang)}")
        also = _status(ALSO, lang)
        for row in evidence:
            where = "" if row["document"] == lead["document"] else f"{row['document']} "
            lines.append(f"    {also}  {where}{_line(row, lang)}")
    for row in rows if everything else ():
        if row["status"] not in (FAIL, PASS):
            line = f"  {_status(row['status'], lang)}  {_line(row, lang)}"
            found.setdefault(row["document"], []).append(line)
    for document, lines in found.items():
        yield document
        yield from lines


def _line(row: Row, lang: str) -> str:
    pages = [str(page) for page in (row["page"], row["other_page"]) if page is not None]
    numbers = ("、" if lang == "zh" else ", ").join(dict.fromkeys(pages))
    where = f"第{numbers}页  " if lang == "zh" else f"p. {numbers}  "
    return f"{where if numbers else ''}{row[f'message_{lang}']} [{row['check']}]"


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


def cause_line(checks: Iterable[Row], lang: str = "zh") -> str:
    """Write how many errors were found, and how many of them are certain.

    Parameters
    ----------
    checks
        Rows of ``checks``.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {"status": "fail", "cause": "a", "certain": True, "kind": "text"}
    >>> cause_line([row, row, row | {"cause": "b", "certain": False}], "en")
    '2 findings, 1 of them certain'
    """
    groups = by_cause(row for row in checks if row["status"] == FAIL)
    certain = sum(any(row.get("certain", True) for row in group) for group in groups)
    if lang == "zh":
        return f"共{len(groups)}个问题，其中{certain}个确定，其余请对照原文核实"
    return f"{len(groups)} findings, {certain} of them certain"
