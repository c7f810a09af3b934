"""The reason that the prose publishes for a change, beside the change itself.

A sentence belongs to a line of a table where it names it and states its amount; where two sentences
do and give different reasons, the one that states the same change, else both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from budgetkit.codelists import item_code
from budgetkit.disclosure import DisclosureRows
from budgetkit.storage.figures import Figure, figure_of
from budgetkit.storage.records import Row, text
from budgetkit.summary.change_line import Change, OtherReason
from budgetkit.summary.lookup import is_total

#: 万元: an amount of two digits, and a change that is a difference of two of them.
SAME_AMOUNT, SAME_CHANGE = 0.005001, 0.015
#: What the prose calls the uses of money.
USES = {"basic": "基本支出", "project": "项目支出", "reserve": "机动经费"}
#: The table and section whose items name a line, by kind of change.
ITEMS = {"three_public": ("three_public", ""), "source": ("summary", "revenue")}
#: Words that tables and prose add to a name or leave out.
LOOSE = ("支出", "收入", "预算", "经费", "费用", "费")
#: Without these words, a shorter name may be that of something else.
SHORTEST = 3
#: Kinds of sentences that explain amounts.
KINDS = ("amount", "three_public")


@dataclass(frozen=True, slots=True)
class Reason:
    """What the prose says of one change.

    Attributes
    ----------
    words : str
        The reason, as published.
    change : float or None
        The change that the sentence states (万元).
    figure : Figure
        The sentence's amount, with its place.
    """

    words: str
    change: float | None
    figure: Figure


def with_reasons(lines: Iterable[Change], disclosure: DisclosureRows) -> tuple[Change, ...]:
    """Put the published reasons beside changes that tables tell.

    Parameters
    ----------
    lines
        Of :func:`budgetkit.summary.changes.changes`.
    disclosure
        Of this year.

    Returns
    -------
    tuple of Change
        The same lines; those that the prose explains with reason, the sentence's figure and,
        where it differs from the tables', the change that the sentence states.
    """
    rows = [row for row in disclosure.rows["narrative"] if text(row["reason"])]
    return tuple(_explained(line, rows) for line in lines)


def _explained(line: Change, rows: Iterable[Row]) -> Change:
    same = [row for row in rows if _same_amount(row, line)]
    named = [row for row in same if _is_about(row, line)]
    # A name that the lists don't join, but the same amount and the same change.
    told = [row for row in same if line.by and _same_change(row["change"], line.by)]
    found = [reason for row in named or told if (reason := _reason(row))]
    if len({one.words for one in found}) > 1 and line.by is not None:
        found = [one for one in found if _same_change(one.change, line.by)] or found
    if not found:
        return line
    kept: dict[str, Reason] = {}
    for one in found:
        kept.setdefault(one.words, one)
    said, *others = kept.values()
    return replace(
        line,
        reason=said.words,
        said=said.figure,
        stated=_stated(said, line),
        other_reasons=tuple(
            OtherReason(one.words, one.figure, _stated(one, line)) for one in others
        ),
    )


def _stated(said: Reason, line: Change) -> float | None:
    """The change that a sentence states, where it is another than the tables'."""
    differs = line.by is None or not _same_change(said.change, line.by)
    return said.change if differs else None


def _reason(row: Row) -> Reason | None:
    figure = figure_of(row)
    return Reason(text(row["reason"]), row["change"], figure) if figure else None


def _same_amount(row: Row, line: Change) -> bool:
    """Whether a sentence of the right kind states the amount of a line."""
    if (row["kind"] == "three_public") != (line.kind == "three_public"):
        return False
    if line.now is None or row["amount"] is None or row["kind"] not in KINDS:
        return False
    return bool(abs(row["amount"] - line.now.amount) <= SAME_AMOUNT)


def _is_about(row: Row, line: Change) -> bool:
    """Whether a sentence names a line."""
    item = text(row["item"])
    if line.kind == "total":
        return is_total(item)
    if line.kind in ITEMS:
        return item_code(item, *ITEMS[line.kind], "") == line.code
    return _same_name(item, USES.get(line.code, "") if line.kind == "use" else line.name)


def _same_name(one: str, other: str) -> bool:
    """Whether two names say the same, but for words that are added or left out.

    Examples
    --------
    >>> _same_name("机关事业单位职业年金缴费", "机关事业单位职业年金缴费支出")
    True
    >>> _same_name("行政运行", "其他行政运行支出")
    False
    """
    first, second = _core(one), _core(other)
    return one == other != "" or (first == second and len(first) >= SHORTEST)


def _core(name: str) -> str:
    core = name.strip()
    for word in LOOSE:
        core = core.removesuffix(word)
    return core


def _same_change(stated: float | None, computed: float) -> bool:
    return stated is not None and abs(stated - computed) <= SAME_CHANGE
