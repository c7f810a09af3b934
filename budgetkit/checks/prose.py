"""What the rules about the text share: paragraphs with their headings, words around a place."""

from __future__ import annotations

from budgetkit.checks.case import Case, Row


def snippet(text: str, at: int) -> str:
    """Return the words around a place in a text."""
    return text[max(at - 10, 0) : at + 10]


def paragraphs(case: Case) -> list[Row]:
    """Return the paragraphs of a disclosure, headings among them."""
    return case.rows["paragraphs"]


def with_heading(row: Row) -> str:
    """Return the words of a paragraph with those of its heading before them."""
    return f"{row['heading'] or ''}{row['text']}"
