"""Who published it, for which year: from the cover, the captions of the tables, the headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from budgetkit.extraction.prose.wordings import any_of, folded, matcher, wordings

#: The cover stands on the first pages.
COVER_PAGES = 2
#: Lines of a cover that are read together, where a title runs over several.
COVER_LINES = 5
_YEAR = r"(?P<year>20[0-9]{2})年(?:度)?"
_NAME = r"[一-龥“”（）()、]{3,40}?"
_LABEL_END = r"(?=金额单位|单位[：:]|公开|填报|日期|$)"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a disclosure is of.

    Attributes
    ----------
    department : str
        As printed; empty where it can't be told.
    year : int or None
        The budget year.
    scope : str
        ``department``, or ``unit`` where one unit of a department publishes its own budget.
    region : str
        The province, prefecture or county that the department's name begins with, or empty.
    notice : str
        What the cover says of the document itself: that it is invented, a draft, a sample.
    """

    department: str
    year: int | None
    scope: str
    region: str
    notice: str = ""


def identify(lines: Sequence[tuple[int, str]], headings: Iterable[str] = ()) -> Identity:
    """Tell department, year, scope and region.

    Parameters
    ----------
    lines
        Page (from 1) and text, without white space, of every line outside of the tables.
    headings
        Headings of the prose, a last resort (关于…局2025年收支预算情况).

    Returns
    -------
    Identity
        What can't be told is empty or None.

    Examples
    --------
    >>> identify([(1, "某省某厅"), (1, "2018年度部门预算公开")])
    Identity(department='某省某厅', year=2018, scope='department', region='某省', notice='')
    >>> identify([(1, "某市某区2025年区级单位预算"), (1, "预算单位：某市某区某局")])
    Identity(department='某市某区某局', year=2025, scope='unit', region='某市某区', notice='')
    """
    first = lines[0][0] if lines else 1
    lines = [(page, folded(re.sub(r"\s", "", text))) for page, text in lines]
    cover = [text for page, text in lines if page < first + COVER_PAGES]
    every = [text for _, text in lines]
    title = _cover_title(cover)
    labelled = _labelled(cover, "cover")
    captioned = Counter(_labelled(every, "caption")).most_common(1)
    department = next(
        filter(
            None,
            (
                labelled[0] if labelled else "",
                title[0] if title else "",
                captioned[0][0] if captioned else "",
                _from_headings(headings),
            ),
        ),
        "",
    )
    year = title[1] if title else _common_year(every)
    unit = (title is not None and title[2] == "单位") or any(
        matcher("identity", "unit_cover").match(text) and "：" in text.replace(":", "：")
        for text in cover
    )
    scope = "unit" if unit else "department"
    return Identity(department, year, scope, region_of(department), _notice(cover))


def _notice(cover: Sequence[str]) -> str:
    """What a cover says of the document itself, in the first of the wordings that it prints."""
    for pattern in wordings("identity", "notice"):
        for text in cover:
            if re.search(pattern, text):
                return text.strip("（）")
    return ""


@cache
def _titles() -> tuple[re.Pattern[str], ...]:
    """A title, its year after the name or before it: 某局2025年部门预算, 2025年某局预算."""
    after, before = any_of("identity", "title"), any_of("identity", "title_after")
    return (
        re.compile(rf"^(?:关于)?(?P<name>{_NAME})??{_YEAR}(?P<kind>{after})"),
        re.compile(rf"^{_YEAR}(?P<name>{_NAME})(?P<kind>{before})"),
    )


def _cover_title(cover: Sequence[str]) -> tuple[str, int, str] | None:
    """Department, year and 部门 or 单位 of a title that may run over several lines."""
    found: tuple[str, int, str] | None = None
    for at in range(min(len(cover), 2 * COVER_LINES)):
        for end in range(at + 1, min(at + COVER_LINES, len(cover)) + 1):
            text = "".join(cover[at:end])
            for pattern in _titles():
                match = pattern.match(text)
                if not match or "目录" in text:
                    continue
                name = match["name"] or ""
                kind = "单位" if "单位" in match["kind"] else "部门"
                if is_department(name):
                    return name, int(match["year"]), kind
                found = found or ("", int(match["year"]), kind)
    return found


def is_department(name: str) -> bool:
    """Whether a text can be the name of a department: it ends as such names end.

    Examples
    --------
    >>> [is_department(name) for name in ("某县教育局", "某市某区", "某局（本级）")]
    [True, False, True]
    """
    return (
        3 <= len(name) <= 40
        and matcher("identity", "department").search(name) is not None
        and not re.search(r"第[一二三四五六七八九十]部分|目录|预算表|公开表|关于", name)
    )


def _labelled(texts: Iterable[str], role: str) -> list[str]:
    """Names behind a label: 编制部门：某局 单位：万元."""
    pattern = re.compile(rf"(?:{any_of('identity', role)})[：:](?P<name>.+?){_LABEL_END}")
    return [
        match["name"]
        for text in texts
        if (match := pattern.match(text)) and is_department(match["name"])
    ]


def _from_headings(headings: Iterable[str]) -> str:
    """The department of headings such as 关于某局2025年收支预算情况总体说明."""
    pattern = re.compile(rf"关于(?P<name>{_NAME}){_YEAR}")
    names = Counter(
        match["name"]
        for text in headings
        if (match := pattern.search(folded(text))) and is_department(match["name"])
    ).most_common(1)
    return names[0][0] if names else ""


def _common_year(texts: Iterable[str]) -> int | None:
    """The year that most titles and headings name beside 预算."""
    years = Counter(
        match[1]
        for text in texts
        for match in re.finditer(rf"{_YEAR}[^，。；0-9]{{0,20}}预算", text)
    ).most_common(1)
    return int(years[0][0]) if years else None


def region_of(department: str) -> str:
    """Give the places that a department's name begins with.

    Examples
    --------
    >>> region_of("江苏省人大常委会办公厅"), region_of("上海市普陀区财政局"), region_of("财政部")
    ('江苏省', '上海市普陀区', '')
    """
    match = re.match(rf"(?:{any_of('region')}){{1,3}}(?=.{{2}})", department)
    return match.group() if match else ""
