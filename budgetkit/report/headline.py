"""What a report says of a department's money: each amount with the fact it is.

Pure functions from a :class:`~budgetkit.report.subject.Subject` to frozen values.  Where
the usual table is missing the next best is taken and the figure's ``note`` says
so; what no table prints stays None, never zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from budgetkit.codelists import bare_name, read_codelist
from budgetkit.report.subject import Figure, Place, Subject, figure_of, text

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


@dataclass(frozen=True, slots=True)
class Headline:
    """The money of a department in one year; 万元, None or empty where not disclosed.

    Attributes
    ----------
    revenue, expenditure : Figure or None
        Totals as printed.
    sources, functions : tuple of Line
        Of the revenue; of the expenditure by 类, both by size.
    items : tuple of Line
        Of the expenditure by 项.
    basic, project, reserve : Figure or None
        Of the expenditure.
    personnel, operating : Figure or None
        Of the basic expenditure.
    wages, goods, family : Figure or None
        Economic classes 301, 302 and 303 of the basic expenditure.
    economic : tuple of Line
        Economic classes of the second level.
    three_public : tuple of Line
        三公 and its parts.
    carryover : tuple of Line
        Carried over from the year before: the total, and each project.
    procurement, operating_costs : tuple of Line
        政府采购 with its parts; 机关运行经费.
    """

    revenue: Figure | None
    expenditure: Figure | None
    sources: tuple[Line, ...]
    functions: tuple[Line, ...]
    items: tuple[Line, ...]
    basic: Figure | None
    project: Figure | None
    reserve: Figure | None
    personnel: Figure | None
    operating: Figure | None
    wages: Figure | None
    goods: Figure | None
    family: Figure | None
    economic: tuple[Line, ...]
    three_public: tuple[Line, ...]
    carryover: tuple[Line, ...]
    procurement: tuple[Line, ...]
    operating_costs: tuple[Line, ...]

    def line(self, group: str, code: str) -> Line | None:
        """Give one line of a group by its code."""
        lines: tuple[Line, ...] = getattr(self, group)
        return next((line for line in lines if line.code == code), None)


def headline(subject: Subject) -> Headline:
    """Gather what a report says of a department's money.

    Parameters
    ----------
    subject
        One department, scope and year.

    Returns
    -------
    Headline
        Amounts in 万元.
    """
    basic, project, reserve = (_use(subject, use) for use in ("basic", "project", "reserve"))
    classes = {line.code: line for line in _economic(subject, 1)}
    personnel, operating = _personnel(subject, classes)
    return Headline(
        revenue=_total(subject, "revenue"),
        expenditure=_total(subject, "expenditure"),
        sources=_sources(subject),
        functions=_functions(subject),
        items=_items(subject),
        basic=basic,
        project=project,
        reserve=reserve,
        personnel=personnel,
        operating=operating,
        wages=_figure(classes.get("301")),
        goods=_figure(classes.get("302")),
        family=_figure(classes.get("303")),
        economic=_economic(subject, 2),
        three_public=_three_public(subject),
        carryover=_carryover(subject),
        procurement=_procurement(subject),
        operating_costs=_operating_costs(subject),
    )


def first_fact(
    subject: Subject, frame: str, measures: Sequence[str], /, **where: Any
) -> dict[str, Any] | None:
    """Give the first fact of a table that fits, the measures tried in their order; or None."""
    rows = subject.rows("facts", table=frame, **where)
    for measure in measures:
        for row in rows:
            if row["measure"] == measure:
                return row
    return None


def said(subject: Subject, key: str, *, kind: str | None = None) -> Figure | None:
    """Give what the prose says of a headline amount, where no table prints it."""
    for row in subject.rows("narrative"):
        fits = kind is None or row["kind"] == kind
        if fits and row["amount"] is not None and _said(key).fullmatch(text(row["item"])):
            return figure_of(row, note="from_narrative")
    return None


def is_total(item: str) -> bool:
    """Tell whether the prose means the whole budget by an item.

    Examples
    --------
    >>> is_total("支出预算"), is_total("基本支出")
    (True, False)
    """
    return any(_said(side).fullmatch(item) for side in ("expenditure", "revenue"))


@cache
def _said(key: str) -> re.Pattern[str]:
    patterns = [
        row["value"]
        for row in read_codelist("headline")
        if row["topic"] == "said" and row["key"] == key
    ]
    return re.compile("|".join(patterns) or r"(?!)")


def _total(subject: Subject, side: str) -> Figure | None:
    row = first_fact(subject, "summary", ("amount", "total"), section=side, code="total")
    if row:
        return figure_of(row)
    for table, note in ((side, f"from_{side}"), ("general_expenditure", "general_only")):
        row = first_fact(subject, table, ("total",), code="total")
        if row:
            return figure_of(row, note=note)
    return said(subject, side)


def _lines(rows: Iterable[dict[str, Any]], note: str = "") -> list[Line]:
    """Lines of rows that print more than zero, the largest first."""
    lines = []
    for row in rows:
        figure = figure_of(row, note=note)
        if figure is not None and figure.amount:
            lines.append(Line(text(row["code"]), bare_name(text(row["name"])), figure))
    return sorted(lines, key=lambda line: -line.figure.amount)


def _sources(subject: Subject) -> tuple[Line, ...]:
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


def _functions(subject: Subject) -> tuple[Line, ...]:
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


def _items(subject: Subject) -> tuple[Line, ...]:
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


def _use(subject: Subject, use: str) -> Figure | None:
    """What goes to basic, project or reserve, out of the whole expenditure where it is told."""
    row = first_fact(subject, "expenditure", (use,), code="total")
    row = row or first_fact(subject, "summary", ("amount",), section="use", code=use)
    if row:
        return figure_of(row)
    row = first_fact(subject, "general_expenditure", (use,), code="total")
    return figure_of(row, note="general_only") if row else said(subject, use)


def _economic(subject: Subject, level: int) -> tuple[Line, ...]:
    for table in ECONOMIC_TABLES:
        rows = subject.rows("facts", table=table, measure="total", level=level)
        if rows:
            return tuple(_lines(rows))
    return ()


def _personnel(subject: Subject, classes: dict[str, Line]) -> tuple[Figure | None, Figure | None]:
    """Personnel and operating cost: as printed, else put together from their classes."""
    for table in ECONOMIC_TABLES:
        personnel = first_fact(subject, table, ("personnel",), code="total")
        operating = first_fact(subject, table, ("operating",), code="total")
        if personnel and operating:
            return figure_of(personnel), figure_of(operating)
    if classes:
        return _sum(classes, ("301", "303")), _sum(classes, ("302", "310"))
    return said(subject, "personnel"), said(subject, "operating")


def _sum(classes: dict[str, Line], codes: Sequence[str]) -> Figure | None:
    found = [classes[code].figure for code in codes if code in classes]
    if not found:
        return None
    places: tuple[Place, ...] = tuple(place for figure in found for place in figure.places)
    return Figure(sum(figure.amount for figure in found), places, "from_classes")


def _figure(line: Line | None) -> Figure | None:
    return line.figure if line else None


def _three_public(subject: Subject) -> tuple[Line, ...]:
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


def _carryover(subject: Subject) -> tuple[Line, ...]:
    rows = subject.rows("facts", table="carryover", measure="total")
    total = next((row for row in rows if row["code"] == "total"), None)
    if total is None:
        total = first_fact(subject, "summary", ("amount",), section="revenue", code="carryover")
    figure = figure_of(total) if total else None
    if total is None or figure is None:
        return ()
    projects = _lines(row for row in rows if row["project"])
    return (Line("total", text(total["name"]), figure), *projects)


def _procurement(subject: Subject) -> tuple[Line, ...]:
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


def _operating_costs(subject: Subject) -> tuple[Line, ...]:
    row = first_fact(subject, "operating_costs", ("total",), code="total")
    row = row or first_fact(subject, "three_public", ("total",), code="operating_costs")
    figure = figure_of(row) if row else said(subject, "operating_costs")
    return (Line("operating_costs", "", figure),) if figure else ()
