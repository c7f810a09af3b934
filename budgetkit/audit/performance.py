"""Performance targets against the money: budgets, costs and weights of the target forms.

A project's form and its rows in the project and carry-over tables are joined by the key that
:func:`budgetkit.prose.mentions.unite` gave them.  Money that no table splits by project (unit
funds of the year) is not held against anybody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from budgetkit.amounts import UNITS, parse_number
from budgetkit.audit.case import Case, Row
from budgetkit.audit.catalogue import Finding, check, compared, plain
from budgetkit.audit.figures import (
    FAIL,
    PASS,
    ROUNDING,
    Comparison,
    Figure,
    compare_same,
    compare_sum,
)
from budgetkit.audit.prose import amounts_in, kept, told, verdict
from budgetkit.prose.wordings import folded

_RULE = "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）"
#: A form may leave 10 points to the rate of execution.
_WEIGHTS = (Decimal(100), Decimal(90), Decimal(1), Decimal("0.9"))
_FORM = "performance_project"
_CLASSES = re.compile(
    r"(工资福利支出|商品(?:和|与)服务支出|对个人和家庭的?补助(?:支出)?|债务利息及费用支出|资本性支出"
    r"(?:（[^（）]*）)?|对企业补助(?:（[^（）]*）)?|对社会保障基金补助|其他支出)$"
)
_TOTAL = re.compile(r"(?:总预算|合计|共计|总计|总额|总金额|预算总额)(?:为|共|约)?$")


class Project(NamedTuple):
    """The figures of one project, by the table that prints them and by measure."""

    key: str
    tables: dict[str, dict[str, list[Figure]]]

    def all(self, table: str, measure: str) -> list[Figure]:
        """Figures of a table and measure."""
        return self.tables.get(table, {}).get(measure, [])


def projects_of(case: Case) -> dict[str, Project]:
    """Lay out the projects of a disclosure by their key."""
    return kept(case, "_projects", _projects)


def _projects(case: Case) -> dict[str, Project]:
    keys = {row["name"]: row["project"] for row in case.rows["projects"]}
    found: dict[str, Project] = {}
    for figure in case.figures:
        name = case.projects_of.get(figure.fact_id)
        if name and figure.table in ("project_expenditure", "carryover", _FORM):
            key = keys.get(name) or name
            project = found.setdefault(key, Project(key, {}))
            by_measure = project.tables.setdefault(figure.table, defaultdict(list))
            by_measure[figure.measure].append(figure)
    return found


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
            f"项目“{project.key}”绩效目标表与支出表、结转表的预算",
            f"the budgets of '{project.key}' in its target form and in the tables",
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
        yield Finding(
            PASS if has else FAIL,
            f"项目“{project.key}”{plain(figure.amount)}万元"
            + ("有绩效目标表" if has else "没有绩效目标表"),
            f"the project '{project.key}', {plain(figure.amount)} (万元), has "
            + ("a target form" if has else "no target form"),
            figure.amount,
            None if not has else figure.amount,
            None,
            figure.table,
            figure.code or project.key,
            "total",
            figure.fact_id,
            place=figure.place,
            document=figure.document,
            sure=figure.sure,
        )


@check(
    "performance-parts",
    "performance",
    "绩效目标表的预算应等于财政资金与其他资金之和",
    "The budget of a form is its treasury money and its other money",
    source="arithmetic",
    needs="performance_project",
)
def parts(case: Case) -> Iterator[Finding]:
    """Add up the sources of each form."""
    for project in projects_of(case).values():
        total, fiscal, other = (project.all(_FORM, m) for m in ("total", "fiscal", "other"))
        if len(total) == len(fiscal) == len(other) == 1:
            yield compared(
                compare_sum(total[0], [fiscal[0], other[0]]),
                total[0],
                fiscal[0],
                f"项目“{project.key}”绩效目标表的预算与资金来源之和",
                f"the budget of '{project.key}' and the sum of its sources",
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
            "整体绩效目标表的上级安排与收支总表的转移支付",
            "money from above in the overall form and transfers in the summary",
        )
    sources = [form[m] for m in ("general_own", "general_transfer", "other") if m in form]
    total = form.get("total") or next(iter(summary.get("total", ())), None)
    if total is not None and len(sources) > 1:
        yield compared(
            compare_sum(total, sources),
            total,
            sources[0],
            "整体绩效目标表的资金来源之和与预算总额",
            "the sources of the overall form and the whole budget",
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


@check(
    "project-said-amount",
    "narrative",
    "文字说明的项目预算应与项目支出表、结转表一致",
    "A project of the prose has the amount that its table prints",
    source="财政部《地方预决算公开操作规程》（财预〔2016〕143号）",
    needs="projects",
)
def said_amounts(case: Case) -> Iterator[Finding]:
    """Compare the sizes of the projects that the prose describes."""
    for row in _described(case):
        project = projects_of(case).get(row["project"])
        table = "carryover" if row["funding"] == "carryover" else "project_expenditure"
        parts = project.all(table, "total") if project else []
        if not parts or row["amount"] is None:
            continue
        amount = Decimal(str(row["amount"]))
        total = sum((part.amount for part in parts), Decimal(0))
        gap = abs(total - amount)
        digits = -int(amount.normalize().as_tuple().exponent)
        cut = digits < 2 and gap <= Decimal(1).scaleb(-max(digits, 0)) / 2
        status = PASS if gap == 0 else ROUNDING if cut else FAIL
        zh, en = verdict(status)
        yield told(
            status,
            f"文字说明中项目“{row['project']}”{plain(amount)}万元与表格列示{plain(total)}万元{zh}",
            f"the project '{row['project']}' has {plain(amount)} in the prose; this {en} with "
            f"{plain(total)} in its table (万元)",
            _placed(case, row),
            expected=total,
            found=amount,
            tolerance=Decimal(0),
            code=row["project"],
            measure="amount",
            other=parts[0],
        )


def _described(case: Case) -> list[Row]:
    return [row for row in case.rows["projects"] if row["where"] == "narrative"]


def _placed(case: Case, row: Row) -> Row:
    """Give a project's row the place of the paragraph that names it."""
    pages = {int(page) for page in (row["pages"] or "").split()}
    names = (row["name"], row["project"])
    for paragraph in case.rows["paragraphs"]:
        if paragraph["page"] in pages and any(n and n in paragraph["text"] for n in names):
            return {**paragraph, "item": row["project"], "document": row["document"]}
    return {"page": None, "document": row["document"], "item": row["project"]}


