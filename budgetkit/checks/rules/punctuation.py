"""Punctuation: sentences that break off, marks that are doubled or have no partner.

Whatever a reader of PDFs can get wrong (where a paragraph ends, which mark belongs to which
line) is given the benefit of the doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.findings import found_or_none, remark
from budgetkit.checks.printed import FAIL
from budgetkit.checks.prose import paragraphs, snippet
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
#: What every such end holds; a search for plain words is quick.
_MAY_BE_CUT = re.compile("原因|主要")
_CAPTION = re.compile(r"(编[制报]|填报)(部门|单位)[（(：:]")


def sentences_cut(case: Case) -> Iterator[Finding]:
    """Find sentences that end behind 主要原因是."""
    rows = paragraphs(case)
    found = []
    for row, after in pairwise([*rows, None]):
        if row is None or row["rank"]:
            continue
        match = _CUT.search(row["text"]) if _MAY_BE_CUT.search(row["text"]) else None
        if match is None:
            continue
        # At the end of a paragraph the rest may have been set apart: only a new item ends it.
        ended = after is None or after["rank"] or marker(after["text"]) or _starts(after)
        if match["stop"] or ended:
            text = snippet(row["text"], match.start())
            found.append(
                remark(
                    case,
                    row,
                    FAIL,
                    f"句子中断：“{text}”之后没有内容",
                    f"the sentence breaks off behind '{text}'",
                    "cut",
                )
            )
    yield from found_or_none(case, found, "没有中断的句子", "no sentence breaks off")


def _starts(row: Row) -> bool:
    """Whether a paragraph begins anew: a date, a caption, the name of a table."""
    return bool(_CAPTION.search(row["text"]) or row["text"].endswith(("表", "情况")))


def doubled_marks(case: Case) -> Iterator[Finding]:
    """Find 。。 and its like."""
    found = []
    for row in paragraphs(case):
        for match in _DOUBLED.finditer(row["text"]):
            text = snippet(row["text"], match.start())
            found.append(
                remark(
                    case,
                    row,
                    FAIL,
                    f"标点叠用“{match.group()}”：“{text}”",
                    f"doubled marks '{match.group()}': '{text}'",
                    "doubled",
                )
            )
    yield from found_or_none(case, found, "没有叠用的标点", "no doubled marks")


def unbalanced(case: Case) -> Iterator[Finding]:
    """Find brackets and quotation marks without their other half."""
    rows = paragraphs(case)
    found = []
    for at, row in enumerate(rows):
        mark = stray_mark(row["text"])
        if mark is None or not _whole(rows, at):
            continue
        place = row["text"].translate(_FOLD).find(mark)
        text = snippet(row["text"], place)
        found.append(
            remark(
                case,
                row,
                FAIL,
                f"“{mark}”不成对：“{text}”",
                f"'{mark}' has no other half: '{text}'",
                "unbalanced",
            )
        )
    yield from found_or_none(
        case, found, "括号和引号成对", "brackets and quotation marks come in pairs"
    )


def stray_mark(text: str) -> str | None:
    """Give the first mark of a text that has no other half.

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


def _whole(rows: Sequence[Row], at: int) -> bool:
    """Whether a paragraph stays unbalanced with its neighbours: it was not cut by the reader."""
    text = rows[at]["text"]
    before = rows[at - 1]["text"] if at else ""
    after = rows[at + 1]["text"] if at + 1 < len(rows) else ""
    return all(stray_mark(joined) for joined in (before + text, text + after))


def no_stops(case: Case) -> Iterator[Finding]:
    """Find paragraphs about money that end without a mark before the next heading."""
    found = []
    for row, after in pairwise(paragraphs(case)):
        text = row["text"]
        if row["rank"] or row["page"] != after["page"] or len(text) < 15:
            continue
        # Lines broken by a reader end in the middle; what begins anew behind it ends a paragraph.
        begins = after["rank"] or marker(after["text"]) or after["text"].endswith(("：", ":"))
        if not begins:
            continue
        last = re.split("[。；]", text)[-1]
        if re.search(r"(?:[预算为数]|增加|减少)\d[\d,.]*(?:万元|元|%)$|原因是[^，。：]{2,}$", last):
            found.append(
                remark(
                    case,
                    row,
                    FAIL,
                    f"段落末尾缺少句号：“{text[-16:]}”",
                    f"the paragraph ends without a full stop: '{text[-16:]}'",
                    "stop",
                )
            )
    yield from found_or_none(case, found, "段落以句号结束", "paragraphs end in a full stop")


CHECKS: Checks = {
    "text-sentence-cut": sentences_cut,
    "text-doubled-mark": doubled_marks,
    "text-unbalanced": unbalanced,
    "text-no-stop": no_stops,
}
