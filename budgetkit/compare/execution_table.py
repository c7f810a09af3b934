"""Budget against final account, bureau by bureau: a row a line, and the rates of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from budgetkit.compare.execution_measures import line_flags
from budgetkit.compare.places import printed_at
from budgetkit.compare.table import choose
from budgetkit.render.labels import Labels
from budgetkit.summary.execution import Execution, ExecutionGroup
from budgetkit.summary.execution_line import SIDES, ExecutionLine
from budgetkit.summary.execution_view import ExecutionView

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

COLUMNS = (
    "department",
    "scope",
    "year",
    "kind",
    "table",
    "code",
    "name",
    "level",
    *SIDES,
    "rate_pct",
    "adjusted_rate_pct",
    "flags",
    "note",
    "fact_ids",
    "places",
    "documents",
)
#: Columns of numbers.
AMOUNTS = (*SIDES, "rate_pct", "adjusted_rate_pct")


def execution(
    dataset: DatasetReader,
    years: int | Sequence[int] | None = None,
    bureaus: str | Sequence[str] | None = None,
    scope: str | None = None,
    *,
    lang: str = "zh",
) -> pd.DataFrame:
    """Set final accounts against budgets, line by line.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    years, bureaus, scope
        As in :func:`budgetkit.compare.table.compare`.
    lang
        Language of the columns ``name`` and ``note``.

    Returns
    -------
    pandas.DataFrame
        As of :func:`execution_frame`, of departments and years
        that have both; empty where none has.

    Raises
    ------
    UsageError
        There is no such bureau, year or scope.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> len(bk.read_dataset(prepare()).execution())
    0
    """
    return execution_frame(choose(dataset, years, bureaus, scope).executions, lang)


def execution_frame(executions: Iterable[Execution], lang: str) -> pd.DataFrame:
    """Put every line of some budgets and their final accounts into one frame.

    Parameters
    ----------
    executions
        Of any departments and years.
    lang
        Language of the columns ``name`` and ``note``.

    Returns
    -------
    pandas.DataFrame
        A row a department, year, table and code.  ``budget`` is as published; ``adjusted`` and
        ``stated`` (the budget of the beginning of the year) are what the final account prints;
        ``final`` is what was spent: all in 万元, empty where not printed or not read.
        ``rate_pct`` is final by budget, ``adjusted_rate_pct`` final by adjusted budget.
    """
    import pandas as pd

    say = Labels(lang)
    rows = [
        _row(ExecutionView(say, one), group, line)
        for one in executions
        for group in one.groups
        for line in group.lines
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.astype(dict.fromkeys(AMOUNTS, "Float64"))
    frame.attrs["units"] = dict.fromkeys(SIDES, "万元") | dict.fromkeys(AMOUNTS[len(SIDES) :], "%")
    return frame


def _row(view: ExecutionView, group: ExecutionGroup, line: ExecutionLine) -> dict[str, Any]:
    budget, final = view.execution.budget, view.execution.final
    places = [place for figure in line.figures for place in figure.places]
    amounts = {side: figure.amount if (figure := getattr(line, side)) else None for side in SIDES}
    return {
        "department": budget.department,
        "scope": budget.scope,
        "year": budget.year,
        "kind": group.kind,
        "table": group.table,
        "code": line.code,
        "name": view.name(group.kind, line),
        "level": line.level,
        **amounts,
        "rate_pct": line.rate,
        "adjusted_rate_pct": line.adjusted_rate,
        "flags": " ".join(line_flags(line)),
        "note": view.say.join(line.remarks(view.say, group.columns)),
        **printed_at(places),
        "documents": " ".join(row["document"] for one in (budget, final) for row in one.documents),
    }
