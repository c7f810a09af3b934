"""Named styles: what varies between publishers, a handful of combinations."""

from __future__ import annotations

from budgetkit.corpus.model import Style

STYLES = {
    "plain": Style(),
    "commas": Style(thousands=True, lines="rect", bold="weight"),
    "zeros": Style(zeros=True, open_sides=True, size=8.5),
    "repeat": Style(thousands=True, repeat_header=True, ideographic_space=True),
    "strike": Style(bold="strike", lines="rect"),
    "turned": Style(turned=("revenue", "project_expenditure"), lines="rect"),
    "narrow": Style(thousands=True, narrow=("expenditure", "general_expenditure")),
    "cut": Style(breaks=(("expenditure", "cell"), ("basic_expenditure", "middle"))),
    "alone": Style(thousands=True, breaks=(("revenue", "total"), ("expenditure", "middle"))),
}
