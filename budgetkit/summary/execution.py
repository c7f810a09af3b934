"""Budget against final account: what was spent of what was planned, line by line.

A line of the final account stands against the line of the same table, column and code of the
budget, never against one of another table.  There is no rate where one of the two is missing, was
not read, or the budget is zero.  The final account may print the budget again (年初预算数) and an
adjusted one (调整预算数): the first is set against the published budget, the second gives a rate
of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from budgetkit.codelists import bare_name, read_codelist
from budgetkit.disclosure import DisclosureKey, DisclosureRows, documents_by_key, select
from budgetkit.own_facts import FINAL_ACCOUNT, own_facts
from budgetkit.storage.figures import Figure
from budgetkit.storage.frames import Frames
from budgetkit.storage.records import Row, text
from budgetkit.summary.execution_line import SIDES, ExecutionLine
from budgetkit.summary.execution_panels import PANELS, Cells, Panel, cell_figure, cells_of, in_order
from budgetkit.summary.reading import Unknown, why_no_line

#: Kinds of lines, in the order of a report.
KINDS = ("functional", "economic", "three_public")
#: Stages at which the budget and the final account print their own figures.
BUDGET_STAGES, FINAL_STAGES = ("budget", ""), ("final", "executed")


@dataclass(frozen=True, slots=True)
class ExecutionGroup:
    """The lines of one table.

    Attributes
    ----------
    kind : str
        Of :data:`KINDS`.
    table : str
        Canonical id; empty where no table is in both documents.
    lines : tuple of ExecutionLine
        The whole first, then in the order of the codes.
    unknown : dict of str to Unknown
        By side: what of the table was not read; where there is no table, why there is none.
    """

    kind: str
    table: str
    lines: tuple[ExecutionLine, ...]
    unknown: Mapping[str, Unknown]

    @property
    def columns(self) -> tuple[str, ...]:
        """The sides to show: the published budget, or what the final account prints of it."""
        first = "budget" if "budget" in self.tried else "stated"
        return (first, *(("adjusted",) if "adjusted" in self.printed else ()), "final")

    @property
    def printed(self) -> frozenset[str]:
        """The sides that print anything."""
        return frozenset(side for line in self.lines for side in SIDES if getattr(line, side))

    @property
    def tried(self) -> frozenset[str]:
        """The sides that print anything, read or not."""
        unread = (
            side for line in self.lines for side, why in line.unknown.items()
            if why.key == "not_read" and why.pages
        )  # fmt: skip
        return self.printed.union(unread)

    def line(self, code: str) -> ExecutionLine | None:
        """Return the line of a code."""
        return next((line for line in self.lines if line.code == code), None)


@dataclass(frozen=True)
class Execution:
    """The budget and the final account of one department, scope and year.

    Attributes
    ----------
    budget, final : DisclosureRows
        The two disclosures.
    groups : tuple of ExecutionGroup
        At least one of each kind.
    """

    budget: DisclosureRows
    final: DisclosureRows
    groups: tuple[ExecutionGroup, ...]

    def group(self, kind: str) -> ExecutionGroup:
        """Return the first group of a kind."""
        return next(group for group in self.groups if group.kind == kind)

    def line(self, kind: str, code: str) -> ExecutionLine | None:
        """Return a line of the first group of a kind.

        Parameters
        ----------
        kind
            Of :data:`KINDS`.
        code
            Of the line.

        Returns
        -------
        ExecutionLine or None
        """
        return self.group(kind).line(code)

    @cached_property
    def restated(self) -> tuple[tuple[ExecutionGroup, ExecutionLine], ...]:
        """Lines of which the final account prints another budget than was published."""
        lines = ((group, line) for group in self.groups for line in group.lines)
        return tuple(pair for pair in lines if pair[1].is_restated)


def execution_of(dataset: Frames, key: DisclosureKey) -> Execution | None:
    """Set the budget and the final account of a department, scope and year side by side.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    key
        Of either.

    Returns
    -------
    Execution or None
        None where the dataset has one of the two alone.
    """
    sides = key._replace(kind="budget"), key._replace(kind=FINAL_ACCOUNT)
    known = documents_by_key(dataset)
    if not all(side in known for side in sides):
        return None
    budget, final = (select(dataset, *side) for side in sides)
    return execution(budget, final)


_Rows = dict[tuple[str, str], list[Row]]


def execution(budget: DisclosureRows, final: DisclosureRows) -> Execution:
    """Set a budget and a final account side by side.

    Parameters
    ----------
    budget, final
        Of one department, scope and year.

    Returns
    -------
    Execution
        Amounts in 万元.
    """
    sides = {
        "budget": _at(budget, BUDGET_STAGES),
        "final": _at(final, FINAL_STAGES),
        "adjusted": _at(final, ("adjusted",)),
        "stated": _at(final, ("budget",)),
    }
    groups = tuple(group for kind in KINDS for group in _groups(kind, sides, budget, final))
    return Execution(budget, final, groups)


def _at(disclosure: DisclosureRows, stages: Sequence[str]) -> _Rows:
    """Facts of the department as a whole at some stages, by table and section."""
    rows = (row for row in disclosure.rows["facts"] if text(row.get("stage")) in stages)
    found: _Rows = {}
    for row in own_facts(rows, disclosure.about("kind")):
        found.setdefault((row["table"], text(row.get("section"))), []).append(row)
    return found


def _groups(
    kind: str, sides: Mapping[str, _Rows], budget: DisclosureRows, final: DisclosureRows
) -> list[ExecutionGroup]:
    """The widest table that both print, and others where the final account prints a budget."""
    every = [_group(kind, panel, sides, budget, final) for panel in PANELS[kind]]
    found = [group for group in every if {"budget", "final"} <= group.printed][:1]
    # A table that both print and one was not read in stands with its reasons.
    found = found or [group for group in every if {"budget", "final"} <= group.tried][:1]
    shown = frozenset[str]().union(*(group.printed for group in found))
    for group in every:
        again = group.printed & {"adjusted", "stated"}
        if "final" in group.printed and again - shown:
            found.append(group)
            shown |= again
    if not found:
        seen = frozenset[str]().union(*(group.printed for group in every))
        tables = tuple(panel.table for panel in PANELS[kind])
        absent = (pair for pair in _both(budget, final) if pair[0] not in seen)
        found.append(
            ExecutionGroup(kind, "", (), {side: why_no_line(one, tables) for side, one in absent})
        )
    return found


def _both(budget: DisclosureRows, final: DisclosureRows) -> tuple[tuple[str, DisclosureRows], ...]:
    return ("budget", budget), ("final", final)


def _group(
    kind: str,
    panel: Panel,
    sides: Mapping[str, _Rows],
    budget: DisclosureRows,
    final: DisclosureRows,
) -> ExecutionGroup:
    rows = {side: found.get((panel.table, panel.section), []) for side, found in sides.items()}
    measures = dict.fromkeys(SIDES, panel.measures)
    if kind == "three_public" and _is_of_general_budget(panel.table, rows, final):
        measures["budget"] = ("general_budget",)
    cells = {side: cells_of(kind, panel, measures[side], rows[side]) for side in SIDES}
    reasons = {side: why_no_line(one, (panel.table,)) for side, one in _both(budget, final)}
    names: dict[str, str] = {}
    for side in SIDES:
        for code, found in cells[side].items():
            names.setdefault(code, bare_name(text(found[0]["name"])))
    lines = (_line(code, names[code], cells, reasons) for code in sorted(names, key=in_order))
    unread = {
        side: reasons[side]
        for side, one in _both(budget, final)
        if panel.table in one.unread | one.doubtful
    }
    return ExecutionGroup(
        kind, panel.table, tuple(line for line in lines if _is_shown(line, unread)), unread
    )


def _is_of_general_budget(table: str, rows: Mapping[str, list[Row]], final: DisclosureRows) -> bool:
    """Whether the final account's table is of the general budget alone, and the budget's is not."""
    titles = [text(row["title"]) for row in final.rows["tables"] if row["table"] == table]
    funds = [row["pattern"] for row in read_codelist("funds") if row["fund"] == "general_budget"]
    named = any(re.search(fund.strip("/"), title) for fund in funds for title in titles)
    return named and any(row["measure"] == "general_budget" for row in rows["budget"])


def _line(
    code: str, name: str, cells: Mapping[str, Cells], reasons: Mapping[str, Unknown]
) -> ExecutionLine:
    figures: dict[str, Figure | None] = {}
    unknown: dict[str, Unknown] = {}
    for side in SIDES:
        rows = cells[side].get(code, [])
        figures[side] = cell_figure(rows)
        if figures[side] is None and rows:
            pages = sorted({int(row["page"]) for row in rows if row["page"] is not None})
            unknown[side] = Unknown("not_read", tuple(pages))
        elif figures[side] is None and side in reasons:
            unknown[side] = reasons[side]
    return ExecutionLine(code, name, unknown=unknown, **figures)


def _is_shown(line: ExecutionLine, unread: Mapping[str, Unknown]) -> bool:
    """Leave out what one side prints as zero and the other does not print or prints as zero."""
    if line.code == "total" or any(figure.amount for figure in line.figures):
        return True
    return any(why.key == "not_read" and side in unread for side, why in line.unknown.items())
