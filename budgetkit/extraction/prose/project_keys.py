"""One key for each project of a disclosure: tables, prose and target forms name the same ones.

The names differ: a table prints the circular that pays, the prose the plain name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from operator import itemgetter

from budgetkit.amounts import squeeze
from budgetkit.extraction.prose.projects import ProjectMention
from budgetkit.extraction.prose.wordings import wordings
from budgetkit.extraction.tables.table_content import Fact

#: Cores of names that are as like as this are one name, if their amounts agree too.
ALIKE = 0.8
#: A name is taken for part of another only if it has at least this many characters.
SHORTEST_CORE = 4
#: What pays for the projects of a table, and where it mentions them.
_TABLES = {
    "project_expenditure": ("general", "table"),
    "carryover": ("carryover", "table"),
    "performance_project": ("", "target"),
}
#: The order of the mentions of a disclosure.
_ORDER = ("table", "narrative", "target")


def mentions_in_tables(facts: Iterable[Fact]) -> Iterator[ProjectMention]:
    """Yield the projects of the money tables and target forms, one mention a row (万元)."""
    for fact in facts:
        if fact.project and fact.measure == "total" and fact.table in _TABLES:
            funding, where = _TABLES[fact.table]
            yield ProjectMention(
                project=fact.project,
                name=fact.project,
                code=fact.code,
                funding=funding,
                amount=float(fact.amount),
                pages=str(fact.page),
                where=where,
            )


def unite(mentions: Iterable[ProjectMention]) -> list[ProjectMention]:
    """Give every mention of one disclosure the key of its project: tables, prose, then forms.

    The key is the shortest of the names that mean the project. Two rows of one table never share
    a key unless they share a name.
    """
    mentions = sorted(mentions, key=lambda mention: _ORDER.index(mention.where))
    amounts: dict[str, set[float]] = {mention.name: set() for mention in mentions}
    groups: dict[str, set[str]] = {mention.name: set() for mention in mentions}
    for mention in mentions:
        groups[mention.name].add(f"{mention.where} {mention.funding}")
        if mention.amount is not None:
            amounts[mention.name].add(round(mention.amount, 4))
    clusters = _clusters(_alike_pairs(amounts), groups)
    keys = {name: min(cluster, key=lambda n: (len(n), n)) for name, cluster in clusters.items()}
    return [replace(mention, project=keys[mention.name]) for mention in mentions]


def _clusters(
    pairs: Iterable[tuple[str, str]], groups: dict[str, set[str]]
) -> dict[str, frozenset[str]]:
    """The names that mean the same project as each name; those of a group are kept apart."""

    def groups_of(cluster: frozenset[str]) -> set[str]:
        return set().union(*(groups[name] for name in cluster))

    clusters = {name: frozenset({name}) for name in groups}
    for one, other in pairs:
        mine, theirs = clusters[one], clusters[other]
        if mine is not theirs and not groups_of(mine) & groups_of(theirs):
            united = mine | theirs
            clusters.update(dict.fromkeys(united, united))
    return clusters


def _alike_pairs(amounts: dict[str, set[float]]) -> list[tuple[str, str]]:
    """The pairs of names that may mean one project, the most alike first.

    Amounts (万元) decide between names that are equally alike.
    """
    names = list(amounts)
    cores = {name: _core_name(name) for name in names}
    pairs = [
        (likeness, one, other)
        for at, one in enumerate(names)
        for other in names[:at]
        if (likeness := _likeness(cores[one], cores[other], bool(amounts[one] & amounts[other])))
    ]
    pairs.sort(key=itemgetter(0), reverse=True)
    return [(one, other) for _, one, other in pairs]


def _core_name(name: str) -> str:
    """A project's name without what differs between places: document number, year, 通知.

    Examples
    --------
    >>> _core_name("某财教【2024】94号关于提前下达2025年科技计划项目资金预算的通知")
    '科技计划项目资金预算'
    """
    core, before = squeeze(name), None
    while core != before:
        before = core
        for pattern in wordings("project_name", "strip"):
            shorter = re.sub(pattern, "", core)
            core = shorter if len(shorter) >= SHORTEST_CORE else core
    return re.sub(r"[\W_]", "", core)


def _likeness(one: str, other: str, same_amount: bool) -> float:
    """How sure two cores name one project; 0 where they don't."""
    if one == other:
        return 3.0 + same_amount
    short, long = sorted((one, other), key=len)
    if len(short) >= SHORTEST_CORE and short in long:
        share = len(short) / len(long)
        return share + same_amount if same_amount or share >= 0.5 else 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio() if same_amount else 0.0
    return ratio if ratio >= ALIKE else 0.0
