"""What a sum that misses means: rounding, cutting off, or an error.

Some publishers cut amounts off at two decimals of 万元 instead of rounding them.  Then every sum
may miss by up to one last digit a part, always to the same side; that is said once a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from budgetkit.checks.case import Case
from budgetkit.checks.catalogue import Finding, check, compared, plain, skipped
from budgetkit.checks.names import Said, described
from budgetkit.checks.printed import (
    FAIL,
    PASS,
    ROUNDING,
    Comparison,
    Figure,
)
from budgetkit.checks.trees import tree_sums

#: So many different sums must miss to the same side before cutting off is the explanation.
ENOUGH = 6
#: And this much of what cutting off would take away, on average, must be missing.
SHARE = Decimal("0.25")


class Cut(NamedTuple):
    """Signs of cutting off in a document: sums that miss, and by how much at most (万元)."""

    sums: int
    missing: int
    largest: Decimal
    figure: Figure | None

    @property
    def certain(self) -> bool:
        """Whether amounts were cut off."""
        return self.figure is not None


def cut_off(case: Case) -> Cut:
    """Find out whether a document cuts its amounts off instead of rounding them."""
    seen: dict[tuple[str, Decimal], tuple[Figure, Decimal, Decimal]] = {}
    for added in (added for sums in case.kept(tree_sums).values() for added in sums):
        parts, whole = added.parts, added.whole
        if len(parts) > 1 and whole.unit == "万元" and added.level in ("class", "subclass"):
            lost = added.comparison.difference
            digit = 2 * max(figure.half for figure in (whole, *parts))
            seen.setdefault((whole.code, whole.amount), (whole, lost, digit * (len(parts) - 1)))
    missed = [(whole, lost) for whole, lost, _ in seen.values() if lost]
    within = all(0 <= lost <= room for _, lost, room in seen.values())
    room = sum((room for _, _, room in seen.values()), Decimal(0))
    gone = sum((lost for _, lost in missed), Decimal(0))
    certain = within and len(missed) >= ENOUGH and gone >= SHARE * room
    largest = max(missed, key=lambda one: one[1], default=None)
    if largest is None or not certain:
        return Cut(len(seen), len(missed), Decimal(0), None)
    return Cut(len(seen), len(missed), largest[1], largest[0])


def _is_cut(case: Case, whole: Figure, parts: Sequence[Figure], comparison: Comparison) -> bool:
    if comparison.status == PASS or whole.unit != "万元" or not case.kept(cut_off).certain:
        return False
    digit = 2 * max(figure.half for figure in (whole, *parts))
    return 0 < comparison.difference <= digit * len(parts)


def judged(
    case: Case,
    whole: Figure,
    parts: Sequence[Figure],
    comparison: Comparison,
    sum: Said,
    limit: bool = False,
) -> Finding:
    """Word the finding of a sum.

    Parameters
    ----------
    case
        The disclosure.
    whole, parts
        Printed total and printed parts.
    comparison
        Of the two.
    sum
        What the parts are called together.
    limit
        Whether the parts may leave something out, so that they may only not be more.
    """
    sure, said = all(part.sure for part in parts), described(whole)
    if limit:
        gap = comparison.expected - comparison.found
        status = PASS if gap <= 0 else comparison.status
        turned = Comparison(status, comparison.found, comparison.expected, comparison.tolerance)
        return compared(turned, parts[0], whole, sum, said, sure=sure, most=True)
    if _is_cut(case, whole, parts, comparison):
        sum = Said(f"{sum.zh}（尾差系截位）", f"{sum.en} (cut off, not rounded)")
        comparison = comparison._replace(status=PASS)
    return compared(comparison, whole, _nearest(parts, comparison), said, sum, sure=sure)


def _nearest(parts: Sequence[Figure], comparison: Comparison) -> Figure:
    """The part that may explain the gap: the one of its size, else the largest."""
    if comparison.status == FAIL:
        gap = abs(comparison.difference)
        for part in parts:
            if abs(abs(part.amount) - gap) <= part.half:
                return part
    return max(parts, key=lambda part: abs(part.amount))


@check(
    "rounded-not-cut",
    "arithmetic",
    "金额应四舍五入，不应截去尾数（每份文件只提示一次）",
    "amounts are rounded, not cut off (said once a document)",
)
def rounded_not_cut(case: Case) -> Iterator[Finding]:
    """Say once that a document cuts its amounts off."""
    found = case.kept(cut_off)
    if not found.sums:
        yield skipped(case, "没有以万元列示的分级合计", "no sums of classes in 万元")
        return
    if found.figure is None:
        yield Finding(
            PASS,
            f"核对{found.sums}个合计，没有截去尾数的迹象",
            f"{found.sums} sums show no sign of cutting off",
            document=case.document,
        )
        return
    figure = found.figure
    yield Finding(
        ROUNDING,
        f"金额似为截去尾数而非四舍五入：{found.sums}个合计中{found.missing}个大于其各项之和，"
        f"最多相差{plain(found.largest)}万元",
        f"amounts seem to be cut off, not rounded: {found.missing} of {found.sums} sums are more "
        f"than their parts, by at most {plain(found.largest)} (万元)",
        table=figure.table,
        code=figure.code,
        measure=figure.measure,
        fact_id=figure.fact_id,
        place=figure.place,
        document=figure.document,
        section=figure.section,
    )


__all__ = ["Cut", "cut_off", "judged"]
