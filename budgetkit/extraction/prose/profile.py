"""Duties, offices, subordinate units and the glossary of a department."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budgetkit.extraction.prose.headings import marker, marker_end
from budgetkit.extraction.prose.paragraphs import Paragraph, PlacedRow, under
from budgetkit.extraction.prose.wordings import matcher

#: No name of an office or unit is longer than this many characters.
LONGEST_NAME = 40
#: No term of a glossary is longer than this many characters.
LONGEST_TERM = 30
_OFFICE_END = re.compile(
    r"(?:室|处|科|股|办|中心|队|局|部|委|组|会|院|站|所|厅|社|馆|总队|支队|大队|政治部|党委|署|庭|园|校)"
    r"(?:[（(][^（）()]*[)）])*$"
)
_LIST = re.compile(
    r"(?:(?:分别(?:是|为|有)|包括|具体(?:有|为|包括))[：:]?|(?:即|有|为|如下)[：:])(?P<list>[^。；]+)"
)
_OWN = re.compile(r"本部|本级|机关$")
_TERM = re.compile(
    rf"(?P<term>[^：:，。；]{{2,{LONGEST_TERM}}}?)(?:[：:]|，?(?=是?指))(?P<definition>.+)"
)


@dataclass(frozen=True, slots=True)
class ProfileLine(PlacedRow):
    """One duty, office or subordinate unit of a department.

    Attributes
    ----------
    kind : str
        ``function``, ``office`` or ``unit``.
    text : str
        As printed, without its enumerator.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Term(PlacedRow):
    """A term of the glossary with its definition."""

    term: str
    definition: str


def _line(kind: str, paragraph: Paragraph, start: int, end: int) -> ProfileLine:
    return ProfileLine(kind=kind, text=paragraph.text[start:end], **paragraph.place(start, end))


def read_profile(paragraphs: Sequence[Paragraph]) -> list[ProfileLine]:
    """Read the duties, the offices and the subordinate units of a department, in this order."""
    return [
        *_functions(paragraphs),
        *_named(paragraphs, "office"),
        *_named(paragraphs, "unit"),
    ]


def _functions(paragraphs: Sequence[Paragraph]) -> list[ProfileLine]:
    """The duties, one a row; a paragraph without enumerator belongs to the one before it."""
    for body in under(paragraphs, _is_about_functions):
        rows: list[ProfileLine] = []
        ranks = [marker(part.text) for part in body]
        list_rank = next(filter(None, ranks), 0)
        for part, rank in zip(body, ranks, strict=True):
            is_lead = list_rank and not rank and not rows  # the words that lead to the list
            if is_lead or matcher("private").search(part.text):
                continue
            if rank == list_rank or not rows:
                rows.append(_line("function", part, marker_end(part.text), len(part.text)))
            else:
                rows[-1] = replace(rows[-1], text=rows[-1].text + part.text)
        if rows:
            return rows
    return []


def _is_about_functions(heading: str) -> bool:
    return bool(
        matcher("heading", "functions").search(heading)
        and not matcher("heading", "offices").search(heading)
        and "任务" not in heading
    )


def _named(paragraphs: Sequence[Paragraph], kind: str) -> Iterator[ProfileLine]:
    """The offices or units under the headings about offices, each name once.

    Names are listed in a sentence, or stand one under another. The department itself is no unit.
    """
    seen: set[str] = set()
    for body in under(paragraphs, matcher("heading", "offices").search):
        topic = ""
        for part in body:
            if part.rank == 4:
                is_units = matcher("heading", "units").search(part.text)
                topic = "unit" if is_units else "office"
                continue
            for start, end in _spans(part, kind, topic):
                name = part.text[start:end]
                if _is_name(name, kind) and name not in seen:
                    seen.add(name)
                    yield _line(kind, part, start, end)


def _spans(part: Paragraph, kind: str, topic: str) -> list[tuple[int, int]]:
    """Where a paragraph names offices or units; ``topic`` is the kind of its sub-heading."""
    text, start = part.text, marker_end(part.text)
    if topic:
        return [(start, len(text))] if topic == kind and start else []
    spans: list[tuple[int, int]] = []
    for sentence in re.finditer(r"[^。；]+", text):
        match = _LIST.search(sentence.group())
        if match and _kind_of_list(sentence.group()[: match.start()]) == kind:
            spans.extend(_list_items(match["list"], sentence.start() + match.start("list")))
    if not spans and kind == "unit" and start and marker(text) == 5:
        # A numbered list of budget units: the name runs to the first comma.
        name = re.match(r"[^，。；：、]+", text[start:])
        if name and not re.search(r"部门|单位", name.group()):
            spans.append((start, start + name.end()))
    return spans


def _kind_of_list(lead: str) -> str:
    """What a list holds, by the last clause before it; empty where it is neither."""
    clause = re.split("[，、]", lead.rstrip("，、"))[-1]
    if matcher("heading", "units").search(clause) or "预算单位" in clause:
        return "unit"
    return "office" if matcher("staffing", "office_word").search(clause) else ""


def _list_items(listed: str, start: int) -> Iterator[tuple[int, int]]:
    """Split a list, which begins at a position, at its commas outside of brackets."""
    depth, begin = 0, 0
    for at, char in enumerate([*listed, "、"]):
        depth += (char in "（(") - (char in ")）")
        if char in "、，" and depth <= 0:
            item = re.sub(r"(?:等.*|[0-9]+个.*)$", "", listed[begin:at])
            if item:
                yield start + begin, start + begin + len(item)
            begin = at + 1


def _is_name(name: str, kind: str) -> bool:
    if not 2 <= len(name) <= LONGEST_NAME or re.search(r"[0-9，。；：]|下设|等[0-9]", name):
        return False
    if kind == "unit":
        return not _OWN.search(name)
    return _OFFICE_END.search(name) is not None


def read_glossary(paragraphs: Sequence[Paragraph]) -> list[Term]:
    """Read the glossary: 一、财政拨款：指…, and what follows each without an enumerator."""
    rows: list[Term] = []
    for body in under(paragraphs, matcher("heading", "glossary").search):
        for part in body:
            start = marker_end(part.text)
            match = _TERM.match(part.text, start)
            if match and (start or not rows):
                rows.append(
                    Term(term=match["term"], definition=match["definition"], **part.place())
                )
            elif rows and not start and part.text[-1] in "。；":
                rows[-1] = replace(rows[-1], definition=rows[-1].definition + part.text)
    return rows
