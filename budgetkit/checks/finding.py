"""One finding of a check, and the ways to make one: about a figure, a sentence, a table.

A finding holds no sentence: it names a template of ``messages.csv`` and the words that go into
it.  See :mod:`budgetkit.checks.messages`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from budgetkit.checks.case import Case
from budgetkit.checks.names import Wording
from budgetkit.checks.printed import PASS, SKIPPED, PrintedFigure, page_box
from budgetkit.geometry import PageBox

#: What is set into a template, by the name of its field; a Decimal is an amount in 万元.
Words = Mapping[str, str | int | Decimal | Wording]
NO_WORDS: Words = MappingProxyType({})


class Finding(NamedTuple):
    """The result of one comparison: a row of ``checks``.

    ``expected``, ``found`` and ``tolerance`` are in the unit of the thing compared: 万元 for
    amounts, per cent for shares, people for head counts.

    Attributes
    ----------
    status : str
        ``pass``, ``rounding``, ``fail`` or ``skipped``.
    message : str
        Id of a template in ``messages.csv``.
    words : mapping
        What the template needs beyond the fields of the finding itself.
    sure : bool
        False where the reader repaired or doubted a figure.
    other_fact_id, other_place, other_document : str, PageBox or None, str
        What it is compared with.
    facts : tuple of str
        Ids of all figures that the comparison is of, parts of a sum too; a sentence has the id
        that :func:`sentence_id` gives it.
    certain : bool
        False where the check itself says that a person should look.
    quotes : tuple of str or None
        What is found and what it is held against, as printed and with their units; None where
        both are in 万元 as the finding has them.
    may_stand_in : frozenset of str
        Every table that may print what it is compared with, read or not.
    """

    status: str
    message: str
    words: Words = NO_WORDS
    expected: Decimal | None = None
    found: Decimal | None = None
    tolerance: Decimal | None = None
    table: str = ""
    code: str = ""
    measure: str = ""
    fact_id: str = ""
    other_fact_id: str = ""
    place: PageBox | None = None
    other_place: PageBox | None = None
    document: str = ""
    sure: bool = True
    section: str = ""
    other_document: str = ""
    facts: tuple[str, ...] = ()
    certain: bool = True
    quotes: tuple[str, str] | None = None
    may_stand_in: frozenset[str] = frozenset()


Rule = Callable[[Case], Iterable[Finding]]
#: What each module of rules offers: its rules by the id that they have in ``checks.csv``.
Checks = Mapping[str, Rule]


def about_figure(
    figure: PrintedFigure,
    status: str,
    message: str,
    words: Words = NO_WORDS,
    *,
    found: Decimal | None = None,
    code: str = "",
    measure: str = "",
    other_place: PageBox | None = None,
) -> Finding:
    """Make a finding about a figure of a table; its amount is ``expected``.

    Parameters
    ----------
    figure
        Of the table.
    status, message, words
        As in :class:`Finding`.
    found
        The amount that was found for it elsewhere (万元), if any.
    code, measure
        Instead of the figure's own.
    other_place
        Where the amount was looked for.

    Returns
    -------
    Finding
    """
    return Finding(
        status,
        message,
        words,
        figure.amount,
        found,
        table=figure.table,
        section=figure.section,
        code=code or figure.code,
        measure=measure or figure.measure,
        fact_id=figure.fact_id,
        place=figure.place,
        other_place=other_place,
        document=figure.document,
        sure=figure.sure,
        facts=(figure.fact_id,),
    )


def sentence_id(row: Mapping[str, Any]) -> str:
    """Return what tells a sentence, and the item that it speaks of, from any other."""
    return f"{row['document']}@{row.get('page')}:{row.get('top')}:{row.get('item') or ''}"


def about_sentence(
    row: Mapping[str, Any],
    status: str,
    message: str,
    words: Words = NO_WORDS,
    *,
    expected: Decimal | None = None,
    found: Decimal | None = None,
    tolerance: Decimal | None = None,
    table: str = "narrative",
    code: str = "",
    measure: str = "",
    other: PrintedFigure | None = None,
    other_row: Mapping[str, Any] | None = None,
) -> Finding:
    """Make a finding about a sentence, or any other row of a dataset with a place.

    Parameters
    ----------
    row
        With document, page and box.
    status, message, words
        As in :class:`Finding`.
    expected, found, tolerance
        In 万元, per cent or people.
    table, code, measure
        What the finding is about; the code is the row's ``item`` if empty.
    other, other_row
        The figure, or the row, that it is compared with.

    Returns
    -------
    Finding
    """
    place, other_document = None, ""
    if other:
        place, other_document = other.place, other.document
    elif other_row:
        place, other_document = page_box(other_row), other_row["document"]
    return Finding(
        status,
        message,
        words,
        expected,
        found,
        tolerance,
        table,
        code or row.get("item") or "",
        measure,
        "",
        other.fact_id if other else "",
        page_box(row),
        place,
        row["document"],
        other is None or other.sure,
        other_document=other_document,
        facts=(sentence_id(row), other.fact_id) if other else (sentence_id(row),),
    )


def about_table(
    case: Case, row: Mapping[str, Any], status: str, message: str, words: Words = NO_WORDS
) -> Finding:
    """Make a finding about a whole table, at its first figure.

    Parameters
    ----------
    case
        The disclosure.
    row
        Of ``tables``.
    status, message, words
        As in :class:`Finding`.

    Returns
    -------
    Finding
    """
    table = row["table"] or ""
    place = next((figure.place for figure in case.figures if figure.table == table), None)
    return Finding(status, message, words, table=table, place=place, document=row["document"])


def about_disclosure(
    case: Case,
    status: str,
    message: str,
    words: Words = NO_WORDS,
    *,
    table: str = "",
    code: str = "",
) -> Finding:
    """Make a finding about a disclosure as a whole.

    Parameters
    ----------
    case
        The disclosure.
    status, message, words, table, code
        As in :class:`Finding`.

    Returns
    -------
    Finding
    """
    return Finding(status, message, words, table=table, code=code, document=case.document)


def skipped(case: Case, message: str, words: Words = NO_WORDS, table: str = "") -> Finding:
    """Make the finding of a check that could not be run.

    Parameters
    ----------
    case
        The disclosure.
    message, words, table
        As in :class:`Finding`; the message says why.

    Returns
    -------
    Finding
    """
    return about_disclosure(case, SKIPPED, message, words, table=table)


def found_or_none(case: Case, found: Sequence[Finding], message: str) -> Sequence[Finding]:
    """Return the findings, or a single one that nothing is wrong with the text.

    Parameters
    ----------
    case
        The disclosure.
    found
        Findings, maybe none.
    message
        Of the single one.

    Returns
    -------
    sequence of Finding
    """
    return found or [about_disclosure(case, PASS, message, table="text")]
