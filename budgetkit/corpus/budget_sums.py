"""Sums over a budget: by source and use, by economic class, what is spent on 三公."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from budgetkit.corpus.budget import Budget

ZERO = Decimal(0)
Measures = dict[str, Decimal]
#: What of the appropriation a source belongs to.
SOURCES = {
    "own": "general_budget",
    "transfer": "general_budget_transfer",
    "fund": "government_fund",
    "unit": "unit_funds",
    "carry": "fiscal_carryover",
    "carry_unit": "nonfiscal_carryover",
}
GENERAL = ("own", "transfer")
FISCAL = (*GENERAL, "fund")


def leaves(budget: Budget) -> dict[str, Measures]:
    """Return function → source and use → 万元: ``own/basic``, ``transfer/project`` and so on."""
    found: dict[str, Measures] = {}
    for (code, _), amount in budget.basic.items():
        put(found, code, "own/basic", amount)
    for line in budget.lines:
        put(found, line.code, f"{line.source}/project", line.amount)
    if budget.reserve:
        put(found, budget.run, "own/reserve", budget.reserve)
    return found


def total(budget: Budget, sources: Iterable[str] | None = None, use: str = "") -> Decimal:
    """Return 万元 of some sources (all without them) and one use (all without it).

    Parameters
    ----------
    budget
        The budget.
    sources
        Sources; all where not given.
    use
        ``basic``, ``project``, ``reserve``, or empty for all.

    Returns
    -------
    Decimal
    """
    wanted = set(sources) if sources is not None else None
    amount = ZERO
    for cells in leaves(budget).values():
        for key, value in cells.items():
            source, kind = key.split("/")
            if (wanted is None or source in wanted) and use in ("", kind):
                amount += value
    return amount


def by_class(budget: Budget, econ: str) -> Decimal:
    """Return the basic 万元 of an economic code or of all that begin with it.

    Parameters
    ----------
    budget
        The budget.
    econ
        An economic code or how it begins.

    Returns
    -------
    Decimal
    """
    return sum((a for (_, code), a in budget.basic.items() if code.startswith(econ)), ZERO)


def put(rows: dict[str, Measures], code: str, key: str, amount: Decimal) -> None:
    """Add an amount to a cell of some rows.

    Parameters
    ----------
    rows
        Row to measure to 万元; changed.
    code
        The row.
    key
        The measure.
    amount
        万元.
    """
    row = rows.setdefault(code, {})
    row[key] = row.get(key, ZERO) + amount


def spent_rows(budget: Budget) -> dict[str, Measures]:
    """Return the rows of the 三公 table: slug → measure → 万元."""
    amounts = {
        "abroad": by_class(budget, "30212"),
        "reception": by_class(budget, "30217"),
        "vehicle_purchase": ZERO,
        "vehicle_operation": by_class(budget, "30231"),
        "meetings": by_class(budget, "30215"),
        "training": by_class(budget, "30216"),
        "operating_costs": by_class(budget, "302"),
    }
    amounts["vehicles"] = amounts["vehicle_purchase"] + amounts["vehicle_operation"]
    amounts["total"] = amounts["abroad"] + amounts["reception"] + amounts["vehicles"]
    both = amounts["meetings"] + amounts["training"]
    amounts["total_with_meetings_training"] = amounts["total"] + both
    return {code: {"total": a, "general_budget": a} for code, a in amounts.items()}


def spent(budget: Budget) -> dict[str, Decimal]:
    """Return 三公, meetings, training and operating costs, 万元 by slug."""
    return {code: measures["total"] for code, measures in spent_rows(budget).items()}
