"""What the texts above a column say of its figures: a small grammar of header words.

Each text on the path above a column is cut into words of ``headers.csv``: a word gives facets
(``fund=general_budget``, ``use=basic``, ``year=previous``, …) or is neutral (合计, 金额).  A text
that the words do not cover whole is not understood, and neither is its column.  The facets of a
path are combined from the outside in: an inner text may refine an outer one (财政拨款 > 一般公共
预算), never contradict it.
Longer than most, since the words and the rules that combine them are one grammar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType

from budgetkit.amounts import squeeze
from budgetkit.codelists import (
    classification,
    header_rules,
    item_code,
    read_codelist,
    section_rules,
)
from budgetkit.codelists.roles import NEUTRAL, ORDER

#: The row that a column of a table without names stands for, as ``items.csv`` knows it.
ROW_ITEM = "item"
_YEAR = re.compile(r"(20\d\d)年?(?:度)?")
_UNIT = re.compile(r"[(（](?:单位[:：]?)?(?:人民币)?(?:亿元|百万元|万元|千元|百元|元)[)）]")
_QUOTES = re.compile(r"[“”\"'‘’《》]")
#: How a header begins whose figures are a part of those beside it.
OF_WHICH = "其中"
#: Tables that may print their items as columns: 公务接待费, 货物.
ITEM_TABLES = frozenset({"three_public", "operating_costs", "procurement"})
#: The year of 本年 and 当年, after any that is named.
THIS_YEAR = 9999

Facets = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a path of header texts says.

    Attributes
    ----------
    facets : mapping of str to str
        By facet; empty where all words are neutral.
    year : int
        1 for 上年, :data:`THIS_YEAR` for 本年, 0 where none is stated.
    problem : str
        What was not understood; empty where all was.
    word : str
        The word that no list knows, where that is the problem.
    """

    facets: Facets = field(default_factory=lambda: MappingProxyType({}))
    year: int = 0
    problem: str = ""
    word: str = ""


def plain_header(text: str) -> str:
    """Return a header text without spaces, quotation marks and its unit in brackets.

    Examples
    --------
    >>> plain_header("“三公” 经费（万元）")
    '三公经费'
    """
    return _UNIT.sub("", _QUOTES.sub("", squeeze(text)))


@lru_cache(maxsize=8192)
def read_path(path: tuple[str, ...], table: str) -> Meaning:
    """Combine what the texts above a column say.

    Parameters
    ----------
    path
        Header texts, outermost first.
    table
        Canonical id of the table, whose own words come first.

    Returns
    -------
    Meaning

    Examples
    --------
    >>> dict(read_path(("上年结转结余", "一般公共预算"), "revenue").facets)
    {'block': 'carryover', 'fund': 'general_budget'}
    >>> read_path(("单位往来资金",), "revenue").problem
    "the word '单位往来' of the header '单位往来资金' is not known"
    """
    found: dict[str, str] = {}
    year = 0
    for text in path:
        plain = plain_header(text)
        words, unknown = _words(plain, table)
        if words is None and (item := _row_item(plain, table)):
            words = {ROW_ITEM: item}
        if words is None and any(pattern.fullmatch(plain) for pattern, _ in section_rules()):
            words = {}
        if words is None:
            word = f"the word '{unknown}' of " if unknown and unknown != plain else ""
            return Meaning(problem=f"{word}the header '{text}' is not known", word=unknown or plain)
        if "compare" in words.values() or "compare" in (words.get("cmp") or ""):
            found.pop("stage", None)
            words = {k: v for k, v in words.items() if k not in ("stage", "year")}
        if stated := words.pop("year", ""):
            year = _as_year(stated)
        part_of_all = plain.startswith(OF_WHICH)
        for facet, value in words.items():
            combined = _combine(facet, found.get(facet, ""), value)
            if part_of_all and combined and combined == found.get(facet):
                facet, combined = "detail", value  # 其中：财政拨款 below 一般公共预算
            if combined is None:
                return Meaning(
                    problem=f"'{text}' contradicts the header above it in '{' > '.join(path)}'"
                )
            found[facet] = combined
    if "|" in (codes := found.get("class", "")):
        coarsest = [code for code in codes.split("|") if len(code) == 3]
        if len(coarsest) != 1:
            return Meaning(problem=f"'{path[-1]}' is the name of several classes: {codes}")
        found["class"] = coarsest[0]
    return Meaning(MappingProxyType({k: v for k, v in found.items() if v}), year)


