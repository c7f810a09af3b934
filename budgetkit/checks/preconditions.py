"""What must be understood before a finding is believed: the preconditions of ``checks.csv``.

A check that fails where one of its preconditions does not hold is skipped, and says which: the
difference may then be the reader's own, or the two figures may count different things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from budgetkit.checks.case import OTHERS, Case
from budgetkit.checks.finding import Finding, Words, skipped
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import FAIL
from budgetkit.extraction.prose.wordings import matcher

#: A disclosure with prose says so many amounts, or has so many sentences of so many characters.
AMOUNTS, SENTENCES, SENTENCE = 5, 10, 20
#: A page with this share of its characters in cells prints tables: what stands there as a
#: paragraph may be a piece of a cell.
IN_CELLS = 0.4

#: What a message says of a precondition that does not hold; None where it holds.
Precondition = Callable[[Case, Finding], Words | None]


def _whole_tables(case: Case, finding: Finding) -> Words | None:
    """Every amount of the tables that are compared was read."""
    for one in _sides(case, finding):
        unread = [table for table in _tables_of(one, finding) if table in one.unread]
        if unread:
            return {"title": name_of("table", unread[0])}
    return None


def _one_reading(case: Case, finding: Finding) -> Words | None:
    """No figure that is compared was read in two ways."""
    facts = (*finding.facts, finding.fact_id, finding.other_fact_id)
    for one in _sides(case, finding):
        doubted = one.kept(_doubted)
        table = next((doubted[id] for id in facts if id in doubted), "")
        if table:
            return {"title": name_of("table", table)}
    return None


def _same_name(case: Case, finding: Finding) -> Words | None:
    """The department has one name in both disclosures: a renamed one may count other units."""
    names = [name for one in _sides(case, finding) if (name := one.about("department"))]
    return {"names": "、".join(dict.fromkeys(names))} if len(set(names)) > 1 else None


def _not_restated(case: Case, finding: Finding) -> Words | None:
    """The disclosure does not say that last year, or what is counted, was stated anew.

    Of a sentence its own paragraph counts, and there the moving of offices does, too.
    """
    place, said = finding.place, matcher("restated", "said")
    if place is not None and any("@" in fact for fact in finding.facts):
        moved = matcher("restated", "moved")
        texts = [
            row["text"] or ""
            for row in case.rows["paragraphs"]
            if row["document"] == finding.document
            and row["page"] == place.page
            and row["top"] <= place.top + 1
            and row["bottom"] >= place.top
        ]
        found = next(filter(None, (p.search(text) for text in texts for p in (said, moved))), None)
    else:
        texts = [row["text"] or "" for row in case.rows["paragraphs"]]
        texts += [row["note"] or "" for row in case.rows["tables"]]
        found = next(filter(None, map(said.search, texts)), None)
    return {"words": found[0]} if found else None


def _initial_budget(case: Case, finding: Finding) -> Words | None:
    """The budget that a final account prints is the first one, not the adjusted one."""
    facts = case.rows["facts"]
    if any(row["table"] == finding.table and row.get("stage") == "adjusted" for row in facts):
        return None
    texts = [row["text"] or "" for row in case.rows["paragraphs"]]
    texts += [row["note"] or "" for row in case.rows["tables"] if row["table"] == finding.table]
    return {} if any(map(matcher("restated", "adjusted").search, texts)) else None


def _sides(case: Case, finding: Finding) -> Iterator[Case]:
    """The disclosure, and the other one that it is held against, if any."""
    yield case
    documents = {finding.document, finding.other_document}
    for others in OTHERS.values():
        for one in others(case):
            if any(row["document"] in documents for row in one.documents):
                yield one


def _one_file(_: Case, finding: Finding) -> Words | None:
    """Both figures stand in one file: two files may be two printings."""
    other = finding.other_document
    return {"other": other} if other and other != finding.document else None


def _is_budget(case: Case, _: Finding) -> Words | None:
    """The disclosure is a budget: what a final account spent need not be what it received."""
    return {} if case.is_final_account else None


def _has_prose(case: Case, _: Finding) -> Words | None:
    """The disclosure has prose, and is not tables alone."""
    return None if case.kept(is_prose) else {}


def _in_prose(case: Case, finding: Finding) -> Words | None:
    """The words stand on a page of prose, not among the cells of a table."""
    page = finding.place.page if finding.place else None
    cells = case.kept(_pages_of_cells)
    return {"page": page or 0} if (finding.document, page) in cells else None


PRECONDITIONS: Mapping[str, Precondition] = MappingProxyType(
    {
        "whole": _whole_tables,
        "read": _one_reading,
        "one-file": _one_file,
        "budget": _is_budget,
        "prose": _has_prose,
        "in-prose": _in_prose,
        "same-name": _same_name,
        "not-restated": _not_restated,
        "initial-budget": _initial_budget,
    }
)
#: What is said where one does not hold.
MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "whole": "skipped-not-whole",
        "read": "skipped-not-read",
        "one-file": "skipped-not-one-file",
        "budget": "skipped-not-budget",
        "prose": "skipped-not-prose",
        "in-prose": "skipped-not-in-prose",
        "same-name": "skipped-renamed",
        "not-restated": "skipped-restated",
        "initial-budget": "skipped-adjusted",
    }
)


def believed(case: Case, names: Iterable[str], finding: Finding) -> Finding:
    """Return a finding as it is, or as skipped where it fails without its preconditions.

    Parameters
    ----------
    case
        The disclosure.
    names
        Of :data:`PRECONDITIONS`.
    finding
        Of any status.

    Returns
    -------
    Finding
    """
    if finding.status != FAIL:
        return finding
    for name in names:
        words = PRECONDITIONS[name](case, finding)
        if words is not None:
            found = skipped(case, MESSAGES[name], words, finding.table)
            return found._replace(document=finding.document, place=finding.place)
    return finding


def _tables_of(case: Case, finding: Finding) -> list[str]:
    """The tables of the figures that a finding compares."""
    of_facts = case.kept(_table_of_fact)
    ids = (*finding.facts, finding.other_fact_id)
    others = [of_facts[id] for id in ids if id in of_facts]
    is_own = any(row["document"] == finding.document for row in case.documents)
    return list(dict.fromkeys((*([finding.table] if is_own else []), *others)))


def _table_of_fact(case: Case) -> dict[str, str]:
    return {figure.fact_id: figure.table for figure in case.figures}


def _doubted(case: Case) -> dict[str, str]:
    """Tables of the figures that were read in two ways, by fact id."""
    rows = case.rows["facts"]
    return {row["fact_id"]: row["table"] for row in rows if row["certainty"] == "doubtful"}


def is_prose(case: Case) -> bool:
    """Whether a disclosure has prose: amounts in sentences, or enough sentences beside tables."""
    if len(case.rows["narrative"]) >= AMOUNTS:
        return True
    cells = case.kept(_pages_of_cells)
    rows = [row for row in case.rows["paragraphs"] if not row["rank"]]
    sentences = (
        row
        for row in rows
        if len(row["text"]) >= SENTENCE
        and re.search("[。；]$", row["text"])
        and (row["document"], row["page"]) not in cells
    )
    return sum(1 for _ in sentences) >= SENTENCES


def _pages_of_cells(case: Case) -> frozenset[tuple[str, int]]:
    """Pages with much of their text in cells."""
    return frozenset(
        (row["document"], row["page"])
        for row in case.rows["pages"]
        if row["n_grids"] and row["n_cell_chars"] >= IN_CELLS * row["n_chars"]
    )
