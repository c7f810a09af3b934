"""A dataset with its comparisons and queries: what ``read_dataset`` gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from budgetkit.compare import changes_table as yearly
from budgetkit.compare import (
    classification,
    execution_table,
    flows,
    lookups,
    project_views,
    table,
)
from budgetkit.compare import drill as expenditure_tree
from budgetkit.compare import panel as panels
from budgetkit.notebook.cards import dataset_card
from budgetkit.render.highlight import picture
from budgetkit.storage.answers import standing_checks
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.sql import sql

if TYPE_CHECKING:
    import pandas as pd


class Dataset(DatasetReader):
    """Many disclosures: their frames, and comparisons and queries over them.

    Parameters
    ----------
    folder
        As written by ``budgetkit extract``.

    Raises
    ------
    UsageError
        The folder is not a dataset, or of another version.

    Examples
    --------
    >>> from budgetkit.demo import prepare
    >>> dataset = Dataset(prepare())
    >>> sorted(dataset.documents["year"].unique().tolist())
    [2023, 2024, 2025]
    """

    compare = table.compare
    execution = execution_table.execution
    by_function = classification.by_function
    by_class = classification.by_class
    drill = expenditure_tree.drill
    panel = panels.panel
    flow = flows.flow
    changes = yearly.changes
    figures = lookups.figures
    project_list = project_views.project_list
    project_mentions = project_views.project_mentions
    standing_checks = standing_checks

    def sql(self, query: str, *, memory_limit: str | None = None) -> pd.DataFrame:
        """Query the dataset's files in SQL, without loading them.

        Parameters
        ----------
        query
            One statement of DuckDB's SQL; each table of the dataset is a view of its name.
        memory_limit
            Most memory that DuckDB may take (``"500MB"``); None for its own limit.

        Returns
        -------
        pandas.DataFrame
            The result; ``amount`` is in 万元 as everywhere.

        Raises
        ------
        UsageError
            The query is not valid.

        Examples
        --------
        >>> from budgetkit.demo import prepare
        >>> dataset = Dataset(prepare())
        >>> dataset.sql("select min(year) as first, max(year) as last from documents").values
        array([[2023, 2025]]...)
        """
        return sql(self.folder, query, memory_limit=memory_limit)

    def locate(self, fact: str | Mapping[str, Any], *, password: str | None = None) -> Any:
        """Draw the page that prints a fact, with its cell outlined.

        Parameters
        ----------
        fact
            Its ``fact_id``, or a row that has one.
        password
            Password of the PDF, if it is encrypted.

        Returns
        -------
        PIL.Image.Image
            Displays itself in a notebook; the cell in blue, the figure in orange.

        Raises
        ------
        UsageError
            There is no such fact, or its PDF is gone.

        Examples
        --------
        >>> from budgetkit.demo import prepare
        >>> dataset = Dataset(prepare())
        >>> picture = dataset.locate("changji-kjj-2025:summary:3.2")
        """
        fact_id = fact if isinstance(fact, str) else fact["fact_id"]
        return picture(self, str(fact_id), password=password)

    def _repr_html_(self) -> str:
        return dataset_card(self)
