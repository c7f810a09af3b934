"""Every printed figure of a table as a fact, or listed with the rule that failed.

Stands at the end of a table's way: rows and columns are known, and a figure becomes an amount in
万元.  A printed amount is a fact or it is unmapped; nothing is dropped silently.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from budgetkit.amounts import is_amount, parse_number, squeeze, to_wan, unit_in_brackets
from budgetkit.extraction.pdf.characters import UNKNOWN
from budgetkit.extraction.tables.columns import NO_MEASURE, Column
from budgetkit.extraction.tables.header_grammar import read_path
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.indicators import Indicator
from budgetkit.extraction.tables.page_breaks import Placed
from budgetkit.extraction.tables.row_labels import Label
from budgetkit.extraction.tables.rows import label_rows
from budgetkit.extraction.tables.titles import likely_title
from budgetkit.geometry import Box

#: What tells the facts of a printed row apart.
_KEY = attrgetter(
    "section", "code", "name", "project", "measure", "stage", "budget_unit", "government_code"
)
_DECIMAL = re.compile(r"\d[.,]\d")
#: A figure, or what may be one, with characters that have no name.
_UNNAMED = re.compile(rf"(?=.*{UNKNOWN})[-−()（）\d.,，．{UNKNOWN}]+")


@dataclass(frozen=True, slots=True)
class Fact:
    """One printed figure, with all that says what it is and where it stands.

    ``amount`` is in 万元; ``box`` is that of the printed figure, in the reading
    frame of its page; ``column`` and ``row`` place it in its table; ``seen`` is what its picture
    reads as, where it was read.
    """

    table: str
    section: str
    code: str
    name: str
    level: int | None
    project: str
    measure: str
    amount: Decimal
    printed: str
    unit: str
    page: int
    box: Box
    certainty: str
    row: int
    column: int
    stage: str = "budget"
    budget_unit: str = ""
    government_code: str = ""
    economic_code: str = ""
    seen: str = ""
    confidence: float | None = None
    confirmed_by: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A printed amount that did not become a fact, and the rule that failed.

    ``cause`` is the kind of what was not understood (:class:`Reason`), ``subject`` what it is
    as printed, ``word`` the part of it that no list knows.
    """

    table: str
    page: int
    box: Box
    text: str
    rule: str
    cause: str = "place"
    subject: str = ""
    word: str = ""


class Reason(NamedTuple):
    """Why an amount is no fact.

    Attributes
    ----------
    cause : str
        ``title``, ``header``, ``columns`` (that nothing tells apart), ``row``, ``unit``,
        ``figure`` (as printed), ``place`` (where it stands), ``ignored`` (the lists say so) or
        ``page`` (nothing of its page was read).
    rule : str
        In a sentence.
    subject : str
        Title, path of headers or name of the row as printed, where it is about one.
    word : str
        What of the subject no list knows.
    """

    cause: str
    rule: str
    subject: str = ""
    word: str = ""


class TableContent(NamedTuple):
    """What one table says: its figures as facts, those not understood, and its indicators.

    Facts are in reading order; blank cells give none, a printed zero gives one.  Every other
    amount of the table is unmapped.
    """

    facts: list[Fact]
    unmapped: list[Unmapped]
    indicators: list[Indicator]


class Figure(NamedTuple):
    """A cell of a table, and the number of its row, from 0."""

    table: Table
    row: int
    placed: Placed

    def fact(
        self,
        label: Label,
        measure: str,
        number: Decimal,
        unit: str,
        *,
        guessed: bool,
        stage: str = "budget",
    ) -> Fact:
        """Return the fact of a figure that is understood.

        Parameters
        ----------
        label
            What its row is about.
        measure
            Canonical id of its column.
        number
            As printed, in ``unit``.
        unit
            As printed.
        guessed
            Whether the unit is that of other tables.
        stage
            Of the figure: ``budget``, ``adjusted``, ``executed`` or ``final``.

        Returns
        -------
        Fact
            Doubtful where the unit is guessed, the print runs over an edge of the cell, or it can't
            be told whether it is painted.
        """
        cell = self.placed.cell
        doubtful = guessed or cell.crosses_edge or cell.unsure
        repaired = cell.repaired or label.repaired
        return Fact(
            table=self.table.table,
            section=label.section,
            code=label.code or "",
            name=label.name,
            level=label.level,
            project=label.project,
            measure=measure,
            amount=to_wan(number, unit),
            printed=re.sub(r"\s", "", cell.text),
            unit=unit,
            page=cell.page,
            box=cell.printed_box,
            certainty="doubtful" if doubtful else "repaired" if repaired else "read",
            row=self.row,
            column=self.placed.col,
            stage=stage,
            budget_unit=label.budget_unit,
            government_code=label.government_code,
            economic_code=label.economic_code,
        )

    def unmapped(self, reason: Reason) -> Unmapped:
        """Return the cell as an amount that did not become a fact."""
        cell = self.placed.cell
        return Unmapped(
            self.table.table,
            cell.page,
            cell.printed_box,
            squeeze(cell.text),
            reason.rule,
            reason.cause,
            reason.subject,
            reason.word,
        )


