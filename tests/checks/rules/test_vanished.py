"""Projects that were to go on, and of which the next year says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from budgetkit.checks.audit.catalogue import run_checks
from budgetkit.checks.finding import Finding
from tests.helpers.cases import case, para


def project(name: str, **fields: Any) -> dict[str, Any]:
    row = {"document": "d", "project": name, "name": name, "code": "", "where": "narrative"}
    row |= {"funding": "general", "amount": 10.0, "basis": "", "allocation": "", "pages": "3"}
    return row | {"period_start": None, "period_end": None} | fields


def judged(end: str | None, now: list[str], text: str = "") -> list[Finding]:
    then = project("2024年河道清淤项目", period_end=end, document="last")
    before = case(year=2024, projects=[then])
    one = case(
        year=2025,
        before=before,
        projects=[project(name) for name in now],
        paragraphs=[para(text)] if text else [],
    )
    return [finding for check, finding in run_checks(one) if check.id == "project-vanished"]


@pytest.mark.parametrize(
    ("end", "now", "text", "statuses"),
    [
        ("2026-12-31", ["2025年档案整理项目"], "", ["fail"]),
        ("2026-12-31", ["2025年河道清淤经费"], "", ["pass"]),
        ("2026-12-31", ["2025年档案整理项目"], "河道清淤项目已于上年完成验收。", ["pass"]),
        ("2024-12-31", ["2025年档案整理项目"], "", ["skipped"]),
        (None, ["2025年档案整理项目"], "", ["skipped"]),
        ("2026-12-31", [], "", ["skipped"]),
        ("2026-12-31", ["2025年档案整理项目"], "因机构改革，上年数按同口径调整。", ["skipped"]),
    ],
)
def test_a_project_that_goes_on_is_listed_or_explained(
    end: str | None, now: list[str], text: str, statuses: list[str]
) -> None:
    assert [finding.status for finding in judged(end, now, text)] == statuses


def test_a_vanished_project_is_named_neutrally() -> None:
    (finding,) = judged("2026-12-31", ["2025年档案整理项目"])
    assert finding.code == "2024年河道清淤项目"
    assert finding.words["end"] == "2026-12-31"
