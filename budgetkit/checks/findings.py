"""What the checks of rules, pages, punctuation and words share: how they say what they saw."""

from __future__ import annotations

from collections.abc import Iterator

from budgetkit.checks.case import Case, Row
from budgetkit.checks.catalogue import Finding
from budgetkit.checks.printed import PASS
from budgetkit.checks.quoted import told

GUIDE = "财政部《地方预决算公开操作规程》（财预〔2016〕143号）"


def remark(case: Case, row: Row, status: str, zh: str, en: str, code: str) -> Finding:
    """Say something of a row of the prose."""
    return told(status, zh, en, row, table="text", code=code)


def snippet(text: str, at: int) -> str:
    """Give the words around a place in a text."""
    return text[max(at - 10, 0) : at + 10]


def found_or_none(case: Case, found: list[Finding], zh: str, en: str) -> Iterator[Finding]:
    """Give what was found, or that nothing was."""
    if found:
        yield from found
    else:
        yield Finding(PASS, zh, en, table="text", document=case.document)


def body(case: Case) -> list[Row]:
    """Give the paragraphs of a disclosure, headings among them."""
    return case.rows["paragraphs"]


def with_heading(row: Row) -> str:
    """Give the words of a paragraph with those of its heading before them."""
    return f"{row['heading'] or ''}{row['text']}"


def in_table(case: Case, row: Row, status: str, zh: str, en: str) -> Finding:
    """Word a finding about a whole table, at its first figure."""
    name = row["table"] or ""
    place = next((f.place for f in case.figures if f.table == name), None)
    return Finding(status, zh, en, table=name, place=place, document=row["document"])