def read_facts(
    table: Table, department: str, default_unit: str | None, default_stage: str = "budget"
) -> TableContent:
    """Turn the figures of one table into facts.

    Parameters
    ----------
    table
        Its pages joined and its header resolved.
    department
        Name of the department.
    default_unit
        Unit of the document's other tables, taken (and doubted) where this one states none.
    default_stage
        Stage of the figures whose column states none.

    Returns
    -------
    TableContent
        Without indicators.
    """
    content = TableContent([], [], [])
    labelled: set[int] = set()
    for row, placed, label in label_rows(table, department):
        cell, figure = placed.cell, Figure(table, row, placed)
        labelled.add(id(cell))
        found = _read_figure(figure, label, default_unit, default_stage)
        if isinstance(found, Fact):
            content.facts.append(found)
        elif cell.mixed or _is_like_amount(cell.text) or _DECIMAL.search(cell.text):
            content.unmapped.append(figure.unmapped(found))
    _list_doubles(content)
    for placed in (placed for row in (*table.header, *table.rows) for placed in row.cells):
        is_other_amount = id(placed.cell) not in labelled and _is_like_amount(placed.cell.text)
        if is_other_amount and not _is_dotted_code(placed, table):
            reason = _in_label_column(table.columns[placed.col])
            content.unmapped.append(Figure(table, 0, placed).unmapped(reason))
    return content


def _is_like_amount(text: str) -> bool:
    return is_amount(text) or _UNNAMED.fullmatch(squeeze(text)) is not None


def _list_doubles(content: TableContent) -> None:
    """List the facts of a printed row that nothing tells apart: no two of them may be one."""
    alike: dict[object, list[Fact]] = {}
    for fact in content.facts:
        alike.setdefault((fact.row, *_KEY(fact)), []).append(fact)
    doubles = {id(fact) for group in alike.values() if len(group) > 1 for fact in group}
    if not doubles:
        return
    for fact in (fact for fact in content.facts if id(fact) in doubles):
        rule = f"nothing tells two figures of the row '{fact.name}' apart"
        content.unmapped.append(
            Unmapped(
                fact.table, fact.page, fact.box, squeeze(fact.printed), rule, "columns", fact.name
            )
        )
    content.facts[:] = [fact for fact in content.facts if id(fact) not in doubles]


def _in_label_column(column: Column) -> Reason:
    """Why an amount in a column without a measure is listed."""
    path = " > ".join(column.path)
    if column.role == "ignore":
        return Reason("ignored", f"the lists say that the column '{path}' is to be ignored", path)
    percent = column.role == "percent"
    rule = "a percent is no amount" if percent else "an amount in a column of labels"
    return Reason("place", rule, path)


def _under_header(column: Column) -> Reason:
    """Why the figures below a header are no facts."""
    path = " > ".join(column.path)
    rule = column.problem or f"no measure is known by the header '{path}'"
    return Reason("header" if column.word else "columns", rule, path, column.word)


def _is_dotted_code(placed: Placed, table: Table) -> bool:
    """Whether a text that looks like an amount is a code with dots: 206.01."""
    return table.columns[placed.col].role.startswith("code") and "," not in placed.cell.text


def _read_figure(
    figure: Figure, label: Label, default: str | None, default_stage: str
) -> Fact | Reason:
    """The fact of a figure, or why it is none."""
    table, cell = figure.table, figure.placed.cell
    if not table.table:
        likely = likely_title(table.sheets[0].above)
        rule = f"no known title above the table (found '{likely or 'none'}')"
        return Reason("title", rule, likely)
    if cell.mixed:
        return Reason("figure", f"'{cell.text}' is printed over a figure of the next cell")
    number = parse_number(cell.text)
    if number is None and UNKNOWN in cell.text:
        return Reason("figure", f"'{cell.text}': a character of it has no name")
    if number is None:
        return Reason("figure", f"'{cell.text}' does not read as one number")
    column = _measure_column(figure)
    if column is None:
        return Reason("header", "no column header above the figure")
    if column.role in NO_MEASURE:
        return _under_header(column)
    if column.item:
        level = 0 if column.item == "total" else None
        fund = read_path((label.name,), table.table).facets.get("fund", "")
        if fund and column.role not in ("total", fund):
            return Reason(
                "row", f"the row '{label.name}' and its column name two funds", label.name
            )
        column = replace(column, role=fund or column.role)
        label = replace(label, code=column.item, name=column.path[-1], level=level)
    if label.code is None:
        return Reason("row", label.problem, label.name)
    stated = _header_unit(column) or table.unit
    unit = stated or default
    if unit is None:
        return Reason("unit", "neither the table nor the document states a unit")
    measure = column.role
    if column.previous or (label.previous and measure != "change"):
        measure = f"previous_{measure}"
    stage = column.stage or default_stage
    return figure.fact(label, measure, number, unit, guessed=not stated, stage=stage)


def _measure_column(figure: Figure) -> Column | None:
    """The first column of measures that a figure stands in, else the first with a header."""
    columns = figure.table.columns[figure.placed.col : figure.placed.col_end]
    measures = [column for column in columns if column.role not in NO_MEASURE]
    headed = [column for column in columns if column.path]
    return next(iter(measures or headed), None)


def _header_unit(column: Column) -> str | None:
    """The unit that the header of a column states, the innermost text first."""
    return next(filter(None, map(unit_in_brackets, reversed(column.path))), None)


def default_unit(tables: Iterable[Table]) -> str | None:
    """Return the one unit that all stated units of a document's coded tables agree on."""
    units = {table.unit for table in tables if table.unit and table.table != "three_public"}
    return units.pop() if len(units) == 1 else None


def stated_department(tables: Iterable[Table]) -> str:
    """Return the department that most tables state above them; empty where none does."""
    names = Counter(table.department for table in tables if table.department)
    return names.most_common(1)[0][0] if names else ""
