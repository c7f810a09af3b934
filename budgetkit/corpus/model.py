"""What a disclosure says, apart from how it looks on the page.

Every amount is a ``Decimal`` in 万元, exact: a document set in 元 holds amounts of four decimals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

#: The least printed step in 万元, by the unit that a document is set in.
STEP = {"万元": Decimal("0.01"), "元": Decimal("0.0001")}


@dataclass(frozen=True)
class Style:
    """How a document is set, where published ones differ.

    Attributes
    ----------
    thousands : bool
        Separators in the tables (1,234.56).
    zeros : bool
        0.00 where another author leaves a cell blank.
    lines : str
        ``stroke`` for drawn lines, ``rect`` for thin filled rectangles.
    open_sides : bool
        No line at the left and right edge of a table.
    repeat_header : bool
        A continuation page starts with the header again.
    bold : str
        ``none``, ``weight`` (fill and stroke) or ``strike`` (struck twice) for totals and titles.
    size : float
        Type size of the tables, points.
    landscape, turned : tuple of str
        Tables on a landscape page; tables on a portrait page with /Rotate 90.
    breaks : tuple of (str, str)
        Table and the forced page break in it: ``total`` (the total row alone on a page), ``cell``
        (a wrapped row cut in two), ``middle``.
    narrow : tuple of str
        Tables whose columns are too narrow for their widest numbers, which then wrap.
    ideographic_space : bool
        合　计 instead of 合计.
    """

    thousands: bool = False
    zeros: bool = False
    lines: str = "stroke"
    open_sides: bool = False
    repeat_header: bool = False
    bold: str = "none"
    size: float = 9.0
    landscape: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    breaks: tuple[tuple[str, str], ...] = ()
    narrow: tuple[str, ...] = ()
    ideographic_space: bool = False


@dataclass(frozen=True)
class Fact:
    """One printed amount: its row (section, code, name, project), its column, 万元."""

    table: str
    section: str
    code: str
    name: str
    project: str
    measure: str
    value: Decimal


@dataclass(frozen=True)
class Staff:
    """Head counts of the staffing sentence; ``None`` where the document says nothing."""

    authorized: int | None = None
    total: int | None = None
    active: int | None = None
    active_change: int | None = None
    retired: int | None = None
    retired_change: int | None = None
    special_retired: int | None = None
    special_retired_change: int | None = None
    offices: int | None = None


@dataclass(frozen=True)
class Statement:
    """A sentence of the narrative about one amount.

    Attributes
    ----------
    section : str
        Where in the prose: a key of the family (``revenue``, ``expenditure``, ``general`` …).
    item : str
        What the amount is of, as printed.
    amount : Decimal or None
        万元; ``None`` prints that nothing is planned (未安排).
    share, change, change_pct : Decimal or None
        Percent; 万元 and percent against the year before, negative where it says 减少.
    lead : str
        What stands before the item.
    reason : str
        After 主要原因是 (or 主要用于, where the sentence has no change).
    """

    section: str
    item: str
    amount: Decimal | None
    share: Decimal | None = None
    change: Decimal | None = None
    change_pct: Decimal | None = None
    lead: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Description:
    """A project as the prose describes it; ``amount`` in 万元."""

    name: str
    amount: Decimal
    basis: str
    allocation: str
    period: str


@dataclass(frozen=True)
class CarriedProject:
    """A project of the carry-over section: 万元, what it is for, ``fiscal`` or ``nonfiscal``."""

    name: str
    amount: Decimal
    use: str
    funding: str


@dataclass(frozen=True)
class Target:
    """A performance-target table.

    Attributes
    ----------
    project : str
        Empty for the table of the whole department.
    budget, fiscal, other : Decimal
        万元; in the overall table ``fiscal`` is 本级安排.
    transfer : Decimal or None
        上级安排, in the overall table only.
    goal : str
        年度绩效目标 or 项目总体目标.
    rows : tuple of tuple
        level1, level2, level3, value, basis, last year, weight, rule, evidence, as printed.
    """

    project: str
    budget: Decimal
    fiscal: Decimal
    other: Decimal
    goal: str
    rows: tuple[tuple[str, ...], ...]
    transfer: Decimal | None = None


@dataclass(frozen=True)
class Asset:
    """A line of the assets: what, how many of which unit, worth how much (万元)."""

    item: str
    quantity: Decimal | None
    unit: str
    value: Decimal | None


@dataclass(frozen=True)
class Disclosure:
    """One disclosure, whole: what it says and how it is set.

    Attributes
    ----------
    key : str
        The file's stem.
    unit : str
        万元 or 元, that the tables are set in.
    family : str
        The template: a file in ``families/`` or a path to one.
    told : dict
        Amounts (万元) that the prose repeats outside of ``statements``: ``total``, ``personnel`` …
    twice : tuple of (str, str, str, str)
        Table, code, name and project of rows that are printed twice.
    """

    key: str
    region: str
    department: str
    scope: str
    year: int
    family: str
    unit: str
    invented: bool
    issued: str
    staff: Staff
    functions: tuple[str, ...]
    offices: tuple[str, ...]
    subordinates: tuple[str, ...]
    facts: tuple[Fact, ...]
    statements: tuple[Statement, ...]
    descriptions: tuple[Description, ...]
    carried: tuple[CarriedProject, ...]
    targets: tuple[Target, ...]
    assets: tuple[Asset, ...]
    told: dict[str, Decimal] = field(default_factory=dict)
    text: dict[str, str] = field(default_factory=dict)
    style: Style = Style()
    twice: tuple[tuple[str, str, str, str], ...] = ()

    def rows(self, table: str, section: str = "") -> dict[tuple[str, str, str], dict[str, Decimal]]:
        """Return the rows of a table, (code, name, project) to measures, in printed order.

        Parameters
        ----------
        table
            Canonical id.
        section
            ``revenue``, ``expenditure``, ``use`` or empty.

        Returns
        -------
        dict
        """
        found: dict[tuple[str, str, str], dict[str, Decimal]] = {}
        for fact in self.facts:
            if fact.table == table and fact.section == section:
                row = found.setdefault((fact.code, fact.name, fact.project), {})
                row[fact.measure] = fact.value
        return found
