"""The checks: what each one asks, of which tables, by which rule.

A check is a row of ``rules/checks.csv`` and a rule of the same id: a row of ``sum_rules.csv`` or
``rules/identities.csv``, or a function that its module lists in ``CHECKS``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from budgetkit.checks.audit.not_read import (
    is_printed_here,
    is_read_in_full,
    pages_of,
    without_guesses,
)
from budgetkit.checks.case import OTHERS, Case
from budgetkit.checks.finding import Checks, Finding, Rule, skipped
from budgetkit.checks.names import Wording, join_wordings, name_of
from budgetkit.checks.preconditions import believed
from budgetkit.checks.printed import FAIL
from budgetkit.checks.rules import (
    assets,
    classes,
    consolidation,
    contents_page,
    disclosure,
    empty_tables,
    identities,
    last_year,
    levels,
    lists,
    narrative,
    performance,
    printed_pages,
    project_rows,
    projects,
    prose_sums,
    punctuation,
    recognised,
    rounding,
    scope,
    searchable,
    sense,
    slips,
    staffing,
    subordinates,
    sums,
    swapped,
    text,
    units,
    vanished,
    years,
    years_said,
)

#: The modules of the rules, by what their checks are about.
TABLES = (
    *(levels, sums, rounding, identities, consolidation, years, recognised),
    *(classes, swapped, units, project_rows),
)
PROSE = (narrative, last_year, lists, prose_sums, projects, assets, years_said, vanished, sense)
PEOPLE_AND_TARGETS = (staffing, performance)
PUBLICATION = (
    *(disclosure, contents_page, empty_tables, printed_pages, punctuation),
    *(text, slips, scope, searchable, subordinates),
)
RULES = (*TABLES, *PROSE, *PEOPLE_AND_TARGETS, *PUBLICATION)
#: The check that a comparison belongs to whose amounts are one amount in two units.
OF_UNITS = "unit-factor"
#: The check of files of which nothing could be read.
OF_FAILED = "disclosure-searchable"
#: Kinds of checks, in the order in which their findings weigh.
KINDS = (
    "arithmetic",
    "cross_table",
    "change",
    "narrative",
    "performance",
    "staffing",
    "disclosure",
    "text",
)


@dataclass(frozen=True, slots=True)
class Check:
    """A check: a row of ``checks.csv`` with its rule.

    Attributes
    ----------
    id : str
        Stable name, kebab-case.
    kind : str
        One of :data:`KINDS`.
    needs : tuple of str
        Tables of the dataset or of the disclosure that it reads, ``a|b`` for either; where one is
        missing the check is skipped, and says which.
    rests_on : str
        What a failure is proved by: see :mod:`budgetkit.checks.audit.not_read`.
    given : tuple of str
        Names of :data:`~budgetkit.checks.preconditions.PRECONDITIONS` without which a failure is
        not believed.
    certain : str
        ``yes``: what it finds is plain to see; ``sums``: certain where the relations around the
        figures hold; empty: a person should always look.
    source : str
        Law or circular that the rule comes from, or arithmetic.
    rule_zh, rule_en : str
        One line.
    rule : callable
        From a case to findings.
    """

    id: str
    kind: str
    needs: tuple[str, ...]
    rests_on: str
    given: tuple[str, ...]
    certain: str
    source: str
    rule_zh: str
    rule_en: str
    rule: Rule


@cache
def catalogue() -> tuple[Check, ...]:
    """Return every check, by kind and then by id."""
    rules: Checks = {id: rule for module in RULES for id, rule in module.CHECKS.items()}
    text = (files("budgetkit.checks.rules") / "checks.csv").read_text(encoding="utf-8")
    checks = [
        Check(
            row["id"],
            row["kind"],
            tuple(row["needs"].split()),
            row["rests_on"],
            tuple(row["given"].split()),
            row["certain"],
            row["source"],
            row["rule_zh"],
            row["rule_en"],
            rules[row["id"]],
        )
        for row in csv.DictReader(text.splitlines())
    ]
    return tuple(sorted(checks, key=lambda check: (KINDS.index(check.kind), check.id)))


def run_checks(case: Case) -> Iterator[tuple[Check, Finding]]:
    """Run every check over one disclosure; of a file that failed, whether it can be searched."""
    if case.is_failed:
        (check,) = (check for check in catalogue() if check.id == OF_FAILED)
        yield from ((check, finding) for finding in check.rule(case))
        return
    (of_units,) = (check for check in catalogue() if check.id == OF_UNITS)
    mixed = False
    for check in catalogue():
        if check is of_units:
            continue
        for finding in _guarded(check, case):
            factor = units.as_factor(case, finding) if finding.status == FAIL else None
            mixed = mixed or factor is not None
            yield (of_units, factor) if factor else (check, finding)
    if not mixed:
        for finding in _guarded(of_units, case):
            yield of_units, finding


def _guarded(check: Check, case: Case) -> Iterator[Finding]:
    """Run one check; a fault of it is said in its place, and stops no other check or document."""
    try:
        yield from _run(check, case)
    except Exception as error:
        yield skipped(case, "skipped-fault", {"error": type(error).__name__})


def _run(check: Check, case: Case) -> Iterable[Finding]:
    """Run one check, or skip it where the disclosure lacks what it needs."""
    missing = [need for need in check.needs if not _has(case, need)]
    if not missing:
        found = check.rule(case)
        if check.given:
            found = (believed(case, check.given, f) if f.status == FAIL else f for f in found)
        return (
            found
            if is_read_in_full(case, check.needs)
            else without_guesses(case, found, check.rests_on, check.needs)
        )
    needs = _wording_of(tuple(missing))
    if not case.unread_pages or not any(map(is_printed_here, missing)):
        return [skipped(case, "skipped-missing", {"needs": needs})]
    return [
        skipped(
            case, "skipped-missing-page", {"needs": needs, "pages": pages_of(case, check.needs)}
        )
    ]


@cache
def _wording_of(needs: tuple[str, ...]) -> Wording:
    return join_wordings(
        join_wordings([name_of("table", name) for name in need.split("|")], "或", " or ")
        for need in needs
    )


def _has(case: Case, need: str) -> bool:
    if "|" in need:
        return any(_has(case, name) for name in need.split("|"))
    if need in OTHERS:
        return bool(OTHERS[need](case))
    return need in case.tables or bool(case.rows.get(need))
