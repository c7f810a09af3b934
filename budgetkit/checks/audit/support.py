"""What holds and what fails around failures: how well the figures that they name are supported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgetkit.checks.audit.catalogue import Check
from budgetkit.checks.finding import Finding
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, PrintedFigure

#: The disclosure (document, department, …), the check and the finding.
Row = tuple[tuple[Any, ...], Check, Finding]
#: Kinds of checks whose relations show that figures were read right.
RELATIONS = ("arithmetic", "cross_table")
#: Kinds of checks that hold a figure of a table against one that was read apart from it.
ACROSS = ("cross_table", "narrative", "change")
#: The message of an amount that is ten thousand times another.
FACTOR = "unit-factor"
#: Messages of relations that bind both sides; a limit that holds shows little.
BINDING = ("equal", "cut-off", FACTOR)
#: What is said of tables whose sums fail as where columns or rows were taken for others.
UNCLEAR = ("skipped-columns", "skipped-partial", "skipped-nested")
#: Tells the printings of a table from each other.
_NUMBER = re.compile(r"[-#]\d+$")


@dataclass(frozen=True)
class Evidence:
    """The relations that hold and fail around the figures of failures.

    Attributes
    ----------
    holding : mapping of str to int
        Binding relations about other amounts than zero that hold, by fact id.
    said : frozenset of str
        Fact ids of figures that the prose says as they are printed.
    across : frozenset of str
        Printings of tables (a fact id without its row and column) of which a figure agrees with
        another table or with the prose.
    failing, related : mapping
        Relations that fail, and all of them, by document and table.
    by_check : mapping
        Failures, and all results, by document, table and check.
    unclear : frozenset
        Documents and tables whose rows or columns are not what the checks know.
    sentences : mapping
        Sentences that say another amount than a document's table, and those that say the same.
    amounts : mapping of str to Decimal
        Of the figures of the documents with failures (万元), by fact id.
    printed : mapping
        How often a document's table prints an amount.
    """

    holding: Mapping[str, int]
    said: frozenset[str]
    across: frozenset[str]
    failing: Mapping[tuple[str, str], int]
    related: Mapping[tuple[str, str], int]
    by_check: Mapping[tuple[str, str, str], tuple[int, int]]
    unclear: frozenset[tuple[str, str]]
    sentences: Mapping[tuple[str, str], tuple[int, int]]
    amounts: Mapping[str, Decimal]
    printed: Mapping[tuple[tuple[str, str], Decimal], int]


def evidence_of(
    rows: Iterable[Row], failed: Sequence[Finding], figures: Iterable[PrintedFigure]
) -> Evidence:
    """Collect what holds and fails around failures.

    Parameters
    ----------
    rows
        Findings of every status.
    failed
        Those of them that fail.
    figures
        Of the tables.

    Returns
    -------
    Evidence
    """
    suspects = {fact for finding in failed for fact in finding.facts}
    tables = {(finding.document, finding.table) for finding in failed}
    holding: Counter[str] = Counter()
    failing: Counter[tuple[str, str]] = Counter()
    related: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str, str]] = Counter()
    compared: Counter[tuple[str, str, str]] = Counter()
    unclear: set[tuple[str, str]] = set()
    said: set[str] = set()
    right: Counter[tuple[str, str]] = Counter()
    not_right: Counter[tuple[str, str]] = Counter()
    across: set[str] = set()
    for _, check, finding in rows:
        is_relation = check.kind in RELATIONS
        if finding.message in UNCLEAR:
            unclear.add((finding.document, finding.table))
        if not finding.found or not (is_relation or check.kind in ACROSS):
            continue
        if is_said(finding):
            of_sentences = not_right if finding.status == FAIL else right
            of_sentences.update({table_of(fact) for fact in finding.facts if "@" not in fact})
        table = finding.document, finding.table
        in_table = table in tables
        if in_table:
            compared[(*table, check.id)] += 1
            related[table] += is_relation
        if finding.status == FAIL:
            wrong[(*table, check.id)] += 1
            failing[table] += is_relation
        elif finding.status in (PASS, ROUNDING):
            if check.kind in ACROSS:
                across.update(map(printing_of, finding.facts))
            found = suspects.intersection(finding.facts)
            if found and not is_relation:
                said |= found
            elif found and finding.message in BINDING:
                holding.update(found)
    by_check = {key: (wrong[key], count) for key, count in compared.items()}
    documents = {document for document, _ in tables}
    amounts = {one.fact_id: one.amount for one in figures if one.document in documents}
    return Evidence(
        holding,
        frozenset(said),
        frozenset(across),
        failing,
        related,
        by_check,
        frozenset(unclear),
        {one: (count, right[one]) for one, count in not_right.items()},
        amounts,
        Counter((table_of(fact), amount) for fact, amount in amounts.items()),
    )


def is_said(finding: Finding) -> bool:
    """Whether a sentence is one side of a comparison."""
    return any("@" in fact for fact in finding.facts)


def printing_of(fact_id: str) -> str:
    """Return the document and table of a fact id."""
    return fact_id.rpartition(":")[0]


def table_of(fact_id: str) -> tuple[str, str]:
    """Return the document and the table of a fact id, whichever printing of the table."""
    document, _, table = printing_of(fact_id).rpartition(":")
    return document, _NUMBER.sub("", table)
