"""Checks as data: what each one asks, of which tables, by which rule.

Adding a check is adding a row to ``identities.csv``, or one function with
:func:`check` above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from budgetkit.checks.case import Case
from budgetkit.checks.names import Said, input_name
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, SKIPPED, Comparison, Figure, Place

#: Kinds of checks, in the order in which their findings weigh.
KINDS = (
    "arithmetic",
    "cross_table",
    "change",
    "narrative",
    "performance",
    "staffing",
    "disclosure",
    "text",
)


class Finding(NamedTuple):
    """What one check says of one thing: a row of ``checks``.

    ``expected``, ``found``, ``difference`` and ``tolerance`` are in the unit of the
    thing compared: 万元 for amounts, per cent for shares, people for head counts.
    """

    status: str
    message_zh: str
    message_en: str
    expected: Decimal | None = None
    found: Decimal | None = None
    tolerance: Decimal | None = None
    table: str = ""
    code: str = ""
    measure: str = ""
    fact_id: str = ""
    other_fact_id: str = ""
    place: Place | None = None
    other_place: Place | None = None
    document: str = ""
    sure: bool = True
    section: str = ""
    other_document: str = ""


Run = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and how it is tested.

    Attributes
    ----------
    id : str
        Stable name, kebab-case.
    kind : str
        One of :data:`KINDS`.
    rule_zh, rule_en : str
        One line.
    source : str
        Law or circular that the rule comes from, or arithmetic.
    needs : tuple of str
        Tables of the dataset or of the disclosure that it reads; where one is missing the
        check is skipped, and says which.
    run : callable
        From a case to findings.
    """

    id: str
    kind: str
    rule_zh: str
    rule_en: str
    source: str
    needs: tuple[str, ...]
    run: Run


_CHECKS: dict[str, Check] = {}


def check(
    id: str, kind: str, rule_zh: str, rule_en: str, *, source: str = "", needs: str = ""
) -> Callable[[Run], Run]:
    """Put a function into the catalogue.

    Parameters
    ----------
    id, kind, rule_zh, rule_en, source
        As in :class:`Check`.
    needs
        Names of tables, apart by spaces.
    """

    def register(run: Run) -> Run:
        add(Check(id, kind, rule_zh, rule_en, source, tuple(needs.split()), run))
        return run

    return register


def add(new: Check) -> None:
    """Put a check into the catalogue.

    Raises
    ------
    ValueError
        The id is taken, or the kind is unknown.
    """
    if new.id in _CHECKS:
        raise ValueError(f"there are two checks '{new.id}'")
    if new.kind not in KINDS:
        raise ValueError(f"check '{new.id}' is of the unknown kind '{new.kind}'")
    _CHECKS[new.id] = new


def catalogue() -> tuple[Check, ...]:
    """Give every check, by kind and then by id."""
    from budgetkit.checks import load_checks

    load_checks()
    return tuple(sorted(_CHECKS.values(), key=lambda item: (KINDS.index(item.kind), item.id)))


def run_checks(case: Case) -> Iterator[tuple[Check, Finding]]:
    """Run every check over one disclosure."""
    return ((item, finding) for item in catalogue() for finding in run_check(item, case))


def run_check(item: Check, case: Case) -> Iterable[Finding]:
    """Run one check over one disclosure; one that can't be run is skipped and says why."""
    missing = [need for need in item.needs if not _has(case, need)]
    return [_lacking(case, missing)] if missing else item.run(case)


def _lacking(case: Case, missing: Iterable[str]) -> Finding:
    """Say which input a check lacks; ``a|b`` is either of them."""
    either = [need.split("|") for need in missing]
    zh = "、".join("或".join(input_name(name, "zh") for name in names) for names in either)
    en = ", ".join(" or ".join(input_name(name, "en") for name in names) for names in either)
    return skipped(case, f"缺少所需内容：{zh}", f"not in this disclosure: {en}")


def skipped(case: Case, reason_zh: str, reason_en: str, table: str = "") -> Finding:
    """Say that a check could not be run, and why."""
    return Finding(
        SKIPPED,
        f"未核对：{reason_zh}",
        f"skipped: {reason_en}",
        table=table,
        document=case.document,
    )


