"""Performance targets against the money: budgets, costs and weights of the target forms.

A project's form and its rows in the project and carry-over tables are joined by the key of
:func:`budgetkit.extraction.prose.project_keys.unite`.  Money that no table splits by project
(unit funds of the year) is not compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from budgetkit.amounts import UNITS, parse_number
from budgetkit.checks.case import Case, Row
from budgetkit.checks.catalogue import Finding, about, check, compared, plain
from budgetkit.checks.names import Said
from budgetkit.checks.printed import (
    FAIL,
    PASS,
    Comparison,
    Figure,
    compare_same,
    compare_sum,
)
from budgetkit.checks.quoted import told
from budgetkit.checks.rules.projects import Project, projects_of

_RULE = "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）"
#: A form may leave 10 points to the rate of execution.
_WEIGHTS = (Decimal(100), Decimal(90), Decimal(1), Decimal("0.9"))
_FORM = "performance_project"


def _against(figure: Figure, parts: Sequence[Figure]) -> Comparison:
    return compare_same(parts[0], figure) if len(parts) == 1 else compare_sum(figure, parts)


@check(
    "performance-budget",
    "performance",
    "项目绩效目标表的预算应与项目支出表、上年结转表一致",
    "The budget of a target form is the one of the project and carry-over tables",
    source=_RULE,
    needs="performance_project",
)
def budgets(case: Case) -> Iterator[Finding]:
    """Compare each form's money with the tables that print the project."""
    for project in projects_of(case).values():
        totals = project.all(_FORM, "total")
        year = project.all("project_expenditure", "total")
        carried = project.all("carryover", "total")
        if len(totals) != 1 or not (year or carried):
            continue
        other = [figure for figure in project.all(_FORM, "other") if figure.amount]
        figure, parts = totals[0], [*year, *carried]
        if other:
            # The tables print the money of the treasury alone, and what was carried over.
            fiscal = project.all(_FORM, "fiscal")
            parts = [*year, *project.all("carryover", "fiscal_subtotal")]
            if len(fiscal) != 1 or not parts:
                continue
            figure = fiscal[0]
        nearest = min(parts, key=lambda part: abs(part.amount - figure.amount))
        yield compared(
            _against(figure, parts),
            figure,
            nearest,
            Said(f"项目“{project.key}”绩效目标表", f"the target form of '{project.key}'"),
            Said("支出表、结转表的预算", "its budget in the tables"),
        )


@check(
    "performance-form-present",
    "performance",
    "有预算的项目（含上年结转项目）应有绩效目标表",
    "Every project with money, carried over or not, has a target form",
    source="《预算法》第三十二条；《中共中央 国务院关于全面实施预算绩效管理的意见》",
    needs="performance_project",
)
def forms_present(case: Case) -> Iterator[Finding]:
    """Find projects of the tables without a form, where most of the others have one."""
    money: list[tuple[Project, Figure]] = []
    for project in projects_of(case).values():
        rows = [*project.all("project_expenditure", "total"), *project.all("carryover", "total")]
        money += [(project, figure) for figure in rows if figure.amount][:1]
    if 2 * sum(_FORM in project.tables for project, _ in money) < len(money):
        return  # the document shows forms of a few projects alone
    for project, figure in money:
        has = _FORM in project.tables
        yield about(
            figure,
            PASS if has else FAIL,
            f"项目“{project.key}”{plain(figure.amount)}万元"
            + ("有绩效目标表" if has else "没有绩效目标表"),
            f"the project '{project.key}', {plain(figure.amount)} (万元), has "
            + ("a target form" if has else "no target form"),
            found=figure.amount if has else None,
            code=figure.code or project.key,
            measure="total",
        )


