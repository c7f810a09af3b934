"""Projects over a whole disclosure: tables, prose and target forms name the same ones.

The names differ: a table prints the circular that pays, the prose the plain
name.  :func:`unite` gives all names of a project one key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from budgetkit.extraction.prose.projects import ProjectMention, project_keys
from budgetkit.extraction.tables.facts import Fact

#: What pays for the projects of a table.
_FUNDING = {"project_expenditure": "general", "carryover": "carryover"}


def tabled(facts: Iterable[Fact]) -> Iterator[ProjectMention]:
    """Give the projects of the money tables, one mention a row (万元)."""
    for fact in facts:
        if fact.project and fact.measure == "total" and fact.table in _FUNDING:
            yield _mention(fact, _FUNDING[fact.table], "table")


def targeted(facts: Iterable[Fact]) -> Iterator[ProjectMention]:
    """Give the projects of the target forms (万元)."""
    for fact in facts:
        if fact.project and fact.measure == "total" and fact.table == "performance_project":
            yield _mention(fact, "", "target")


def _mention(fact: Fact, funding: str, where: str) -> ProjectMention:
    return ProjectMention(
        project=fact.project,
        name=fact.project,
        code=fact.code,
        funding=funding,
        amount=float(fact.amount),
        basis="",
        allocation="",
        period_start=None,
        period_end=None,
        pages=str(fact.page),
        where=where,
    )


def unite(mentions: Sequence[ProjectMention]) -> list[ProjectMention]:
    """Give every mention the key of its project.

    Parameters
    ----------
    mentions
        Of one disclosure, from all places.

    Returns
    -------
    list of ProjectMention
        In the same order; two rows of one table never share a key unless they share a name.
    """
    keys = project_keys(
        [mention.name for mention in mentions],
        [mention.amount for mention in mentions],
        [f"{mention.where} {mention.funding}" for mention in mentions],
    )
    return [replace(mention, project=keys[mention.name]) for mention in mentions]
