"""One disclosure as a value: its key, its documents, its rows, and what was not read of it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, TypeVar

from budgetkit.own_facts import FINAL_ACCOUNT, own_facts
from budgetkit.schema import PERCENT_RULE
from budgetkit.storage.records import Row, text

Made = TypeVar("Made")
#: Disclosures of which the rows are in memory at once, where many are compared.
IN_MEMORY = 16


class DisclosureKey(NamedTuple):
    """What tells one disclosure from another, and joins the files of one.

    ``kind`` is ``budget`` or ``final_account``: the two of one year are never one disclosure.
    """

    department: str
    scope: str
    year: int
    kind: str = "budget"


class RowsOnDemand(Mapping[str, list[Row]]):
    """Rows by table, each read when it is asked for, and forgotten when many others were.

    Parameters
    ----------
    names
        Of the tables.
    read
        Returns the rows of one.
    """

    _recent: ClassVar[deque[RowsOnDemand]] = deque()

    def __init__(self, names: Iterable[str], read: Callable[[str], list[Row]]) -> None:
        self._names, self._read = tuple(names), read
        #: What was made of the rows, by name: forgotten with them.
        self.made: dict[str, Any] = {}
        self._rows: dict[str, list[Row]] = {}

    def __getitem__(self, name: str) -> list[Row]:
        rows = self._rows.get(name)
        if rows is None:
            if name not in self._names:
                raise KeyError(name)
            rows = self._read(name)
            if not self._rows:
                self._remember()
            self._rows[name] = rows
        return rows

    def _remember(self) -> None:
        self._recent.append(self)
        if len(self._recent) > IN_MEMORY:
            oldest = self._recent.popleft()
            oldest._rows, oldest.made = {}, {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True)
class DisclosureRows:
    """The rows of one disclosure.

    Attributes
    ----------
    key : DisclosureKey or None
        None for a document whose department or year is not known; it stands alone.
    documents : tuple of dict
        Its rows of ``documents``.
    rows : dict of str to list of dict
        Its rows of the other tables, by table, an empty cell as None.
    reprints : tuple of str
        Sources of documents that only repeat what another one of them prints.
    """

    key: DisclosureKey | None
    documents: tuple[Row, ...]
    rows: Mapping[str, list[Row]]
    reprints: tuple[str, ...] = ()

    @property
    def department(self) -> str:
        """Who publishes it; empty where that is not known."""
        return self.key.department if self.key else ""

    @property
    def scope(self) -> str:
        """``department`` or ``unit``; empty where that is not known."""
        return self.key.scope if self.key else ""

    @property
    def year(self) -> int:
        """Budget year; 0 where that is not known."""
        return self.key.year if self.key else 0

    def about(self, column: str) -> str:
        """Return what the first of its documents that fills a column of ``documents`` says."""
        return next((text(row[column]) for row in self.documents if text(row.get(column))), "")

    def rows_where(self, name: str, /, **columns: Any) -> list[Row]:
        """Return rows of a table, in their order, where the columns have these values.

        Of ``facts``, those of the department as a whole: see :attr:`own`.

        Parameters
        ----------
        name
            Of the table.
        **columns
            Values to look for; None finds empty cells.

        Returns
        -------
        list of dict
        """
        rows: Iterable[Row] = self.rows[name]
        if name == "facts":
            rows = self._facts.get(columns.pop("table"), ()) if "table" in columns else self.own
        wanted = list(columns.items())
        return [row for row in rows if all(row[column] == value for column, value in wanted)]

    @property
    def is_final_account(self) -> bool:
        """Whether it reports what was spent, as far as ``documents`` says so."""
        return self.about("kind") == FINAL_ACCOUNT

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """Return what is made of the rows, computed once while they are in memory.

        Parameters
        ----------
        name
            Of what is made.
        make
            Makes it.

        Returns
        -------
        object
            As of ``make``.
        """
        rows = self.rows
        made = rows.made if isinstance(rows, RowsOnDemand) else self._made
        if name not in made:
            found = make()  # which may read the rows, and forget what was made of them before
            made = rows.made if isinstance(rows, RowsOnDemand) else made
            made[name] = found
        kept: Made = made[name]
        return kept

    @cached_property
    def _made(self) -> dict[str, Any]:
        """What was made of rows that stay in memory, by name."""
        return {}

    @property
    def own(self) -> list[Row]:
        """Facts of the department as a whole: see :func:`budgetkit.own_facts.own_facts`."""
        return self.once("own", lambda: own_facts(self.rows["facts"], self.about("kind")))

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """Tables with a figure of which two readings disagree."""
        rows = self.rows["facts"]
        return frozenset(row["table"] for row in rows if row["certainty"] == "doubtful")

    @property
    def _facts(self) -> dict[str, list[Row]]:
        """Facts by table: each amount of a report is looked for in one table."""
        return self.once("facts_by_table", self._facts_by_table)

    def _facts_by_table(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.own:
            found.setdefault(row["table"], []).append(row)
        return found

    @cached_property
    def tables(self) -> frozenset[str]:
        """Ids of the tables that it holds, empty ones too."""
        return frozenset(row["table"] for row in self.rows["tables"] if row["table"])

    @cached_property
    def unread(self) -> frozenset[str]:
        """Tables with an amount that was not understood; empty text where none is known.

        Percents of a column of percents are listed, and understood.
        """
        rows = (row for row in self.rows["unmapped"] if row.get("rule") != PERCENT_RULE)
        return frozenset(table for row in rows for table in self.tables_at(row))

    @cached_property
    def unread_pages(self) -> dict[str, tuple[int, ...]]:
        """Pages that hold something of which nothing was read, by document.

        These are the pages that ``unmapped`` names as such, and those that gave listed amounts
        of an unknown table and no fact: any table may stand there.
        """
        rows = [row for row in self.rows["unmapped"] if not row["table"]]
        with_facts: set[tuple[str, int]] = set()
        if rows:
            with_facts = {(row["document"], row["page"]) for row in self.rows["facts"]}
        found: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            if (row["document"], row["page"]) not in with_facts:
                found[row["document"]].add(int(row["page"]))
        return {document: tuple(sorted(pages)) for document, pages in found.items()}

    def is_next_to_unread(self, document: str, page: int) -> bool:
        """Whether what stands on a page may go on on one that was not read, or begin there.

        Parameters
        ----------
        document
            Its id.
        page
            From 1.

        Returns
        -------
        bool
        """
        return any(abs(page - unread) <= 1 for unread in self.unread_pages.get(document, ()))

    @cached_property
    def may_go_on(self) -> frozenset[str]:
        """Tables next to a page that was not read: it may hold more of their rows, or a note."""
        if not self.unread_pages:
            return frozenset()
        return frozenset(
            table
            for (document, page), tables in self._tables_by_page.items()
            if self.is_next_to_unread(document, int(page))
            for table in tables
        )

    def tables_at(self, row: Row) -> Sequence[str]:
        """Return the tables that a row of ``unmapped`` may be of: its own, else those of its page.

        An empty text where no table is known on the page.
        """
        if row["table"]:
            return (row["table"],)
        return ("", *self._tables_by_page.get((row["document"], str(row["page"])), ()))

    @cached_property
    def _tables_by_page(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self.rows["tables"]:
            for page in text(row.get("pages")).split() if row["table"] else ():
                found[row["document"], page].append(row["table"])
        return found
