"""What the figures of a table become: facts, or entries of what is listed with its reason.

Stands below the modules that read tables and forms; they share these types.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import NamedTuple

from budgetkit.amounts import is_amount, to_wan
from budgetkit.extraction.pdf.lines import box_around
from budgetkit.extraction.tables.broken_figures import (
    BELOW_EACH_OTHER,
    SIDE_BY_SIDE,
    WIDE_GAP,
    parts_of,
)
from budgetkit.extraction.tables.cell_figures import CellFigure
from budgetkit.extraction.tables.cells import Cell
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.indicators import Indicator
from budgetkit.extraction.tables.page_breaks import Placed
from budgetkit.extraction.tables.row_labels import Label
from budgetkit.geometry import Box
from budgetkit.numerals import fold_digits


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
        found: CellFigure,
        unit: str,
        *,
        stage: str = "budget",
    ) -> Fact:
        """Return the fact of a figure that is understood.

        Parameters
        ----------
        label
            What its row is about.
        measure
            Canonical id of its column.
        found
            As printed, in ``unit``.
        unit
            As printed.
        stage
            Of the figure: ``budget``, ``adjusted``, ``executed`` or ``final``.

        Returns
        -------
        Fact
            Doubtful where the print runs over an edge of the cell, or it can't be told whether it
            is painted.
        """
        cell = self.placed.cell
        doubtful = cell.crosses_edge or cell.unsure or cell.overprinted
        repaired = cell.repaired or found.repaired or label.repaired
        return Fact(
            table=self.table.table,
            section=label.section,
            code=label.code or "",
            name=label.name,
            level=label.level,
            project=label.project,
            measure=measure,
            amount=to_wan(found.value, unit),
            printed=found.printed,
            unit=unit,
            page=cell.page,
            box=cell.box_of(found.printed),
            certainty="doubtful" if doubtful else "repaired" if repaired else "read",
            row=self.row,
            column=self.placed.col,
            stage=stage,
            budget_unit=label.budget_unit,
            government_code=label.government_code,
            economic_code=label.economic_code,
        )

    def unmapped(self, reason: Reason) -> list[Unmapped]:
        """Return the cell as what did not become a fact: several figures one by one."""
        cell = self.placed.cell
        if cell.problem == BELOW_EACH_OTHER:
            parts = [(line.text, line.box) for line in cell.lines]
        else:
            parts = _beside_each_other(cell) or [(cell.text, cell.printed_box)]
        return [self._listed(text, box, reason) for text, box in parts]

    def note(self) -> list[Unmapped]:
        """Return the note beside a figure, where it prints a number of its own."""
        found = self.placed.cell.figure
        if not isinstance(found, CellFigure) or not found.note:
            return []
        rule = f"'{found.note}' is a note beside the figure '{found.printed}'"
        box = self.placed.cell.box_of(found.note)
        return [self._listed(found.note, box, Reason("figure", rule))]

    def _listed(self, text: str, box: Box, reason: Reason) -> Unmapped:
        table, page = self.table.table, self.placed.cell.page
        text = "".join(fold_digits(text).split())
        return Unmapped(table, page, box, text, *_of(reason))


def _beside_each_other(cell: Cell) -> list[tuple[str, Box]]:
    """The figures that stand in one cell side by side; empty where it holds anything else."""
    if cell.problem == SIDE_BY_SIDE or (cell.col_end - cell.col > 1 and cell.text.isdecimal()):
        # In a cell over several columns a narrow gap is enough.
        parts = parts_of(cell.lines, WIDE_GAP if cell.problem else WIDE_GAP / 2)
        return [("".join(c.text for c in part), box_around(part)) for part in parts]
    words = cell.text.split()
    if len(words) < 2 or not all(map(is_amount, words)):
        return []
    chars = [char for line in cell.lines for char in line.chars]
    ends = list(accumulate(map(len, words), initial=0))
    if ends[-1] != len(chars):
        return []
    return [
        (word, box_around(chars[i:j])) for word, (i, j) in zip(words, pairwise(ends), strict=True)
    ]


def _of(reason: Reason) -> tuple[str, str, str, str]:
    return reason.rule, reason.cause, reason.subject, reason.word
