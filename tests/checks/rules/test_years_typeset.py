"""Two years of one bureau, typeset: clean, and with one figure that is another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from budgetkit.checks.audit.catalogue import Check, run_checks
from budgetkit.checks.audit.causes import judge
from budgetkit.checks.finding import Finding
from tests.helpers.cases import OF_AMOUNTS, cases_in
from tests.helpers.years import FUNCTIONS, Years, typeset_years


def failures(folder: Path, years: Years) -> tuple[list[tuple[Check, Finding]], int, bool]:
    """What fails of amounts, of how many causes, and whether any of it is certain."""
    cases = cases_in(*typeset_years(folder, years))
    rows = [
        ((0, "云汀市水务局"), check, finding)
        for case in cases
        for check, finding in run_checks(case)
        if check.kind in OF_AMOUNTS
    ]
    verdicts = judge(rows)
    causes = {verdict.cause for verdict in verdicts.values()}
    found = [(rows[at][1], rows[at][2]) for at in verdicts]
    return found, len(causes), any(verdict.certain for verdict in verdicts.values())


def test_clean_years_have_no_finding(tmp_path: Path) -> None:
    assert failures(tmp_path, Years()) == ([], 0, False)


def _previous(code: str, amount: str) -> Sequence[tuple[str, str, str, str]]:
    return tuple(
        (row[0], row[1], amount if row[0] == code else row[2], row[3]) for row in FUNCTIONS
    )


@pytest.mark.parametrize(
    ("years", "check", "printed"),
    [
        (Years(functions=_previous("2130305", "330.00")), "year-before-table", "330.00"),
        (Years(said_before="602.00"), "year-before-said", "602.00"),
        (Years(carried=("35.20", "32.50")), "carryover-year-before", "32.50"),
        (Years(first_budget="615.50"), "account-budget-said", "615.50"),
    ],
)
def test_a_figure_of_another_disclosure_that_differs_is_one_finding(
    tmp_path: Path, years: Years, check: str, printed: str
) -> None:
    found, causes, _ = failures(tmp_path, years)
    assert causes == 1
    assert check in {one.id for one, _ in found}
    assert all(printed in str(finding.quotes) or one.id != check for one, finding in found)


def test_a_project_that_vanished_is_one_finding_to_look_at(tmp_path: Path) -> None:
    found, causes, certain = failures(tmp_path, replace(Years(), projects=("档案整理项目",)))
    assert [(check.id, causes, certain) for check, _ in found] == [("project-vanished", 1, False)]
