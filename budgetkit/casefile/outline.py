"""What all forms of a case file have in common: its sections, its table of documents."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkit.casefile.case_file import CaseFile, Query
from budgetkit.casefile.case_words import CaseWords
from budgetkit.storage.records import text


@dataclass(frozen=True, slots=True)
class Section:
    """A section of queries.

    Attributes
    ----------
    key : str
        Of its heading: ``certain`` or ``look``.
    note : str
        Below the heading.
    start : int
        Number of its first query.
    queries : tuple of Query
        In their order.
    """

    key: str
    note: str
    start: int
    queries: tuple[Query, ...]


def sections(case: CaseFile, say: CaseWords) -> list[Section]:
    """Return the sections of a case file, numbered through.

    Parameters
    ----------
    case
        The case file.
    say
        The words of a language.

    Returns
    -------
    list of Section
        None where there is no query.
    """
    if not case.queries:
        return []
    look = say("look_note") if case.look else say("none_look")
    return [
        Section("certain", "" if case.certain else say("none_certain"), 1, case.certain),
        Section("look", look, 1 + len(case.certain), case.look),
    ]


def document_lines(case: CaseFile, say: CaseWords) -> list[list[str]]:
    """Return the cells of the table of documents.

    Parameters
    ----------
    case
        The case file.
    say
        The words of a language.

    Returns
    -------
    list of list of str
        Document, kind, year, scope, pages and how it was read, by document.
    """
    return [
        [
            text(row["document"]),
            say(text(row["kind"]) or "budget"),
            text(row["year"]),
            say(f"scope.{text(row['scope']) or 'department'}"),
            text(row["pages"]),
            say(f"state.{text(row['status']) or 'ok'}"),
        ]
        for row in case.documents
    ]


def counts_line(case: CaseFile, say: CaseWords) -> str:
    """Say how many comparisons came to what.

    Parameters
    ----------
    case
        The case file.
    say
        The words of a language.

    Returns
    -------
    str
    """
    n = case.counts
    compared = sum(n.values())
    return say(
        "counts", compared=compared, passed=n["pass"], rounding=n["rounding"], fail=n["fail"],
        skipped=n["skipped"],
    )  # fmt: skip
