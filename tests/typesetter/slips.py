"""Plant a slip of the pen: one printed figure changed, nothing else, and a record of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tests.typesetter.model import Disclosure, Fact, Statement

#: By how much an amount (万元), a percent and a head count go wrong: more than rounding explains.
OFF, OFF_PERCENT, OFF_HEADS = Decimal("3.70"), Decimal("7.00"), 3


@dataclass(frozen=True)
class Slip:
    """What was changed: the place, the figure that was right, the one that is printed now.

    Attributes
    ----------
    kind : str
        One of ``KINDS``.
    table : str
        Canonical id; ``staffing``, ``narrative`` or ``procurement`` for the prose.
    section, code, name, measure : str
        The cell, as in a fact; for the prose ``name`` is the item and ``measure`` the field.
    was, now : Decimal
        万元, percent or heads.
    """

    kind: str
    table: str
    section: str
    code: str
    name: str
    measure: str
    was: Decimal
    now: Decimal


def plant(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    """Change one figure of a disclosure.

    Parameters
    ----------
    model : Disclosure
        Left as it is.
    kind : str
        One of ``KINDS``.

    Returns
    -------
    tuple of Disclosure and Slip

    Raises
    ------
    ValueError
        The kind is unknown, or the disclosure prints no such figure.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown slip {kind!r}; there are {', '.join(KINDS)}")
    return KINDS[kind](model, kind)


def _change_fact(
    model: Disclosure, kind: str, wanted: Callable[[Fact], bool]
) -> tuple[Disclosure, Slip]:
    for place, fact in enumerate(model.facts):
        if wanted(fact):
            wrong = replace(fact, value=fact.value + OFF)
            facts = (*model.facts[:place], wrong, *model.facts[place + 1 :])
            slip = Slip(
                kind,
                fact.table,
                fact.section,
                fact.code,
                fact.name,
                fact.measure,
                fact.value,
                wrong.value,
            )
            return replace(model, facts=facts), slip
    raise ValueError(f"{model.key} prints no figure for the slip {kind!r}")


def _item(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    printed = {fact.table for fact in model.facts if len(fact.code) == 7}
    tables = ("expenditure", "general_expenditure", "appropriation_expenditure", "revenue")
    table = next((table for table in tables if table in printed), "")
    return _change_fact(
        model, kind, lambda f: (f.table, len(f.code), f.measure) == (table, 7, "total")
    )


def _total(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    return _change_fact(
        model,
        kind,
        lambda f: (f.table, f.section, f.code) == ("summary", "expenditure", "total"),
    )


def _basic_item(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    return _change_fact(
        model,
        kind,
        lambda f: (
            f.table == "basic_expenditure"
            and len(f.code) == 5
            and f.code.isdigit()
            and f.measure == "total"
        ),
    )


def _project_total(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    own = any(fact.table == "project_expenditure" for fact in model.facts)
    cell = ("project_expenditure", "total") if own else ("expenditure", "project")
    return _change_fact(model, kind, lambda f: f.code == "total" and (f.table, f.measure) == cell)


def _three_public_total(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    cell = ("three_public", "total", "total")
    return _change_fact(model, kind, lambda f: (f.table, f.code, f.measure) == cell)


def _carryover_total(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    cell = ("carryover", "total", "total")
    return _change_fact(model, kind, lambda f: (f.table, f.code, f.measure) == cell)


def _head_count(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    total = model.staff.total
    if total is None:
        raise ValueError(f"{model.key} says nothing of its staff")
    staff = replace(model.staff, total=total + OFF_HEADS)
    slip = Slip(kind, "staffing", "", "", "", "total", Decimal(total), Decimal(total + OFF_HEADS))
    return replace(model, staff=staff), slip


def _change_statement(model: Disclosure, kind: str, field: str) -> tuple[Disclosure, Slip]:
    off = OFF if field == "amount" else OFF_PERCENT
    for place, said in enumerate(model.statements):
        was: Decimal | None = getattr(said, field)
        if was and said.amount:
            wrong = _with(said, field, was + off)
            told = (*model.statements[:place], wrong, *model.statements[place + 1 :])
            slip = Slip(kind, "narrative", said.section, "", said.item, field, was, was + off)
            return replace(model, statements=told), slip
    raise ValueError(f"{model.key} has no {field} in its narrative")


def _with(said: Statement, field: str, value: Decimal) -> Statement:
    changes: dict[str, Any] = {field: value}
    return replace(said, **changes)


def _narrative_amount(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    return _change_statement(model, kind, "amount")


def _percent(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    shared = any(said.share for said in model.statements)
    return _change_statement(model, kind, "share" if shared else "change_pct")


def _procurement_sum(model: Disclosure, kind: str) -> tuple[Disclosure, Slip]:
    was = model.told["procurement"]
    slip = Slip(kind, "procurement", "", "total", "政府采购预算", "total", was, was + OFF)
    return replace(model, told=model.told | {"procurement": was + OFF}), slip


KINDS: dict[str, Callable[[Disclosure, str], tuple[Disclosure, Slip]]] = {
    "item": _item,
    "total": _total,
    "basic_item": _basic_item,
    "project_total": _project_total,
    "three_public_total": _three_public_total,
    "head_count": _head_count,
    "carryover_total": _carryover_total,
    "narrative_amount": _narrative_amount,
    "percent": _percent,
    "procurement_sum": _procurement_sum,
}
