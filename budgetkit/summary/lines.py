"""The lists of a report: revenue by source, expenditure by function, 三公, procurement.

Each takes a :class:`~budgetkit.disclosure.Subject` and gives lines with the facts that
they are (万元); a list is empty where nothing is disclosed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from budgetkit.codelists import bare_name
from budgetkit.disclosure import Figure, Subject, figure_of, text
from budgetkit.summary.lookup import first_fact, said

#: Sources of revenue that do not contain one another; the finer ones stand for the coarser.
SOURCES = (
    "general_own",
    "general_transfer",
    "general_special",
    "government_fund",
    "government_fund_transfer",
    "state_capital",
    "state_capital_transfer",
    "special_account",
    "unit_funds",
    "business_income",
    "superior_subsidy",
    "affiliate_income",
    "operating_income",
    "debt",
    "other_income",
    "fiscal_carryover",
    "nonfiscal_carryover",
)
#: A coarser source stands where none of its parts is printed; ``other_income`` inside of
#: ``unit_funds`` is a part, not one more source.
WHOLES = {
    "general_appropriation": ("general_own", "general_transfer", "general_special"),
    "carryover": ("fiscal_carryover", "nonfiscal_carryover"),
}
WITHIN_UNIT_FUNDS = (
    "business_income",
    "superior_subsidy",
    "affiliate_income",
    "operating_income",
    "other_income",
)
#: Rows of the 三公 table, in the order of a report.
THREE_PUBLIC = (
    "total",
    "abroad",
    "vehicles",
    "vehicle_purchase",
    "vehicle_operation",
    "reception",
)
#: Tables that print the basic expenditure by economic class, the usual one first.
ECONOMIC_TABLES = ("basic_expenditure", "appropriation_basic")
#: Tables that print the expenditure by function, the widest first.
FUNCTION_TABLES = ("expenditure", "general_expenditure", "appropriation_expenditure")
_FUNCTION = re.compile(r"2\d\d")


@dataclass(frozen=True, slots=True)
class Line:
    """A named amount.

    Attributes
    ----------
    code : str
        Classification code, or the slug of an item.
    name : str
        As printed, without its enumerator.
    figure : Figure
        万元.
    basic, project : Figure or None
        How it splits, where the table says it.
    """

    code: str
    name: str
    figure: Figure
    basic: Figure | None = None
    project: Figure | None = None


def _lines(rows: Iterable[dict[str, Any]], note: str = "") -> list[Line]:
    """Lines of rows that print more than zero, the largest first."""
    lines = []
    for row in rows:
        figure = figure_of(row, note=note)
        if figure is not None and figure.amount:
            lines.append(Line(text(row["code"]), bare_name(text(row["name"])), figure))
    return sorted(lines, key=lambda line: -line.figure.amount)


def sources(subject: Subject) -> tuple[Line, ...]:
    """Revenue by source, the largest first; sources that contain one another are left out."""
    rows: dict[str, dict[str, Any]] = {}
    for row in subject.rows("facts", table="summary", section="revenue"):
        if row["measure"] in ("amount", "total") and text(row["code"]):
            rows.setdefault(row["code"], row)
    chosen = [code for code in SOURCES if code in rows]
    if "unit_funds" in rows:
        chosen = [code for code in chosen if code not in WITHIN_UNIT_FUNDS]
    for whole, parts in WHOLES.items():
        if whole in rows and not any(part in chosen for part in parts):
            chosen.append(whole)
    if "fiscal_appropriation" in rows and not any(
        code.startswith(("general_", "government_fund", "state_capital")) for code in chosen
    ):
        chosen.append("fiscal_appropriation")
    return tuple(_lines(rows[code] for code in chosen))


def functions(subject: Subject) -> tuple[Line, ...]:
    """Expenditure by 类, the largest first."""
    rows = [
        row
        for row in subject.rows("facts", table="summary", section="expenditure")
        if row["measure"] in ("amount", "total") and _FUNCTION.fullmatch(text(row["code"]))
    ]
    if rows:
        return tuple(_lines(rows))
    for table in FUNCTION_TABLES:
        rows = subject.rows("facts", table=table, measure="total", level=1)
        if rows:
            note = "" if table == "expenditure" else "general_only"
            return tuple(_lines(rows, note))
    return ()


def items(subject: Subject) -> tuple[Line, ...]:
    """Expenditure by 项, with how each splits into basic and project."""
    for table in FUNCTION_TABLES:
        rows = subject.rows("facts", table=table, level=3)
        if not rows:
            continue
        split: dict[tuple[str, str], Figure | None] = {}
        for row in rows:
            split.setdefault((text(row["code"]), row["measure"]), figure_of(row))
        totals = [row for row in rows if row["measure"] == "total"]
        note = "" if table == "expenditure" else "general_only"
        return tuple(
            Line(
                line.code,
                line.name,
                line.figure,
                split.get((line.code, "basic")),
                split.get((line.code, "project")),
            )
            for line in _lines(totals, note)
        )
    return ()


def economic_classes(subject: Subject, level: int) -> tuple[Line, ...]:
    """Economic classes of a level (1 or 2) of the basic expenditure, the largest first."""
    for table in ECONOMIC_TABLES:
        rows = subject.rows("facts", table=table, measure="total", level=level)
        if rows:
            return tuple(_lines(rows))
    return ()


def three_public(subject: Subject) -> tuple[Line, ...]:
    """三公 and its parts; from the prose where no table prints them."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in subject.rows("facts", table="three_public", measure="total"):
        rows.setdefault(text(row["code"]), []).append(row)
    if not rows:
        said_rows = [r for r in subject.rows("narrative", kind="three_public") if r["amount"]]
        return tuple(
            Line("", text(row["item"]), figure)
            for row in said_rows
            if (figure := figure_of(row, note="from_narrative"))
        )
    found = []
    for code in THREE_PUBLIC:
        for row in rows.get(code, [])[:1]:
            figure = figure_of(row)
            if figure:
                found.append(Line(code, bare_name(text(row["name"])), figure))
    return tuple(found)


def carryover(subject: Subject) -> tuple[Line, ...]:
    """Carried over from the year before: the total, then each project."""
    rows = subject.rows("facts", table="carryover", measure="total")
    total = next((row for row in rows if row["code"] == "total"), None)
    if total is None:
        total = first_fact(subject, "summary", ("amount",), section="revenue", code="carryover")
    figure = figure_of(total) if total else None
    if total is None or figure is None:
        return ()
    projects = _lines(row for row in rows if row["project"])
    return (Line("total", text(total["name"]), figure), *projects)


def procurement(subject: Subject) -> tuple[Line, ...]:
    """政府采购 with its parts and what is reserved for small enterprises."""
    found = []
    for code in ("total", "goods", "works", "services"):
        row = first_fact(subject, "procurement", ("total",), code=code)
        key = "procurement" if code == "total" else f"procurement_{code}"
        figure = figure_of(row) if row else said(subject, key, kind="procurement")
        if figure:
            found.append(Line(code, text(row["name"]) if row else "", figure))
    for code in ("reserved_sme", "reserved_micro"):
        figure = said(subject, code, kind="procurement")
        if figure:
            found.append(Line(code, "", figure))
    return tuple(found)


def operating_costs(subject: Subject) -> tuple[Line, ...]:
    """机关运行经费, from a table or else from the prose."""
    row = first_fact(subject, "operating_costs", ("total",), code="total")
    row = row or first_fact(subject, "three_public", ("total",), code="operating_costs")
    figure = figure_of(row) if row else said(subject, "operating_costs")
    return (Line("operating_costs", "", figure),) if figure else ()