def _row_item(plain: str, table: str) -> str:
    """The row that a header stands for; sources of funds are columns, never rows, elsewhere."""
    item = item_code(plain, table, "", "")
    return item if item == "total" or table in ITEM_TABLES else ""


def _as_year(stated: str) -> int:
    return int(stated) if stated.isdigit() else {"previous": 1, "current": THIS_YEAR}[stated]


def _combine(facet: str, outer: str, inner: str) -> str | None:
    """Return the finer of two values of a facet; None where neither contains the other."""
    if not outer or outer == inner:
        return inner
    if facet == "use" and outer == "basic" and inner in ("personnel", "operating"):
        return f"basic_{inner}"
    if facet == "cmp":
        return inner if outer == "compare" else outer if inner == "compare" else inner
    if facet in ("side", "base", "stage", ROW_ITEM):
        return inner if facet != ROW_ITEM or inner != "total" else outer
    if facet == "class":
        return _class_below(outer, inner)
    if outer in _above(facet, inner):
        return inner
    if inner in _above(facet, outer):
        return outer
    return None


def _class_below(outer: str, inner: str) -> str | None:
    """The one class of a name that stands below the class of the header above it."""
    below = [code for code in inner.split("|") if code.startswith(outer) and code != outer]
    return below[0] if len(below) == 1 else None


@cache
def _above(facet: str, value: str) -> frozenset[str]:
    """Values that contain a value of a facet: fiscal contains general_budget."""
    parents = {
        row["value"]: row["parent"] for row in read_codelist("facets") if row["facet"] == facet
    }
    found = set()
    while value := parents.get(value, ""):
        found.add(value)
    return frozenset(found)


def contains(facet: str, wide: str, narrow: str) -> bool:
    """Whether one value of a facet is another one or contains it.

    Parameters
    ----------
    facet
        ``fund`` or ``use``.
    wide, narrow
        Values of it.

    Returns
    -------
    bool
    """
    return wide == narrow or wide in _above(facet, narrow)


@lru_cache(maxsize=8192)
def _words_of(text: str, table: str) -> tuple[tuple[tuple[str, str], ...] | None, str]:
    """Cut a text into known words, as few as possible; or say which part is not known."""
    known = vocabulary(table)
    longest = max(map(len, known), default=0)
    # best[i]: the facets of the first i characters, and in how many words they were said.
    best: list[tuple[int, tuple[str, ...]] | None] = [(0, ())] + [None] * len(text)
    reached = 0
    for start in range(len(text)):
        if (here := best[start]) is None:
            continue
        reached = max(reached, start)
        ends = [
            (start + size, text[start : start + size])
            for size in range(1, min(longest, len(text) - start) + 1)
        ]
        for end, word in ends:
            if word in known:
                _keep(best, end, here, known[word])
        if year := _YEAR.match(text, start):
            _keep(best, year.end(), here, f"year={year.group(1)}")
    whole = best[len(text)]
    if whole is None:
        return None, _unknown_part(text, reached, known)
    facets: dict[str, str] = {}
    for role in whole[1]:
        for said in role.split():
            facet, _, value = said.partition("=")
            if facet == NEUTRAL:
                continue
            combined = _combine(facet, facets.get(facet, ""), value)
            if facet == "year" and "year" in facets:
                continue
            if combined is None:
                return None, text
            facets[facet] = combined
    return tuple(facets.items()), ""


def _keep(
    best: list[tuple[int, tuple[str, ...]] | None],
    end: int,
    here: tuple[int, tuple[str, ...]],
    role: str,
) -> None:
    candidate = (here[0] + 1, (*here[1], role))
    if (held := best[end]) is None or candidate[0] < held[0]:
        best[end] = candidate


