"""Which table a title names, and how a title looks.

Used where sheets are read: most lines are rejected first, since
they do not end like a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from budgetkit.amounts import printed_unit, squeeze
from budgetkit.codelists import TITLE_ENDS, read_codelist, title_rules
from budgetkit.codelists.own_lists import OWN_TABLE
from budgetkit.codelists.patterns import pattern_of

#: How a title ends where no list says otherwise.
TITLE_END = pattern_of(TITLE_ENDS)
_MONEY = re.compile("收入|支出|收支")
#: A title is no longer than this; a sentence is.
LONGEST_TITLE = 60

_PROSE = re.compile(r"[。；;]|[,，].*[,，]")
_PREFIX = "(?:公开|附件|附|预算|决算|财预|财决)?"
#: In one kind of numerals; the 一 of 一般 and the 三 of 三公 are none.
_NUMBER = r"(?:\d+(?:[-—－.]\d+)?|[一二三四五六七八九十]+(?![般公]))"
#: What a title never has: a sign of a sentence, or a bracket that opened on the line before.
_NO_TITLE = re.compile(r"[,，、。:：;；]|^[^(（]*[)）]")
_NUMBERED = re.compile(
    rf"^{_PREFIX}表?{_NUMBER}(表[:：、.]?|[:：、.])|^{_PREFIX}表{_NUMBER}[:：、.]?"
)
_NUMBER_ONLY = re.compile(
    rf"^{_PREFIX}表{_NUMBER}[:：]?$|^{_PREFIX}表?[\d一二三四五六七八九十]+表?[:：]?$"
)
#: Marks of a title that goes on, or of which no beginning was found: （续一）, 续表.
_CONTINUED = re.compile(
    r"[(（]续表?[\d一二三四五六七八九十]{0,2}[)）]$|^续表[\d一二三四五六七八九十]{0,2}[:：]?(?=.)"
)
#: Whose table it is, before its year: no word of a title.
_OFFICE = re.compile(r"^(?:(?!收入|支出|收支|表|预算|决算|经费|三公).){3,40}?(?=20\d\d年)")
#: A department before a title that names no year: a place, and how names of departments end.
_OWNER = re.compile(
    r"^(?![全各本])(?=.{1,12}[省市县区州盟旗镇乡]|.{1,12}街道|中共|中国|国家|全国|最高)"
    r"(?:(?!收入|支出|收支|表|预算|决算|经费|三公|财政拨款|基金|项目).){2,40}?"
    r"(?:局|委|厅|办|院|中心|委员会|部(?!门)|政府|办公室|办事处|处|署|会|馆|站|所|队|校|学|社|团|联)"
    r"(?:\((?:本级|机关|汇总)\)|本级|机关)?"
)
#: What begins no title that goes on below: a page number, a date, a label with its colon, the title
#: of a document.
_RUNNING_HEAD = re.compile(
    r"第\d+页|^\W*\d*\W*共?\d+\W*页?$|page\d|[年月/.-]\d{1,2}[日/.-]|[:：]|(?:公开|公示|报告|说明)\d*$",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(
    r"^(?:编制|预算|填报)?(?:部门|单位)(?:名称)?[(（]?(?:盖章|公章)?[)）]?[:：](.+)$"
)
_STATED_UNIT = re.compile(r"(金额)?单位[:：](?=\S{0,3}元)")
#: A unit on the line of the title: 支出表（单位：元）.
_UNIT_BEHIND = re.compile(r"(?<=表)\s*[(（]?\s*(?:金额)?单位\s*[:：]\s*\S{0,4}元\s*[)）]?\s*$")


class Title(NamedTuple):
    """A title that the lists know, and the table that it names."""

    text: str
    table: str


def find_title(lines: Sequence[str]) -> Title | None:
    """Find the title among the lines above a grid, the nearest first.

    Parameters
    ----------
    lines
        Top to bottom.

    Returns
    -------
    Title or None
        None where no line reads as a title that ``titles.csv`` knows.

    Examples
    --------
    >>> find_title(["表 3", "部门支出总体情况表", "编制部门：某局 单位：万元"])
    Title(text='部门支出总体情况表', table='expenditure')
    >>> find_title(["以上见一般公共预算支出表，不另列。"]) is None
    True
    """
    owner = next(filter(None, map(stated_department, lines)), "")
    lines = [_UNIT_BEHIND.sub("", line) for line in lines]
    kept = [line for line in lines if squeeze(line) and may_be_title(line)]
    for i in range(len(kept) - 1, -1, -1):
        for text in _readings(kept, i):
            # A title may begin with the department that another line states.
            if table := title_table(squeeze(text).replace(owner, "") if owner else text):
                return Title(re.sub(r"\s+", " ", text).strip(), table)
    return None


def may_be_title(line: str) -> bool:
    """Whether a line is more than a unit, a department or the number of a table."""
    return not (printed_unit(line) or stated_department(line) or _NUMBER_ONLY.match(squeeze(line)))


def _readings(lines: Sequence[str], i: int) -> Iterator[str]:
    """A title of two lines comes before its second line alone: 支出预算表 says too little."""
    line, before = squeeze(lines[i]), squeeze(lines[i - 1]) if i else ""
    is_head = _RUNNING_HEAD.search(_NUMBERED.sub("", before))
    goes_on = not (_NUMBERED.match(line) or is_head)
    if before and goes_on and not _any_ending().search(before):
        yield lines[i - 1] + lines[i]
    yield lines[i]


def likely_title(lines: Sequence[str]) -> str:
    """Return the line that is likeliest the title where no list knows one.

    Parameters
    ----------
    lines
        Above a grid, top to bottom.

    Returns
    -------
    str
        The nearest line that ends like a title, else the nearest that is no sentence, unit or
        department; empty where there is none.

    Examples
    --------
    >>> likely_title(["用款去向表", "（一）", "编制部门：某局 单位：万元"])
    '用款去向表'
    """
    kept = [" ".join(line.split()) for line in reversed(lines) if may_be_title(line)]
    kept = [
        line
        for line in kept
        if plain_title(line) and len(line) <= LONGEST_TITLE and not _NO_TITLE.search(line)
    ]
    return next((line for line in kept if TITLE_END.search(squeeze(line))), next(iter(kept), ""))


def plain_title(text: str) -> str:
    """Strip a title to what ``titles.csv`` compares: without its number, its year and quotes.

    Examples
    --------
    >>> plain_title("表3 2025年度“三公”经费 支出表")
    '三公经费支出表'
    >>> plain_title("某省档案馆2025年收支总表"), plain_title("收支总表（续一）")
    ('收支总表', '收支总表')
    """
    plain = re.sub(r"[“”\"'《》〈〉]", "", squeeze(text))
    plain = _OFFICE.sub("", _CONTINUED.sub("", plain))
    plain = _NUMBERED.sub("", re.sub(r"20\d\d年(度)?", "", plain))
    return re.sub(r"\d\d年(度)?", "", plain)


def title_table(text: str) -> str | None:
    """Return the table that a title names; None for anything else.

    A title of ``titles.csv`` comes first.  Any other one that speaks of revenue or expenditure
    is read by its words: whose money (fund), for what (use), by which classification (axis).

    Examples
    --------
    >>> title_table("2025年部门支出总体情况表"), title_table("政府性基金预算支出表")
    ('expenditure', 'government_fund')
    >>> title_table("表1-2 财政专户管理资金支出预算表"), title_table("专项业务经费支出表")
    ('special_account_expenditure', 'other_专项业务经费支出')
    >>> title_table("某省档案馆一般公共预算支出表"), title_table("机关服务中心支出表")
    ('general_expenditure', 'other_机关服务中心支出')
    """
    plain = re.sub(r"[“”\"'《》〈〉]", "", squeeze(text))
    is_sentence = len(plain) > LONGEST_TITLE or _PROSE.search(plain)
    if is_sentence or not _any_ending().search(plain):
        return None
    plain = plain_title(text)
    for rule in title_rules():
        if rule.pattern.search(plain) and rule.ends.search(plain):
            return rule.table
    if not (_MONEY.search(plain) and TITLE_END.search(plain)):
        return None
    table = _by_words(plain)
    if table.startswith(OWN_TABLE) and (known := _without_owner(plain)):
        return known
    return table


def _without_owner(title: str) -> str:
    """The table of a title behind the name of a department; empty where its rest is not known."""
    for end in range(3, len(title)):
        if _OWNER.fullmatch(title[:end]):
            table = _by_words(title[end:])
            if not table.startswith(OWN_TABLE) and _words_begin(title[end:]):
                return table
    return ""


def _words_begin(title: str) -> bool:
    """Whether a text begins with a word of titles, so that no word is cut."""
    return title.startswith(tuple(word for word in _words() if len(word) > 1))


def _by_words(title: str) -> str:
    """The table that the words of a title make; one of its own where a word is not known."""
    facets: dict[str, str] = {}
    unknown = ""
    at = 0
    while at < len(title):
        word = next((word for word in _words() if title.startswith(word, at)), "")
        facet, _, value = _words().get(word, "").partition("=")
        if not word:
            unknown += title[at]
        elif value and not (facet == "fund" and value == "fiscal" and facet in facets):
            facets[facet] = value
        at += len(word) or 1
    core = re.sub(r"(总|预算|决算|情况|明细)*表.*$", "", title)
    own = f"{OWN_TABLE}{core}"
    return own if unknown else _TABLES.get(_kind(facets), own)


def _kind(facets: dict[str, str]) -> tuple[str, str, str, str]:
    """Shape, fund, use and axis; the axis that a table has anyway is left out."""
    use, axis = facets.get("use", ""), facets.get("axis", "")
    usual = "economic" if use == "basic" else "functional"
    if use == "project" or axis == usual:
        axis = ""
    shape = facets.get("shape", "expenditure")
    return shape, facets.get("fund", ""), use, axis


#: The table of each shape, fund, use and axis.
_TABLES = {
    ("both", "", "", ""): "summary",
    ("both", "fiscal", "", ""): "appropriation_summary",
    ("both", "general_budget", "", ""): "general_summary",
    ("both", "government_fund", "", ""): "government_fund",
    ("both", "state_capital", "", ""): "state_capital",
    ("revenue", "", "", ""): "revenue",
    ("revenue", "fiscal", "", ""): "appropriation_revenue",
    ("revenue", "general_budget", "", ""): "general_revenue",
    ("revenue", "government_fund", "", ""): "government_fund_revenue",
    ("expenditure", "", "", ""): "expenditure",
    ("expenditure", "", "", "economic"): "expenditure_economic",
    ("expenditure", "", "", "government"): "expenditure_government",
    ("expenditure", "", "basic", ""): "basic_expenditure",
    ("expenditure", "", "basic", "functional"): "basic_functional",
    ("expenditure", "", "basic", "government"): "basic_government",
    ("expenditure", "", "project", ""): "project_expenditure",
    ("expenditure", "general_budget", "", ""): "general_expenditure",
    ("expenditure", "general_budget", "", "economic"): "general_economic",
    ("expenditure", "general_budget", "", "government"): "general_government",
    ("expenditure", "general_budget", "basic", ""): "basic_expenditure",
    ("expenditure", "general_budget", "basic", "functional"): "basic_functional",
    ("expenditure", "general_budget", "basic", "government"): "basic_government",
    ("expenditure", "general_budget", "project", ""): "project_expenditure",
    ("expenditure", "fiscal", "", ""): "appropriation_expenditure",
    ("expenditure", "fiscal", "", "economic"): "appropriation_economic",
    ("expenditure", "fiscal", "", "government"): "appropriation_government",
    ("expenditure", "fiscal", "basic", ""): "appropriation_basic",
    ("expenditure", "fiscal", "basic", "functional"): "appropriation_basic_functional",
    ("expenditure", "fiscal", "project", ""): "project_expenditure",
    ("expenditure", "government_fund", "", ""): "government_fund",
    ("expenditure", "government_fund", "", "economic"): "government_fund_economic",
    ("expenditure", "state_capital", "", ""): "state_capital",
    ("expenditure", "state_capital", "", "economic"): "state_capital_economic",
    ("expenditure", "special_account", "", ""): "special_account_expenditure",
}


@cache
def _words() -> dict[str, str]:
    """Words of titles with their facets, the longest first."""
    words = {squeeze(row["word"]): row["facet"] for row in read_codelist("title_words")}
    return dict(sorted(words.items(), key=lambda item: -len(item[0])))


@cache
def _any_ending() -> re.Pattern[str]:
    """How any title ends, which rules out most lines at once."""
    endings = {TITLE_END.pattern, *(rule.ends.pattern for rule in title_rules())}
    return re.compile("|".join(sorted(endings)))


def stated_department(line: str) -> str:
    """Return the department that a line such as ``编制部门：某局`` states, else empty."""
    found = _DEPARTMENT.match(_STATED_UNIT.split(squeeze(line))[0])
    return found.group(1) if found else ""
