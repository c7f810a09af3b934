"""The lists of a report: revenue by source, expenditure by function, 三公, procurement.

Amounts are in 万元, each with the fact it is; a list is empty where nothing is disclosed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from budgetkit.codelists import bare_name
from budgetkit.disclosure import DisclosureRows
from budgetkit.own_facts import is_split
from budgetkit.storage.figures import Figure, figure_of, place_of, sum_of
from budgetkit.storage.records import Row, text
from budgetkit.summary.lookup import first_fact, stated_in_prose

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
#: Classes of the functional and of the economic classification, by the first digit.
_FUNCTION, _ECONOMIC = re.compile(r"2\d+"), re.compile(r"3\d+")


@dataclass(frozen=True, slots=True)
class AmountLine:
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


def _lines(rows: Iterable[Row], note: str = "") -> list[AmountLine]:
    """Lines of rows that print more than zero, the largest first.

    Rows that split one code by a second classification are one line.
    """
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        if row["amount"]:
            by_code.setdefault(text(row["code"]), []).append(row)
    lines = []
    for found in by_code.values():
        each = [_line(row, note) for row in found]
        whole = sum_of(line.figure for line in each) if is_split(found) else None
        lines += [replace(each[0], figure=replace(whole, note=note))] if whole else each
    return sorted(lines, key=lambda line: -line.figure.amount)


def _line(row: Row, note: str = "") -> AmountLine:
    place = place_of(row)
    figure = Figure(float(row["amount"]), (place,) if place else (), note)
    return AmountLine(text(row["code"]), bare_name(text(row["name"])), figure)


def sources(disclosure: DisclosureRows) -> tuple[AmountLine, ...]:
    """Revenue by source, the largest first; sources that contain one another are left out."""
    rows: dict[str, Row] = {}
    for row in disclosure.rows_where("facts", table="summary", section="revenue"):
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


def functions(disclosure: DisclosureRows) -> tuple[AmountLine, ...]:
    """Expenditure by 类, the largest first."""
    rows = [
        row
        for row in disclosure.rows_where("facts", table="summary", section="expenditure")
        if row["measure"] in ("amount", "total")
        and len(text(row["code"])) == 3
        and _FUNCTION.fullmatch(row["code"])
    ]
    if rows:
        return tuple(_lines(rows))
    for table in FUNCTION_TABLES:
        rows = _of_kind(_FUNCTION, disclosure, table, measure="total", level=1)
        if rows:
            note = "" if table == "expenditure" else "general_only"
            return tuple(_lines(rows, note))
    return ()


def items(disclosure: DisclosureRows) -> tuple[AmountLine, ...]:
    """Expenditure by 项, with how each splits into basic and project."""
    for table in FUNCTION_TABLES:
        rows = _of_kind(_FUNCTION, disclosure, table, level=3)
        if rows:
            split: dict[tuple[str, str], Figure | None] = {}
            for row in rows:
                split.setdefault((text(row["code"]), row["measure"]), figure_of(row))
            note = "" if table == "expenditure" else "general_only"
            return tuple(
                replace(
                    line,
                    basic=split.get((line.code, "basic")),
                    project=split.get((line.code, "project")),
                )
                for line in _lines((row for row in rows if row["measure"] == "total"), note)
            )
    return ()


def economic_classes(disclosure: DisclosureRows, level: int) -> tuple[AmountLine, ...]:
    """Economic classes of the basic expenditure, the largest first.

    Parameters
    ----------
    disclosure
        One department, scope and year.
    level
        1 类, 2 款.

    Returns
    -------
    tuple of AmountLine
        From the first of :data:`ECONOMIC_TABLES` that prints any.
    """
    for table in ECONOMIC_TABLES:
        rows = _of_kind(_ECONOMIC, disclosure, table, measure="total", level=level)
        rows = rows or _by_use(disclosure, table, level)
        if rows:
            return tuple(_lines(rows))
    return ()


def _by_use(disclosure: DisclosureRows, table: str, level: int) -> list[Row]:
    """Classes of a table that prints personnel beside operating cost, and no total of a class."""
    rows = [
        row
        for measure in ("personnel", "operating")
        for row in _of_kind(_ECONOMIC, disclosure, table, measure=measure, level=level)
        if row["amount"]
    ]
    return rows if len({row["code"] for row in rows}) == len(rows) else []


def _of_kind(
    kind: re.Pattern[str], disclosure: DisclosureRows, table: str, **columns: object
) -> list[Row]:
    """Return the facts of a table whose codes are of one classification."""
    rows = disclosure.rows_where("facts", table=table, **columns)
    return [row for row in rows if kind.fullmatch(text(row["code"]))]


def three_public(disclosure: DisclosureRows) -> tuple[AmountLine, ...]:
    """三公 and its parts; from the prose where no table prints them."""
    rows: dict[str, Row] = {}
    for row in disclosure.rows_where("facts", table="three_public", measure="total"):
        rows.setdefault(text(row["code"]), row)
    if rows:
        return tuple(_line(rows[code]) for code in THREE_PUBLIC if code in rows)
    said: dict[tuple[str, float], AmountLine] = {}
    for row in disclosure.rows_where("narrative", kind="three_public"):
        figure = figure_of(row, note="from_narrative")
        if figure and figure.amount:
            # The prose may say an amount again, in a list and by itself.
            line = AmountLine("", text(row["item"]), figure)
            said.setdefault((line.name, figure.amount), line)
    return tuple(said.values())


def carryover(disclosure: DisclosureRows) -> tuple[AmountLine, ...]:
    """Carried over from the year before: the total, then each project."""
    total = first_fact(disclosure, "carryover", ("total",), code="total")
    total = total or first_fact(
        disclosure, "summary", ("amount",), section="revenue", code="carryover"
    )
    figure = figure_of(total)
    if total is None or figure is None:
        return ()
    rows = disclosure.rows_where("facts", table="carryover", measure="total")
    projects = _lines(row for row in rows if row["project"])
    return (AmountLine("total", text(total["name"]), figure), *projects)


def procurement(disclosure: DisclosureRows) -> tuple[AmountLine, ...]:
    """政府采购 with its parts and what is reserved for small enterprises."""
    found = []
    for code in ("total", "goods", "works", "services", "reserved_sme", "reserved_micro"):
        row = None
        key = code
        if not code.startswith("reserved"):
            row = first_fact(disclosure, "procurement", ("total",), code=code)
            key = "procurement" if code == "total" else f"procurement_{code}"
        figure = figure_of(row) or stated_in_prose(disclosure, key, kind="procurement")
        if figure:
            found.append(AmountLine(code, text(row["name"]) if row else "", figure))
    return tuple(found)


def operating_costs(disclosure: DisclosureRows) -> tuple[AmountLine, ...]:
    """机关运行经费, from a table or else from the prose."""
    row = first_fact(disclosure, "operating_costs", ("total",), code="total")
    row = row or first_fact(disclosure, "three_public", ("total",), code="operating_costs")
    figure = figure_of(row) or stated_in_prose(disclosure, "operating_costs")
    return (AmountLine("operating_costs", "", figure),) if figure else ()
