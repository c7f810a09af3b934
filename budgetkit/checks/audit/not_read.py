"""What a check can't know where pages of a disclosure were not read: it is skipped, not failed.

What stands on such a page is not known: a table that was not found, more rows of the table before
it, a sentence.  ``checks.csv`` says in ``rests_on`` what a failure of each check is proved by:

- ``itself``: what it quotes, all of which was read;
- ``page``: the text around it, which may go on on the next page;
- ``tables``: its tables in whole, and that none of those that it may take is missing;
- ``document``: everything that the disclosure prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from budgetkit.checks.case import OTHERS, Case
from budgetkit.checks.finding import Finding, Words, skipped
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import FAIL
from budgetkit.schema import TABLES as TABLES_OF_DATASET

#: What a failure may rest on, from little to all.
ITSELF, PAGE, TABLES, DOCUMENT = RESTS_ON = ("itself", "page", "tables", "document")
#: More pages than this are not named.
_MOST_PAGES = 8


def without_guesses(
    case: Case, findings: Iterable[Finding], rests_on: str, needs: Iterable[str]
) -> Iterator[Finding]:
    """Skip the failures that may be due to a page that was not read.

    Parameters
    ----------
    case
        The disclosure.
    findings
        Of one check.
    rests_on
        Of the check, one of :data:`RESTS_ON`.
    needs
        Tables that it may take.

    Yields
    ------
    Finding
        The others as they are, and one that is skipped for each table of which one failed.
    """
    needs = tuple(needs)
    said: set[str] = set()
    for finding in findings:
        why = _why_unsure(case, finding, rests_on, needs) if finding.status == FAIL else None
        if why is None:
            yield finding
        elif finding.table not in said:
            said.add(finding.table)
            yield skipped(case, *why, finding.table)


def is_printed_here(need: str) -> bool:
    """Whether what a check needs is printed by the disclosure itself."""
    return OTHERS.keys().isdisjoint(need.split("|"))


def pages_of(case: Case, needs: Iterable[str]) -> str:
    """Name the pages of a disclosure that were not read, and of those that it is compared with.

    Parameters
    ----------
    case
        The disclosure.
    needs
        Of the check: it names the other disclosures.

    Returns
    -------
    str
    """
    own = {row["document"] for row in case.documents}
    named = [
        str(page) if document in own and len(own) == 1 else f"{document} {page}"
        for one in _compared(case, needs)
        for document, pages in one.unread_pages.items()
        for page in pages
    ]
    return ", ".join(named[:_MOST_PAGES]) + ("…" if len(named) > _MOST_PAGES else "")


def is_read_in_full(case: Case, needs: Iterable[str]) -> bool:
    """Whether nothing is unread of a disclosure, or of one that it is compared with.

    Parameters
    ----------
    case
        The disclosure.
    needs
        Of the check: it names the other disclosures.

    Returns
    -------
    bool
    """
    return not case.unread and not any(one.unread for one in _compared(case, needs))


def _compared(case: Case, needs: Iterable[str]) -> Iterator[Case]:
    yield case
    for name in _others(tuple(needs)):
        yield from OTHERS[name](case)


@cache
def _others(needs: tuple[str, ...]) -> tuple[str, ...]:
    """The other disclosures that a check needs."""
    names = {name for need in needs for name in need.split("|")}
    return tuple(name for name in OTHERS if name in names)


def _why_unsure(
    case: Case, finding: Finding, rests_on: str, needs: tuple[str, ...]
) -> tuple[str, Words] | None:
    """Why a failure proves nothing: a message with its words; None where it does."""
    if rests_on == ITSELF:
        return None
    if any(_may_be_due(one, finding, rests_on, needs) for one in _compared(case, needs)):
        return "skipped-page", {"pages": pages_of(case, needs)}
    partly = {finding.table, str(finding.words.get("other_table", ""))}
    if rests_on == TABLES:
        partly |= _tables_of(finding, needs)
    compared = list(_compared(case, needs))
    unread = sorted(table for one in compared for table in one.unread & (partly - {""}))
    return ("skipped-other-unread", {"title": name_of("table", unread[0])}) if unread else None


def _may_be_due(case: Case, finding: Finding, rests_on: str, needs: tuple[str, ...]) -> bool:
    """Whether what a failure rests on may stand on a page of which nothing was read."""
    if not case.unread_pages or rests_on == DOCUMENT:
        return bool(case.unread_pages)
    if rests_on == PAGE:
        return finding.place is None or case.is_next_to_unread(finding.document, finding.place.page)
    others = _tables_of(finding, needs)
    return finding.table in case.may_go_on or not others <= case.tables - case.may_go_on


def _tables_of(finding: Finding, needs: tuple[str, ...]) -> set[str]:
    """Tables that a check holds against each other: with one missing it takes another one."""
    if finding.may_stand_in:
        return set(finding.may_stand_in)
    if len(needs) < 2:
        return set()
    names = {name for need in needs for name in need.split("|")}
    return names - OTHERS.keys() - TABLES_OF_DATASET.keys()
