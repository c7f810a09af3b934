"""The tables that a dataset and a single disclosure have in common, as frames."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from budgetkit.storage.rows import ByDocument, Row, records

if TYPE_CHECKING:
    import pandas as pd


class Frames:
    """The tables of a dataset as attributes; :class:`Dataset` and :class:`Disclosure` share them.

    Attributes
    ----------
    facts, unmapped, documents, tables, profile, glossary, assets, staffing, projects, \
indicators, narrative, pages, paragraphs : pandas.DataFrame
        Columns as in :data:`budgetkit.schema.TABLES`; amounts in 万元.
    """

    def frame(self, name: str) -> pd.DataFrame:
        """Give one table by name."""
        raise NotImplementedError

    def by_document(self, name: str) -> ByDocument:
        """Give one table split by document, for those who walk over many of them."""
        if name not in self._split:
            self._split[name] = ByDocument(getattr(self, name))
        return self._split[name]

    @cached_property
    def _split(self) -> dict[str, ByDocument]:
        return {}

    @cached_property
    def disclosures(self) -> dict[tuple[str, str, int], list[Row]]:
        """Rows of ``documents`` that were read, by department, scope and year."""
        found: dict[tuple[str, str, int], list[Row]] = {}
        for row in records(self.documents):
            if row["status"] != "failed" and row["department"] and row["year"] is not None:
                key = (str(row["department"]), str(row["scope"] or ""), int(row["year"]))
                found.setdefault(key, []).append(row)
        return found

    @cached_property
    def facts(self) -> pd.DataFrame:
        """One row a printed figure."""
        return self.frame("facts")

    @cached_property
    def unmapped(self) -> pd.DataFrame:
        """Amounts that were printed and not understood, each with the rule that failed."""
        return self.frame("unmapped")

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row a disclosure, and one for each input that gave none."""
        return self.frame("documents")

    @cached_property
    def tables(self) -> pd.DataFrame:
        """One row a table, the empty ones with their note."""
        return self.frame("tables")

    @cached_property
    def profile(self) -> pd.DataFrame:
        """Functions, offices and subordinate units."""
        return self.frame("profile")

    @cached_property
    def glossary(self) -> pd.DataFrame:
        """Terms that a disclosure explains."""
        return self.frame("glossary")

    @cached_property
    def assets(self) -> pd.DataFrame:
        """What a department holds or buys."""
        return self.frame("assets")

    @cached_property
    def staffing(self) -> pd.DataFrame:
        """Posts and people."""
        return self.frame("staffing")

    @cached_property
    def projects(self) -> pd.DataFrame:
        """Each place that names a project, under one key a project."""
        return self.frame("projects")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Performance targets, a row an indicator."""
        return self.frame("indicators")

    @cached_property
    def narrative(self) -> pd.DataFrame:
        """What the prose says of each amount."""
        return self.frame("narrative")

    @cached_property
    def pages(self) -> pd.DataFrame:
        """What stands on each page: a table, prose, contents, or nothing."""
        return self.frame("pages")

    @cached_property
    def paragraphs(self) -> pd.DataFrame:
        """The prose, a paragraph or heading a row, without personal data."""
        return self.frame("paragraphs")
