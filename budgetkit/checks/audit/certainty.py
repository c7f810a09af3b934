"""Whether a finding is certain: a printed slip, and nothing that a reader's own error looks like.

A reader that loses a row, files a column under its neighbour or takes a subtotal for a total does
not notice.  What it then finds differs from a printed slip: the sums of several columns or rows
fail, or no one figure explains all that fails, or that figure is supported by other sums.  So a
finding is certain only where the sums through its figures single out one figure that nothing
supports, and all else in their tables agrees; or where two figures, each supported in its own
table, are one number with a digit's slip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import takewhile

from budgetkit.checks.audit.catalogue import Check
from budgetkit.checks.audit.support import (
    BINDING,
    FACTOR,
    RELATIONS,
    Evidence,
    Row,
    is_said,
    printing_of,
    table_of,
)
from budgetkit.checks.finding import Finding
from budgetkit.storage.findings import NO_MONEY

#: Checks of this value of the column ``certain`` are certain by what holds around them.
BY_SUMS, ALWAYS = "sums", "yes"
#: Where more than this share of a table's relations fail beside the cause, its columns or rows may
#: not be what they were taken for.
FAILING = Decimal("0.1")
#: 元 in a 万元, and the share by which two amounts may differ from it: the smaller was rounded.
IN_UNIT, SHARE = Decimal(10_000), Decimal("0.0005")
#: Figures of an equality.
PAIR = 2


def is_money(finding: Finding) -> bool:
    """Whether expected and found are amounts of money, not per cent, people or points."""
    return finding.measure not in NO_MONEY and finding.table != "staffing"


def may_be_certain(row: Row, how: str) -> bool:
    """Whether a check may be certain in some way, and neither it nor the reader has a doubt.

    Parameters
    ----------
    row
        Of the finding.
    how
        A value of the catalogue's column ``certain``.

    Returns
    -------
    bool
    """
    _, check, finding = row
    return check.certain == how and finding.certain and finding.sure


def is_certain(row: Row, cause: Sequence[Finding], evidence: Evidence) -> bool:
    """Return whether a failure is a printed error, whatever the reader did not notice.

    Parameters
    ----------
    row
        Of the failure.
    cause
        All failures of its cause.
    evidence
        What holds and fails around.

    Returns
    -------
    bool
    """
    _, check, finding = row
    if not may_be_certain(row, BY_SUMS):
        return may_be_certain(row, ALWAYS)
    if not _is_alone(finding, check, cause, evidence):
        return False
    figures = [fact for fact in finding.facts if "@" not in fact]
    supported = [fact for fact in figures if evidence.holding.get(fact)]
    if finding.message == FACTOR:
        return _is_own_factor(finding, figures, cause, evidence)
    if _is_other_unit(finding):
        return False
    tables = {table_of(fact) for fact in figures}
    if not tables.isdisjoint(evidence.unclear):
        return False
    if finding.other_document not in ("", finding.document):  # both disclosures were read right
        in_order = not any(evidence.failing.get(table) for table in tables)
        return bool(figures) and len(supported) == len(figures) and in_order
    if len(figures) < len(finding.facts):  # a sentence, held against a figure of a table
        return bool(supported) and _is_one_sentence(finding, cause, evidence)
    if check.kind in RELATIONS and finding.message not in BINDING:
        return False
    if doubted := _not_moved(singled_out(cause, evidence), finding, evidence):
        return _is_all_that_fails(cause, evidence) or any(
            one.fact_id in doubted and _is_one_slip(one) for one in cause
        )
    return len(figures) == len(supported) == PAIR and _is_one_slip(finding)


def _is_one_sentence(finding: Finding, cause: Sequence[Finding], evidence: Evidence) -> bool:
    """Whether other sentences bear out the table: else its whole column may be wrong."""
    figures = [fact for fact in finding.facts if "@" not in fact]
    is_sum = len(finding.facts) - len(figures) > 1
    if is_sum and not any(is_said(one) for one in cause if one is not finding):
        return False  # none of its sentences is wrong by itself
    for table in map(table_of, figures):
        wrong, right = evidence.sentences.get(table, (0, 0))
        wrong -= sum(1 for one in cause if table in map(table_of, one.facts))
        if PAIR * wrong > right:
            return False
    return True


def _not_moved(doubted: Iterable[str], finding: Finding, evidence: Evidence) -> list[str]:
    """Leave out figures that may be those of another row or column, or too much as a whole."""
    if finding.found is None or finding.expected is None:
        return []
    gap, rounded = abs(finding.found - finding.expected), finding.tolerance or Decimal(0)
    found = []
    for fact in doubted:
        amount = evidence.amounts.get(fact)
        if amount is None or abs(abs(amount) - gap) <= rounded:
            continue
        if evidence.printed.get((table_of(fact), amount), 0) <= 1:
            found.append(fact)
    return found


def _is_one_slip(finding: Finding) -> bool:
    """Whether both sides are one number, with a digit more, less, another or two exchanged."""
    if finding.expected is None or finding.found is None:
        return False
    sides = [abs(side).normalize() for side in (finding.expected, finding.found)]
    places = max(0, *(-int(side.as_tuple().exponent) for side in sides))
    one, other = (f"{side:.{places}f}" for side in sides)
    start = _in_common(one, other)
    one, other = one[start:], other[start:]
    end = _in_common(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) <= 1 or (len(one) == PAIR and one == other[::-1])


def _in_common(one: str, other: str) -> int:
    """Count the characters that two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_own_factor(
    finding: Finding, figures: Sequence[str], cause: Sequence[Finding], evidence: Evidence
) -> bool:
    """Whether an amount has a unit of its own: else its whole table may be read in another one."""
    if not is_said(finding):
        by_sums = any(one.message in BINDING and one.message != FACTOR for one in cause)
        return by_sums and bool(singled_out(cause, evidence))
    of_tables = any(one.message == FACTOR and not is_said(one) for one in cause)
    return not of_tables and all(printing_of(fact) in evidence.across for fact in figures)


