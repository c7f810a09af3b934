"""A department against its unit: what a department prints contains what its unit prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetkit.checks.addresses import column
from budgetkit.checks.case import Case
from budgetkit.checks.comparisons import compared
from budgetkit.checks.finding import Checks, Finding, skipped
from budgetkit.checks.messages import phrase
from budgetkit.checks.names import describe
from budgetkit.checks.printed import FAIL, compare_sides

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


def unit_within_department(case: Case) -> Sequence[Finding]:
    """Compare every figure of a unit with the same figure of its department."""
    found = [finding for unit in case.units for finding in _unit_findings(case, unit)]
    return found or [skipped(case, "skipped-no-unit")]


def _unit_findings(case: Case, unit: Case) -> Iterator[Finding]:
    for table, section in unit.measures:
        if table not in CONSOLIDATED:
            continue
        for measure in sorted(unit.measures[table, section]):
            if measure.startswith("previous_"):
                continue
            whole = column(case, table, section, measure)
            for code, parts in column(unit, table, section, measure).items():
                if len(parts) != 1 or len(whole.get(code, ())) != 1 or not code:
                    continue
                part, limit = parts[0], whole[code][0]
                comparison = compare_sides([part], [limit], limit=True)
                if comparison.status == FAIL and (part.amount < 0 or table in case.unread):
                    continue
                wording = phrase("figure-of-unit", figure=describe(part))
                of_department = phrase("same-of-department")
                yield compared(comparison, part, limit, wording, of_department, limit=True)


CHECKS: Checks = {"unit-within-department": unit_within_department}
