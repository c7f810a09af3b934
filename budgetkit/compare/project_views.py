"""The projects of all departments: one row a project, or one row a place that names it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from budgetkit.compare.marked import about, marked_frame
from budgetkit.compare.places import printed_at
from budgetkit.compare.table import choose
from budgetkit.storage.records import text
from budgetkit.summary.projects import Project, projects

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

LIST = ("department", "scope", "region", "year", "name", "amount", "printed_in", "differs", "basis",
        "allocation", "targets", "fact_ids", "places", "documents")  # fmt: skip
MENTIONS = ("project", "name", "where", "code", "funding", "amount", "basis", "allocation",
            "period_start", "period_end", "pages", "document")  # fmt: skip
#: 万元: two places that name one project differ by more than this.
SMALL = 0.0051


def project_list(
    dataset: DatasetReader,
    years: int | Sequence[int] | None = None,
    bureaus: str | Sequence[str] | None = None,
    scope: str | None = None,
) -> pd.DataFrame:
    """List the projects, one row each, however many places name it.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    years, bureaus, scope
        As in ``Dataset.compare``: never both scopes.

    Returns
    -------
    pandas.DataFrame
        By department and year, the largest first.  ``amount`` (万元) is that of the project table,
        else of the carry-over table, the prose, or the target form, and ``printed_in`` says which;
        ``differs`` where another place prints another amount; empty where none prints any.

    Raises
    ------
    UsageError
        There is no such year, bureau or scope.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> projects = bk.read_dataset(prepare()).project_list(years=2025)
    >>> bool(projects.duplicated(["department", "year", "name"]).any())
    False
    """
    rows = [
        about(summary) | _row(project)
        for summary in choose(dataset, years, bureaus, scope).summaries
        for project in projects(summary.disclosure)
    ]
    return marked_frame(rows, LIST, dataset, "zh").astype({"amount": "Float64"})


def _row(project: Project) -> dict[str, Any]:
    figure = project.figure
    places = figure.places if figure else ()
    amounts = [other.amount for _, other in project.amounts]
    return {
        "name": project.name,
        "amount": figure.amount if figure else None,
        "printed_in": project.amounts[0][0] if project.amounts else "",
        "differs": bool(amounts) and max(amounts) - min(amounts) > SMALL,
        "basis": project.basis,
        "allocation": project.allocation,
        "targets": project.targets,
        **printed_at(places),
    }


def project_mentions(
    dataset: DatasetReader,
    years: int | Sequence[int] | None = None,
    bureaus: str | Sequence[str] | None = None,
    scope: str | None = None,
) -> pd.DataFrame:
    """List each place that names a project, with its department and year.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    years, bureaus, scope
        As in ``Dataset.compare``: never both scopes.

    Returns
    -------
    pandas.DataFrame
        A row a mention, as in the table ``projects``: ``where`` is ``table``, ``narrative`` or
        ``target``, ``project`` one key for all names of a project, ``amount`` in 万元.  One project
        has several rows, which are not to be added.

    Raises
    ------
    UsageError
        There is no such year, bureau or scope.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> len(ds.project_mentions(years=2025)) >= len(ds.project_list(years=2025))
    True
    """
    rows = [
        about(summary)
        | {name: row[name] for name in MENTIONS}
        | {"documents": text(row["document"])}
        for summary in choose(dataset, years, bureaus, scope).summaries
        for row in summary.disclosure.rows["projects"]
    ]
    columns = ("department", "scope", "region", "year", *MENTIONS, "documents")
    return marked_frame(rows, columns, dataset, "zh").astype({"amount": "Float64"})
