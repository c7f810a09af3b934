"""How provinces print things, as lists: codes, titles, headers, names.

A new province is new rows here, or a folder of files with the same names that the environment
variable ``BUDGETKIT_CODELISTS`` points to (:mod:`budgetkit.codelists.own_lists`); its rows are
read before the shipped ones, so that they win.  How an entry matches a text is said in
:mod:`budgetkit.codelists.patterns`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from budgetkit.amounts import squeeze
from budgetkit.codelists.own_lists import own_rows, shipped
from budgetkit.codelists.patterns import pattern_of
from budgetkit.codelists.roles import NEUTRAL

#: How a title ends where its list says nothing else: 表, 表（功能科目）, 表3.
TITLE_ENDS = r"/表(格)?([\d一二三四五六七八九十]*|[(（].*[)）])$/"
#: An enumerator before a name: 一、 1. （二） 其中：
_ENUMERATOR = re.compile(
    r"^(?:(?:其中|加|减)[:：]|[一二三四五六七八九十]+[、.．]|\d{1,2}[、.．](?!\d)|[(（][一二三四五六七八九十\d]+[)）])+"
)
#: Dots that lead from a name to its figure.
_LEADERS = re.compile(r"(?:\.{3,}|[·•]{2,})$")


class Code(NamedTuple):
    """A class of the functional or economic classification."""

    code: str
    level: int
    name: str
    aliases: tuple[str, ...]


class TitleRule(NamedTuple):
    """A title that names a table, and how such a title ends."""

    table: str
    pattern: re.Pattern[str]
    ends: re.Pattern[str]


class HeaderRule(NamedTuple):
    """A column header, or a word of one, and what it says.

    ``role`` is what a column holds (``code``, ``name``, ``ignore``, a measure), or for a word of
    a header its facets (``fund=general_budget``) or ``neutral``.
    """

    tables: frozenset[str]
    within: re.Pattern[str] | None
    header: re.Pattern[str]
    role: str
    word: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word of headers, not a whole header."""
        return "=" in self.role or self.role == NEUTRAL


class ItemRule(NamedTuple):
    """The name of a row, and the item that it stands for."""

    tables: frozenset[str]
    section: str
    within: re.Pattern[str] | None
    name: re.Pattern[str]
    code: str


@cache
def read_codelist(name: str) -> tuple[dict[str, str], ...]:
    """Read one list, a dict a row: the user's rows first, then the shipped ones.

    Raises
    ------
    UsageError
        The user's list lacks a column, or a row of it is wrong.
    """
    return (*own_rows(name), *shipped(name))


@cache
def classification(kind: str) -> dict[str, Code]:
    """Return the ``functional`` or ``economic`` classification by code.

    Examples
    --------
    >>> classification("functional")["206"].name
    '科学技术支出'
    """
    return {
        row["code"]: Code(
            row["code"],
            int(row["level"]),
            row["name"],
            tuple(filter(None, row["aliases"].split("|"))),
        )
        for row in read_codelist(kind)
    }


def bare_name(name: str) -> str:
    """Strip a name for comparison: no spaces, no enumerator, no 其中, no dots that lead on.

    Examples
    --------
    >>> bare_name("一、科学技术 支出"), bare_name("其中：一般财力"), bare_name("（二）卫生健康支出")
    ('科学技术支出', '一般财力', '卫生健康支出')
    """
    return _LEADERS.sub("", _ENUMERATOR.sub("", squeeze(name)))


@cache
def class_by_name(kind: str) -> dict[str, str]:
    """Return the codes of the 类 of a classification by name, names of other years too."""
    found: dict[str, str] = {}
    for code in classification(kind).values():
        if code.level == 1:
            for name in (code.name, *code.aliases):
                found.setdefault(squeeze(name), code.code)
    return found


@cache
def class_within(name: str, parent: str) -> str:
    """Return the code of an economic class below another one, by its name; empty where unknown.

    Parameters
    ----------
    name
        Without spaces and enumerator.
    parent
        Code of the 类 that it stands under.

    Returns
    -------
    str

    Examples
    --------
    >>> class_within("基本工资", "301"), class_within("基本工资", "302")
    ('30101', '')
    """
    below = [
        code
        for code in classification("economic").values()
        if parent and code.level == 2 and code.code.startswith(parent)
    ]
    # A name before one of another year; of two classes of one name the later is today's.
    own = [code.code for code in below if name == squeeze(code.name)]
    other = [code.code for code in below if name in map(squeeze, code.aliases)]
    return max(own or other, default="")


