"""What is known of a row: its label, and what columns beside its name add to it.

Used where rows are labelled.  Beside its name and code a row may print its budget unit, the class
of a second classification, and its year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from budgetkit.amounts import parse_number, squeeze
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.page_breaks import Placed
from budgetkit.extraction.tables.printed_rows import PrintedRow, RowsAbove, stated_year
from budgetkit.extraction.tables.row_codes import split_code
from budgetkit.extraction.tables.unit_rows import is_unit_name


@dataclass(frozen=True, slots=True)
class Label:
    """What the amounts of a row, or of one panel of it, are about.

    Attributes
    ----------
    code : str or None
        None where the row is not understood; ``problem`` then says why.
    name : str
        As printed.
    section : str
        The panel that it stands in, where a table has several.
    project : str
        Name of the project, where the row is one.
    level : int or None
        1 to 3 for 类, 款 and 项, 0 for totals.
    repaired : bool
        Whether its name was put together from parts.
    problem : str
        The rule that failed.
    budget_unit : str
        The unit that the row speaks of, where a table prints its rows once for each unit.
    government_code : str
        Class of the government's economic classification, printed beside the department's.
    economic_code : str
        Class of the department's economic classification, printed beside a function.
    previous : bool
        Whether the row, not its column, says that its figures are of the year before.
    """

    code: str | None
    name: str = ""
    section: str = ""
    project: str = ""
    level: int | None = None
    repaired: bool = False
    problem: str = ""
    budget_unit: str = ""
    government_code: str = ""
    economic_code: str = ""
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What the label of a figure is read from: its row, and the cell that names it."""

    row: PrintedRow
    anchor: Placed | None
    panel: str
    departments: frozenset[str]
    only_subtotals: bool = False

    @property
    def table(self) -> Table:
        """The table that the row stands in."""
        return self.row.table

    @property
    def name(self) -> str:
        """Text of the cell that names the row; empty where there is none."""
        return self.anchor.cell.text if self.anchor else ""

    @property
    def repaired(self) -> bool:
        """Whether that text was put together from parts."""
        return self.anchor is not None and self.anchor.cell.repaired

    @property
    def texts(self) -> set[str]:
        """Every text of the row that is no figure, without spaces."""
        return {squeeze(placed.cell.text) for placed in self.row.texts}

    @property
    def project(self) -> str:
        """What stands in the column of projects, but for a number."""
        first = next(iter(self.row.texts_of("project_name")), "")
        return first if parse_number(first) is None else ""


def with_details(label: Label, subject: Subject, above: RowsAbove, newest: int) -> Label:
    """Add to a label what other columns, and the rows above, say of its row.

    Parameters
    ----------
    label
        By the name and the code of the row.
    subject
        The row, and the cell that names it.
    above
        What the rows above leave.
    newest
        The newest year in the table's column of years; 0 where it has none.

    Returns
    -------
    Label
        With its budget unit, its classes in other classifications, and whether it speaks of the
        year before.
    """
    row = subject.row
    year = next(filter(None, map(stated_year, map(squeeze, row.texts_of("year")))), above.year)
    second = _second_codes(row, label.code or "")
    unit = _budget_unit(label, subject, above)
    if not (second or unit or newest):
        return label
    return replace(
        label,
        budget_unit=unit,
        government_code=second.get("5", ""),
        economic_code=second.get("3", ""),
        previous=0 < year < newest,
    )


def _budget_unit(label: Label, subject: Subject, above: RowsAbove) -> str:
    """The unit that a row speaks of; empty for the department itself."""
    if label.code in ("total", "department"):
        return ""
    if label.code == "unit":
        return label.name
    row = subject.row
    stated = next(iter(row.texts_of("unit_name")), "")
    if not stated:
        code = squeeze(next(iter(row.texts_of("unit_code")), ""))
        stated = above.unit_names.get(code, "")
    unit = stated or above.unit
    is_own = squeeze(unit) in subject.departments
    return unit if not is_own and is_unit_name(unit, subject.table.table) else ""


def _second_codes(row: PrintedRow, first: str) -> dict[str, str]:
    """Codes beside the first by their first digit: 5 the government's classes, 3 economic ones."""
    digits = "".join(re.sub(r"\D", "", text) for text in row.texts_of("government_code"))
    named = (split_code(text)[0] for text in row.texts_of("government_name", "name"))
    codes = [code for code in (digits, *named) if code and code[0] != first[:1]]
    return {code[0]: code for code in reversed(codes)}
