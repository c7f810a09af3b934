"""The sentences of findings: the templates of ``messages.csv``, filled in.

A template is looked up by message and status; a row with an empty status serves all statuses.
Its fields ``{name}`` are words of the finding, else a field of the finding itself:
``{expected}``, ``{found}`` and ``{difference}`` (amounts in 万元; ``{found:d}`` is a whole
number), ``{code}``, ``{item}`` (the code, where that is an item of the prose) and ``{table}``.
A field with a row ``word.name`` of its own is replaced by that row: ``{verdict}`` and its like;
``{doubt}`` only where the reader is unsure of a figure.

English sentences have amounts in yuan, exact, and Chinese between “ and ” alone: as printed.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from operator import attrgetter
from string import Formatter
from typing import Any, NamedTuple

from budgetkit.checks.finding import Finding
from budgetkit.checks.names import Wording, name_of
from budgetkit.checks.printed import format_amount, in_unit, in_yuan, quoted_in_yuan

#: Prefix of the rows that stand in for a field of other rows.
WORD = "word."
#: The word that is left out where the reader is sure.
DOUBT = "doubt"

#: Fields that a finding has without being given words.
_OWN: dict[str, Callable[[Any], Any]] = {
    "expected": attrgetter("expected"),
    "found": attrgetter("found"),
    "difference": lambda finding: finding.found - finding.expected,
    "found_quote": lambda finding: _quoted(finding, 0, finding.found),
    "expected_quote": lambda finding: _quoted(finding, 1, finding.expected),
    "gap": lambda finding: _gap(finding),
    "code": attrgetter("code"),
    "item": attrgetter("code"),
    "table": lambda finding: name_of("table", finding.table),
}
#: Quotation marks inside of a quotation, in English.
_INNER_MARKS = str.maketrans("“”", "‘’")
OWN_FIELDS = frozenset(_OWN)


class Template(NamedTuple):
    """A sentence in one language, with ``{}`` for each field, and the fields in their order."""

    text: str
    fields: tuple[str, ...]


@cache
def read_messages() -> dict[tuple[str, str], Wording]:
    """Read ``messages.csv``: the sentences in both languages by message and status."""
    text = (files("budgetkit.checks") / "messages.csv").read_text(encoding="utf-8")
    return {
        (row["message"], row["status"]): Wording(row["zh"], row["en"])
        for row in csv.DictReader(text.splitlines())
    }


def _quoted(finding: Finding, side: int, amount: Decimal) -> Wording:
    """A side of a comparison as printed."""
    quote = finding.quotes[side] if finding.quotes else in_unit(amount, "万元")
    return Wording(quote, quoted_in_yuan(quote))


def _gap(finding: Finding) -> Wording:
    """The difference in 万元, and in the other unit that one of the sides is printed in."""
    if finding.expected is None or finding.found is None:
        return Wording("", "")
    gap = abs(finding.found - finding.expected)
    sides = finding.quotes or ()
    units = ["元" if any(side[-2:-1] not in ("万", "亿") for side in sides) else "万元"]
    written = [in_unit(gap, unit) for unit in (*units, "万元" if units == ["元"] else "元")]
    return Wording(f"{written[0]}（{written[1]}）", in_yuan(gap))


def _lookup(message: str, status: str) -> Wording:
    messages = read_messages()
    return messages.get((message, status)) or messages[message, ""]


@cache
def templates(message: str, status: str, sure: bool = True) -> tuple[Template, Template]:
    """Return the templates of a message, with its verdict and its like filled in.

    Parameters
    ----------
    message, status
        Of a finding.
    sure
        False where the reader is unsure of a figure.

    Returns
    -------
    tuple of Template
        Chinese and English.

    Raises
    ------
    KeyError
        There is no such message.

    Examples
    --------
    >>> templates("equal", "fail")[1].fields
    ('figure', 'other', 'found_quote', 'expected_quote', 'gap')
    """
    wording = _lookup(message, status)
    words = {name.removeprefix(WORD) for name, _ in read_messages() if name.startswith(WORD)}
    made = []
    for lang, text in enumerate(wording):
        parts, fields = [], []
        for literal, name, spec, _ in Formatter().parse(text):
            parts.append(literal)
            if name == DOUBT and sure:
                continue
            if name in words:
                parts.append(_lookup(WORD + name, status)[lang])
            elif name:
                parts.append("{}")
                fields.append(f"{name}:{spec}" if spec else name)
        made.append(Template("".join(parts), tuple(fields)))
    return made[0], made[1]


def sentences(findings: Sequence[Finding]) -> tuple[list[str], list[str]]:
    """Write the sentences of many findings, in Chinese and in English.

    Findings of one template are written together, a field at a time, since there are very many.
    """
    alike: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for at, finding in enumerate(findings):
        alike[finding.message, finding.status, finding.sure].append(at)
    found = [""] * len(findings), [""] * len(findings)
    for key, places in alike.items():
        group = [findings[at] for at in places]
        columns: dict[str, list[Any]] = {}
        for lang, (text, fields) in enumerate(templates(*key)):
            for field in fields:
                if field not in columns:
                    columns[field] = _column(group, field)
            values = [
                [value[lang] if type(value) is Wording else value for value in columns[field]]
                for field in fields
            ]
            written = map(text.format, *values) if fields else [text] * len(places)
            for at, sentence in zip(places, written, strict=True):
                found[lang][at] = sentence
    return found


def _column(group: Sequence[Finding], field: str) -> list[Any]:
    """Values of one field; amounts as they are printed."""
    name, _, whole = field.partition(":")
    if name in group[0].words:
        values = [finding.words[name] for finding in group]
    else:
        values = list(map(_OWN[name], group))
    if name == "other_table":
        values = [name_of("table", one) if type(one) is str else one for one in values]
    if whole:
        return [int(value) if type(value) is Decimal else value for value in values]
    return [_in_both(value) for value in values]


def _in_both(value: Any) -> Any:
    """An amount or a quotation in both languages: quotation marks inside of others are single."""
    if type(value) is Decimal:
        return Wording(format_amount(value), in_yuan(value))
    if type(value) is str and ("“" in value or "”" in value):
        return Wording(value, value.translate(_INNER_MARKS))
    return value


def sentence_of(finding: Finding) -> Wording:
    """Write the sentence of one finding in both languages."""
    (zh,), (en,) = sentences([finding])
    return Wording(zh, en)


@lru_cache(maxsize=65536)
def phrase(message: str, **words: str | int | Wording) -> Wording:
    """Write a part of a sentence that has a row of its own in ``messages.csv``.

    Parameters
    ----------
    message
        Id of the row.
    **words
        Its fields.

    Returns
    -------
    Wording

    Examples
    --------
    >>> phrase("sum-in-row", columns=Wording("甲、乙", "a, b")).en
    'the sum of a, b in its row'
    """
    return sentence_of(Finding("", message, words))
