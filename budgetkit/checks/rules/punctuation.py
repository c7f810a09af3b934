"""Punctuation: sentences that break off, marks that are doubled or have no partner.

Whatever the extraction can get wrong (where a paragraph ends, which mark belongs to which line)
is not reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, found_or_none
from budgetkit.checks.prose_findings import snippet, text_finding
from budgetkit.extraction.prose.headings import marker

_DOUBLED = re.compile(r"[。，、；：][。，、；]|。[.．](?!\d)|[，、；]：")
_OPEN = {"（": "）", "“": "”", "《": "》", "【": "】", "〔": "〕", "‘": "’", "「": "」"}
_CLOSE = {close: mark for mark, close in _OPEN.items()}
_PAIRED = re.compile("[（）()“”《》【】〔〕‘’「」［］\\[\\]]")
_FOLD = str.maketrans("()［］[]", "（）【】【】")
_ENUMERATOR = re.compile(
    r"^[（(]?[0-9一二三四五六七八九十a-zA-Z①-⑳]{1,3}[)）]|(?<=[。；：，])\d{1,2}[)）]"
)
_CUT = re.compile(
    r"(?:主要)?原因(?:是|为|在于|：|:)[：:]?(?P<stop>[。；]|$)|主要(?:用于|包括)[：:]?$"
)
#: Words that every such sentence holds: a quick first search.
_MAY_BE_CUT = re.compile("原因|主要")
_CAPTION = re.compile(r"(编[制报]|填报)(部门|单位)[（(：:]")
#: The end of a sentence about an amount, or of a reason.
_ENDS_WITH_AMOUNT = re.compile(
    r"(?:[预算为数]|增加|减少)\d[\d,.]*(?:万元|元|%)$|原因是[^，。：]{2,}$"
)


def sentences_cut(case: Case) -> Sequence[Finding]:
    """Find sentences that end after 主要原因是."""
    found = []
    for row, after in pairwise([*case.rows["paragraphs"], None]):
        if row is None or row["rank"] or not _MAY_BE_CUT.search(row["text"]):
            continue
        match = _CUT.search(row["text"])
        # At the end of a paragraph the rest may stand in the next, unless that is a new item.
        if match and (match["stop"] or after is None or _begins_item(after)):
            words = snippet(row["text"], match.start())
            found.append(text_finding(row, "text-sentence-cut", "cut", words=words))
    return found_or_none(case, found, "text-sentence-cut")


def _begins_item(row: Row) -> bool:
    """Whether a paragraph is a heading, an item of a list, a caption or the name of a table."""
    text = row["text"]
    is_title = text.endswith(("表", "情况"))
    return bool(row["rank"] or marker(text) or _CAPTION.search(text) or is_title)


def doubled_marks(case: Case) -> Sequence[Finding]:
    """Find 。。 and the like."""
    found = [
        text_finding(
            row,
            "text-doubled-mark",
            "doubled",
            marks=match.group(),
            words=snippet(row["text"], match.start()),
        )
        for row in case.rows["paragraphs"]
        for match in _DOUBLED.finditer(row["text"])
    ]
    return found_or_none(case, found, "text-doubled-mark")


def unbalanced(case: Case) -> Sequence[Finding]:
    """Find brackets and quotation marks without their other half."""
    rows = case.rows["paragraphs"]
    found = []
    for at, row in enumerate(rows):
        mark = stray_mark(row["text"])
        if mark and not _is_cut_by_extraction(rows, at):
            words = snippet(row["text"], row["text"].translate(_FOLD).find(mark))
            found.append(text_finding(row, "text-unbalanced", "unbalanced", mark=mark, words=words))
    return found_or_none(case, found, "text-unbalanced")


def stray_mark(text: str) -> str | None:
    """Return the first mark of a text that has no other half.

    Examples
    --------
    >>> stray_mark("（一）开展“甲”、优秀案例”活动"), stray_mark("（款)")
    ('”', None)
    >>> stray_mark("1）甲；2）乙"), stray_mark("（甲，2）")
    (None, None)
    """
    # The bracket of an enumerator has no partner, but then it may be one: （甲，2）.
    return _unpaired(text) and _unpaired(_ENUMERATOR.sub("", text))


def _unpaired(text: str) -> str | None:
    waiting: list[str] = []
    for char in "".join(_PAIRED.findall(text)).translate(_FOLD):
        if char in _OPEN:
            waiting.append(char)
        elif char in _CLOSE:
            if not waiting or waiting[-1] != _CLOSE[char]:
                return char
            waiting.pop()
    return waiting[-1] if waiting else None


def _is_cut_by_extraction(rows: Sequence[Row], at: int) -> bool:
    """Whether a paragraph is balanced together with the one before or after it."""
    text = rows[at]["text"]
    before = rows[at - 1]["text"] if at else ""
    after = rows[at + 1]["text"] if at + 1 < len(rows) else ""
    return not (stray_mark(before + text) and stray_mark(text + after))


def no_stops(case: Case) -> Sequence[Finding]:
    """Find paragraphs about money that end without a mark before a new item."""
    found = []
    for row, after in pairwise(case.rows["paragraphs"]):
        text = row["text"]
        if row["rank"] or row["page"] != after["page"] or len(text) < 15:
            continue
        # A line that the extraction took for a paragraph is not followed by a new item.
        begins_item = after["rank"] or marker(after["text"]) or after["text"].endswith(("：", ":"))
        if begins_item and _ENDS_WITH_AMOUNT.search(re.split("[。；]", text)[-1]):
            found.append(text_finding(row, "text-no-stop", "stop", words=text[-16:]))
    return found_or_none(case, found, "text-no-stop")


CHECKS: Checks = {
    "text-sentence-cut": sentences_cut,
    "text-doubled-mark": doubled_marks,
    "text-unbalanced": unbalanced,
    "text-no-stop": no_stops,
}