@cache
def known_names() -> frozenset[str]:
    """Return every name of either classification, which tells whole names from broken ones."""
    return frozenset(
        squeeze(name)
        for kind in ("functional", "economic")
        for code in classification(kind).values()
        for name in (code.name, *code.aliases)
    )


def _tables(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def title_rules() -> tuple[TitleRule, ...]:
    """Titles, in the order in which they are tried."""
    return tuple(
        TitleRule(
            row["table"],
            pattern_of(row["pattern"]),
            pattern_of(row["ends"] or TITLE_ENDS, at_end=True),
        )
        for row in read_codelist("titles")
    )


class FundRule(NamedTuple):
    """Words of a title that say which fund its figures are of."""

    pattern: re.Pattern[str]
    fund: str


@cache
def title_funds() -> tuple[FundRule, ...]:
    """Funds that titles name, in the order in which they are tried."""
    return tuple(FundRule(pattern_of(r["pattern"]), r["fund"]) for r in read_codelist("funds"))


@cache
def header_rules() -> tuple[HeaderRule, ...]:
    """Column headers, in the order in which they are tried."""
    return tuple(
        HeaderRule(
            _tables(row["table"]),
            pattern_of(row["within"]) if row["within"] else None,
            pattern_of(row["header"]),
            row["role"],
            squeeze(row["header"]),
        )
        for row in read_codelist("headers")
    )


@cache
def whole_headers(table: str) -> tuple[HeaderRule, ...]:
    """Headers that name a column as a whole, the table's own before those of all tables."""
    rules = [rule for rule in header_rules() if not rule.is_word]
    own = [rule for rule in rules if table in rule.tables]
    return (*own, *(rule for rule in rules if "*" in rule.tables))


@cache
def section_rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of a header, with the panel of a table that it stands over.

    Those of ``sections.csv``, and words of headers whose facet is ``side``.
    """
    listed = ((pattern_of(row["pattern"]), row["section"]) for row in read_codelist("sections"))
    sides = (rule for rule in header_rules() if rule.role.startswith("side="))
    return (*listed, *((rule.header, rule.role.removeprefix("side=")) for rule in sides))


@cache
def item_rules() -> tuple[ItemRule, ...]:
    """Row names of the tables that have no codes, in the order in which they are tried."""
    return tuple(
        ItemRule(
            _tables(row["table"]),
            row["section"],
            pattern_of(row["within"]) if row["within"] else None,
            pattern_of(row["pattern"]),
            row["code"],
        )
        for row in read_codelist("items")
    )


@lru_cache(maxsize=4096)
def item_code(name: str, table: str, section: str, within: str) -> str:
    """Find the item that the name of a row says.

    Parameters
    ----------
    name
        Without spaces and enumerator, as of :func:`bare_name`.
    table, section
        Canonical ids.
    within
        Code of the block that the row stands in: the same name is another item under 本年收入
        than under 上年结转.

    Returns
    -------
    str
        Empty where ``items.csv`` has no such item.

    Examples
    --------
    >>> item_code("一般公共预算拨款", "summary", "revenue", "")
    'general_appropriation'
    >>> item_code("一般公共预算拨款", "summary", "revenue", "fiscal_carryover")
    'fiscal_carryover_general'
    """
    section = "revenue" if table == "revenue" else section
    own = [rule for rule in item_rules() if table in rule.tables]
    for rule in (*own, *(rule for rule in item_rules() if "*" in rule.tables)):
        if rule.section and rule.section != section:
            continue
        if rule.within is not None and not rule.within.fullmatch(within):
            continue
        if rule.name.fullmatch(name):
            return rule.code
    return ""


def is_page_sum(name: str, table: str) -> bool:
    """Whether a name says that its row is the sum of a page, or one that is carried over to it.

    Parameters
    ----------
    name
        As printed.
    table
        Canonical id.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_page_sum("承前页", "expenditure"), is_page_sum("合计", "expenditure")
    (True, False)
    """
    return item_code(bare_name(name), table, "", "") == "page_sum"


def is_total(name: str, table: str) -> bool:
    """Whether a name says that its row is the total of a table.

    Parameters
    ----------
    name
        As printed.
    table
        Canonical id.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_total("合计", "expenditure"), is_total("行政运行", "expenditure")
    (True, False)
    """
    return item_code(bare_name(name), table, "", "") == "total"
