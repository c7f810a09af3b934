"""The tables that a dataset and a single disclosure have in common, as frames."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from budgetkit.storage.records import ByDocument, DocumentRows

if TYPE_CHECKING:
    import pandas as pd

Kept = TypeVar("Kept")


class _Table(cached_property["pd.DataFrame"]):
    """A table of its own name, read when it is first asked for."""

    def __init__(self, doc: str) -> None:
        super().__init__(self._read)
        self.__doc__ = doc

    def _read(self, frames: Frames) -> pd.DataFrame:
        return frames.frame(str(self.attrname))


class Frames:
    """The tables of a dataset as attributes; :class:`Dataset` and :class:`Disclosure` share them.

    Columns are as in :data:`budgetkit.schema.TABLES`, amounts in 万元.
    """

    facts = _Table("A row for each printed figure.")
    unmapped = _Table(
        "Amounts that were printed and not understood, each with the rule that failed."
    )
    documents = _Table("A row for each disclosure, and for each input that gave none.")
    tables = _Table("A row for each table, the empty ones with their note.")
    profile = _Table("Functions, offices and subordinate units.")
    glossary = _Table("Terms that a disclosure explains.")
    assets = _Table("What a department holds or buys.")
    staffing = _Table("Posts and people.")
    projects = _Table("Each place that names a project, under one key for each project.")
    indicators = _Table("Performance targets, a row for each indicator.")
    narrative = _Table("What the prose says of each amount.")
    pages = _Table("What stands on each page: a table, prose, contents, or nothing.")
    contents = _Table("The entries of the table of contents, each with its printed page.")
    paragraphs = _Table("The prose, a row for each paragraph or heading, without personal data.")

    def frame(self, name: str) -> pd.DataFrame:
        """Return one table by name.

        Parameters
        ----------
        name
            ``facts``, ``documents``, ...

        Returns
        -------
        pandas.DataFrame
        """
        raise NotImplementedError

    def by_document(self, name: str) -> DocumentRows:
        """Return one table split by document, for a walk over many of them."""
        if name not in self._by_document:
            self._by_document[name] = self._split(name)
        return self._by_document[name]

    def _split(self, name: str) -> DocumentRows:
        return ByDocument(self._table(name))

    def _table(self, name: str) -> pd.DataFrame:
        """A table that is kept if it was asked for, and else not kept for this."""
        if callable(method := getattr(type(self), name)):  # as ``checks``
            table: pd.DataFrame = method(self)
            return table
        kept: pd.DataFrame | None = vars(self).get(name)
        return self.frame(name) if kept is None else kept

    def kept(self, make: Callable[[Frames], Kept]) -> Kept:
        """Return the result of a function of these tables, computed once."""
        if make not in self._results:
            self._results[make] = make(self)
        found: Kept = self._results[make]
        return found

    @cached_property
    def _by_document(self) -> dict[str, DocumentRows]:
        return {}

    @cached_property
    def _results(self) -> dict[Any, Any]:
        return {}


def forget(frames: Frames, name: str) -> None:
    """Forget the rows of a table that was written anew, so that they are read again.

    Parameters
    ----------
    frames
        That may have split the table by document.
    name
        Of the table.
    """
    frames._by_document.pop(name, None)
