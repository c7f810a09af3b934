"""What the rules about the prose share: words around a place, findings about a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from budgetkit.checks.case import Row
from budgetkit.checks.finding import NO_WORDS, Finding, Words, about_sentence
from budgetkit.checks.printed import FAIL, PASS, SKIPPED
from budgetkit.checks.printed_again import RESTATED_ROWS, RESTATED_SHARE


def snippet(text: str, at: int) -> str:
    """Return the words around a place in a text.

    Parameters
    ----------
    text : str
        Of a paragraph.
    at : int
        Index of a character.

    Returns
    -------
    str
        At most ten characters on either side.
    """
    return text[max(at - 10, 0) : at + 10]


def with_heading(row: Row) -> str:
    """Return the words of a paragraph with those of its heading before them."""
    return f"{row['heading'] or ''}{row['text']}"


def is_subsequence(one: str, other: str) -> bool:
    """Whether one of two names is the other with characters left out.

    Parameters
    ----------
    one, other : str
        Names, in any order.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_subsequence("养老保险缴费", "机关事业单位基本养老保险缴费")
    True
    """
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


def text_finding(row: Row, message: str, code: str, **words: str | int) -> Finding:
    """Make the finding of something wrong with the words of a paragraph.

    Parameters
    ----------
    row : Mapping
        The paragraph.
    message : str
        Id of a template in ``messages.csv``.
    code : str
        What is wrong.
    **words
        What the template needs.

    Returns
    -------
    Finding
        ``fail``, of the table ``text``.
    """
    return about_sentence(row, FAIL, message, words, table="text", code=code)


def one_if_restated(found: Sequence[Finding]) -> list[Finding]:
    """Make one finding, to look at, of many sentences that imply another base than was printed.

    Parameters
    ----------
    found : sequence of Finding
        Of one check, each about an amount of another disclosure.

    Returns
    -------
    list of Finding
        As they are; where several amounts differ, and most do, the one that moves most money
        stands for them.
    """
    failed = [finding for finding in found if finding.status == FAIL]
    gaps = set(map(_gap, failed))
    if len(gaps) < RESTATED_ROWS or len(failed) <= RESTATED_SHARE * len(found):
        return list(found)
    most = max(failed, key=_gap)
    one = most._replace(
        message="said-restated", words={**most.words, "count": len(failed)}, certain=False
    )
    return [one, *(finding for finding in found if finding.status != FAIL)]


def _gap(finding: Finding) -> Decimal:
    return abs((finding.found or Decimal(0)) - (finding.expected or Decimal(0)))


def not_parsed(row: Row) -> Finding:
    """Make the finding of a sentence of which it is not sure what its amounts are of."""
    words = {"item": row.get("item") or row["text"][:12]}
    return about_sentence(row, SKIPPED, "skipped-not-parsed", words)


def count_finding(
    row: Row,
    message: str,
    words: Words = NO_WORDS,
    *,
    expected: int,
    found: int,
    status: str = "",
    **fields: Any,
) -> Finding:
    """Make the finding about a number of people or things that a sentence counts.

    Parameters
    ----------
    row, message, words
        As in :func:`~budgetkit.checks.finding.about_sentence`.
    expected, found : int
        Compared without tolerance.
    status : str
        Instead of the default: ``pass`` where found equals expected.
    **fields
        As in :func:`~budgetkit.checks.finding.about_sentence`.

    Returns
    -------
    Finding
    """
    return about_sentence(
        row,
        status or (PASS if found == expected else FAIL),
        message,
        words,
        expected=Decimal(expected),
        found=Decimal(found),
        tolerance=Decimal(0),
        **fields,
    )
