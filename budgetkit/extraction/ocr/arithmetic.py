"""Sums as the judge of digits that were recognised.

Where a whole is exactly the sum of its parts, none of them was misread: the fact says which check
confirms it.  A figure that no sum confirms is doubtful where the recogniser was not sure.  Where
sums fail and one digit of one figure would mend all the sums that it is in, the fact says so as a
proposal, and is doubtful; it is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from budgetkit.amounts import parse_number, to_wan
from budgetkit.extraction.tables.table_content import Fact, TableContent
from budgetkit.sum_rules import SumRule, sum_rules

#: Below this confidence of its least sure character, a figure that no sum confirms is doubtful.
SURE = 0.9
#: Checks of the levels of a classification, by the number of digits of the whole; 0 is a total.
_LEVELS = {0: "total-of-classes", 3: "class-of-subclasses", 5: "subclass-of-items"}
#: Tables whose rows are not classes that contain each other.
_NO_TREE = frozenset({"three_public", "procurement", "performance_project", "performance_overall"})


class Relation(NamedTuple):
    """A whole and its parts, by their places in a list of facts, and the check that asks."""

    check: str
    whole: int
    parts: tuple[int, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """The whole and its parts."""
        return (self.whole, *self.parts)


def judge(contents: Sequence[TableContent]) -> list[TableContent]:
    """Hold recognised facts against the sums of their tables.

    Parameters
    ----------
    contents
        Of a document's tables.

    Returns
    -------
    list of TableContent
        Recognised facts with ``confirmed_by`` or ``proposed``; doubtful where neither a sum nor
        the recogniser is sure.
    """
    return [
        one._replace(facts=_judged(one.facts)) if any(map(_is_recognised, one.facts)) else one
        for one in contents
    ]


def _is_recognised(fact: Fact) -> bool:
    return fact.confidence is not None and fact.seen == fact.printed


def _judged(facts: list[Fact]) -> list[Fact]:
    amounts = [fact.amount for fact in facts]
    found = list(relations(facts))
    holding = [relation for relation in found if _holds(relation, amounts)]
    judged = list(facts)
    for relation in holding:
        for i in relation.members:
            if _is_recognised(facts[i]) and not judged[i].confirmed_by:
                judged[i] = replace(judged[i], confirmed_by=relation.check)
    for i, fact in enumerate(judged):
        if _is_recognised(fact) and not fact.confirmed_by and (fact.confidence or 0) < SURE:
            judged[i] = replace(fact, certainty="doubtful")
    for i, printed in _proposals(facts, found, amounts).items():
        judged[i] = replace(judged[i], proposed=printed, certainty="doubtful", confirmed_by="")
    return judged


def _holds(relation: Relation, amounts: Sequence[Decimal]) -> bool:
    return amounts[relation.whole] == sum(amounts[i] for i in relation.parts)


def relations(facts: Sequence[Fact]) -> Iterator[Relation]:
    """Find the sums of one table: of its classes, and of its columns.

    Parameters
    ----------
    facts
        Of the table.

    Yields
    ------
    Relation
    """
    columns: dict[tuple[str, ...], list[int]] = defaultdict(list)
    rows: dict[tuple[object, ...], dict[str, int]] = defaultdict(dict)
    for i, fact in enumerate(facts):
        column = (fact.section, fact.measure, fact.stage, fact.budget_unit, fact.government_code)
        columns[column].append(i)
        rows[fact.row, fact.section, fact.code, fact.stage].setdefault(fact.measure, i)
    if facts and facts[0].table not in _NO_TREE:
        for indices in columns.values():
            yield from _of_classes(facts, indices)
    rules = [rule for rule in sum_rules() if rule.axis == "measure" and not rule.closed_by]
    for key, row in rows.items():
        for rule in rules:
            if facts[0].table in rule.tables and rule.section in ("*", key[1]):
                yield from _of_columns(rule, row)


def _of_classes(facts: Sequence[Fact], indices: Iterable[int]) -> Iterator[Relation]:
    """The classes of one column, each the sum of those right below it."""
    coded: dict[str, int] = {}
    projects: dict[str, list[int]] = defaultdict(list)
    totals = []
    for i in indices:
        code = facts[i].code
        if code == "total":
            totals.append(i)
        elif code.isdigit() and facts[i].project:
            projects[code].append(i)
        elif code.isdigit():
            if code in coded:
                return  # classes by unit, one unit after another
            coded[code] = i
    below: dict[str, list[int]] = defaultdict(list)
    for code, i in coded.items():
        parents = (code[:length] for length in range(len(code) - 2, 2, -2))
        below[next((one for one in parents if one in coded), code[0])].append(i)
    for code, i in coded.items():
        if parts := below.get(code):
            yield Relation(_LEVELS[3 if len(code) == 3 else 5], i, tuple(parts))
        if parts := projects.get(code):
            yield Relation(_LEVELS[5], i, tuple(parts))
    for kind in sorted({code[0] for code in coded}):
        if len(totals) == 1:
            yield Relation(_LEVELS[0], totals[0], tuple(below[kind]))


def _of_columns(rule: SumRule, row: dict[str, int]) -> Iterator[Relation]:
    """The columns of one row; of several readings the one that names most of its columns."""
    if rule.whole not in row:
        return
    parts = max(([row[p] for p in reading if p in row] for reading in rule.parts), key=len)
    if parts:
        yield Relation(rule.id, row[rule.whole], tuple(parts))


def _proposals(
    facts: Sequence[Fact], found: Sequence[Relation], amounts: list[Decimal]
) -> dict[int, str]:
    """Figures of which another digit would mend all their sums, where no other figure would."""
    of: dict[int, list[Relation]] = defaultdict(list)
    for relation in found:
        for i in relation.members:
            of[i].append(relation)
    proposed: dict[int, str] = {}
    for relation in found:
        if _holds(relation, amounts):
            continue
        missing = sum(amounts[i] for i in relation.parts) - amounts[relation.whole]
        mends: dict[int, str] = {}
        for i in relation.members:
            change = missing if i == relation.whole else -missing
            printed = _with_another_digit(facts[i], change) if _is_recognised(facts[i]) else ""
            if printed and _mends(of[i], i, amounts, change):
                mends[i] = printed
        if len(mends) == 1:
            proposed |= mends
    return proposed


def _mends(
    found: Iterable[Relation], index: int, amounts: Sequence[Decimal], change: Decimal
) -> bool:
    changed = list(amounts)
    changed[index] += change
    return all(_holds(relation, changed) for relation in found)


def _with_another_digit(fact: Fact, change: Decimal) -> str:
    """The figure as it would be printed with one other digit; empty where more would differ."""
    for place, old in enumerate(fact.printed):
        if not old.isdigit():
            continue
        for new in "0123456789":
            printed = fact.printed[:place] + new + fact.printed[place + 1 :]
            number = parse_number(printed) if new != old else None
            if number is not None and to_wan(number, fact.unit) == fact.amount + change:
                return printed
    return ""
