"""A row of the lists for each thing that was not understood, with the reason in words.

A proposal is *sure* only where it differs from a known text in spelling alone, and where the
measure that it gives stands in no other column beside it.  Every other one is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from budgetkit.codelists import (
    TITLE_ENDS,
    bare_name,
    classification,
    header_rules,
    item_rules,
    read_codelist,
)
from budgetkit.codelists.own_lists import OWN_TABLE, roles
from budgetkit.codelists.patterns import is_expression, pattern_of, pattern_problem
from budgetkit.codelists.roles import LABELS, NEUTRAL
from budgetkit.extraction.tables.header_grammar import (
    composed,
    parse_facets,
    plain_header,
    read_path,
    vocabulary,
)
from budgetkit.extraction.tables.titles import plain_title
from budgetkit.learn.likeness import Likeness, alike, spelling
from budgetkit.learn.unknown import STEP, Unknown, find_unknown
from budgetkit.render.labels import Labels
from budgetkit.storage.frames import Frames
from budgetkit.storage.records import records

#: A header whose other words are known must be this like (0 to 1) to a whole one.
NEARLY_WHOLE = 0.85
#: What a person has to write where nothing known is near.
WRITE = {
    "title": "no known title is like it: write the table that it announces, as tables.csv has it",
    "header": "nothing known is like it: write facets such as fund=general_budget, neutral, "
    "a measure, a label such as name, or ignore",
    "item": "no known item is like it: write what the row is, as items.csv has it",
    "columns": "write what tells them apart: a measure or facets for each",
    "row": "the page shows what the row is; a code that no column of codes holds is no matter "
    "of the lists",
}
#: What the cells of a column hold, by the label that they suggest.
HELD = {
    "code": "its cells are codes of a classification; without it no row of the table is read",
    "name": "its cells are names of classes; without it no row of the table is read",
    "project_name": "its cells are names, in a table of projects",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row for one of the lists, and what it would help.

    Attributes
    ----------
    unknown : Unknown
        What was not understood.
    list : str
        ``titles``, ``headers`` or ``items``; empty where no row of a list helps.
    table, section, within, text, ends : str
        Columns of the list: ``text`` is the entry that matches.
    says : str
        Role, table or code; empty where nothing known is near.
    sure : bool
        Whether it is exact up to spelling.
    reason : str
        Why, in words.
    """

    unknown: Unknown
    list: str
    text: str
    table: str = ""
    section: str = ""
    within: str = ""
    ends: str = ""
    says: str = ""
    sure: bool = False
    reason: str = ""


def propose(dataset: Frames) -> list[Proposal]:
    """Propose a row of the lists for each thing that was not understood.

    Parameters
    ----------
    dataset
        A dataset, or one disclosure.

    Returns
    -------
    list of Proposal
        What costs most amounts first.
    """
    known = _Known(dataset)
    return [_proposal(one, known) for one in find_unknown(dataset)]


class _Known:
    """Titles and items that the dataset prints and the lists know, and its measures."""

    def __init__(self, dataset: Frames) -> None:
        self.titles = dict(_standard_titles())
        for row in records(dataset.tables):
            if row["table"] and row["title"] and not row["table"].startswith(OWN_TABLE):
                self.titles.setdefault(plain_title(row["title"]), row["table"])
        facts = dataset.facts
        self.items = dict(_standard_items())
        coded = facts[(facts["code"].fillna("") != "") & facts["level"].isna()]
        for name, code in coded[["name", "code"]].drop_duplicates().itertuples(index=False):
            if not code[0].isdigit() and code not in ("unit", "department"):
                self.items.setdefault(bare_name(name or ""), code)
        self.measures = {
            key: set(group)
            for key, group in facts.groupby(["document", "table"])["measure"].unique().items()
        }

    def taken(self, one: Unknown, measure: str) -> bool:
        """Whether a table that a header stands in has a column of a measure already."""
        return any(measure in self.measures.get((document, one.table), ())
                   for document in one.documents)  # fmt: skip