def _is_other_unit(finding: Finding) -> bool:
    """Whether one side is the other in 元 for 万元, however small."""
    if not finding.expected or not finding.found:
        return False
    small, large = sorted((abs(finding.expected), abs(finding.found)))
    return abs(large / small / IN_UNIT - 1) <= SHARE


def _is_all_that_fails(cause: Sequence[Finding], evidence: Evidence) -> bool:
    """Whether every other relation of the tables of a cause holds."""
    of_cause = Counter((one.document, one.table) for one in cause)
    return all(evidence.failing.get(table, 0) <= count for table, count in of_cause.items())


def singled_out(cause: Sequence[Finding], evidence: Evidence) -> list[str]:
    """Return the figures that several relations of a cause have in common and nothing supports.

    Parameters
    ----------
    cause
        Failures.
    evidence
        What holds and fails around.

    Returns
    -------
    list of str
        Fact ids; empty where fewer than two relations between figures fail.
    """
    relations = [
        one
        for one in cause
        if len(one.facts) > 1 and is_money(one) and (one.message in BINDING or is_said(one))
    ]
    crossing = {one.facts for one in relations}
    if len(crossing) < PAIR or not _is_one_gap(relations):
        return []
    shared = set.intersection(*map(set, crossing))
    return [f for f in shared if not evidence.holding.get(f) and f not in evidence.said]


def _is_one_gap(relations: Iterable[Finding]) -> bool:
    """Whether comparisons differ by one amount, but for rounding."""
    sides = [
        (abs(one.found - one.expected), one.tolerance or Decimal(0))
        for one in relations
        if one.message != FACTOR and one.found is not None and one.expected is not None
    ]
    gaps = [gap for gap, _ in sides]
    most = 2 * max((tolerance for _, tolerance in sides), default=Decimal(0))
    return not gaps or max(gaps) - min(gaps) <= most


def _is_alone(finding: Finding, check: Check, cause: Sequence[Finding], evidence: Evidence) -> bool:
    """Whether hardly anything else fails in the table, or of the check."""
    table = finding.document, finding.table
    of_cause = sum(1 for one in cause if (one.document, one.table) == table)
    others = evidence.failing.get(table, 0) - of_cause
    if others > FAILING * evidence.related.get(table, 0):
        return False
    if is_said(finding):
        return True
    wrong, compared = evidence.by_check.get((*table, check.id), (0, 0))
    return wrong - of_cause <= FAILING * compared
