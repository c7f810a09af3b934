"""Who published a disclosure, for which year and when.

The cover names them, else the captions of the tables, the headings or the signature.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from budgetkit.extraction.prose.dates import iso_dates
from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.wordings import any_of, folded, matcher, wordings

#: The cover stands on the first pages.
COVER_PAGES = 2
#: A signature with its date is no longer than this many characters.
LONGEST_SIGNATURE = 60
#: Among this many last paragraphs any short text with a date is a signature.
SIGNED = 4
#: A title runs over up to this many lines of the cover.
TITLE_LINES = 5
_YEAR = r"(?P<year>20[0-9]{2})年(?:度)?"
_NAME = r"[一-龥“”（）()、]{3,40}?"
_SIGNATURE = re.compile(
    r"^(?P<by>[^，。；：0-9]{0,50}?)(?P<date>(?:20[0-9]{2}|二[〇○零Oo0]..)年"
    r"[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日)$"
)
_LABEL_END = r"(?=金额单位|单位[：:]|公开|填报|日期|$)"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose disclosure it is, and of which year.

    Attributes
    ----------
    department : str
        As printed; empty where it can't be found.
    year : int or None
        The budget year.
    scope : str
        ``department``, or ``unit`` where one unit of a department publishes its own budget.
    region : str
        The province, prefecture or county that the department's name begins with, or empty.
    notice : str
        A remark of the cover on the document itself: that it is invented, a draft, a sample.
    """

    department: str
    year: int | None
    scope: str
    region: str
    notice: str = ""


def identify(lines: Sequence[tuple[int, str]], headings: Iterable[str] = ()) -> Identity:
    """Find department, year, scope and region of a disclosure.

    Parameters
    ----------
    lines
        Page (from 1) and text, without white space, of every line outside of the tables.
    headings
        Headings of the prose, a last resort (关于…局2025年收支预算情况).

    Returns
    -------
    Identity
        What can't be found is empty or None.

    Examples
    --------
    >>> identify([(1, "某省某厅"), (1, "2018年度部门预算公开")])
    Identity(department='某省某厅', year=2018, scope='department', region='某省', notice='')
    >>> identify([(1, "某市某区2025年区级单位预算"), (1, "预算单位：某市某区某局")])
    Identity(department='某市某区某局', year=2025, scope='unit', region='某市某区', notice='')
    """
    every = [folded(re.sub(r"\s", "", text)) for _, text in lines]
    cover = every[: len(_cover(lines))]
    title = _cover_title(cover) or Identity("", _common_year(every), "department", "")
    names = (
        next(iter(_labelled(cover, "cover")), ""),
        title.department,
        _commonest(_labelled(every, "caption")),
        _from_headings(headings),
    )
    department = next(filter(None, names), "")
    is_unit = title.scope == "unit" or any(
        matcher("identity", "unit_cover").match(text) and re.search("[：:]", text) for text in cover
    )
    scope = "unit" if is_unit else "department"
    return Identity(department, title.year, scope, region_of(department), _notice(cover))


def _cover(lines: Sequence[tuple[int, str]]) -> list[str]:
    """The texts of the first pages."""
    return [text for page, text in lines if page < lines[0][0] + COVER_PAGES]


def _commonest(texts: Iterable[str]) -> str:
    """The text that comes most often, the first of several; empty where there is none."""
    return next((text for text, _ in Counter(texts).most_common(1)), "")


def _notice(cover: Sequence[str]) -> str:
    """A cover's remark on the document itself, in the first of the wordings that it prints."""
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


def _cover_title(cover: Sequence[str]) -> Identity | None:
    """What the title of a cover names, with a department if any title has one."""
    without_name: Identity | None = None
    for at in range(min(len(cover), 2 * TITLE_LINES)):
        for end in range(at + 1, min(at + TITLE_LINES, len(cover)) + 1):
            text = "".join(cover[at:end])
            for pattern in _titles():
                match = pattern.match(text)
                if not match or "目录" in text:
                    continue
                scope = "unit" if "单位" in match["kind"] else "department"
                title = Identity(match["name"] or "", int(match["year"]), scope, "")
                if is_department(title.department):
                    return title
                without_name = without_name or replace(title, department="")
    return without_name


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
    matches = filter(None, (pattern.search(folded(text)) for text in headings))
    return _commonest(match["name"] for match in matches if is_department(match["name"]))


def _common_year(texts: Iterable[str]) -> int | None:
    """The year that most titles and headings name beside 预算."""
    pattern = re.compile(rf"{_YEAR}[^，。；0-9]{{0,20}}预算")
    year = _commonest(match[1] for text in texts for match in pattern.finditer(text))
    return int(year) if year else None


def region_of(department: str) -> str:
    """Return the places that a department's name begins with.

    Examples
    --------
    >>> region_of("江苏省人大常委会办公厅"), region_of("上海市普陀区财政局"), region_of("财政部")
    ('江苏省', '上海市普陀区', '')
    """
    match = re.match(rf"(?:{any_of('region')}){{1,3}}(?=.{{2}})", department)
    return match.group() if match else ""


def read_issued(
    paragraphs: Sequence[Paragraph], lines: Sequence[tuple[int, str]], year: int | None
) -> str | None:
    """Read the date of issue: signed at the end, else printed on the cover.

    Parameters
    ----------
    paragraphs
        Of the whole document.
    lines
        As in :func:`identify`.
    year
        The budget year; a disclosure is dated in it or in the year before.

    Returns
    -------
    str or None
        ISO date.

    Examples
    --------
    >>> read_issued([], [(1, "某局2025年部门预算公开"), (1, "二〇二五年二月十四日")], 2025)
    '2025-02-14'
    """
    texts = [paragraph.text for paragraph in reversed(paragraphs)]
    for at, text in enumerate([*texts, *_cover(lines)]):
        match = _SIGNATURE.match(folded(text)) if len(text) <= LONGEST_SIGNATURE else None
        if not match or matcher("issued", "not").search(text):
            continue
        # Before the end only a signature by itself counts: tables may follow it.
        if SIGNED <= at < len(texts) and match["by"] and not is_department(match["by"]):
            continue
        dates = iso_dates(match["date"])
        if dates and (year is None or int(dates[0][:4]) in (year - 1, year, year + 1)):
            return dates[0]
    return None
