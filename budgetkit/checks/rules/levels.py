"""Levels of the classifications: 类 = Σ款 = Σ项, total = Σ类, an item = its projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from budgetkit.checks.case import Case
from budgetkit.checks.finding import Checks, Finding, skipped
from budgetkit.checks.messages import phrase
from budgetkit.checks.names import Wording, name_of
from budgetkit.checks.printed import FAIL, compare_sum
from budgetkit.checks.sum_findings import sum_finding
from budgetkit.checks.trees import TreeSum, tree_sums
from budgetkit.own_facts import WHOLES

#: Levels of the whole, by check.
LEVELS = {
    "total-of-classes": ("total",),
    "class-of-subclasses": ("class",),
    "subclass-of-items": ("subclass", "item"),
    "total-of-rows": ("rows",),
    "total-of-units": ("units", "department"),
}
#: From so many misses to one side on, a table lists some of its rows only.
PARTIAL = 4


def _run(levels: Sequence[str], case: Case) -> Iterator[Finding]:
    """Test some levels of every coded table."""
    found = False
    for table, sums in case.kept(tree_sums).items():
        chosen = [_best_reading(total) for total in sums if total.level in levels]
        if not chosen:
            continue
        found = True
        title = name_of("table", table)
        failed = [total for total in chosen if total.comparison.status == FAIL]
        if failed and table in case.unread:
            yield skipped(case, "skipped-unread", {"title": title}, table)
        elif _is_partial(chosen, failed):
            yield skipped(case, "skipped-partial", {"title": title}, table)
        elif any(map(_adds_up_twice, failed)) or (
            failed and levels[0] in ("rows", "units") and _may_nest(case, table)
        ):
            yield skipped(case, "skipped-nested", {"title": title}, table)
        else:
            for total in chosen:
                codes = tuple([part.code for part in total.parts[:4] if part.code.isdigit()])
                wording = _wording(total.level, len(total.parts), codes)
                yield sum_finding(case, total.whole, total.parts, total.comparison, wording)
    if not found:
        yield skipped(case, "skipped-no-level", {"level": name_of("level", levels[0])})


def _adds_up_twice(total: TreeSum) -> bool:
    """Whether rows are a multiple of their total: some of them contain the others."""
    _, expected, found, tolerance = total.comparison
    if found == 0:
        return False
    times = (expected / found).to_integral_value()
    return times > 1 and abs(expected - times * found) <= times * tolerance


def _best_reading(total: TreeSum) -> TreeSum:
    """The reading of a total that holds, where its table prints several kinds of rows."""
    if total.comparison.status != FAIL:
        return total
    for parts in total.readings:
        comparison = compare_sum(total.whole, parts)
        if comparison.status != FAIL:
            return TreeSum(total.level, total.whole, parts, comparison)
    return total


def _is_partial(sums: Sequence[TreeSum], failed: Sequence[TreeSum]) -> bool:
    """Whether most of a table's sums fall short: it prints a choice of rows, not all of them."""
    short = [total for total in failed if total.comparison.difference > 0]
    amounts = {total.comparison.difference for total in short}
    return len(amounts) >= PARTIAL and len(short) == len(failed) and 2 * len(short) > len(sums)


def _may_nest(case: Case, table: str) -> bool:
    """Whether rows without a code may contain each other: nothing printed says which do."""
    rows = [figure for figure in case.figures if figure.table == table]
    lines_of_units = any(f.fact_id in case.unit_of and f.code != "unit" for f in rows)
    by_unit = lines_of_units or any(f.code == "department" for f in rows)
    by_slug = any(f.code and not f.code.isdigit() and f.code not in WHOLES for f in rows)
    return by_unit or by_slug or table.startswith("other_")


@lru_cache(maxsize=65536)
def _wording(level: str, count: int, codes: tuple[str, ...]) -> Wording:
    if level == "department":
        return name_of("level", level)
    listed = f": {', '.join(codes)}{' …' if count > len(codes) else ''}" if codes else ""
    return phrase("sum-of-level", level=name_of("level", level), count=count, codes=listed)


CHECKS: Checks = {id: partial(_run, levels) for id, levels in LEVELS.items()}
