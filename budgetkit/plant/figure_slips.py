"""Slips of one figure: it is printed wrong, and its sum or its own sentence shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from budgetkit.corpus.model import Disclosure, Fact
from budgetkit.corpus.wording import amount_text
from budgetkit.plant.slip import (
    Maker,
    Planted,
    Slip,
    fact_slip,
    nudged,
    pick,
    said_slip,
    wrong_amount,
)

Others = Sequence[Disclosure]
#: Digits of the code of a function's item, and of an economic class's.
ITEM, ECONOMIC = 7, 5
#: Tables whose items are the sums of their columns and the parts of their parents.
ITEM_TABLES = ("expenditure", "general_expenditure", "appropriation_expenditure")
#: By how many points a percent goes wrong, in hundredths, and above which it goes down.
LEAST_POINTS, MOST_POINTS, HIGH_PERCENT = 210, 990, 85
#: By how many heads at most a count goes wrong.
HEADS = 5


def _changed(kind: str, what: str, wanted: Callable[[Disclosure, Fact], bool]) -> Maker:
    """Make a kind that prints a wrong amount in one of the cells that are wanted."""

    def make(model: Disclosure, draws: Random, others: Others) -> Planted:
        fact = pick([f for f in model.facts if f.value and wanted(model, f)], draws, model, what)
        return fact_slip(kind, model, fact, wrong_amount(fact.value, model, draws))

    return make


def _is_item(model: Disclosure, fact: Fact) -> bool:
    return fact.table in ITEM_TABLES and (len(fact.code), fact.measure) == (ITEM, "total")


def _is_total(model: Disclosure, fact: Fact) -> bool:
    return (fact.table, fact.section, fact.code) == ("summary", "expenditure", "total")


def _is_basic_item(model: Disclosure, fact: Fact) -> bool:
    cell = (fact.table, len(fact.code), fact.measure)
    return cell == ("basic_expenditure", ECONOMIC, "total") and fact.code.isdigit()


def _is_project_total(model: Disclosure, fact: Fact) -> bool:
    own = any(other.table == "project_expenditure" for other in model.facts)
    cell = ("project_expenditure", "total") if own else ("expenditure", "project")
    return fact.code == "total" and (fact.table, fact.measure) == cell


def _is_whole_of(table: str) -> Callable[[Disclosure, Fact], bool]:
    def wanted(model: Disclosure, fact: Fact) -> bool:
        return (fact.table, fact.code, fact.measure) == (table, "total", "total")

    return wanted


def _head_count(model: Disclosure, draws: Random, others: Others) -> Planted:
    totals = [] if model.staff.total is None else [model.staff.total]
    total = pick(totals, draws, model, "nothing of its staff")
    off = draws.randrange(1, HEADS + 1)
    now = total - off if total > HEADS * off and draws.random() < 0.5 else total + off
    slip = Slip(
        "head_count",
        "staffing",
        "",
        "",
        "实有人数",
        "",
        "total",
        Decimal(total),
        Decimal(now),
        str(now),
        str(total),
        frozenset(["staffing"]),
    )

    def edit(one: Disclosure, heads: int = now) -> Disclosure:
        return replace(one, staff=replace(one.staff, total=heads))

    return Planted(slip, edit, lambda one: edit(one, int(nudged(Decimal(now), Decimal(1)))))


def _narrative_amount(model: Disclosure, draws: Random, others: Others) -> Planted:
    places = [place for place, said in enumerate(model.statements) if said.amount]
    place = pick(places, draws, model, "no amount in its narrative")
    was = model.statements[place].amount or Decimal(0)
    return said_slip("narrative_amount", model, place, "amount", wrong_amount(was, model, draws))


def _percent(model: Disclosure, draws: Random, others: Others) -> Planted:
    field = "share" if any(said.share for said in model.statements) else "change_pct"
    places = [
        place for place, said in enumerate(model.statements) if said.amount and getattr(said, field)
    ]
    place = pick(places, draws, model, "no percent in its narrative")
    was: Decimal = getattr(model.statements[place], field)
    off = Decimal(draws.randrange(LEAST_POINTS, MOST_POINTS)) / 100
    # A fall is printed without its sign: both go away from nothing, but for what is nearly all.
    now = was - off if was < 0 or was > HIGH_PERCENT else was + off
    return said_slip("percent", model, place, field, now)


def _procurement_sum(model: Disclosure, draws: Random, others: Others) -> Planted:
    told = [model.told["procurement"]] if model.told.get("procurement") else []
    was = pick(told, draws, model, "nothing of its procurement")
    now = wrong_amount(was, model, draws)
    slip = Slip(
        "procurement_sum",
        "procurement",
        "",
        "total",
        "政府采购预算",
        "",
        "total",
        was,
        now,
        amount_text(now),
        amount_text(was),
        frozenset(["procurement"]),
    )

    def edit(one: Disclosure, amount: Decimal = now) -> Disclosure:
        return replace(one, told=one.told | {"procurement": amount})

    return Planted(slip, edit, lambda one: edit(one, nudged(now)))


#: The kinds of this module, by name.
MAKERS: dict[str, Maker] = {
    "item": _changed("item", "no item by its code", _is_item),
    "total": _changed("total", "no total of expenditure", _is_total),
    "basic_item": _changed("basic_item", "no basic expenditure by its code", _is_basic_item),
    "project_total": _changed("project_total", "no total of projects", _is_project_total),
    "three_public_total": _changed(
        "three_public_total", "no total of the three public costs", _is_whole_of("three_public")
    ),
    "head_count": _head_count,
    "carryover_total": _changed(
        "carryover_total", "no total carried over", _is_whole_of("carryover")
    ),
    "narrative_amount": _narrative_amount,
    "percent": _percent,
    "procurement_sum": _procurement_sum,
}
