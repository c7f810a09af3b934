"""Which facts are the department's own: those that its sums, reports and comparisons take.

Templates print amounts again: once for each budget unit, by the economic classification in a
panel of its own, at several stages of the budget.  None of these is added to the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from budgetkit.amounts import parse_number
from budgetkit.storage.records import Row

#: Panels that print the expenditure of the panel beside them again, by another classification.
REPEATED_PANELS = frozenset({"economic", "government"})
#: Codes of rows that are no line of their table, but the whole of it or of a unit.
WHOLES = frozenset({"", "total", "department", "unit"})
#: What a table calls the sum of its units.
TOTAL_WORDS = frozenset({"合计", "总计", "共计", "小计", "汇总"})
FINAL_ACCOUNT = "final_account"
#: The stage that a column is read at: the first of these that it prints.
_BUDGET_STAGES = ("budget", "", "final", "adjusted", "executed")
_FINAL_STAGES = ("final", "executed", "budget", "", "adjusted")


def own_facts(facts: Iterable[Row], kind: str = "") -> list[Row]:
    """Return the rows of ``facts`` that speak of the department as a whole.

    Left out are rows of a budget unit, panels that repeat another by a second classification,
    and stages of a column other than its main one.  Where a table prints its lines for one unit
    alone, these are the department's; so are projects that it lists by unit alone.

    Parameters
    ----------
    facts
        Of one disclosure.
    kind
        ``budget`` or ``final_account``, as in ``documents``; empty where not known.

    Returns
    -------
    list of dict
        In their order.

    Examples
    --------
    >>> row = {"document": "a", "table": "revenue", "measure": "total", "printed": "9"}
    >>> units = [row | {"code": "unit", "budget_unit": unit} for unit in ("甲站", "乙站")]
    >>> [fact["code"] for fact in own_facts([row | {"code": "total"}, *units])]
    ['total']
    """
    rows = list(facts)
    if not any(map(_is_unusual, rows)):
        return rows
    rows = [row for row in rows if row.get("section") not in REPEATED_PANELS]
    main = _main_stages(rows, _FINAL_STAGES if kind == FINAL_ACCOUNT else _BUDGET_STAGES)
    rows = [row for row in rows if (row.get("stage") or "") == main[_column(row)]]
    units = unit_names(rows)
    if not any(units):
        return rows
    named = list(zip(rows, units, strict=True))
    single = _single_units(named)
    own = [row for row, unit in named if not unit]
    totals = {_panel(row) for row in own if row["code"] == "total"}
    projects = {_project(row) for row in own if row.get("project")}

    def is_own(row: Row, unit: str) -> bool:
        if not unit:
            return True
        if row.get("project"):
            return _project(row) not in projects
        is_only_total = row["code"] == "total" and _panel(row) not in totals
        return _panel(row) in single and (_is_line(row) or is_only_total)

    return [row for row, unit in named if is_own(row, unit)]


def unit_names(facts: Iterable[Row]) -> list[str]:
    """Return the budget unit of each row of ``facts``; empty for the department's own.

    A row with the department's name that is less than the total of a table by unit is that of
    its own office, and so are the rows below it.

    Parameters
    ----------
    facts
        Of one disclosure, in their order.

    Returns
    -------
    list of str
    """
    rows = list(facts)
    by_unit = {_panel(row) for row in rows if row.get("code") == "unit" or row.get("budget_unit")}
    totals: dict[Any, Decimal] = {}
    for row in rows:
        if row["code"] in ("total", "department") and _panel(row) in by_unit:
            totals[_column(row)] = max(_printed(row), totals.get(_column(row), _printed(row)))
    # Where a table by unit gives the whole as one of its units, what has no unit is its office.
    wholes = {_panel(row) for row in rows if row.get("budget_unit") in TOTAL_WORDS}
    offices = dict.fromkeys(wholes, "department")
    found = []
    for row in rows:
        panel = _panel(row)
        if row.get("budget_unit") in TOTAL_WORDS:
            found.append("")
            continue
        if row["code"] == "department" and _printed(row) < totals.get(_column(row), _printed(row)):
            offices[panel] = row.get("name") or "department"
        found.append(row.get("budget_unit") or offices.get(panel) or "")
    return found


def is_split(rows: Sequence[Row]) -> bool:
    """Whether rows of one code are its parts, by the code of a second classification.

    Parameters
    ----------
    rows
        Facts of one column and code.

    Returns
    -------
    bool
        False for a single row, and where a second code is missing or comes twice.
    """
    seconds = [(row.get("government_code") or "", row.get("economic_code") or "") for row in rows]
    return len(rows) > 1 and all(map(any, seconds)) and len(set(seconds)) == len(seconds)


def units_of(facts: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the lines that tables print by budget unit, by table.

    Parameters
    ----------
    facts
        Of one disclosure.

    Returns
    -------
    dict of str to list of dict
        Tables with lines of several units and none of the department's own.
    """
    rows = list(facts)
    if not any(row.get("budget_unit") for row in rows):
        return {}
    own = {_panel(row) for row in own_facts(rows) if _is_line(row)}
    found: dict[str, list[Row]] = defaultdict(list)
    for row, unit in zip(rows, unit_names(rows), strict=True):
        if unit and _is_line(row) and _panel(row) not in own:
            found[row["table"]].append(row)
    return dict(found)


def _is_unusual(row: Row) -> bool:
    return bool(
        row.get("budget_unit")
        or row.get("section") in REPEATED_PANELS
        or row.get("stage") not in ("budget", "", None)
    )


def _main_stages(rows: Iterable[Row], order: Sequence[str]) -> Mapping[Any, str]:
    stages: dict[Any, set[str]] = defaultdict(set)
    for row in rows:
        stages[_column(row)].add(row.get("stage") or "")
    ranks = {stage: rank for rank, stage in enumerate(order)}
    return {
        column: min(sorted(found), key=lambda stage: ranks.get(stage, len(ranks)))
        for column, found in stages.items()
    }


def _single_units(named: Iterable[tuple[Row, str]]) -> set[Any]:
    """Panels whose lines are printed for one budget unit, and for no other."""
    units: dict[Any, set[str]] = defaultdict(set)
    for row, unit in named:
        if _is_line(row) or row["code"] == "unit":
            units[_panel(row)].add(unit)
    return {panel for panel, found in units.items() if len(found) == 1}


def _panel(row: Row) -> tuple[Any, ...]:
    return row["document"], row["table"], (row.get("section") or "")


def _project(row: Row) -> tuple[Any, ...]:
    return (*_column(row), row["project"], row["printed"])


def _printed(row: Row) -> Decimal:
    return parse_number(row["printed"]) or Decimal(0)


def _column(row: Row) -> tuple[Any, ...]:
    return (*_panel(row), row["measure"])


def _is_line(row: Row) -> bool:
    return (row.get("code") or "") not in WHOLES or bool(row.get("project"))
