"""Slips of typing in the prose: words twice, half-width marks, signs and words that disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, found_or_none
from budgetkit.checks.prose_findings import snippet, text_finding

#: Words that no sentence of a budget has twice in a row.  A project's name may end in 项目 or 工程
#: and be followed by it again (改造工程工程款), so that such words are not listed.
_TWICE = re.compile(
    r"(?P<words>一般公共预算|政府性基金|财政拨款|比上年|比去年|主要原因(?:是|为)|主要用于|万元|经费"
    r"|增加|减少|下降|增长|20\d\d年)(?P=words)"
    # 收入预算预算数 is a column of a table's name; 预算预算管理 may be two words.
    r"|预算预算(?![数管编执绩公调单评法资])"
)
#: A mark of half width between two ideographs, but no colon: labels (单位:万元) have it.
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])[,;?!](?=[\u4e00-\u9fff])")
_MORE = r"增加|增长|上升|提高"
_LESS = r"减少|下降|降低|压减"
_NUMBER = r"\d[\d,]*(?:\.\d+)?(?:亿元|万元|元|%|％|个百分点)"
_SIGNED = re.compile(rf"(?:{_MORE}|{_LESS})(?:了|额为|额)?[-－−]\s?{_NUMBER}")
_FLAT = re.compile(rf"(?:{_MORE}|{_LESS})(?:与上年|与去年)?(?:基本)?持平")
_NOTHING = re.compile(
    rf"(?:{_MORE}|{_LESS})(?:了)?0(?:\.0+)?(?:亿元|万元|元)(?P<rest>[^。；]*?原因[^。；]*)"
)
#: What a reason for a change says, and one for none.
_CHANGED = re.compile(rf"{_MORE}|{_LESS}|新增|调增|调减|提标|核减|扩大|缩减")
_UNCHANGED = re.compile("持平|一致|不变|没有|未|无|相同|同上年|严格|平衡|为0|稳定|保持|零")
_REASON = re.compile("原因(?:主要)?(?:是|为|在于|：|:)?")


def words_twice(case: Case) -> Sequence[Finding]:
    """Find 预算预算 and the like."""
    found = [
        text_finding(row, "text-words-twice", "twice", words=snippet(row["text"], match.start()))
        for row in case.rows["paragraphs"]
        for match in _TWICE.finditer(row["text"])
    ]
    return found_or_none(case, found, "text-words-twice")


def half_width_marks(case: Case) -> Sequence[Finding]:
    """Find commas and the like of half width between ideographs, once a document."""
    marks: list[tuple[Row, re.Match[str]]] = [
        (row, match)
        for row in case.rows["paragraphs"]
        for match in _HALF_WIDTH.finditer(row["text"])
    ]
    if not marks:
        return found_or_none(case, [], "text-half-width")
    row, match = marks[0]
    words = snippet(row["text"], match.start())
    return [
        text_finding(
            row, "text-half-width", "half-width", mark=match.group(), count=len(marks), words=words
        )
    ]


def signed_changes(case: Case) -> Sequence[Finding]:
    """Find 减少-5.00万元: the word and the sign say the direction twice, or two directions."""
    found = [
        text_finding(row, "text-signed-change", "sign", words=match.group())
        for row in case.rows["paragraphs"]
        for match in _SIGNED.finditer(row["text"])
    ]
    return found_or_none(case, found, "text-signed-change")


def empty_changes(case: Case) -> Sequence[Finding]:
    """Find 增加持平, and changes by nothing that are given a reason for a change."""
    found = [
        text_finding(row, message, code, words=words)
        for row in case.rows["paragraphs"]
        for message, code, words in _empty_changes(row["text"])
    ]
    return found_or_none(case, found, "text-empty-change")


def _empty_changes(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _FLAT.finditer(text):
        yield "text-empty-change-flat", "flat", snippet(text, match.start())
    for match in _NOTHING.finditer(text):
        reason = _REASON.split(match["rest"])[-1]
        if _CHANGED.search(reason) and not _UNCHANGED.search(reason):
            yield "text-empty-change", "nothing", match.group()[:40]


CHECKS: Checks = {
    "text-words-twice": words_twice,
    "text-half-width": half_width_marks,
    "text-signed-change": signed_changes,
    "text-empty-change": empty_changes,
}
