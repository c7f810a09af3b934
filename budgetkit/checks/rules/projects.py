"""The projects of the prose against the project and carry-over tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, about_figure, about_sentence
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, PrintedFigure, compare_sum
from budgetkit.checks.quoted import QuotedAmount, closest_figure, quoted_amounts
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
    tables: dict[str, dict[str, list[PrintedFigure]]]

    def all(self, table: str, measure: str) -> list[PrintedFigure]:
        """Return the figures of a project.

        Parameters
        ----------
        table, measure
            As in ``facts``.

        Returns
        -------
        list of PrintedFigure
        """
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


def project_amounts(case: Case) -> Iterator[Finding]:
    """Compare the amounts of the projects that the prose describes with the tables."""
    for row in _described(case):
        project = projects_of(case).get(row["project"])
        table = "carryover" if row["funding"] == "carryover" else "project_expenditure"
        parts = project.all(table, "total") if project else []
        if not parts or row["amount"] is None:
            continue
        amount = _said(row["amount"])
        total = sum((part.amount for part in parts), Decimal(0))
        status, _ = closest_figure(amount, [parts[0]._replace(amount=total)])
        yield about_sentence(
            _paragraph(case, row),
            status,
            "project-said-amount",
            expected=total,
            found=amount.amount,
            tolerance=Decimal(0),
            code=row["project"],
            measure="amount",
            other=parts[0],
        )


def _said(amount: float) -> QuotedAmount:
    """An amount of ``projects`` (万元), as exact as its digits."""
    number = Decimal(str(amount)).normalize()
    digits = max(-int(number.as_tuple().exponent), 0)
    return QuotedAmount(number, Decimal(1).scaleb(-digits) / 2)


def _described(case: Case) -> list[Row]:
    return [row for row in case.rows["projects"] if row["where"] == "narrative"]


def _paragraph(case: Case, row: Row) -> Row:
    """The paragraph that names a project; without a place where none does."""
    pages = {int(page) for page in (row["pages"] or "").split()}
    names = (row["name"], row["project"])
    for paragraph in case.rows["paragraphs"]:
        if paragraph["page"] in pages and any(n and n in paragraph["text"] for n in names):
            return {**paragraph, "item": row["project"], "document": row["document"]}
    return {"page": None, "document": row["document"], "item": row["project"]}


def projects_known(case: Case) -> Iterator[Finding]:
    """Find projects of the prose that no table has, and the reverse."""
    described = [row for row in _described(case) if row["funding"] == "general"]
    if not described:
        return
    known = projects_of(case)
    tabled = {key for key, project in known.items() if project.all("project_expenditure", "total")}
    for row in described:
        missing = row["project"] not in tabled and row["project"] not in known
        yield about_sentence(
            _paragraph(case, row),
            FAIL if missing and tabled else PASS,
            "project-unknown" if missing else "project-known",
            code=row["project"],
            measure="project",
        )
    for key in sorted(tabled - {row["project"] for row in described}):
        figure = known[key].all("project_expenditure", "total")[0]
        if figure.amount:
            yield about_figure(
                figure, FAIL, "project-not-described", {"project": key}, measure="total"
            )


def allocations(case: Case) -> Iterator[Finding]:
    """Add up the economic classes, or the closed list, that a project is split into."""
    for row in _described(case):
        parts = _split(row["allocation"] or "")
        if not parts or row["amount"] is None:
            continue
        whole = QuotedAmount(Decimal(str(row["amount"])), Decimal(0))
        status, total, amount, tolerance = compare_sum(whole, parts)
        if len(parts) == 1 and status == ROUNDING:  # one amount twice has no tolerance
            status, tolerance = FAIL, Decimal(0)
        yield about_sentence(
            _paragraph(case, row),
            status,
            "project-allocation",
            expected=amount,
            found=total,
            tolerance=tolerance,
            code=row["project"],
            measure="allocation",
        )


def _split(text: str) -> list[QuotedAmount]:
    """The parts that a project is split into; empty where the list is not sure to be whole.

    Examples
    --------
    >>> [str(one.amount) for one in _split("商品和服务支出14万元，资本性支出2.5万元。用于5元。")]
    ['14', '2.5']
    >>> [str(one.amount) for one in _split("总预算30万元，其中甲10万元，乙20万元，合计30万元。")]
    ['10', '20']
    >>> _split("第一季度用款计划15万元，第二季度15万元")
    []
    """
    sentence = folded(text).partition("。")[0]
    at, parts, whole, classes = 0, [], 0, 0
    for quoted in quoted_amounts(sentence):
        label = re.split("[，、；：,;]", sentence[at : quoted.start])[-1]
        at = quoted.end
        if _TOTAL.search(label):
            whole += 1
            continue
        classes += bool(_CLASSES.search(label))
        parts.append(quoted)
    closed = whole > 1 and len(parts) > 1
    return parts if parts and (classes == len(parts) or closed) else []


CHECKS: Checks = {
    "project-said-amount": project_amounts,
    "project-known": projects_known,
    "project-allocation": allocations,
}
