"""Levels of the classifications: 类 = Σ款 = Σ项, total = Σ类, an item = its projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from budgetkit.checks.case import Case
from budgetkit.checks.catalogue import Check, Finding, add, skipped
from budgetkit.checks.names import Said, named
from budgetkit.checks.printed import FAIL, Figure, compare_sum
from budgetkit.checks.rules.rounding import judged
from budgetkit.checks.rules.sums import unread
from budgetkit.checks.trees import Added, tree_sums

#: Level of the whole: id, rule in Chinese and in English.
LEVELS = {
    ("total",): (
        "total-of-classes",
        "总计 = 各类之和",
        "the total of a table is the sum of its classes (类)",
    ),
    ("class",): (
        "class-of-subclasses",
        "类 = 各款之和",
        "a class (类) is the sum of its subclasses (款)",
    ),
    ("subclass", "item"): (
        "subclass-of-items",
        "款 = 各项之和，项 = 其下各项目之和",
        "a subclass (款) is the sum of its items (项), an item that of its projects",
    ),
    ("rows",): (
        "total-of-rows",
        "没有编码的表：总计 = 各行之和",
        "a table without codes: the total is the sum of its rows",
    ),
    ("units", "department"): (
        "total-of-units",
        "总计 = 各单位之和，只有一个单位时二者相等",
        "the total of a table is the sum of its units",
    ),
}
#: From so many misses to one side on, a table lists some of its rows only.
PARTIAL = 4

_BELOW = {
    "total": Said("各类", "its classes"),
    "class": Said("各款", "its subclasses"),
    "subclass": Said("各项", "its items"),
    "item": Said("各项目", "its projects"),
    "rows": Said("各行", "its rows"),
    "units": Said("各单位", "its units"),
    "department": Said("总计", "the total"),
}


def run_levels(levels: Sequence[str], case: Case) -> Iterator[Finding]:
    """Test some levels of every coded table."""
    found = False
    for table, sums in case.kept(tree_sums).items():
        own = [_read(added) for added in sums if added.level in levels]
        if not own:
            continue
        found = True
        failed = [added for added in own if added.comparison.status == FAIL]
        if failed and table in case.unread:
            yield unread(case, table)
        elif _partial(own, failed):
            title = named("table", table)
            yield skipped(
                case,
                f"{title.zh}只列出部分明细，不能加总",
                f"the {title.en} lists some rows only, so that they do not add up",
                table,
            )
        else:
            for added in own:
                yield judged(case, added.whole, added.parts, added.comparison, _said(added))
    if not found:
        below = _BELOW[levels[0]]
        yield skipped(case, f"没有表列示{below.zh}", f"no table prints {below.en}")


def _read(added: Added) -> Added:
    """The reading of a total that holds, where its table prints several kinds of rows."""
    if added.comparison.status != FAIL:
        return added
    for parts in added.readings:
        comparison = compare_sum(added.whole, parts)
        if comparison.status != FAIL:
            return Added(added.level, added.whole, parts, comparison)
    return added


def _partial(own: Sequence[Added], failed: Sequence[Added]) -> bool:
    """Whether most of a table's sums fall short: it prints a choice of rows, not all of them."""
    short = [added for added in failed if added.comparison.difference > 0]
    amounts = {added.comparison.difference for added in short}
    return len(amounts) >= PARTIAL and len(short) == len(failed) and 2 * len(short) > len(own)


def _said(added: Added) -> Said:
    below, count, names = _BELOW[added.level], len(added.parts), _names(added.parts)
    if added.level == "department":
        return below
    return Said(
        f"其{below.zh}（{count}行{names}）之和", f"the sum of {below.en} ({count} rows{names})"
    )


def _names(parts: Sequence[Figure]) -> str:
    codes = [part.code for part in parts[:4] if part.code.isdigit()]
    return f": {', '.join(codes)}{' …' if len(parts) > len(codes) else ''}" if codes else ""


for _levels, (_id, _zh, _en) in LEVELS.items():
    add(Check(_id, "arithmetic", _zh, _en, "", (), partial(run_levels, _levels)))
