"""One code over all departments: its figures, from the table that is asked for and no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from budgetkit.compare.marked import about, marked_frame
from budgetkit.compare.places import printed_at
from budgetkit.compare.table import choose
from budgetkit.errors import UsageError, suggestion
from budgetkit.storage.figures import figure_of
from budgetkit.storage.records import text

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

COLUMNS = ("department", "scope", "region", "year", "table", "section", "code", "name", "measure",
           "project", "government_code", "economic_code", "amount", "certainty", "doubt",
           "fact_ids", "places", "documents")  # fmt: skip


def figures(
    dataset: DatasetReader,
    code: str,
    table: str = "",
    measure: str = "",
    years: int | Sequence[int] | None = None,
    bureaus: str | Sequence[str] | None = None,
    scope: str | None = None,
) -> pd.DataFrame:
    """Look up the printed figures of a code, in one table or in all that print it.

    "What does the general budget table say of 2080505?" is
    ``ds.figures("2080505", "general_expenditure", "total")``: one row a department and year.  The
    same amount stands in several tables, so that rows of different tables are never to be added.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    code
        Classification code, or slug of an item: ``2080505``, ``30101``, ``total``, ``reception``.
    table
        Canonical id, as ``general_expenditure`` (一般公共预算支出表); all where it is empty.
    measure
        Column, as ``total``, ``basic`` or ``project``; every column where it is empty.
    years, bureaus, scope
        As in ``Dataset.compare``: never both scopes.

    Returns
    -------
    pandas.DataFrame
        A row a printed figure of the department as a whole (rows of budget units and copies in a
        second file are left out), ``amount`` in 万元; where a table prints a code in parts by a
        second classification, ``government_code`` and ``economic_code`` tell them apart.  Empty
        where none is printed.

    Raises
    ------
    UsageError
        There is no such table, measure, year, bureau or scope.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> found = ds.figures("20601", "general_expenditure", "total")
    >>> found[["department", "year", "amount"]].values.tolist()
    [['昌吉回族自治州科学技术局', 2025, 499.15]]
    """
    for name, wanted in (("table", table), ("measure", measure)):
        known = dataset.facts[name].dropna().unique() if wanted else ()
        if wanted and wanted not in known:
            raise UsageError(f"there is no {name} '{wanted}'", remedy=suggestion(wanted, known))
    asked = {"code": str(code)} | ({"table": table} if table else {})
    asked |= {"measure": measure} if measure else {}
    rows = []
    for summary in choose(dataset, years, bureaus, scope).summaries:
        for fact in summary.disclosure.rows_where("facts", **asked):
            figure = figure_of(fact)
            if figure is not None:
                rows.append(
                    about(summary)
                    | {name: text(fact[name]) for name in COLUMNS[4:12]}
                    | {
                        "amount": figure.amount,
                        "certainty": fact["certainty"],
                        "doubt": fact["certainty"] == "doubtful",
                        **printed_at(figure.places),
                        "documents": fact["document"],
                    }
                )
    return marked_frame(rows, COLUMNS, dataset, "zh")
