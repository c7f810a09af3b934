"""How many posts, people and offices a department has.

One sentence prints it (编制数 27，实有人数 44人，其中：在职 25人，增加 0人；退休 19人…).
Its wordings are those of the topic ``staffing``.  What is not printed is None, never zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from budgetkit.extraction.prose.paragraphs import Paragraph, PlacedRow
from budgetkit.extraction.prose.wordings import COUNT, any_of, count, folded, matcher

#: The head counts, in the order of the contract's columns.
MEASURES = ("authorized", "total", "active", "retired", "special_retired")
#: A paragraph must print this many of them, or one under a heading about people.
ENOUGH = 2
_BETWEEN = (
    r"(?:[（(][^（()）]{0,12}[)）])?(?:为|是|共计|合计|总数为|总数|共有|共|数|核定|：|:|有|约)*"
)
_PEOPLE = r"(?:个|人|名|位)?(?![0-9.年月])"


@dataclass(frozen=True, slots=True)
class Staffing(PlacedRow):
    """The staffing sentence of a disclosure, in people; None where it prints no number.

    Attributes
    ----------
    authorized, total, active, retired, special_retired : int or None
        编制, 实有, 在职, 退休, 离休.
    authorized_change, ... : int or None
        Against the year before, negative for 减少.
    offices : int or None
        How many offices (处室, 内设机构) the department has.
    text : str
        The sentence.
    """

    authorized: int | None
    total: int | None
    active: int | None
    retired: int | None
    special_retired: int | None
    authorized_change: int | None
    total_change: int | None
    active_change: int | None
    retired_change: int | None
    special_retired_change: int | None
    offices: int | None
    text: str


@cache
def _count_pattern(measure: str) -> re.Pattern[str]:
    change = (
        rf"(?:[，,、（(]?(?:{any_of('change', 'versus')}[，,]?)?"
        rf"(?:{any_of('change', 'up')}|(?P<down>{any_of('change', 'down')}))了?"
        rf"(?P<by>{COUNT})(?:个|人|名)"
        rf"|[，,、（(](?P<flat>{any_of('change', 'flat')}|无增减|无变化|持平))?"
    )
    return re.compile(
        rf"{any_of('staffing', measure)}{_BETWEEN}(?P<n>[0-9]{{1,7}}){_PEOPLE}{change}"
    )


def read_staffing(paragraphs: Sequence[Paragraph]) -> Staffing | None:
    """Read the staffing row of a document; None where it prints nothing of its people.

    Examples
    --------
    >>> from budgetkit.extraction.pdf.pages import Char
    >>> text = "某局编制数27，实有人数44人，其中：在职25人，减少1人；退休19人，增加0人。"
    >>> chars = tuple((1, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    >>> row = read_staffing([Paragraph(text, chars)])
    >>> row.authorized, row.total, row.active, row.active_change, row.special_retired
    (27, 44, 25, -1, None)
    """
    paragraph, counts = max(
        ((paragraph, _head_counts(paragraph)) for paragraph in paragraphs),
        key=lambda candidate: len(candidate[1]),
        default=(None, {}),
    )
    spans = [match.span() for match in counts.values()]
    offices = _find_offices(paragraphs)
    if offices and not spans:
        paragraph, spans = offices[0], [offices[1].span()]
    if paragraph is None or not spans:
        return None
    start, end = _sentence(paragraph.text, spans)
    people: dict[str, Any] = {}
    for measure in MEASURES:
        match = counts.get(measure)
        people[measure] = int(match["n"]) if match else None
        people[f"{measure}_change"] = _change(match) if match else None
    return Staffing(
        **people,
        offices=count(offices[1]["n"]) if offices else None,
        text=paragraph.text[start:end],
        **paragraph.place(start, end),
    )


def _head_counts(paragraph: Paragraph) -> dict[str, re.Match[str]]:
    """Where a paragraph prints each measure; empty where it is not about the people."""
    if paragraph.rank or len(paragraph.text) < 6:
        return {}
    text = folded(paragraph.text)
    found = {
        measure: match
        for measure in MEASURES
        if (match := _count_pattern(measure).search(text)) is not None
    }
    about = matcher("heading", "offices")
    is_near = any(about.search(heading) for heading in paragraph.section[-2:])
    return found if len(found) >= (1 if is_near else ENOUGH) else {}


def _change(match: re.Match[str]) -> int | None:
    if match["flat"]:
        return 0
    by = count(match["by"]) if match["by"] else None
    return -by if by and match["down"] else by


def _sentence(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """From the head of the first sentence to the end of the last."""
    start = text.rfind("。", 0, min(start for start, _ in spans)) + 1
    end = text.find("。", max(end for _, end in spans))
    return start, (len(text) if end < 0 else end + 1)


@cache
def _office_patterns() -> tuple[re.Pattern[str], ...]:
    word = any_of("staffing", "office_word")
    return (
        re.compile(rf"(?P<n>{COUNT})个{word}(?![一-龥]*(?:单位|委员会))"),
        re.compile(rf"(?:内设|职能){word}(?:共|共计|为)?(?P<n>{COUNT})个"),
    )


def _find_offices(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, re.Match[str]] | None:
    """The paragraph that prints how many offices a department has, and the match in it."""
    about = matcher("heading", "offices")
    for paragraph in paragraphs:
        if paragraph.rank or not any(about.search(heading) for heading in paragraph.section):
            continue
        for pattern in _office_patterns():
            match = pattern.search(folded(paragraph.text))
            if match:
                return paragraph, match
    return None
