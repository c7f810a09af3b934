"""Digits that were recognised in a picture, and another digit that would mend their sums.

It is a proposal, and nobody is accused of it: the page decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from budgetkit.checks.case import Case
from budgetkit.checks.finding import Checks, Finding, about_figure, found_or_none
from budgetkit.checks.printed import SKIPPED, printed_figure


def recognised_digit(case: Case) -> Sequence[Finding]:
    """Name the figures of which one other digit would mend all their sums."""
    found = [
        about_figure(
            printed_figure(row),
            SKIPPED,
            "recognised-digit",
            {"printed": row["printed"], "proposed": row["proposed"]},
        )
        for row in case.rows["facts"]
        if row.get("proposed")
    ]
    return found_or_none(case, found, "recognised-digit")


CHECKS: Checks = {"recognised-digit": recognised_digit}
