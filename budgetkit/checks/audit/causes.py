"""One error, one finding: which findings share a cause, and which of them are certain.

A figure that is wrong breaks its row, its column and what other tables print of it, each by the
same difference.  Such findings have one cause; see :mod:`budgetkit.checks.audit.certainty` for
which of them are certain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

from budgetkit.checks.audit.catalogue import KINDS
from budgetkit.checks.audit.certainty import BY_SUMS, is_certain, is_money, may_be_certain
from budgetkit.checks.audit.support import (
    BINDING,
    FACTOR,
    RELATIONS,
    Evidence,
    Row,
    evidence_of,
)
from budgetkit.checks.finding import Finding
from budgetkit.checks.printed import FAIL, PrintedFigure

#: Shares that are wrong by factors no farther apart than this are shares of one other whole.
SAME_FACTOR = Decimal("0.002")
#: Checks of which one finds the kinds of 三公 that the other misses in its sum.
SPLIT = ("three-public-total", "disclosure-three-public-split")
#: Checks that find a table that is missing; contents of which one page is wrong were not renewed.
NOT_THERE, OF_CONTENTS = ("disclosure-tables", "contents-table"), "contents-page"
#: Messages of rows that are printed wrong as a whole.
NAMES = ("class-name", "class-name-differs")
#: Messages that say what is wrong with all figures that they name, whatever else fails with them.
OF_ALL = ("columns-swapped", "classes-swapped", "row-twice", *NAMES)
#: Checks that hold a row against the sum of the rows below it.
ROW_SUMS = ("total-of-classes", "class-of-subclasses", "subclass-of-items", "total-of-rows")
#: Digits of a difference that are not met by chance.
DIGITS = 3


class Verdict(NamedTuple):
    """What is made of a finding that fails.

    Attributes
    ----------
    certain : bool
        False where a person should look.
    cause : str
        The same for all findings of one error.
    doubted : str
        Fact id of the figure that sums single out as wrong; empty where they single out none.
    """

    certain: bool
    cause: str
    doubted: str


def judge(rows: Sequence[Row], figures: Iterable[PrintedFigure] = ()) -> dict[int, Verdict]:
    """Find the causes of failures, and which of them are certain.

    Parameters
    ----------
    rows
        Findings of every status, of the disclosures of some departments.
    figures
        Of their tables; without them no sum shows for certain which figure is wrong.

    Returns
    -------
    dict of int to Verdict
        By the index of each failure.
    """
    failed = [at for at, (_, _, finding) in enumerate(rows) if finding.status == FAIL]
    if not failed:
        return {}
    evidence = evidence_of(rows, [rows[at][2] for at in failed], figures)
    found: dict[int, Verdict] = {}
    for group in _groups(rows, failed):
        findings = [rows[at][2] for at in group]
        doubted = _doubted(findings, evidence)
        cause = _name(rows[min(group, key=lambda at: _lead(rows[at]))])
        certain = {at for at in group if is_certain(rows[at], findings, evidence)}
        if doubted and certain:  # what shows that the figure is wrong shows it for all of them
            certain |= {at for at in group if may_be_certain(rows[at], BY_SUMS)}
        for at in group:
            named = doubted if doubted in rows[at][2].facts else ""
            found[at] = Verdict(at in certain, cause, named)
    return found


def moved(finding: Finding) -> Decimal:
    """Return how much money a finding is about (万元); 0 where it is about none."""
    if finding.expected is None or finding.found is None or not is_money(finding):
        return Decimal(0)
    return abs(finding.found - finding.expected)


def _lead(row: Row) -> tuple[Any, ...]:
    """Sorts the findings of a cause: the one that says most of it comes first."""
    _, check, finding = row
    explains = finding.message == FACTOR or finding.message in OF_ALL
    return (
        not explains,
        KINDS.index(check.kind),
        -moved(finding),
        finding.document,
        check.id,
        finding.facts,
    )


def _name(row: Row) -> str:
    """Name a cause after its first finding."""
    _, check, finding = row
    page = finding.place.page if finding.place else ""
    where = finding.fact_id or f"{finding.document}@{page}:{finding.table}:{finding.code}"
    return f"{check.id}|{where}|{finding.measure}"


def _doubted(cause: Sequence[Finding], evidence: Evidence) -> str:
    """The one figure that all failures of a cause have in common and that nothing supports."""
    of_money = [finding for finding in cause if finding.facts and is_money(finding)]
    if not of_money:
        return ""
    shared = set.intersection(*[set(finding.facts) for finding in of_money])
    free = [fact for fact in shared if not evidence.holding.get(fact)]
    two_figures = len(of_money) == 1 and len(of_money[0].facts) == 2
    return free[0] if len(free) == 1 and (len(of_money) > 1 or two_figures) else ""


def _groups(rows: Sequence[Row], failed: Sequence[int]) -> list[list[int]]:
    """Put failures together that share a cause."""
    by_key: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for at in failed:
        for key in _keys(rows[at]):
            by_key[key].append(at)
    group = {at: [at] for at in failed}
    for key, found in by_key.items():
        for one, other in combinations(found, 2):
            related = _RELATED.get(key[0], _always)(rows[one][2], rows[other][2])
            if related and group[one] is not group[other]:
                joined = group[one] + group[other]
                group.update(dict.fromkeys(joined, joined))
    return list({id(joined): sorted(joined) for joined in group.values()}.values())


def _keys(row: Row) -> Iterable[tuple[Any, ...]]:
    """What a failure shares with another one of the same cause."""
    (_, department, *_), check, finding = row
    for fact in finding.facts:
        # Of a sentence: all that is said wrong of one item in it.
        yield ("sentence" if "@" in fact else "fact", fact)
    gap = moved(finding)
    if gap and check.kind in (*RELATIONS, "change", "narrative"):
        whose = department or finding.document
        if len(gap.normalize().as_tuple().digits) >= DIGITS:
            yield "gap", whose, gap.normalize()
        yield "row", finding.document, finding.table, check.id, gap.normalize()
        yield "pair", whose, *sorted((finding.expected or gap, finding.found or gap))
    if finding.message == FACTOR:
        for table in str(finding.words["tables"]).split():
            yield "factor", finding.document, table
    if finding.message in NAMES:
        yield "name", finding.document, finding.code
    if check.id in ROW_SUMS:  # a row that is missing below it is missing in all columns
        yield "below", finding.document, finding.table, finding.section, finding.code
    if check.id in SPLIT:
        yield "split", finding.document
    if check.id in NOT_THERE:
        yield "table", finding.document, finding.table
    if check.id == OF_CONTENTS:
        yield "contents", finding.document
    if finding.measure == "share_pct":
        yield "whole", finding.document
    yield "words", finding.document, check.id, finding.code, str(sorted(finding.words.items()))


def _is_same_gap(one: Finding, other: Finding) -> bool:
    """Whether two comparisons of money differ by the same amount, but for rounding."""
    if one.message in OF_ALL or other.message in OF_ALL:
        return True
    if not (is_money(one) and is_money(other)):
        return False
    tolerance = max(one.tolerance or Decimal(0), other.tolerance or Decimal(0))
    gaps = moved(one), moved(other)
    # A limit is broken by what the figure is wrong by, less what there was to spare.
    limits = [gap for gap, found in zip(gaps, (one, other), strict=True) if _is_limit(found)]
    return abs(gaps[0] - gaps[1]) <= tolerance or (bool(limits) and min(limits) <= max(gaps))


def _is_same_side(one: Finding, other: Finding) -> bool:
    """Whether two sums lie on the same side of what is printed."""
    if None in (one.expected, one.found, other.expected, other.found):
        return False
    return (one.found > one.expected) == (other.found > other.expected)  # type: ignore[operator]


def _is_limit(finding: Finding) -> bool:
    return finding.message not in BINDING


def _is_same_whole(one: Finding, other: Finding) -> bool:
    """Whether two shares are wrong by the same factor: they are shares of another whole."""
    if not (one.expected and other.expected and one.found and other.found):
        return False
    factors = one.found / one.expected, other.found / other.expected
    far = all(abs(factor - 1) > 10 * SAME_FACTOR for factor in factors)
    return far and abs(factors[0] / factors[1] - 1) <= SAME_FACTOR


def _always(_: Finding, __: Finding) -> bool:
    return True


_RELATED = {"fact": _is_same_gap, "whole": _is_same_whole, "below": _is_same_side}
