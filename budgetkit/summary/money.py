"""What a report says of a department's money: each amount with the fact it is.

Pure functions from a :class:`~budgetkit.disclosure.Subject` to frozen values.  Where
the usual table is missing the next best is taken and the figure's ``note`` says
so; what no table prints stays None, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetkit.disclosure import Figure, Place, Subject, figure_of
from budgetkit.summary.lines import (
    ECONOMIC_TABLES,
    Line,
    carryover,
    economic_classes,
    functions,
    items,
    operating_costs,
    procurement,
    sources,
    three_public,
)
from budgetkit.summary.lookup import first_fact, said


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
    classes = {line.code: line for line in economic_classes(subject, 1)}
    personnel, operating = _personnel(subject, classes)
    return Headline(
        revenue=_total(subject, "revenue"),
        expenditure=_total(subject, "expenditure"),
        sources=sources(subject),
        functions=functions(subject),
        items=items(subject),
        basic=basic,
        project=project,
        reserve=reserve,
        personnel=personnel,
        operating=operating,
        wages=_figure(classes.get("301")),
        goods=_figure(classes.get("302")),
        family=_figure(classes.get("303")),
        economic=economic_classes(subject, 2),
        three_public=three_public(subject),
        carryover=carryover(subject),
        procurement=procurement(subject),
        operating_costs=operating_costs(subject),
    )


def _total(subject: Subject, side: str) -> Figure | None:
    row = first_fact(subject, "summary", ("amount", "total"), section=side, code="total")
    if row:
        return figure_of(row)
    for table, note in ((side, f"from_{side}"), ("general_expenditure", "general_only")):
        row = first_fact(subject, table, ("total",), code="total")
        if row:
            return figure_of(row, note=note)
    return said(subject, side)


def _use(subject: Subject, use: str) -> Figure | None:
    """What goes to basic, project or reserve, out of the whole expenditure where it is told."""
    row = first_fact(subject, "expenditure", (use,), code="total")
    row = row or first_fact(subject, "summary", ("amount",), section="use", code=use)
    if row:
        return figure_of(row)
    row = first_fact(subject, "general_expenditure", (use,), code="total")
    return figure_of(row, note="general_only") if row else said(subject, use)


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
