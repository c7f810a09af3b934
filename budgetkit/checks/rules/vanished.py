"""Projects that were to go on, and of which the next year's disclosure says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, about_disclosure, skipped
from budgetkit.checks.meaning import core_name
from budgetkit.checks.printed import FAIL, PASS, page_box
from budgetkit.checks.rules.years import title_of
from budgetkit.extraction.prose.wordings import folded

#: What the same project is called with in one year and without in the next.
_OF_A_YEAR = re.compile(r"20\d\d年?(?:度)?|[（(【〔][^）)】〕]*[）)】〕]|[-—－].*$|第[一二三四]批")
_KIND = re.compile(r"(?:专项)?(?:项目|经费|资金|工程)+$")
#: A name with fewer characters may be part of any other.
_SHORT = 4


def vanished(case: Case) -> Iterator[Finding]:
    """Find projects whose period reaches this year, and that this year's disclosure lacks."""
    before = case.before
    if before is None:
        return
    going_on = {
        row["project"]: row
        for row in before.rows["projects"]
        if (row["period_end"] or "")[:4].isdigit() and int(row["period_end"][:4]) >= case.year
    }
    if not going_on:
        yield skipped(case, "skipped-no-longer-project")
        return
    names = {_plain(row["name"]) for row in case.rows["projects"]}
    if not names:
        yield skipped(case, "skipped-no-projects")
        return
    text = "".join(_plain(folded(row["text"] or "")) for row in case.rows["paragraphs"])
    for project, row in sorted(going_on.items()):
        plain = _plain(row["name"])
        if len(plain) < _SHORT:
            continue
        is_here = plain in text or any(
            plain in name or name in plain for name in names if len(name) >= _SHORT
        )
        yield _finding(case, before, row, project, is_here)


def _plain(name: str) -> str:
    plain = _OF_A_YEAR.sub("", folded(name)).replace(" ", "")
    return _KIND.sub("", core_name(plain)) or plain


def _finding(case: Case, before: Case, row: Row, project: str, is_here: bool) -> Finding:
    words = {"project": project, "end": row["period_end"], "other": title_of(before)}
    status = PASS if is_here else FAIL
    finding = about_disclosure(case, status, "project-vanished", words, code=project)
    pages = (row["pages"] or "").split()
    place = next(
        (
            page_box(paragraph)
            for paragraph in before.rows["paragraphs"]
            if str(paragraph["page"]) in pages and row["name"] in (paragraph["text"] or "")
        ),
        None,
    )
    figures = (
        figure for figure in before.figures if before.projects_of.get(figure.fact_id) == row["name"]
    )
    figure = next(figures, None)
    return finding._replace(
        table="project_expenditure",
        other_fact_id=figure.fact_id if figure else "",
        other_place=figure.place if figure else place,
        other_document=row["document"],
        expected=figure.amount if figure else None,
    )


CHECKS: Checks = {"project-vanished": vanished}
