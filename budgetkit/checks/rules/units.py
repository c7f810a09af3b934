"""Units of money: amounts that are ten thousand times another, two units in a sentence, decimals.

An amount in 元 where 万元 is stated is ten thousand times too large.  The comparisons find that it
differs; :func:`as_factor` says instead what is wrong with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from budgetkit.checks.case import Case
from budgetkit.checks.finding import (
    Checks,
    Finding,
    about_figure,
    about_sentence,
    found_or_none,
)
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import FAIL
from budgetkit.checks.prose_findings import snippet
from budgetkit.checks.quoted import quoted_amounts
from budgetkit.extraction.prose.wordings import folded

#: 元 in a 万元.
FACTOR = Decimal(10_000)
#: Two amounts are one in two units where their ratio is the factor but for this share: the
#: smaller was rounded.
SHARE = Decimal("0.0005")
#: Smaller amounts (万元) are too short to tell a factor from chance.
SMALL = Decimal("0.01")
#: Messages of comparisons of two amounts that must be equal, or of which one is a limit.
COMPARED = ("equal", "at-most", "narrative-amount", "project-said-amount")
#: Significant digits that are not the same by chance.
DIGITS = 3
#: Decimals of a unit down to the 分.
_DECIMALS = {"元": 2, "千元": 5, "万元": 6, "亿元": 10}
#: So short an end of a print has no more decimals than any unit.
MOST_DECIMALS = 3
_AFTER_POINT = re.compile(r"[.．](\d*)")
#: What a single price, a rate or a threshold is said by, not an amount of the budget.
_RATE = re.compile(
    "每|人均|单价|标准|以上|以下|以内|不超过|/|定额|起点|限额|[（(]即|折合|低于|达到"
)
#: What an amount of the budget stands behind.
_OF_BUDGET = re.compile(
    r"(?:预算|支出|收入|拨款|经费|费|数|增加|减少|总额|合计|资金)(?:为|安排|共|了|约|[:：])?$"
)


def is_factor(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether one amount is ten thousand times another, but for rounding.

    Parameters
    ----------
    one, other
        万元, in any order.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_factor(Decimal("123456.78"), Decimal("12.35")), is_factor(Decimal("12"), Decimal("12"))
    (True, False)
    """
    if not one or not other or (one < 0) != (other < 0):
        return False
    small, large = sorted((abs(one), abs(other)))
    return small >= SMALL and abs(large / small / FACTOR - 1) <= SHARE


def as_factor(case: Case, finding: Finding) -> Finding | None:
    """Return a failed comparison as one of units, or None where no unit explains it.

    Parameters
    ----------
    case
        The disclosure.
    finding
        Of a comparison of two amounts.

    Returns
    -------
    Finding or None
    """
    if finding.status != FAIL or finding.message not in COMPARED:
        return None
    one, other = finding.found, finding.expected
    if one is None or other is None or not is_factor(one, other):
        return None
    digits = len(min(abs(one), abs(other)).normalize().as_tuple().digits)
    said = finding.table == "narrative" or finding.message == "narrative-amount"
    item = name_of("code", finding.code)
    subject = finding.words.get("figure") or name_of("table", finding.table)
    of_facts = case.kept(_tables_of_facts)
    tables = {of_facts[id] for id in (*finding.facts, finding.other_fact_id) if id in of_facts}
    # A table in another unit differs from every other one: its findings have it in common.
    words = {"subject": item if said else subject, "tables": " ".join(sorted(tables))}
    return finding._replace(
        message="unit-factor",
        words=words,
        # The same digits twice are one amount, whatever else the sentence says.
        certain=(finding.certain or said) and digits >= DIGITS,
    )


def _tables_of_facts(case: Case) -> dict[str, str]:
    return {figure.fact_id: figure.table for figure in case.figures}


def factors(case: Case) -> Sequence[Finding]:
    """Find nothing: the comparisons that fail by the factor are what this check finds."""
    return found_or_none(case, [], "unit-factor")


def decimals(case: Case) -> Sequence[Finding]:
    """Find tables and sentences with figures of more decimals than their unit has."""
    by_table: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for figure in case.figures:
        point = figure.printed.rfind(".")
        if point < 0 or len(figure.printed) - point <= MOST_DECIMALS:
            continue
        digits = len(_AFTER_POINT.findall(figure.printed)[-1])
        if digits <= _DECIMALS.get(figure.unit, digits):
            continue
        words = {"printed": figure.printed, "unit": figure.unit}
        finding = about_figure(figure, FAIL, "unit-decimals", words)
        by_table[figure.document, figure.table].append(finding._replace(expected=None))
    found = [of_table[0] for of_table in by_table.values()]
    for row in case.rows["paragraphs"]:
        if "." not in row["text"] and "．" not in row["text"]:
            continue
        for one in quoted_amounts(row["text"]):
            printed = folded(row["text"])[one.start : one.end]
            number = re.sub("[^0-9.]", "", printed)
            if len(number.partition(".")[2]) > _DECIMALS.get(one.unit, 99):
                words = {"printed": number, "unit": one.unit}
                found.append(about_sentence(row, FAIL, "unit-decimals", words, table="text"))
    return found_or_none(case, found, "unit-decimals")


def mixed_units(case: Case) -> Sequence[Finding]:
    """Find sentences that state amounts of the budget in 元 and in 万元."""
    found = []
    for row in case.rows["paragraphs"]:
        if "万元" not in row["text"]:
            continue
        text = folded(row["text"])
        amounts = [
            one
            for one in quoted_amounts(row["text"])
            if one.amount
            and not _RATE.search(text[max(one.start - 12, 0) : one.end + 4])
            and _OF_BUDGET.search(text[: one.start])
        ]
        of_yuan = next((one for one in amounts if one.unit == "元"), None)
        stops = [0, *(match.end() for match in re.finditer("[。；]", text)), len(text)]
        if of_yuan is None:
            continue
        start = max(stop for stop in stops if stop <= of_yuan.start)
        end = min(stop for stop in stops if stop >= of_yuan.end)
        beside = next((o for o in amounts if o.unit == "万元" and start <= o.start < end), None)
        if beside:
            words = {
                "printed": text[of_yuan.start : of_yuan.end],
                "other": text[beside.start : beside.end],
                "words": snippet(text, of_yuan.start),
            }
            found.append(about_sentence(row, FAIL, "unit-mixed", words, table="text", code="unit"))
    return found_or_none(case, found, "unit-mixed")


CHECKS: Checks = {
    "unit-factor": factors,
    "unit-decimals": decimals,
    "unit-mixed": mixed_units,
}
