"""The projects of the prose against the project and carry-over tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budgetkit.checks.case import Case, Row
from budgetkit.checks.catalogue import Finding, about, check, plain
from budgetkit.checks.findings import GUIDE
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, Figure
from budgetkit.checks.quoted import (
    amounts_in,
    told,
    verdict,
)
from budgetkit.extraction.prose.wordings import folded

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
    return case.kept(_projects)


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


@check(
    "project-said-amount",
    "narrative",
    "文字说明的项目预算应与项目支出表、结转表一致",
    "A project of the prose has the amount that its table prints",
    source=GUIDE,
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
    source=GUIDE,
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
        yield about(
            figure,
            FAIL,
            f"项目支出表中的项目“{key}”{plain(figure.amount)}万元在文字说明中没有说明",
            f"the project '{key}', {plain(figure.amount)} (万元), is not described in the prose",
            measure="total",
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