@check(
    "performance-overall",
    "performance",
    "整体绩效目标表的资金应与收支总表的来源一致",
    "The money of the overall form is that of the summary",
    source=_RULE,
    needs="performance_overall summary",
)
def overall(case: Case) -> Iterator[Finding]:
    """Compare transfers and the total of the overall form with the summary."""
    form = {f.measure: f for f in case.figures if f.table == "performance_overall"}
    summary = case.by_place.get(("summary", "revenue", "amount"), {})
    transfer, printed = form.get("general_transfer"), summary.get("general_transfer", ())
    if transfer is not None and len(printed) == 1:
        comparison = compare_same(printed[0], transfer)
        yield compared(
            comparison,
            transfer,
            printed[0],
            Said("整体绩效目标表的上级安排", "money from above in the overall form"),
            Said("收支总表的转移支付", "transfers in the summary"),
        )
    sources = [form[m] for m in ("general_own", "general_transfer", "other") if m in form]
    total = form.get("total") or next(iter(summary.get("total", ())), None)
    if total is not None and len(sources) > 1:
        yield compared(
            compare_sum(total, sources),
            total,
            sources[0],
            Said("预算总额", "the whole budget"),
            Said("整体绩效目标表的资金来源之和", "the sources of the overall form"),
        )


def _forms(case: Case) -> dict[tuple[str, str], list[Row]]:
    """Indicators by the form that they stand in."""
    forms: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in case.rows["indicators"]:
        forms[row["document"], row["project"] or ""].append(row)
    return forms


@check(
    "performance-cost",
    "performance",
    "成本指标不应超过项目预算",
    "The cost targets of a form stay within its budget",
    source=_RULE,
    needs="indicators",
)
def costs(case: Case) -> Iterator[Finding]:
    """Add up the cost targets in money and hold them against the budget."""
    for (_, project), rows in _forms(case).items():
        budget = rows[0]["budget"]
        found = [(row, cost) for row in rows if (cost := _cost(row)) is not None]
        if not budget or not project or not found:
            continue
        whole = Decimal(str(budget))
        single = [pair for pair in found if pair[1] != whole]
        total = sum((cost for _, cost in single), Decimal(0))
        row, cost = max(found, key=lambda pair: pair[1])
        if cost <= whole:
            cost = max(total, cost)
        over = cost > whole
        yield told(
            FAIL if over else PASS,
            f"项目“{project}”成本指标合计{plain(cost)}万元{'超过' if over else '不超过'}"
            f"项目预算{plain(whole)}万元",
            f"the cost targets of '{project}' add up to {plain(cost)}, the budget is "
            f"{plain(whole)} (万元)",
            row,
            expected=whole,
            found=cost,
            tolerance=Decimal(0),
            table="indicators",
            code=project,
            measure="target",
        )


def _cost(row: Row) -> Decimal | None:
    """A cost target in money, 万元; None for a price a head or a piece, and for all else."""
    levels = f"{row['level1'] or ''}{row['level2'] or ''}"
    unit = (row["unit"] or "").strip()
    if "成本" not in levels or unit not in UNITS or re.search("社会成本|生态", levels):
        return None
    name = row["level3"] or ""
    if re.search(r"标准|单价|人均|每|均|次$|/", name):
        return None
    number = parse_number(row["target"] or "")
    return number * UNITS[unit] if number is not None else None


@check(
    "performance-weights",
    "performance",
    "指标权重之和应为100（不含预算执行率的为90）",
    "Weights add up to 100, or to 90 beside the rate of execution",
    source=_RULE,
    needs="indicators",
)
def weights(case: Case) -> Iterator[Finding]:
    """Add up the weights of each form."""
    for (_, project), rows in _forms(case).items():
        numbers = [_weight(row["weight"]) for row in rows]
        known = [number for number in numbers if number is not None]
        if not known or len(known) < len(numbers):
            continue
        total = sum(known, Decimal(0))
        status = PASS if total in _WEIGHTS else FAIL
        name = project or "整体"
        yield told(
            status,
            f"“{name}”绩效指标权重合计{total:f}" + ("，应为100或90" if status == FAIL else ""),
            f"the weights of '{name}' add up to {total:f}"
            + (", not to 100 or 90" if status == FAIL else ""),
            rows[0],
            expected=Decimal(100) if total > 90 else Decimal(90),
            found=total,
            tolerance=Decimal(0),
            table="indicators",
            code=name,
            measure="weight",
        )


def _weight(text: str | None) -> Decimal | None:
    try:
        return Decimal((text or "").strip().rstrip("分%％"))
    except InvalidOperation:
        return None
