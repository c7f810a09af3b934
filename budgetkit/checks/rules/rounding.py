"""Whether a document rounds its amounts, or cuts them off: said once a document."""

from __future__ import annotations

from collections.abc import Iterator

from budgetkit.checks.case import Case
from budgetkit.checks.finding import (
    Checks,
    Finding,
    Words,
    about_disclosure,
    about_figure,
    skipped,
)
from budgetkit.checks.printed import PASS, ROUNDING
from budgetkit.checks.sum_findings import cut_off


def rounded_not_cut(case: Case) -> Iterator[Finding]:
    """Report once that a document cuts its amounts off."""
    sums, missing, largest, figure = case.kept(cut_off)
    if not sums:
        yield skipped(case, "skipped-no-classes")
    elif figure is None:
        yield about_disclosure(case, PASS, "rounded-not-cut", {"sums": sums})
    else:
        words: Words = {"sums": sums, "missing": missing, "largest": largest}
        finding = about_figure(figure, ROUNDING, "rounded-not-cut", words)
        yield finding._replace(expected=None, sure=True)


CHECKS: Checks = {"rounded-not-cut": rounded_not_cut}
