"""Rates of execution as measures of a comparison, with the flags that stand beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from budgetkit.storage.figures import Figure
from budgetkit.summary.execution import Execution
from budgetkit.summary.execution_line import ExecutionLine

#: Of each measure of a comparison: the kind and code of the line that it is of.
MEASURES: dict[str, tuple[str, str]] = {
    "final_expenditure": ("functional", "total"),
    "execution_rate": ("functional", "total"),
    "execution_basic": ("functional", "basic"),
    "execution_project": ("functional", "project"),
    "execution_three_public": ("three_public", "total"),
}


def line_flags(line: ExecutionLine) -> list[str]:
    """Return what a reader must know of a line: ids of ``flags.csv``."""
    sides = ((side, line.unknown.get(side)) for side in ("budget", "final"))
    flags = [
        f"{side}_not_read" if why.key == "not_read" else f"no_{side}" for side, why in sides if why
    ]
    if line.budget and line.final and line.rate is None:
        flags.append("budget_not_positive")
    if line.is_restated:
        flags.append("budget_restated")
    return flags


def execution_measure(measure: str, execution: Execution | None) -> tuple[Figure | None, list[str]]:
    """Compute a measure that rests on a budget and its final account.

    Parameters
    ----------
    measure
        Of :data:`MEASURES`.
    execution
        None where the dataset has no final account of that budget.

    Returns
    -------
    Figure or None, list of str
        In the measure's unit, with the printed figures of both; and ids of ``flags.csv``.
    """
    if execution is None:
        return None, ["no_final_account"]
    line = execution.line(*MEASURES[measure])
    if line is None:
        return None, [_why_no_line(execution, MEASURES[measure][0])]
    if measure == "final_expenditure":
        flags = [flag for flag in line_flags(line) if flag.endswith("final")]
        return line.final, flags or ([] if line.final else line_flags(line))
    if line.rate is None or line.budget is None or line.final is None:
        return None, line_flags(line) or ["no_final"]
    return Figure(line.rate, (*line.budget.places, *line.final.places)), line_flags(line)


def _why_no_line(execution: Execution, kind: str) -> str:
    group = execution.group(kind)
    unread = [side for side, why in group.unknown.items() if why.key == "not_read"]
    return f"{unread[0]}_not_read" if unread else "no_common_table"


def rates(executions: Sequence[Execution], measures: Iterable[str]) -> list[dict[str, Any]]:
    """Return the rates of execution of each bureau and year, the lowest of the first one last.

    Parameters
    ----------
    executions
        Of one scope.
    measures
        Of :data:`MEASURES`; the first is what is sorted by.

    Returns
    -------
    list of dict
        ``execution``, and the measures in per cent, None where there is no rate; bureaus without
        any are left out.
    """
    measures = tuple(measures)
    found = []
    for one in executions:
        figures = {name: execution_measure(name, one)[0] for name in measures}
        if any(figures.values()):
            amounts = {name: figure.amount if figure else None for name, figure in figures.items()}
            found.append({"execution": one} | amounts)
    return sorted(found, key=lambda row: -(row[measures[0]] or 0.0))
