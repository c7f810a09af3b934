"""Findings with their sentences in the code: of the rules that have no templates yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Finding, about_disclosure, about_sentence, about_table
from budgetkit.checks.finding import about_figure as _about_figure
from budgetkit.checks.names import Wording
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, PrintedFigure


def _words(zh: str, en: str) -> dict[str, Wording]:
    return {"text": Wording(zh, en)}


def told(status: str, zh: str, en: str, row: Row, **fields: Any) -> Finding:
    return about_sentence(row, status, "verbatim", _words(zh, en), **fields)


def about(figure: PrintedFigure, status: str, zh: str, en: str, **fields: Any) -> Finding:
    return _about_figure(figure, status, "verbatim", _words(zh, en), **fields)


def remark(case: Case, row: Row, status: str, zh: str, en: str, code: str) -> Finding:
    return told(status, zh, en, row, table="text", code=code)


def plain_finding(
    case: Case, status: str, zh: str, en: str, table: str = "", code: str = ""
) -> Finding:
    return about_disclosure(case, status, "verbatim", _words(zh, en), table=table, code=code)


def in_table(case: Case, row: Row, status: str, zh: str, en: str) -> Finding:
    return about_table(case, row, status, "verbatim", _words(zh, en))


def found_or_none(case: Case, found: list[Finding], zh: str, en: str) -> Iterator[Finding]:
    yield from found or [plain_finding(case, PASS, zh, en, "text")]


def verdict(status: str) -> tuple[str, str]:
    return _VERDICTS[status]


_VERDICTS = {
    PASS: ("一致", "agrees"),
    ROUNDING: ("仅为四舍五入尾差", "differs by rounding only"),
    FAIL: ("不一致", "does not agree"),
}
