"""Empty tables: whether each says why, and whether what is called empty or not arranged is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetkit.checks.case import Case
from budgetkit.checks.catalogue import Finding, check, plain
from budgetkit.checks.findings import GUIDE, in_table, with_heading
from budgetkit.checks.meaning import figures_of
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.quoted import told
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


@check(
    "disclosure-empty-explained",
    "disclosure",
    "空表应列出并说明",
    "An empty table says why it is empty",
    source=GUIDE,
    needs="tables",
)
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
                word in with_heading(said) and _EMPTY.search(said["text"])
                for said in case.rows["paragraphs"]
            )
        )
        if word is None and not explained:
            continue
        yield in_table(
            case,
            row,
            PASS if explained else FAIL,
            f"空表“{row['title']}”{'有' if explained else '没有'}说明",
            f"the empty table {table} is {'explained' if explained else 'not explained'}",
        )


@check(
    "disclosure-empty-true",
    "disclosure",
    "注明为空表的报表不应有数据",
    "A table that is said to be empty prints no amount",
    source=GUIDE,
    needs="tables",
)
def empty_true(case: Case) -> Iterator[Finding]:
    """Find tables that print money above a note that says they are empty."""
    for row in case.rows["tables"]:
        if "空表" not in (row["note"] or ""):
            continue
        money = [f for f in case.figures if f.table == row["table"] and f.amount]
        zh = f"{row['title']}注明为空表" + (
            f"，表中却列示{plain(money[0].amount)}万元" if money else ""
        )
        en = f"the note of {row['table']} calls it empty" + (
            f", and it prints {plain(money[0].amount)} (万元)" if money else ""
        )
        finding = in_table(case, row, FAIL if money else PASS, zh, en)
        yield finding


@check(
    "disclosure-not-arranged",
    "narrative",
    "文字说明未安排的，表格中不应有金额",
    "What the prose says is not arranged has no money in the tables",
    source=GUIDE,
    needs="narrative facts",
)
def not_arranged(case: Case) -> Iterator[Finding]:
    """Find money behind 未安排."""
    for row in case.rows["narrative"]:
        if row["kind"] != "not_arranged":
            continue
        figures = figures_of(case, row)
        money = [figure for figure in figures if figure.amount]
        if not figures:
            continue
        figure = (money or figures)[0]
        yield told(
            FAIL if money else PASS,
            f"文字说明“{row['item']}”未安排，表格列示{plain(figure.amount)}万元",
            f"the prose says that '{row['item']}' is not arranged, table {figure.table} prints "
            f"{plain(figure.amount)} (万元)",
            row,
            expected=figure.amount,
            found=Decimal(0),
            tolerance=Decimal(0),
            measure="amount",
            other=figure,
        )
