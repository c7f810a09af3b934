"""The money of a department: each amount with the fact it is.

Where the usual table is missing the next best is taken, and the figure's ``note`` says so; what
no table prints stays None, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from budgetkit.disclosure import DisclosureRows
from budgetkit.storage.figures import Figure, figure_of, sum_of
from budgetkit.summary.amount_lines import (
    ECONOMIC_TABLES,
    AmountLine,
    carryover,
    economic_classes,
    functions,
    items,
    operating_costs,
    procurement,
    sources,
    three_public,
)
from budgetkit.summary.lookup import first_fact, stated_in_prose


@dataclass(frozen=True, slots=True)
class Headline:
    """The money of a department in one year; 万元, None or empty where not disclosed.

    Attributes
    ----------
    disclosure : DisclosureRows
        Whose money it is.
    revenue, expenditure : Figure or None
        Totals as printed.
    basic, project, reserve : Figure or None
        Of the expenditure.
    personnel, operating : Figure or None
        Of the basic expenditure.
    wages, goods, family : Figure or None
        Economic classes 301, 302 and 303 of the basic expenditure.
    three_public : tuple of AmountLine
        三公 and its parts.
    carryover : tuple of AmountLine
        Carried over from the year before: the total, and each project.
    procurement, operating_costs : tuple of AmountLine
        政府采购 with its parts; 机关运行经费.
    """

    disclosure: DisclosureRows
    revenue: Figure | None
    expenditure: Figure | None
    basic: Figure | None
    project: Figure | None
    reserve: Figure | None
    personnel: Figure | None
    operating: Figure | None
    wages: Figure | None
    goods: Figure | None
    family: Figure | None
    three_public: tuple[AmountLine, ...]
    carryover: tuple[AmountLine, ...]
    procurement: tuple[AmountLine, ...]
    operating_costs: tuple[AmountLine, ...]

    # The long lists are made when they are asked for: where thousands of bureaus are compared they
    # would be most of what is in memory.

    @property
    def sources(self) -> tuple[AmountLine, ...]:
        """Of the revenue, by size."""
        return self.disclosure.once("sources", lambda: sources(self.disclosure))

    @property
    def functions(self) -> tuple[AmountLine, ...]:
        """Of the expenditure by 类, by size."""
        return self.disclosure.once("functions", lambda: functions(self.disclosure))

    @property
    def items(self) -> tuple[AmountLine, ...]:
        """Of the expenditure by 项."""
        return self.disclosure.once("items", lambda: items(self.disclosure))

    @property
    def economic(self) -> tuple[AmountLine, ...]:
        """Economic classes of the second level."""
        return self.disclosure.once("economic", lambda: economic_classes(self.disclosure, 2))

    def line(self, group: str, code: str) -> AmountLine | None:
        """Return one line of a group by its code.

        Parameters
        ----------
        group
            An attribute that is a list of lines.
        code
            Of the line.

        Returns
        -------
        AmountLine or None
        """
        lines: tuple[AmountLine, ...] = getattr(self, group)
        return next((line for line in lines if line.code == code), None)


def headline(disclosure: DisclosureRows) -> Headline:
    """Read the amounts that head a report.

    Parameters
    ----------
    disclosure
        One department, scope and year.

    Returns
    -------
    Headline
        Amounts in 万元.
    """
    basic, project, reserve = (_use(disclosure, use) for use in ("basic", "project", "reserve"))
    classes = {line.code: line.figure for line in economic_classes(disclosure, 1)}
    personnel, operating = _personnel(disclosure, classes)
    return Headline(
        disclosure=disclosure,
        revenue=_total(disclosure, "revenue"),
        expenditure=_total(disclosure, "expenditure"),
        basic=basic,
        project=project,
        reserve=reserve,
        personnel=personnel,
        operating=operating,
        wages=classes.get("301"),
        goods=classes.get("302"),
        family=classes.get("303"),
        three_public=three_public(disclosure),
        carryover=carryover(disclosure),
        procurement=procurement(disclosure),
        operating_costs=operating_costs(disclosure),
    )


def _total(disclosure: DisclosureRows, side: str) -> Figure | None:
    row = first_fact(disclosure, "summary", ("amount", "total"), section=side, code="total")
    if row:
        return figure_of(row)
    for table, note in ((side, f"from_{side}"), ("general_expenditure", "general_only")):
        row = first_fact(disclosure, table, ("total",), code="total")
        if row:
            return figure_of(row, note=note)
    return stated_in_prose(disclosure, side)


def _use(disclosure: DisclosureRows, use: str) -> Figure | None:
    """Basic, project or reserve, out of the whole expenditure where a table prints it."""
    row = first_fact(disclosure, "expenditure", (use,), code="total")
    row = row or first_fact(disclosure, "summary", ("amount",), section="use", code=use)
    if row:
        return figure_of(row)
    row = first_fact(disclosure, "general_expenditure", (use,), code="total")
    return figure_of(row, note="general_only") or stated_in_prose(disclosure, use)


def _personnel(
    disclosure: DisclosureRows, classes: dict[str, Figure]
) -> tuple[Figure | None, Figure | None]:
    """Personnel and operating cost: as printed, else the sums of their classes."""
    for table in ECONOMIC_TABLES:
        personnel = figure_of(first_fact(disclosure, table, ("personnel",), code="total"))
        operating = figure_of(first_fact(disclosure, table, ("operating",), code="total"))
        if personnel and operating:
            return personnel, operating
    if classes:
        return _sum_of_classes(classes, ("301", "303")), _sum_of_classes(classes, ("302", "310"))
    return stated_in_prose(disclosure, "personnel"), stated_in_prose(disclosure, "operating")


def _sum_of_classes(classes: dict[str, Figure], codes: tuple[str, ...]) -> Figure | None:
    whole = sum_of(classes[code] for code in codes if code in classes)
    return replace(whole, note="from_classes") if whole else None