@check(
    "project-known",
    "narrative",
    "文字说明的项目与项目支出表应逐一对应",
    "The projects of the prose and those of the project table are the same",
    source="财政部《地方预决算公开操作规程》（财预〔2016〕143号）",
    needs="project_expenditure projects",
)
def projects_known(case: Case) -> Iterator[Finding]:
    """Find projects of the prose that no table has, and the reverse."""
    said = [row for row in _described(case) if row["funding"] == "general"]
    if not said:
        return
    known = projects_of(case)
    tabled = {key for key, project in known.items() if project.all("project_expenditure", "total")}
    for row in said:
        missing = row["project"] not in tabled and row["project"] not in known
        yield told(
            FAIL if missing and tabled else PASS,
            f"文字说明中的项目“{row['project']}”在项目支出表中" + ("没有" if missing else "有"),
            f"the project '{row['project']}' of the prose is "
            + ("not " if missing else "")
            + "in the project table",
            _placed(case, row),
            code=row["project"],
            measure="project",
        )
    named = {row["project"] for row in said}
    for key in sorted(tabled - named):
        figure = known[key].all("project_expenditure", "total")[0]
        if not figure.amount:
            continue
        yield Finding(
            FAIL,
            f"项目支出表中的项目“{key}”{plain(figure.amount)}万元在文字说明中没有说明",
            f"the project '{key}', {plain(figure.amount)} (万元), is not described in the prose",
            figure.amount,
            None,
            None,
            figure.table,
            figure.code,
            "total",
            figure.fact_id,
            place=figure.place,
            document=figure.document,
            sure=figure.sure,
        )


@check(
    "project-allocation",
    "narrative",
    "项目资金分配的各项之和应等于项目预算",
    "The allocation of a project adds up to its budget",
    source="arithmetic",
    needs="projects",
)
def allocations(case: Case) -> Iterator[Finding]:
    """Add up the economic classes, or the closed list, that a project is split into."""
    for row in _described(case):
        parts_ = _split(row["allocation"] or "")
        if not parts_ or row["amount"] is None:
            continue
        amount = Decimal(str(row["amount"]))
        total, half = sum((p for p, _ in parts_), Decimal(0)), max(h for _, h in parts_)
        gap = abs(total - amount)
        tolerance = (len(parts_) + 1) * half if len(parts_) > 1 else Decimal(0)
        status = PASS if gap == 0 else ROUNDING if gap <= tolerance else FAIL
        zh, en = verdict(status)
        yield told(
            status,
            f"项目“{row['project']}”资金分配合计{plain(total)}万元与预算{plain(amount)}万元{zh}",
            f"the allocation of '{row['project']}' adds up to {plain(total)}; this {en} with its "
            f"budget {plain(amount)} (万元)",
            _placed(case, row),
            expected=amount,
            found=total,
            tolerance=tolerance,
            code=row["project"],
            measure="allocation",
        )


def _split(text: str) -> list[tuple[Decimal, Decimal]]:
    """The parts that a project is split into; empty where the list is not sure to be whole.

    Examples
    --------
    >>> [str(amount) for amount, _ in _split("商品和服务支出14万元，资本性支出2.5万元。用于5元。")]
    ['14', '2.5']
    >>> [str(a) for a, _ in _split("项目总预算30万元，其中甲10万元，乙20万元，合计30万元。")]
    ['10', '20']
    >>> _split("第一季度用款计划15万元，第二季度15万元")
    []
    """
    sentence = folded(text).partition("。")[0]
    at, parts_, whole, classes = 0, [], 0, 0
    for said in amounts_in(sentence):
        label = re.split("[，、；：,;]", sentence[at : said.start])[-1]
        at = said.end
        if _TOTAL.search(label):
            whole += 1
            continue
        classes += bool(_CLASSES.search(label))
        parts_.append((said.amount, said.half))
    closed = whole > 1 and len(parts_) > 1
    return parts_ if parts_ and (classes == len(parts_) or closed) else []
