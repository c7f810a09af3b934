"""Who published a disclosure, for which year, and whether it is a budget or a final account.

The cover names them, else the captions of the tables, the cells of forms, the headings or the
running text; :attr:`Identity.found` says where, unless a cover or a caption does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from budgetkit.extraction.prose.department_names import (
    NAME,
    cell_pairs,
    commonest,
    from_headings,
    from_running_text,
    is_department,
    is_located,
    labelled,
    plain_text,
)
from budgetkit.extraction.prose.departments import split_scope
from budgetkit.extraction.prose.regions import Region, region_of, unknown_province
from budgetkit.extraction.prose.wordings import any_of, matcher, wordings

#: The cover stands on the first pages.
COVER_PAGES = 2
#: A first page with no more lines than this is a cover.
FRONT_LINES = 12
#: A title runs over up to this many lines of the cover.
TITLE_LINES = 5
#: How a remark begins that says where something was found; it is no problem.
REMARK = "its "
_YEAR = r"(?P<year>20[0-9]{2})年(?:度)?"
#: What stands before a title: 附件1：关于公开某局….
_LEAD = "(?:附件[0-9一二三四五]?[：:、.]?)?(?:关于)?(?:公开|公布)?"
_CELL_YEAR = re.compile(rf"[（(]?{_YEAR}[)）]?")
_HEAD_YEAR = re.compile(rf"{_YEAR}[^，。；0-9]{{0,12}}(?:预算|决算)")


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose disclosure it is, of which year and of which kind.

    Attributes
    ----------
    department : str
        Without a remark on its scope, （本级） or （汇总）; empty where it can't be found.
    year : int or None
        The budget year.
    scope : str
        ``department``, or ``unit`` where one unit of a department publishes its own budget.
    region : str
        The place that the name begins with, from the province down, or empty.
    level : str
        ``central``, ``province``, ``city``, ``county`` or ``town``, or empty.
    kind : str
        ``budget`` or ``final_account`` (决算).
    notice : str
        A remark of the cover on the document itself: that it is invented, a draft, a sample.
    printed : str
        The department as printed, as rows of its tables repeat it.
    found : str
        Where department and year were found, if on no cover and in no caption; for people.
    """

    department: str
    year: int | None
    scope: str
    region: str = ""
    level: str = ""
    kind: str = "budget"
    notice: str = ""
    printed: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class TableTexts:
    """What the tables of a disclosure print that tells whose they are.

    Attributes
    ----------
    titles : sequence of str
        Titles as printed.
    department : str
        As most tables state above them, or in their first rows; empty where none does.
    rows : sequence of sequence of str
        The texts of the cells in the first rows of each grid.
    """

    titles: Sequence[str] = ()
    department: str = ""
    rows: Sequence[Sequence[str]] = ()


def identify(
    lines: Sequence[tuple[int, str]],
    headings: Iterable[str] = (),
    tables: TableTexts | None = None,
    paragraphs: Sequence[str] = (),
) -> Identity:
    """Find department, year, scope, place and kind of a disclosure.

    Parameters
    ----------
    lines
        Page (from 1) and text, without white space, of every line outside of the tables.
    headings
        Headings of the prose (关于…局2025年收支预算情况).
    tables
        Titles, stated department and cells of the tables.
    paragraphs
        The running text, a last resort.

    Returns
    -------
    Identity
        What can't be found is empty or None.

    Examples
    --------
    >>> found = identify([(1, "某省某厅"), (1, "2018年度部门预算公开")])
    >>> found.department, found.year, found.scope, found.region, found.kind
    ('某省某厅', 2018, 'department', '某省', 'budget')
    >>> found = identify([(1, "某市某区2025年区级单位决算"), (1, "预算单位：某市某区某局（本级）")])
    >>> found.department, found.scope, found.region, found.kind
    ('某市某区某局', 'unit', '某市某区', 'final_account')
    """
    texts = _Texts(lines, tuple(headings), tables or TableTexts(), paragraphs)
    title = _cover_title(texts.cover)
    printed, name_from = next(filter(_is_found, _names(texts, title)), ("", ""))
    year, year_from = next(filter(_is_found, _years(texts, title)), (None, ""))
    name, stated_scope = split_scope(printed)
    place = _place(name, title)
    return Identity(
        department=name,
        year=year,
        scope=stated_scope or _scope(texts, title),
        region=place.name,
        level=place.level,
        kind=_kind(texts, title),
        notice=_notice(texts.cover),
        printed=printed,
        found=_found(name_from, year_from, unknown_province(name)),
    )


