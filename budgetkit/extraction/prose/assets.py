"""What a department owns: houses, vehicles, equipment, with number, value and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from budgetkit.extraction.prose.dates import iso_dates
from budgetkit.extraction.prose.headings import marker_end
from budgetkit.extraction.prose.paragraphs import Paragraph, PlacedRow, under
from budgetkit.extraction.prose.wordings import NUMBER, any_of, folded, in_wan, matcher

#: The date behind 截至 is no longer than this many characters.
LONGEST_DATE = 14


@dataclass(frozen=True, slots=True)
class Asset(PlacedRow):
    """What a department owns, placed by its clause.

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
    text : str
        The clause.
    """

    item: str
    quantity: float | None
    unit: str
    value: float | None
    as_of: str | None
    text: str


def read_assets(paragraphs: Sequence[Paragraph]) -> list[Asset]:
    """Read what the department owns; what it plans to buy is left out.

    Examples
    --------
    >>> from budgetkit.extraction.pdf.characters import Char
    >>> text = "1.车辆2辆，价值46.63万元；其中：一般公务用车2辆，价值46.63万元。"
    >>> chars = tuple((1, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    >>> head = Paragraph("（三）国有资产情况", chars[:9], (), 4)
    >>> [(row.item, row.quantity, row.unit, row.value) for row in
    ...  read_assets([head, Paragraph(text, chars)])]
    [('车辆', 2.0, '辆', 46.63), ('一般公务用车', 2.0, '辆', 46.63)]
    """
    rows: list[Asset] = []
    for body in under(paragraphs, matcher("heading", "assets").search):
        as_of: str | None = None
        for part in body:
            text = folded(part.text)
            dated = matcher("asset", "as_of").search(text)
            if dated:
                as_of = _date(text[dated.end() : dated.end() + LONGEST_DATE]) or as_of
            for match in _holdings(text):
                is_date = dated and match.start() < dated.end() + 4 and not match["unit"]
                item = _bare_item(match["item"])
                if len(item) > 1 and not is_date:
                    rows.append(_asset(part, match, item, as_of))
    return rows


@cache
def _holding() -> re.Pattern[str]:
    threshold = r"[0-9.,]+(?:万元?|元)(?:[（(]含[)）])?(?:以上|以下)(?:[（(]含[)）])?"
    words = "[^，。；：:、（）()0-9]*"
    # 副部（省）级及以上领导用车: an aside within the name.
    aside = r"(?:(?<=[^，。；：:、（）()0-9])[（(][^，。；：:、（）()0-9]{1,3}[)）])?"
    name = f"{words}{aside}{words}"
    item = rf"(?P<item>(?:{words}{threshold})?{name}(?:[（(]不?含[^（）()]*[)）])?)"
    value = any_of("asset", "value")
    return re.compile(
        rf"{item}(?:共计|合计|共)?(?:"
        rf"(?P<n>{NUMBER})(?P<unit>{any_of('asset', 'unit')})"
        rf"(?:[，,]?(?:{value})?(?P<worth>{NUMBER})万元)?"
        rf"|(?:{value})?(?P<value>{NUMBER})万元(?!(?:[（(]含[)）])?以[上下])"
        rf")"
    )


def _holdings(text: str) -> Iterator[re.Match[str]]:
    """Items with a number or a value, sentence by sentence."""
    for sentence in re.compile(r"[^。]+").finditer(text, marker_end(text)):
        if not matcher("asset", "planned").search(sentence.group()):
            yield from _holding().finditer(text, *sentence.span())


def _bare_item(item: str) -> str:
    item = re.sub(rf"^{any_of('asset', 'head')}", "", item)
    return re.sub(rf"{any_of('asset', 'value')}$", "", item).strip("和及的")


def _asset(part: Paragraph, match: re.Match[str], item: str, as_of: str | None) -> Asset:
    worth = match["worth"] or match["value"]
    start, end = match.start("item") + match["item"].rfind(item), match.end()
    return Asset(
        item=item,
        quantity=float(match["n"].replace(",", "")) if match["n"] else None,
        unit=match["unit"] or "",
        value=in_wan(f"{worth}万元") if worth else None,
        as_of=as_of,
        text=part.text[start:end],
        **part.place(start, end),
    )


def _date(text: str) -> str | None:
    dates = iso_dates(text, last=True)
    if dates:
        return dates[0]
    year = re.match(r"(20[0-9]{2})年(?:度)?(?:年)?[底末]", text)
    return f"{year[1]}-12-31" if year else None