def _has(case: Case, need: str) -> bool:
    if "|" in need:
        return any(_has(case, name) for name in need.split("|"))
    if need == "year_before":
        return case.before is not None
    if need == "units":
        return bool(case.units)
    return need in case.tables or bool(case.rows.get(need))


def about(
    figure: Figure,
    status: str,
    zh: str,
    en: str,
    *,
    found: Decimal | None = None,
    code: str = "",
    measure: str = "",
    other_place: Place | None = None,
) -> Finding:
    """Word a finding about one figure of a table, whose amount is what was expected elsewhere.

    Parameters
    ----------
    figure
        Of the table.
    status, zh, en
        What came of looking for it.
    found
        The amount that was found for it (万元), if any.
    code, measure
        What the finding calls it, where its table has no word for it.
    other_place
        Where it was looked for.
    """
    return Finding(
        status,
        zh,
        en,
        figure.amount,
        found,
        table=figure.table,
        section=figure.section,
        code=code or figure.code,
        measure=measure or figure.measure,
        fact_id=figure.fact_id,
        place=figure.place,
        other_place=other_place,
        document=figure.document,
        sure=figure.sure,
    )


_VERDICTS = {
    PASS: Said("一致", "agree"),
    ROUNDING: Said("仅为四舍五入尾差", "differ by rounding only"),
    FAIL: Said("不一致", "do not agree"),
}
_WITHIN = {PASS: Said("未超出", "is within"), FAIL: Said("超出", "is more than")}


def compared(
    comparison: Comparison,
    figure: Figure,
    other: Figure | None,
    this: Said,
    that: Said,
    *,
    sure: bool = True,
    most: bool = False,
) -> Finding:
    """Word the finding of a comparison between a figure and what it should be.

    Parameters
    ----------
    comparison
        Of the amounts.
    figure
        The one that is judged.
    other
        The one that it is held against, or the part that is nearest to the gap.
    this, that
        What is compared with what: the one that is judged, and what it should be.
    sure
        False where the reader is unsure of a figure that is neither of the two.
    most
        Whether what is expected is a limit: it may be less, not more.
    """
    status = comparison.status
    if most and status != ROUNDING:
        word = _WITHIN[status]
        zh, en = f"{this.zh} {word.zh} {that.zh}", f"{this.en} {word.en} {that.en}"
    else:
        word = _VERDICTS[status]
        zh, en = f"{this.zh} 与 {that.zh} {word.zh}", f"{this.en}, and {that.en}, {word.en}"
    sure = sure and figure.sure and (other is None or other.sure)
    doubt_zh = "" if sure else "；读数本身有疑问，请先对照原文"
    doubt_en = "" if sure else "; the reader is unsure of a figure: read this yourself"
    numbers = _numbers(comparison, most)
    return Finding(
        status,
        f"{zh}：{numbers[0]}{doubt_zh}",
        f"{en}: {numbers[1]}{doubt_en}",
        comparison.expected,
        comparison.found,
        comparison.tolerance,
        figure.table,
        figure.code,
        figure.measure,
        figure.fact_id,
        other.fact_id if other else "",
        figure.place,
        other.place if other else None,
        figure.document,
        sure,
        figure.section,
        other.document if other else "",
    )


def _numbers(comparison: Comparison, most: bool) -> tuple[str, str]:
    found = plain(comparison.found)
    if comparison.found == comparison.expected:
        return f"均为{found}万元", f"both are {found} (万元)"
    expected, gap = plain(comparison.expected), plain(comparison.difference)
    return (
        f"应{'不超过' if most else '为'}{expected}，列示{found}，相差{gap}万元",
        f"expected {'at most ' if most else ''}{expected}, found {found}, difference {gap} (万元)",
    )


def plain(number: Decimal) -> str:
    """Write a number without an exponent and without trailing zeros after two decimals.

    Examples
    --------
    >>> plain(Decimal("9.2100")), plain(Decimal("4.5001")), plain(Decimal("-0.010"))
    ('9.21', '4.5001', '-0.01')
    """
    text = str(number)
    if text[-3:-2] == ".":
        return text
    text = f"{number:f}"
    whole, _, digits = text.partition(".")
    digits = digits.rstrip("0").ljust(2, "0")
    return f"{whole}.{digits}"
