"""How many posts, people and offices a department has.

One sentence prints it (编制数 27，实有人数 44人，其中：在职 25人，增加 0人；退休 19人…).
Its wordings are those of the topic ``staffing``.  What is not printed is None, never zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from budgetkit.extraction.prose.paragraphs import Paragraph, PlacedRow
from budgetkit.extraction.prose.wordings import COUNT, any_of, count, folded, matcher, meaning

#: The head counts, in the order of the contract's columns.
MEASURES = ("authorized", "total", "active", "retired", "special_retired")
#: A paragraph must print this many of them, or one under a heading about people.
ENOUGH = 2
#: The word before a subset, and what stands for the text of brackets.
OF_WHICH, BLANK = "其中", "\u3000"
_BRACKETS = re.compile("[（(][^（()）]*[)）]")
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
        The sentence; where several paragraphs print the numbers one sentence of each, those of
        other pages with their page: 〔5〕.
    conflicts : str
        The measures that they print differently, which are None, with spaces between.
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
    conflicts: str = ""


class _Count(NamedTuple):
    """A number of people or posts, None where only parts of it are printed, and its places."""

    number: int | None
    change: int | None
    spans: tuple[tuple[int, int], ...]


@cache
def _part_pattern() -> re.Pattern[str]:
    kind = any_of("staffing", "part")
    return re.compile(
        rf"(?P<kind>{kind}){BLANK}*{_BETWEEN}(?P<n>[0-9]{{1,7}}){_PEOPLE}"
        rf"|(?P<before>[0-9]{{1,7}})(?:个|名)(?P<after>{kind})(?!{_BETWEEN}[0-9])"
    )


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
    >>> from budgetkit.extraction.pdf.characters import Char
    >>> text = "某局编制数27，实有人数44人，其中：在职25人，减少1人；退休19人，增加0人。"
    >>> chars = tuple((1, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    >>> row = read_staffing([Paragraph(text, chars)])
    >>> row.authorized, row.total, row.active, row.active_change, row.special_retired
    (27, 44, 25, -1, None)
    """
    candidates = [(paragraph, _head_counts(paragraph)) for paragraph in paragraphs]
    paragraph, counts = max(candidates, key=lambda candidate: len(candidate[1]), default=(None, {}))
    spans = [span for found in counts.values() for span in found.spans]
    offices = _find_offices(paragraphs)
    if offices and not spans:
        paragraph, spans = offices[0], [offices[1].span()]
    if paragraph is None or not spans:
        return None
    start, end = _sentence(paragraph.text, spans)
    text = paragraph.text[start:end]
    told = [(paragraph, counts)]
    for beside, others in candidates:
        if others and beside is not paragraph and beside.section == paragraph.section:
            told.append((beside, others))
            first, last = _sentence(beside.text, [s for one in others.values() for s in one.spans])
            page = beside.place(first, last)["page"]
            text += f"〔{page}〕" if page != paragraph.place(start, end)["page"] else ""
            text += beside.text[first:last]
    counts, conflicts = _agreed([found for _, found in told])
    people: dict[str, Any] = {}
    for measure in MEASURES:
        found = counts.get(measure)
        people[measure] = found.number if found else None
        people[f"{measure}_change"] = found.change if found else None
    return Staffing(
        **people,
        offices=count(offices[1]["n"]) if offices else None,
        text=text,
        conflicts=" ".join(conflicts),
        **paragraph.place(start, end),
    )


def _agreed(told: Sequence[dict[str, _Count]]) -> tuple[dict[str, _Count], list[str]]:
    """Put the numbers of several paragraphs together; where they differ none of them counts."""
    agreed: dict[str, _Count] = {}
    conflicts = []
    for measure in MEASURES:
        found = [counts[measure] for counts in told if measure in counts]
        known = [one for one in found if one.number is not None]
        if len({one.number for one in known}) > 1:
            conflicts.append(measure)
        elif found:
            agreed[measure] = (known or found)[0]
    return agreed, conflicts


def _head_counts(paragraph: Paragraph) -> dict[str, _Count]:
    """The measures that a paragraph prints; empty where it is not about the people."""
    if paragraph.rank or len(paragraph.text) < 6:
        return {}
    text = folded(paragraph.text)
    found = {measure: known for measure in MEASURES if (known := _whole(text, measure))}
    parts, largest = _sum_of_parts(text)
    whole = found.get("authorized")
    if parts and (whole is None or (whole.number or 0) < largest):
        found["authorized"] = parts
    about = matcher("heading", "offices")
    is_near = any(about.search(heading) for heading in paragraph.section[-2:])
    return found if len(found) >= (1 if is_near else ENOUGH) else {}


def _whole(text: str, measure: str) -> _Count | None:
    """The one number of a measure; None where a text prints several, none of which is the sum."""
    matches = list(_count_pattern(measure).finditer(text))
    if not matches:
        return None
    first, *others = matches
    numbers = [int(match["n"]) for match in others if match["n"] != first["n"]]
    is_sum = sum(numbers) == int(first["n"])
    if numbers and not is_sum and OF_WHICH not in text[first.end() : others[0].start()]:
        return None
    return _Count(int(first["n"]), _change(first), (first.span(),))


def _sum_of_parts(text: str) -> tuple[_Count | None, int]:
    """The posts of all kinds (行政编制, 事业编制, 工勤编制) together, and the largest part.

    One kind alone is not the whole, nor are kinds that come twice, as for two units, or the posts
    of the head office (机关编制): the number is then None.  What stands in
    brackets or after 其中 is counted already.
    """
    plain = _BRACKETS.sub(lambda match: BLANK * len(match.group()), text)
    parts: dict[str, list[int]] = {}
    spans: list[tuple[int, int]] = []
    start = 0
    for clause in re.split("(?<=[。；;])", plain):
        end = None
        for match in _part_pattern().finditer(clause):
            if end is not None and OF_WHICH in clause[end : match.start()]:
                break
            end = match.end()
            kind = meaning(match["kind"] or match["after"], "staffing", "part")
            parts.setdefault(kind, []).append(int(match["n"] or match["before"]))
            spans.append((start + match.start(), start + match.end()))
        start += len(clause)
    if not spans:
        return None, 0
    add_up = all(kind and len(numbers) == 1 for kind, numbers in parts.items())
    numbers = [number for found in parts.values() for number in found]
    total = sum(numbers) if add_up and len(parts) > 1 else None
    return _Count(total, None, tuple(spans)), max(numbers)


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
