"""From the prose: duties, offices, units, glossary, assets, and the date of issue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from budgetkit.extraction.prose.headings import marker, without_marker
from budgetkit.extraction.prose.identity import is_department
from budgetkit.extraction.prose.paragraphs import Paragraph, under
from budgetkit.extraction.prose.wordings import NUMBER, any_of, folded, in_wan, iso_dates, matcher

#: No name of an office or unit is longer than this many characters.
LONGEST_NAME = 40
#: A signature with its date is no longer than this many characters.
LONGEST_SIGNATURE = 60
#: Among this many last paragraphs any short text with a date is a signature.
SIGNED = 4
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


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One duty, office or subordinate unit of a department.

    Attributes
    ----------
    kind : str
        ``function``, ``office`` or ``unit``.
    text : str
        As printed, without its enumerator.
    page, x0, top, x1, bottom
        Page from 1; points, as shown.
    """

    kind: str
    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary with its definition, page from 1 and box (points, as shown)."""

    term: str
    definition: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Asset:
    """What a department owns.

    Attributes
    ----------
    item : str
        房屋, 车辆, 办公家具 …
    quantity : float or None
        In ``unit`` (平方米, 辆, 台 …).
    value : float or None
        万元.
    as_of : str or None
        ISO date; a year's end where only the year is printed.
    page, x0, top, x1, bottom, text
        The clause, its page from 1 and its box in points, as shown.
    """

    item: str
    quantity: float | None
    unit: str
    value: float | None
    as_of: str | None
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    text: str


def _heading(role: str) -> Callable[[str], bool]:
    pattern = matcher("heading", role)
    return lambda text: pattern.search(text) is not None


def _line(kind: str, paragraph: Paragraph, start: int, end: int) -> ProfileLine:
    page, box = paragraph.place(start, end)
    return ProfileLine(kind, paragraph.text[start:end], page, *box)


def read_functions(paragraphs: Sequence[Paragraph]) -> list[ProfileLine]:
    """Read the duties, one a row; a paragraph without enumerator belongs to the one before it.

    Examples
    --------
    >>> read_functions([])
    []
    """
    rows: list[ProfileLine] = []
    for body in under(paragraphs, _is_functions):
        marked = [marker(part.text) for part in body]
        first = next((rank for rank in marked if rank), 0)
        for part, rank in zip(body, marked, strict=True):
            if matcher("private").search(part.text):
                continue
            start = len(part.text) - len(without_marker(part.text))
            if rank == first or not rows:
                if first and not rank:
                    continue  # the words that lead to the list
                rows.append(_line("function", part, start, len(part.text)))
            elif rows:
                last = rows[-1]
                rows[-1] = ProfileLine(last.kind, last.text + part.text, *_place_of(last))
        if rows:
            break
    return rows


def _is_functions(text: str) -> bool:
    return bool(
        matcher("heading", "functions").search(text)
        and not matcher("heading", "offices").search(text)
        and "任务" not in text
    )


def _place_of(row: ProfileLine) -> tuple[int, float, float, float, float]:
    return (row.page, row.x0, row.top, row.x1, row.bottom)


def read_offices(paragraphs: Sequence[Paragraph]) -> list[ProfileLine]:
    """Read the names of the offices: listed in a sentence, or one under another."""
    return list(_named(paragraphs, "office"))


def read_units(paragraphs: Sequence[Paragraph]) -> list[ProfileLine]:
    """Read the names of the subordinate units, the department itself left out."""
    return list(_named(paragraphs, "unit"))


def _named(paragraphs: Sequence[Paragraph], kind: str) -> Iterator[ProfileLine]:
    """Names under the headings about offices: (kind by sub-heading) listed or in a sentence."""
    seen: set[str] = set()
    for body in under(paragraphs, _heading("offices")):
        topic = ""
        for part in body:
            if part.rank == 4:
                topic = "unit" if _heading("units")(part.text) else "office"
                continue
            start = len(part.text) - len(without_marker(part.text))
            if topic:
                spans = [(start, len(part.text))] if topic == kind and start else []
            else:
                spans = _spans(part, kind, start)
            for begin, end in spans:
                name = part.text[begin:end]
                if _is_name(name, kind) and name not in seen:
                    seen.add(name)
                    yield _line(kind, part, begin, end)


def _spans(part: Paragraph, kind: str, start: int) -> list[tuple[int, int]]:
    """Where a paragraph names offices or units."""
    text = part.text
    spans: list[tuple[int, int]] = []
    for sentence in re.finditer(r"[^。；]+", text):
        said = sentence.group()
        match = _LIST.search(said)
        if match is None:
            continue
        lead = said[: match.start()].rstrip("，、")
        last = lead[max(lead.rfind("，"), lead.rfind("、")) + 1 :]
        of_units = _heading("units")(last) or "预算单位" in last
        of_offices = not of_units and matcher("staffing", "office_word").search(last) is not None
        if of_units if kind == "unit" else of_offices:
            spans.extend(_list_items(text, sentence.start() + match.start("list"), match["list"]))
    if not spans and kind == "unit" and start and marker(text) == 5:
        # A numbered list of budget units: the name runs to the first comma.
        name = re.match(r"[^，。；：、]+", text[start:])
        if name and not re.search(r"部门|单位", name.group()):
            spans.append((start, start + name.end()))
    return spans


def _list_items(text: str, start: int, listed: str) -> Iterator[tuple[int, int]]:
    """Split a list at its commas, those in brackets left alone."""
    depth, begin = 0, 0
    for at, char in enumerate([*listed, "、"]):
        depth += (char in "（(") - (char in ")）")
        if char in "、，" and depth <= 0:
            item = listed[begin:at]
            item = re.sub(r"(?:等.*|[0-9]+个.*)$", "", item)
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
    """Read the glossary: 一、财政拨款：指…, and what follows each without an enumerator.

    Examples
    --------
    >>> read_glossary([])
    []
    """
    rows: list[Term] = []
    pattern = re.compile(
        rf"(?P<term>[^：:，。；]{{2,{LONGEST_TERM}}}?)(?:[：:]|，?(?=是?指))(?P<text>.+)"
    )
    for body in under(paragraphs, _heading("glossary")):
        for part in body:
            start = len(part.text) - len(without_marker(part.text))
            match = pattern.match(part.text, start)
            if match and (start or not rows):
                page, box = part.place(0, len(part.text))
                rows.append(Term(match["term"], match["text"], page, *box))
            elif rows and not start and part.text[-1] in "。；":
                last = rows[-1]
                rows[-1] = Term(
                    last.term,
                    last.definition + part.text,
                    *(last.page, last.x0, last.top, last.x1, last.bottom),
                )
    return rows


@cache
def _holding() -> re.Pattern[str]:
    threshold = r"[0-9.,]+(?:万元?|元)(?:[（(]含[)）])?(?:以上|以下)(?:[（(]含[)）])?"
    words = "[^，。；：:、（）()0-9]*"
    item = rf"(?P<item>(?:{words}{threshold})?{words}(?:[（(]不?含[^（）()]*[)）])?)"
    value = any_of("asset", "value")
    return re.compile(
        rf"{item}(?:共计|合计|共)?(?:"
        rf"(?P<n>{NUMBER})(?P<unit>{any_of('asset', 'unit')})"
        rf"(?:[，,]?(?:{value})?(?P<worth>{NUMBER})万元)?"
        rf"|(?:{value})?(?P<value>{NUMBER})万元(?!(?:[（(]含[)）])?以[上下])"
        rf")"
    )


def read_assets(paragraphs: Sequence[Paragraph]) -> list[Asset]:
    """Read what the department owns; what it plans to buy is left out.

    Examples
    --------
    >>> from budgetkit.extraction.pdf.pages import Char
    >>> text = "1.车辆2辆，价值46.63万元；其中：一般公务用车2辆，价值46.63万元。"
    >>> chars = tuple((1, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    >>> head = Paragraph("（三）国有资产情况", chars[:9], (), 4)
    >>> [(row.item, row.quantity, row.unit, row.value) for row in
    ...  read_assets([head, Paragraph(text, chars)])]
    [('车辆', 2.0, '辆', 46.63), ('一般公务用车', 2.0, '辆', 46.63)]
    """
    rows: list[Asset] = []
    planned, since = matcher("asset", "planned"), matcher("asset", "as_of")
    for body in under(paragraphs, _heading("assets")):
        as_of: str | None = None
        for part in body:
            text = folded(part.text)
            at = since.search(text)
            if at:
                as_of = _as_of(text[at.end() : at.end() + 14]) or as_of
            start = len(text) - len(without_marker(text))
            for sentence in re.compile(r"[^。]+").finditer(text, start):
                if planned.search(sentence.group()):
                    continue
                for match in _holding().finditer(text, sentence.start(), sentence.end()):
                    item = re.sub(rf"^{any_of('asset', 'head')}", "", match["item"])
                    item = re.sub(rf"{any_of('asset', 'value')}$", "", item).strip("和及的")
                    if len(item) < 2 or (at and match.start() < at.end() + 4 and not match["unit"]):
                        continue
                    rows.append(_asset(part, match, item, as_of))
    return rows


def _asset(part: Paragraph, match: re.Match[str], item: str, as_of: str | None) -> Asset:
    worth = match["worth"] or match["value"]
    start = match.start("item") + match["item"].rfind(item)
    page, box = part.place(start, match.end())
    return Asset(
        item,
        float(match["n"].replace(",", "")) if match["n"] else None,
        match["unit"] or "",
        in_wan(worth, "万元") if worth else None,
        as_of,
        page,
        *box,
        part.text[start : match.end()],
    )


def _as_of(text: str) -> str | None:
    dates = iso_dates(text, last=True)
    if dates:
        return dates[0]
    year = re.match(r"(20[0-9]{2})年(?:度)?(?:年)?[底末]", text)
    return f"{year[1]}-12-31" if year else None


def read_issued(
    paragraphs: Sequence[Paragraph], cover: Sequence[str] = (), year: int | None = None
) -> str | None:
    """Read the date of issue: signed at the end, else printed on the cover.

    Parameters
    ----------
    paragraphs
        Of the whole document.
    cover
        The lines of the cover.
    year
        The budget year; a disclosure is dated in it or in the year before.

    Returns
    -------
    str or None
        ISO date.

    Examples
    --------
    >>> read_issued([], ["某局2025年部门预算公开", "二〇二五年二月十四日"], 2025)
    '2025-02-14'
    """
    texts = [paragraph.text for paragraph in reversed(paragraphs)]
    pattern = re.compile(
        r"^(?P<by>[^，。；：0-9]{0,50}?)(?P<date>(?:20[0-9]{2}|二[〇○零Oo0]..)年"
        r"[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日)$"
    )
    for at, text in enumerate([*texts, *cover]):
        match = pattern.match(folded(text)) if len(text) <= LONGEST_SIGNATURE else None
        if not match or matcher("issued", "not").search(text):
            continue
        # Before the end only a signature by itself counts: tables may follow it.
        if SIGNED <= at < len(texts) and match["by"] and not is_department(match["by"]):
            continue
        dates = iso_dates(match["date"])
        if dates and (year is None or int(dates[0][:4]) in (year - 1, year, year + 1)):
            return dates[0]
    return None
