"""The finding of a sum, and whether a document cuts its amounts off instead of rounding them.

Where one cuts them off, every sum may miss by up to one last digit a part, always to the same
side: that is no error of the sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from budgetkit.checks.case import Case
from budgetkit.checks.comparisons import compared
from budgetkit.checks.finding import Finding
from budgetkit.checks.names import Wording, describe
from budgetkit.checks.printed import FAIL, PASS, Comparison, PrintedFigure
from budgetkit.checks.trees import tree_sums

#: The number of different sums that must miss, all to one side, before a document is taken to
#: cut digits off.
ENOUGH = 6
#: And this much of what cutting off would take away, on average, must be missing.
SHARE = Decimal("0.25")


class CutOff(NamedTuple):
    """Signs that a document cuts amounts off.

    Attributes
    ----------
    sums, missing : int
        Different sums of the document, and those of them that miss.
    largest : Decimal
        The most that one of them misses by (万元).
    figure : PrintedFigure or None
        The total of that sum; None where the document rounds.
    """

    sums: int
    missing: int
    largest: Decimal
    figure: PrintedFigure | None


def cut_off(case: Case) -> CutOff:
    """Find out whether a document cuts its amounts off instead of rounding them."""
    seen: dict[tuple[str, Decimal], tuple[PrintedFigure, Decimal, Decimal]] = {}
    for total in (total for sums in case.kept(tree_sums).values() for total in sums):
        parts, whole = total.parts, total.whole
        if len(parts) > 1 and whole.unit == "万元" and total.level in ("class", "subclass"):
            lost = total.comparison.difference
            digit = 2 * max(figure.half for figure in (whole, *parts))
            seen.setdefault((whole.code, whole.amount), (whole, lost, digit * (len(parts) - 1)))
    missed = [(whole, lost) for whole, lost, _ in seen.values() if lost]
    within = all(0 <= lost <= room for _, lost, room in seen.values())
    room = sum((room for _, _, room in seen.values()), Decimal(0))
    lost = sum((lost for _, lost in missed), Decimal(0))
    if not (within and len(missed) >= ENOUGH and lost >= SHARE * room):
        return CutOff(len(seen), len(missed), Decimal(0), None)
    figure, largest = max(missed, key=lambda pair: pair[1])
    return CutOff(len(seen), len(missed), largest, figure)


def _is_cut(
    case: Case, whole: PrintedFigure, parts: Sequence[PrintedFigure], comparison: Comparison
) -> bool:
    if comparison.status == PASS or whole.unit != "万元" or not case.kept(cut_off).figure:
        return False
    digit = 2 * max(figure.half for figure in (whole, *parts))
    return 0 < comparison.difference <= digit * len(parts)


def sum_finding(
    case: Case,
    whole: PrintedFigure,
    parts: Sequence[PrintedFigure],
    comparison: Comparison,
    wording: Wording,
    limit: bool = False,
) -> Finding:
    """Make the finding of a sum.

    Parameters
    ----------
    case
        The disclosure.
    whole, parts
        Printed total and printed parts.
    comparison
        Of the whole with the sum of its parts.
    wording
        What the message calls the sum of the parts.
    limit
        Whether the list of parts may be incomplete, so that a smaller sum passes.

    Returns
    -------
    Finding
        Placed on the total; on the first part where the total is a limit.
    """
    sure = all(part.sure for part in parts)
    facts = (whole.fact_id, *[part.fact_id for part in parts])
    if limit:
        status = comparison.status if comparison.expected > comparison.found else PASS
        turned = Comparison(status, comparison.found, comparison.expected, comparison.tolerance)
        return compared(
            turned, parts[0], whole, wording, describe(whole), sure=sure, limit=True, facts=facts
        )
    cut = _is_cut(case, whole, parts, comparison)
    if cut:
        comparison = comparison._replace(status=PASS)
    nearest = _nearest(parts, comparison)
    return compared(
        comparison, whole, nearest, describe(whole), wording, sure=sure, cut_off=cut, facts=facts
    )


def _nearest(parts: Sequence[PrintedFigure], comparison: Comparison) -> PrintedFigure:
    """The part that may explain the gap: the one of its size, else the largest."""
    if comparison.status == FAIL:
        gap = abs(comparison.difference)
        for part in parts:
            if abs(abs(part.amount) - gap) <= part.half:
                return part
    return max(parts, key=lambda part: abs(part.amount))
