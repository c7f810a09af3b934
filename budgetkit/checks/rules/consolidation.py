"""A department against its unit: what a department prints contains what its unit prints."""

from __future__ import annotations

from collections.abc import Iterator

from budgetkit.checks.addresses import cells
from budgetkit.checks.case import Case
from budgetkit.checks.catalogue import Finding, check, compared, skipped
from budgetkit.checks.names import Said, described
from budgetkit.checks.printed import FAIL
from budgetkit.checks.rules.identities import compare_places

#: Tables that a department prints consolidated.  Forms and carried-over projects are not.
CONSOLIDATED = frozenset(
    {
        "summary",
        "revenue",
        "expenditure",
        "appropriation_summary",
        "appropriation_expenditure",
        "general_expenditure",
        "basic_expenditure",
        "appropriation_basic",
        "government_fund",
        "state_capital",
        "project_expenditure",
        "three_public",
    }
)


@check(
    "unit-within-department",
    "cross_table",
    "部门数包含所属单位数：单位各科目不超过部门同科目",
    "a department contains its unit: a figure of the unit is at most that of the department",
    needs="units",
)
def unit_within_department(case: Case) -> Iterator[Finding]:
    """Hold every figure of a unit against the same figure of its department."""
    found = False
    for unit in case.units:
        for finding in _within(case, unit):
            found = True
            yield finding
    if not found:
        yield skipped(case, "部门与单位没有共同的数字", "department and unit share no figures")


def _within(case: Case, unit: Case) -> Iterator[Finding]:
    for table, section in unit.measures:
        if table not in CONSOLIDATED:
            continue
        for measure in sorted(unit.measures[table, section]):
            if measure.startswith("previous_"):
                continue
            whole = cells(case, table, section, measure)
            for code, parts in cells(unit, table, section, measure).items():
                if len(parts) != 1 or len(whole.get(code, ())) != 1 or not code:
                    continue
                part, limit = parts[0], whole[code][0]
                comparison = compare_places([part], [limit], most=True)
                if comparison.status == FAIL and (part.amount < 0 or table in case.unread):
                    continue
                said = described(part)
                this = Said(f"所属单位{said.zh}", f"the unit's {said.en}")
                that = Said("部门同项", "the same of the department")
                yield compared(comparison, part, limit, this, that, most=True)