@cache
def _standard_titles() -> Mapping[str, str]:
    """Plain titles of the lists, and what the reports call the tables."""
    say = Labels("zh")
    found: dict[str, str] = {}
    for row in read_codelist("titles"):
        if not is_expression(row["pattern"]):
            found.setdefault(row["pattern"], row["table"])
    for table in sorted(roles().tables):
        if say.has(f"table.{table}"):
            found.setdefault(plain_title(say(f"table.{table}")), table)
    return found


@cache
def _standard_items() -> Mapping[str, str]:
    say = Labels("zh")
    found: dict[str, str] = {}
    for rule, row in zip(item_rules(), read_codelist("items"), strict=True):
        if not is_expression(row["pattern"]):
            found.setdefault(row["pattern"], rule.code)
        if say.has(f"item.{rule.code}"):
            found.setdefault(say(f"item.{rule.code}"), rule.code)
    return {**_classes(), **found}


def _classes() -> dict[str, str]:
    """Codes of the classes whose names no other class has."""
    codes: dict[str, set[str]] = {}
    for kind in ("functional", "economic"):
        for code in classification(kind).values():
            for name in (code.name, *code.aliases):
                codes.setdefault(bare_name(name), set()).add(code.code)
    return {name: found.pop() for name, found in codes.items() if len(found) == 1}


def _proposal(one: Unknown, known: _Known) -> Proposal:
    if one.kind in ("title", "table"):
        return _title(one, known)
    if one.kind == "header":
        return next(_headers(one, known))
    if one.kind == "item":
        return _item(one, known)
    if one.kind == "columns":
        within = _entry(">".join(one.path[:-1]))
        table = one.table or "*"
        return Proposal(
            one, "headers", _entry(plain_header(one.text)), table, within=within,
            reason=f"{one.rule}; {WRITE['columns']}",
        )  # fmt: skip
    return Proposal(one, "", one.text, one.table, reason=f"{one.rule}; {WRITE['row']}")


def _title(one: Unknown, known: _Known) -> Proposal:
    if not one.text:
        reason = "no line above the table reads as a title: look at the page"
        return Proposal(one, "", "", reason=reason)
    ends = "" if pattern_of(TITLE_ENDS).search(one.text) else one.text[-2:]
    telling = {_telling(title): title for title in known.titles}
    found = alike(_telling(one.text), telling)
    near = [like._replace(text=telling[like.text]) for like in found]
    says = known.titles[near[0].text] if near else ""
    others = {known.titles[like.text] for like in near if like.score == near[0].score}
    return Proposal(
        one, "titles", _entry(one.text), ends=ends, says=says,
        sure=bool(near) and _same(one.text, near[0]) and len(others) == 1,
        reason=_reason(one.text, near[:1], says) or WRITE["title"],
    )  # fmt: skip


def _telling(title: str) -> str:
    """What of a title tells it from others: without its neutral words."""
    return _neutral_words().sub("", title) or title


@cache
def _neutral_words() -> re.Pattern[str]:
    rows = read_codelist("title_words")
    words = {row["word"] for row in rows if row["facet"] == NEUTRAL}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _item(one: Unknown, known: _Known) -> Proposal:
    # The rows of that table are items of its own, and no classes.
    has_classes = one.table != "three_public"
    items = {name: code for name, code in known.items.items() if has_classes or not code.isdigit()}
    near = alike(one.text, items)
    says = known.items[near[0].text] if near else ""
    return Proposal(
        one, "items", _entry(one.text), one.table, one.section, says=says,
        sure=bool(near) and _same(one.text, near[0]),
        reason=_reason(one.text, near[:1], says) or WRITE["item"],
    )  # fmt: skip


