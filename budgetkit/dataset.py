"""A dataset with its comparisons and queries: what ``read_dataset`` gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from budgetkit.checks.audit.run import passed_checks
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
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.notebook.cards import dataset_card
from budgetkit.notebook.page_viewer import PageViewer, page_viewer
from budgetkit.render.highlight import picture
from budgetkit.storage.answers import standing_checks
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.records import records
from budgetkit.storage.sql import sql_on

if TYPE_CHECKING:
    import pandas as pd


class Dataset(DatasetReader):
    """Many disclosures: their frames, and comparisons and queries over them.

    Parameters
    ----------
    folder
        As written by ``budgetkit extract``.
    year, region
        Only the documents of these; see :class:`~budgetkit.storage.reader.DatasetReader`.

    Raises
    ------
    UsageError
        The folder is not a dataset, of another version, or has no such documents.

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

    def checks(self, *, passed: bool = False) -> pd.DataFrame:
        """Return what the last audit found, as ``Disclosure.checks`` does for one disclosure.

        Parameters
        ----------
        passed
            Whether to compute every comparison that agrees anew; else a row says how many of one
            check agree in a document (``comparisons``), unless the audit listed them.

        Returns
        -------
        pandas.DataFrame
            Columns as in :data:`budgetkit.schema.DERIVED`, amounts in 万元.

        Raises
        ------
        UsageError
            The dataset was not audited yet; reading this never runs an audit.

        Examples
        --------
        >>> import budgetkit as bk
        >>> from budgetkit.demo import prepare
        >>> ds = bk.read_dataset(prepare())
        >>> told = ds.checks() if ds.audited else bk.audit(ds)
        >>> len(ds.checks(passed=True)) == int(told["comparisons"].sum())
        True
        """
        found = super().checks()
        if not passed:
            return found
        import pandas as pd

        others, passes = found[found["status"] != "pass"], passed_checks(self)
        if (kept := self.places.documents) is not None:
            passes = passes[passes["document"].isin(kept)]
        return pd.concat([others, passes], ignore_index=True)

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
        is_checked = self.places.parts is None  # else what a query names is read for it
        tables, only = {}, {}
        for name in self.table_names():
            tables[name] = self.places.files(name, check=is_checked or name in query)
            if (documents := self.places.only(name)) is not None:
                only[name] = documents
        return sql_on(tables, query, only=only, memory_limit=memory_limit)

    def locate(self, fact: str | Mapping[str, Any], *, password: str | None = None) -> Any:
        """Draw the page that prints a fact, with its cell outlined.

        Parameters
        ----------
        fact
            Its ``fact_id``, a row that has one, or a row of ``checks``, of which both pages are
            drawn.
        password
            Password of the PDF, if it is encrypted.

        Returns
        -------
        PIL.Image.Image
            Displays itself in a notebook; the cell in blue, the figure in orange.

        Raises
        ------
        UsageError
            There is no such fact, its PDF is gone, or a finding is about no place.

        Examples
        --------
        >>> from budgetkit.demo import prepare
        >>> dataset = Dataset(prepare())
        >>> picture = dataset.locate("changji-kjj-2025:summary:3.2")
        """
        if isinstance(fact, str):
            return picture(self, fact, password=password)
        if "other_page" in fact:
            import pandas as pd

            return picture(self, records(pd.DataFrame([dict(fact)]))[0], password=password)
        return picture(self, str(fact["fact_id"]), password=password)

    def viewer(
        self, rows: pd.DataFrame, columns: Sequence[str] = (), *, password: str | None = None
    ) -> PageViewer:
        """Turn and zoom the pages that print the rows of a frame.

        Parameters
        ----------
        rows
            Of ``facts``, ``unmapped``, ``narrative``, ``checks()`` or another table whose rows
            have a place, or of ``compare``, ``figures``, ``project_list`` and the like.
        columns
            Of the rows, to show; by default those that say what a row is.
        password
            Of the PDFs, where they have one.

        Returns
        -------
        PageViewer
            Displays itself in a notebook, without a network.  A click on a row shows its page with
            the place outlined; of a row that is printed in several places, the next click the next.

        Raises
        ------
        UsageError
            There is no such column, no row has a place, or a PDF is gone.

        Examples
        --------
        >>> from budgetkit.demo import prepare
        >>> dataset = Dataset(prepare())
        >>> dataset.viewer(dataset.figures("20601", "general_expenditure", "total"))
        <PageViewer: pages=1 rows=1>
        """
        return page_viewer(
            lambda document: Pdf(self.pdf_of(document), password=password, unlock=True),
            rows,
            columns,
        )

    def _repr_html_(self) -> str:
        return dataset_card(self)
