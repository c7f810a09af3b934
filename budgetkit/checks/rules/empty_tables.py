"""Empty tables: whether each says why, and whether what is called empty or not arranged is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetkit.checks.case import Case
from budgetkit.checks.finding import Checks, Finding, about_sentence, about_table
from budgetkit.checks.meaning import meant_figures
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.prose_findings import with_heading
from budgetkit.checks.rules.disclosure import FORMS

_EMPTY = re.compile(r"空表|没有|未安排|未使用|不涉及|无(?!法)|为零|不存在")
_ZH = {
    "government_fund": "政府性基金",
    "state_capital": "国有资本",
    "three_public": "三公",
    "carryover": "结转",
    "procurement": "采购",
    "project_expenditure": "项目",
    "operating_costs": "运行",
}


def empty_explained(case: Case) -> Iterator[Finding]:
    """Find empty tables without a word of explanation."""
    for row in case.rows["tables"]:
        table = row["table"]
        if not table or row["n_facts"] or table in FORMS or table in case.unread:
            continue
        word = _ZH.get(table)
        explained = bool(row["note"]) or (
            word is not None
            and any(
                word in with_heading(paragraph) and _EMPTY.search(paragraph["text"])
                for paragraph in case.rows["paragraphs"]
            )
        )
        if word is None and not explained:
            continue
        status = PASS if explained else FAIL
        yield about_table(
            case, row, status, "disclosure-empty-explained", {"title": str(row["title"])}
        )


def empty_true(case: Case) -> Iterator[Finding]:
    """Find tables that print money above a note that says they are empty."""
    for row in case.rows["tables"]:
        if "空表" not in (row["note"] or ""):
            continue
        money = [f.amount for f in case.figures if f.table == row["table"] and f.amount]
        yield about_table(
            case,
            row,
            FAIL if money else PASS,
            "disclosure-empty-true",
            {"title": str(row["title"]), "printed": money[0] if money else ""},
        )


def not_arranged(case: Case) -> Iterator[Finding]:
    """Find money for what the prose calls 未安排."""
    for row in case.rows["narrative"]:
        if row["kind"] != "not_arranged":
            continue
        figures = meant_figures(case, row)
        if not figures:
            continue
        figure = next((figure for figure in figures if figure.amount), figures[0])
        yield about_sentence(
            row,
            FAIL if figure.amount else PASS,
            "disclosure-not-arranged",
            {"other_table": figure.table},
            expected=figure.amount,
            found=Decimal(0),
            tolerance=Decimal(0),
            measure="amount",
            other=figure,
        )


CHECKS: Checks = {
    "disclosure-empty-explained": empty_explained,
    "disclosure-empty-true": empty_true,
    "disclosure-not-arranged": not_arranged,
}
