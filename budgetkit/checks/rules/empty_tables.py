"""Empty tables: whether each says why, and whether what is called empty or not arranged is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetkit.amounts import squeeze
from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, about_sentence, about_table
from budgetkit.checks.meaning import meant_figures
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.prose_findings import not_parsed, with_heading
from budgetkit.checks.rules.disclosure import FORMS
from budgetkit.extraction.prose.wordings import folded

_EMPTY = re.compile(
    r"空表|没有|未安排|未使用|不涉及|无(?!法)|为零|不存在|(?<![\d.,])0(?:\.0+)?(?:万|亿)?元"
    r"|为0(?:\.0+)?(?![\d.,万亿])"
)
_TOLD = re.compile("应当?(?:公开|列示)?(?:为)?空表|空表并说明")
_NONE = "(?:没有(?:使用|安排)?|未安排|无|不涉及|未使用|不存在)"
_YEAR = re.compile(r"(20\d\d)年")
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
        if not table or row["n_facts"] or table in FORMS or not _is_bare(case, row):
            continue
        word = _ZH.get(table)
        explained = bool(row["note"]) or (
            word is not None
            and any(
                word in with_heading(paragraph) and _EMPTY.search(paragraph["text"])
                for paragraph in case.rows["paragraphs"]
            )
        )
        # A table that was not understood may be the contents, which say which tables are empty.
        if not explained and (word is None or not all(t["table"] for t in case.rows["tables"])):
            continue
        status = PASS if explained else FAIL
        yield about_table(
            case, row, status, "disclosure-empty-explained", {"title": str(row["title"])}
        )


def _is_bare(case: Case, row: Row) -> bool:
    """Whether nothing that looks like an amount stands on the pages of a table."""
    pages = {int(page) for page in str(row.get("pages") or "").split()}
    return row["table"] not in case.unread and not any(
        page["n_amounts"]
        for page in case.rows["pages"]
        if page["document"] == row["document"] and page["page"] in pages
    )


def empty_true(case: Case) -> Iterator[Finding]:
    """Find tables that print money above a note that says they are empty."""
    for row in case.rows["tables"]:
        # A template's note tells everybody what to do where the table is empty (应公开空表).
        if "空表" not in (row["note"] or "") or _TOLD.search(row["note"]):
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
        if figure.amount and not _says_none_at_all(case, row):
            yield not_parsed(row)
            continue
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


def _says_none_at_all(case: Case, row: Row) -> bool:
    """Whether a sentence says that there is none of an item this year, and no more than that.

    本部门无 2024 年结转的政府采购支出 speaks of a part, 一般公共预算未安排购置车辆 of vehicles.
    """
    text = folded(row["text"])
    year = case.key.year if case.key else 0
    of_other_year = any(int(found) != year for found in _YEAR.findall(text))
    core = re.escape(squeeze(row["item"]))
    before = rf"{_NONE}[^，。；]{{0,14}}?{core}[^，。；]{{0,10}}$"
    after = rf"{core}[^，。；]{{0,8}}?(?:为零|{_NONE})(?:安排)?(?:预算|支出|收支)*$"
    clauses = re.split("[，。；]", squeeze(text))
    said = any(re.search(before, one) or re.search(after, one) for one in clauses)
    return said and not of_other_year and "结转" not in text


CHECKS: Checks = {
    "disclosure-empty-explained": empty_explained,
    "disclosure-empty-true": empty_true,
    "disclosure-not-arranged": not_arranged,
}