def identify_file(stem: str) -> Identity:
    """Find what the name of a file says: 某市审计局2026年部门预算.

    Examples
    --------
    >>> found = identify_file("某市审计局2026年部门决算-1")
    >>> found.department, found.year, found.kind
    ('某市审计局', 2026, 'final_account')
    >>> identify_file("audit-2026-tables").year, identify_file("2019-2026").year
    (2026, None)
    """
    plain = plain_text(stem)
    title = _cover_title([plain])
    years = {int(year) for year in re.findall(r"(?<!\d)20[0-9]{2}(?!\d)", plain)}
    year = title.year or (years.pop() if len(years) == 1 else None)
    name, scope = split_scope(title.name)
    place = _place(name, title)
    is_final = matcher("identity", "final").search(plain)
    kind = "final_account" if is_final else "budget"
    return Identity(name, year, scope or title.scope, place.name, place.level, kind)


class _Texts:
    """The texts of a disclosure in which its identity is sought, without white space."""

    def __init__(
        self,
        lines: Sequence[tuple[int, str]],
        headings: Sequence[str],
        tables: TableTexts,
        paragraphs: Sequence[str],
    ) -> None:
        self.lines = [plain_text(text) for _, text in lines]
        self.cover = self.lines[: len(cover_of(lines))]
        first_page = [line for (page, _), line in zip(lines, self.lines, strict=True) if page == 1]
        #: The first page, where it has no more lines than a cover.
        self.front = first_page if len(first_page) <= FRONT_LINES else []
        self.headings, self.tables, self.paragraphs = headings, tables, paragraphs
        self.titles = [plain_text(text) for text in tables.titles]


class _Title(NamedTuple):
    """What the title of a cover says; ``place`` is a region that stands in it by itself."""

    name: str = ""
    year: int | None = None
    kind: str = ""
    place: str = ""

    @property
    def scope(self) -> str:
        return "unit" if "单位" in self.kind else "department"

    def filled_by(self, other: _Title) -> _Title:
        return _Title(
            self.name or other.name,
            self.year or other.year,
            self.kind or other.kind,
            self.place or other.place,
        )


def cover_of(lines: Sequence[tuple[int, str]]) -> list[str]:
    """Return the texts of the first pages."""
    return [text for page, text in lines if page < lines[0][0] + COVER_PAGES]


def _is_found(candidate: tuple[object, str]) -> bool:
    return bool(candidate[0])


def _names(texts: _Texts, title: _Title) -> Iterator[tuple[str, str]]:
    """The department by each way to find it, the surest first, and where it was found."""
    stated = texts.tables.department
    yield next(iter(labelled(texts.cover, "cover")), ""), ""
    yield title.name, ""
    yield commonest(labelled(texts.lines, "caption")), ""
    yield stated if is_department(stated) else "", ""
    yield next(filter(is_located, texts.front), ""), "a line of its cover"
    yield from_headings(texts.headings), ""
    yield commonest(labelled(cell_pairs(texts.tables.rows), "caption")), "a cell of its tables"
    yield from_running_text(texts.paragraphs), "its running text"