def _unknown_part(text: str, start: int, known: Mapping[str, str]) -> str:
    """The part of a text between the words that are known around it."""
    rest = text[start:]
    for cut in range(1, len(rest)):
        if any(rest.startswith(word, cut) for word in known if len(word) > 1):
            return rest[:cut]
    return rest


def _words(text: str, table: str) -> tuple[dict[str, str] | None, str]:
    words, unknown = _words_of(text, table)
    return (None if words is None else dict(words)), unknown


@cache
def _classes_by_name(kind: str) -> Mapping[str, str]:
    """Classes of a classification by name; the codes of one name are joined by a bar."""
    found: dict[str, str] = {}
    for code in classification(kind).values():
        for name in map(squeeze, (code.name, *code.aliases)):
            known = found.get(name, "").split("|")
            found[name] = "|".join(dict.fromkeys(filter(None, (*known, code.code))))
    return found


@cache
def vocabulary(table: str) -> Mapping[str, str]:
    """Words with the facets that they give, the table's own before those of all tables."""
    found: dict[str, str] = {}
    words = [rule for rule in header_rules() if rule.is_word]
    for rule in words:
        if table in rule.tables:
            found.setdefault(rule.word, rule.role)
    for rule in words:
        if "*" in rule.tables:
            found.setdefault(rule.word, rule.role)
    kind = "economic" if table in CLASS_TABLES else "government"
    if table in CLASS_TABLES | GOVERNMENT_TABLES:
        for name, codes in _classes_by_name(kind).items():
            found.setdefault(name, f"class={codes}")
    return found


#: Tables whose columns may be classes of the government's economic classification.
GOVERNMENT_TABLES = frozenset(
    {"expenditure_government", "general_government", "basic_government", "appropriation_government"}
)
#: Tables whose columns may be classes of the department's economic classification.
CLASS_TABLES = frozenset(
    {
        "project_expenditure",
        "general_expenditure",
        "general_economic",
        "expenditure",
        "expenditure_economic",
        "appropriation_expenditure",
        "appropriation_economic",
        "appropriation_basic",
        "basic_expenditure",
        "basic_functional",
        "government_fund",
        "government_fund_economic",
        "state_capital",
    }
)


def composed(facets: Facets, given: Facets, base: str, table: str) -> str:
    """Name the measure that facets make.

    Parameters
    ----------
    facets
        Of a column.
    given
        What the table's title says of all of its figures; it is not repeated.
    base
        Measure of a column that says nothing of its own: ``total`` or ``amount``.
    table
        Canonical id, for names of its own in ``measures.csv``.

    Returns
    -------
    str
        An id of the contract where it has one, else one composed from the facets, block first.

    Examples
    --------
    >>> composed({"block": "carryover", "fund": "general_budget"}, {}, "total", "revenue")
    'carryover_general_budget'
    >>> composed({"fund": "general_budget"}, {"fund": "general_budget"}, "total", "x")
    'total'
    """
    own = {facet: facets[facet] for facet in ORDER if facet in facets}
    for facet, known in given.items():
        value = own.get(facet, "")
        if facet == "use" and known == "basic" and value.startswith("basic_"):
            own[facet] = value.removeprefix("basic_")
        elif value and contains(facet, value, known):
            del own[facet]  # the title says as much, or more
    change = facets.get("cmp") == "change"
    if not own:
        return "change" if change else facets.get("base", base)
    key = " ".join(f"{facet}={value}" for facet, value in sorted(own.items()))
    names = _names(table)
    measure = names.get(key) or "_".join(own.values())
    if list(own) == ["qualifier"] or ("blocks" in facets and list(own) == ["block"]):
        measure = f"{base}_{measure}" if "qualifier" in own else f"{measure}_{base}"
    return f"change_{measure}" if change else measure


@cache
def _names(table: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in read_codelist("measures"):
        if row["table"] in ("*", table):
            key = " ".join(sorted(row["facets"].split()))
            found.setdefault(key, row["measure"])
    return found


def parse_facets(text: str) -> Facets:
    """Read ``fund=fiscal use=basic``.

    Examples
    --------
    >>> parse_facets("fund=fiscal use=basic")
    {'fund': 'fiscal', 'use': 'basic'}
    """
    return dict(part.split("=", 1) for part in text.split())