def _headers(one: Unknown, known: _Known) -> Iterator[Proposal]:
    """Proposals for a header, the best first; the last one says nothing."""
    if not one.text:
        yield Proposal(one, "", "", one.table, reason=one.rule)
    table = one.table or "*"
    if one.holds and not one.amounts:
        reason = f"a guess: {HELD[one.holds]}"
        yield Proposal(one, "headers", _entry(one.text), table, says=one.holds, reason=reason)
    known_texts = _known_texts(one)
    rest = one.text.replace(one.word, "", 1)
    about_rest = read_path((rest,), one.table) if rest else None
    rest_known = about_rest is not None and not about_rest.problem
    # The whole text is safer than a word of it, which other headers may hold too.
    tried = [
        (like, one.text)
        for like in alike(one.text, known_texts)
        if (like.score >= NEARLY_WHOLE or not rest_known) and _shares_enough(one.text, like)
    ]
    if rest and one.amounts:
        tried += [(like, one.word) for like in alike(one.word, known_texts)]
    for like, text in sorted(tried, key=lambda pair: -pair[0].score):
        if found := _like_known(one, text, like, known_texts[like.text], known):
            yield found
    if about_rest is not None and rest_known:
        facets = " ".join(f"{facet}={value}" for facet, value in about_rest.facets.items())
        reason = f"the rest of the header is known ({facets or NEUTRAL}); {WRITE['header']}"
        yield Proposal(one, "headers", _entry(one.word), table, reason=reason)
    yield Proposal(one, "headers", _entry(one.text), table, reason=WRITE["header"])


def _shares_enough(text: str, like: Likeness) -> bool:
    """Whether two texts share more than a single character, or all of one."""
    return len(like.shared.replace("…", "")) > 1 or _same(text, like)


def _known_texts(one: Unknown) -> Mapping[str, str]:
    """Known headers with their roles: labels for a column without amounts, else words."""
    if not one.amounts:
        return {text: role for text, role in _labels(one.table).items() if role in LABELS}
    return {**_labels(one.table), **vocabulary("" if one.table == "*" else one.table)}


def _like_known(
    one: Unknown, text: str, like: Likeness, role: str, known: _Known
) -> Proposal | None:
    """The proposal that a text of a header says what a known one says; None where it can't."""
    table = one.table or "*"
    if role in LABELS:
        reason = _reason(text, [like], role)
        fits = not one.amounts
        sure = _same(text, like)
    else:
        measure = _measure(one, text, like.text) if "=" in role or role == NEUTRAL else role
        fits = bool(measure)  # else it contradicts the header above or below it
        taken = known.taken(one, measure)
        reason = f"{_reason(text, [like], role)}; the column would be '{measure}'"
        reason += ", which stands in this table already: both would be listed" if taken else ""
        sure = _same(text, like) and not taken
    if not fits:
        return None
    return Proposal(one, "headers", _entry(text), table, says=role, sure=sure, reason=reason)


@cache
def _labels(table: str) -> Mapping[str, str]:
    """Whole headers in plain text, with their roles."""
    rules = zip(header_rules(), read_codelist("headers"), strict=True)
    return {
        rule.word: rule.role
        for rule, row in rules
        if not rule.is_word
        and not is_expression(row["header"])
        and (table in rule.tables or "*" in rule.tables)
    }


def _measure(one: Unknown, text: str, known: str) -> str:
    """The measure of a column if a text of its path were a known one; empty where it clashes."""
    path = tuple(
        known if text == plain_header(step) else plain_header(step).replace(text, known)
        for step in one.path
    )
    meaning = read_path(path, one.table)
    if meaning.problem:
        return ""
    if meaning.facets.get("cmp") == "percent":
        return "percent"
    row = next((row for row in read_codelist("tables") if row["table"] == one.table), None)
    given, base = (parse_facets(row["facets"]), row["base"]) if row else ({}, "total")
    measure = composed(meaning.facets, given, base, one.table)
    return f"previous_{measure}" if meaning.year == 1 else measure


def _same(text: str, like: Likeness) -> bool:
    return text != like.text and spelling(text) == spelling(like.text)


def _reason(text: str, near: Sequence[Likeness], says: str) -> str:
    """Why a proposal is made; empty where nothing is near."""
    if not near:
        return ""
    like = near[0]
    if text == like.text:
        return f"a guess: '{text}' is {says} elsewhere"
    if _same(text, like):
        return f"'{like.text}' ({says}) in another spelling"
    return f"a guess: shares '{like.shared}' with '{like.text}' ({says})"


def _entry(text: str) -> str:
    """Write a text as an entry of a list: plain, between slashes where it holds signs."""
    return f"/{re.escape(text)}/" if pattern_problem(text) else text


def path_of(one: Unknown) -> str:
    """Print a path of headers, or the text where it is no header."""
    return STEP.join(one.path) if one.path else one.text
