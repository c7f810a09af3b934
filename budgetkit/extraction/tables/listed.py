"""Which cells of a table are listed: whatever looks like a number and is no fact.

Used at the end of a table's way.  Codes, counts, column numbers and years are no amounts, nor are
percents outside of the columns of money.
"""

from __future__ import annotations

from operator import attrgetter

from budgetkit.amounts import squeeze
from budgetkit.extraction.pdf.characters import UNKNOWN
from budgetkit.extraction.tables.cell_figures import CellFigure, Unreadable
from budgetkit.extraction.tables.columns import NO_MEASURE, Column
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.page_breaks import Placed
from budgetkit.extraction.tables.table_content import Fact, Reason, TableContent, Unmapped
from budgetkit.schema import PERCENT_RULE

#: What tells the facts of a printed row apart.
_KEY = attrgetter(
    "section", "code", "name", "project", "measure", "stage", "budget_unit", "government_code"
)
#: A text of so many characters beside an amount is a rest of the neighbour's, not a sentence.
SHORT_REST = 3


def is_listed(placed: Placed, table: Table) -> bool:
    """Whether the figure of a row is listed where it did not become a fact.

    Parameters
    ----------
    placed
        A cell that looks like a number, in a column that is no label's.
    table
        That it stands in.

    Returns
    -------
    bool
        False for percents in columns that are not known to hold money.
    """
    found = placed.cell.figure
    is_percent = isinstance(found, Unreadable) and found.is_percent
    return found is not None and (not is_percent or _holds_money(placed, table))


def why_listed(placed: Placed, table: Table, *, in_header: bool) -> Reason | None:
    """Why a cell that is no figure of a row is listed all the same; None where it is not.

    Parameters
    ----------
    placed
        A cell of a header, of a column of labels, or one with words beside its figure.
    table
        That it stands in.
    in_header
        Whether it stands in the header, where words are no rest of a neighbour.

    Returns
    -------
    Reason or None
        For every amount, but for codes with dots, and for what may be one by characters without a
        name; for an amount with words in a column of figures.
    """
    found = placed.cell.figure
    if isinstance(found, CellFigure):
        is_code = not found.is_amount or _is_dotted_code(placed, table)
        return None if is_code else _in_label_column(table.columns[placed.col])
    if found is None:
        return None
    if UNKNOWN in placed.cell.text and not found.has_words:
        return _in_label_column(table.columns[placed.col])
    if in_header or not found.has_words:
        return None
    unknown = table.columns[placed.col].role == ""
    words = sum(char > "\u2e80" for char in placed.cell.text)
    if _holds_money(placed, table) or (unknown and words <= SHORT_REST):
        return Reason("figure", f"'{placed.cell.text}' {found.reason}")
    return None


def _holds_money(placed: Placed, table: Table) -> bool:
    roles = {column.role for column in table.columns[placed.col : placed.col_end]}
    return not roles <= NO_MEASURE


def _in_label_column(column: Column) -> Reason:
    """Why an amount in a column without a measure is listed."""
    path = " > ".join(column.path)
    if column.role == "ignore":
        return Reason("ignored", f"the lists say that the column '{path}' is to be ignored", path)
    rule = PERCENT_RULE if column.role == "percent" else "an amount in a column of labels"
    return Reason("place", rule, path)


def _is_dotted_code(placed: Placed, table: Table) -> bool:
    """Whether a text that looks like an amount is a code with dots: 206.01."""
    return table.columns[placed.col].role.startswith("code") and "," not in placed.cell.text


def list_doubles(content: TableContent) -> None:
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