def _years(texts: _Texts, title: _Title) -> Iterator[tuple[int | None, str]]:
    """The budget year by each way to find it, and where it was found."""
    yield title.year, ""
    yield _common_year(texts.lines), ""
    yield _common_year(texts.titles), ""
    cells = [plain_text(text) for row in texts.tables.rows for text in row]
    alone = [match["year"] for text in cells if (match := _CELL_YEAR.fullmatch(text))]
    yield int(commonest(alone) or 0), "a cell of its tables"
    heads = [match["year"] for text in cells if (match := _HEAD_YEAR.match(text))]
    yield int(max(heads, default=0)), "the headers of its tables"


def _found(name_from: str, year_from: str, no_province: str) -> str:
    """A remark on where department and year were found, and on a province that is not known.

    Empty where they stand on a cover or in a caption.
    """
    found = {"department": name_from, "budget year": year_from}
    remarks = [f"{REMARK}{what} stands in {at}" for what, at in found.items() if at]
    if no_province:
        remarks.append(f"{REMARK}province is not known: {no_province}")
    return "; ".join(remarks)


def _place(name: str, title: _Title) -> Region:
    """Where a department is: by its name, else by the place that stands on the cover."""
    region = region_of(name)
    if region.name or region.level == "central" or not title.place:
        return region
    named = region_of(title.place + name)
    return Region(named.name, region.level or named.level)


def _scope(texts: _Texts, title: _Title) -> str:
    labels = (text for text in texts.cover if re.search("[：:]", text))
    if title.scope == "unit" or any(map(matcher("identity", "unit_cover").match, labels)):
        return "unit"
    return "department"


def _kind(texts: _Texts, title: _Title) -> str:
    """``final_account`` where the title, else most titles of tables, else the text says 决算."""
    final, budget = matcher("identity", "final"), matcher("identity", "budget")
    for group in ([title.kind], texts.titles, texts.cover, texts.lines):
        n_final = sum(bool(final.search(text)) for text in group)
        n_budget = sum(bool(budget.search(text)) for text in group)
        if n_final != n_budget:
            return "final_account" if n_final > n_budget else "budget"
    return "budget"


def _notice(cover: Sequence[str]) -> str:
    """A cover's remark on the document itself, in the first of the wordings that it prints."""
    for pattern in wordings("identity", "notice"):
        for text in cover:
            if re.search(pattern, text):
                return text.strip("（）")
    return ""


@cache
def _titles() -> tuple[re.Pattern[str], ...]:
    """Titles: 某局2025年部门预算, 2025年某局部门预算, 某局部门预算."""
    after, before = any_of("identity", "title"), any_of("identity", "title_after")
    return (
        re.compile(rf"^{_LEAD}(?P<name>{NAME})??{_YEAR}(?P<kind>{after})"),
        re.compile(rf"^{_LEAD}{_YEAR}(?P<name>{NAME})(?P<kind>{before})"),
        re.compile(rf"^(?P<year>)(?P<name>{NAME})(?P<kind>{any_of('identity', 'title_alone')})$"),
    )


def _cover_title(cover: Sequence[str]) -> _Title:
    """What the title of a cover says, with a department and a year if any title has them."""
    best = _Title()
    for at in range(min(len(cover), 2 * TITLE_LINES)):
        for end in range(at + 1, min(at + TITLE_LINES, len(cover)) + 1):
            text = "".join(cover[at:end])
            for pattern in _titles():
                match = pattern.match(text)
                if not match or "目录" in text:
                    continue
                title = _title_of(match)
                if title.name and title.year:
                    return title
                best = best.filled_by(title)
    return best


def _title_of(match: re.Match[str]) -> _Title:
    name, year = match["name"] or "", int(match["year"] or 0) or None
    if is_department(name):
        return _Title(name, year, match["kind"])
    place = name if name and region_of(f"{name}某局").name.endswith(name) else ""
    return _Title("", year, match["kind"], place)


def _common_year(texts: Iterable[str]) -> int | None:
    """The year that most titles and headings name beside 预算 or 决算."""
    pattern = re.compile(rf"{_YEAR}[^，。；0-9]{{0,20}}(?:预算|决算)")
    year = commonest(match["year"] for text in texts for match in pattern.finditer(text))
    return int(year) if year else None
