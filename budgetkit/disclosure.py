"""One disclosure: its documents, and its rows out of a dataset.

A disclosure is what one department (or its own unit) publishes for one year.  Its text and its
tables may be two files, which are one disclosure; a file that prints a table again is another
printing of it.  The audit checks each printing for itself (:func:`disclosures_of`); a report
and a comparison show each part once, from the first document that prints it (:func:`select`).

Longer than most, since audit, reports and comparisons share this one account of a disclosure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetkit.errors import UsageError, suggestion
from budgetkit.own_facts import FINAL_ACCOUNT, own_facts
from budgetkit.storage.records import Row, records, text

if TYPE_CHECKING:
    from budgetkit.storage.frames import Frames
    from budgetkit.storage.reader import DatasetReader

#: Tables that a report shows, and the column that splits each into parts: one document may hold
#: the tables of a department, and another its text.
_PARTS = {
    "facts": "table",
    "unmapped": None,
    "tables": None,
    "profile": "kind",
    "assets": None,
    "staffing": None,
    "projects": "where",
    "indicators": None,
    "narrative": None,
}
#: Tables of which the rows of every document are kept: what is missing or unread is never hidden.
_WHOLE = ("unmapped", "tables")
_STATUS = {"ok": 0, "partial": 1}


class DisclosureKey(NamedTuple):
    """What tells one disclosure from another, and joins the files of one.

    ``kind`` is ``budget`` or ``final_account``: the two of one year are never one disclosure.
    """

    department: str
    scope: str
    year: int
    kind: str = "budget"


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

    @cached_property
    def own(self) -> list[Row]:
        """Facts of the department as a whole: see :func:`budgetkit.own_facts.own_facts`."""
        return own_facts(self.rows["facts"], self.about("kind"))

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """Tables with a figure of which two readings disagree."""
        rows = self.rows["facts"]
        return frozenset(row["table"] for row in rows if row["certainty"] == "doubtful")

    @cached_property
    def _facts(self) -> dict[str, list[Row]]:
        """Facts by table: each amount of a report is looked for in one table."""
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
        """Tables with an amount that was not understood; empty text where none is known."""
        return frozenset(table for row in self.rows["unmapped"] for table in self.tables_at(row))

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


def _group_documents(documents: Iterable[Row]) -> dict[DisclosureKey | str, list[Row]]:
    """Group the documents that were read by department, scope, year and kind.

    All names of one department are the newest one.  A document whose department or year is not
    known stands alone, under its id.
    """
    documents = tuple(documents)
    names = _newest_names(documents)
    found: dict[DisclosureKey | str, list[Row]] = {}
    for row in documents:
        if row["status"] != "failed":
            key: DisclosureKey | str = row["document"]
            if row["department"] and row["year"]:
                kind = text(row.get("kind")) or "budget"
                name = names[row["department"]]
                key = DisclosureKey(name, row["scope"] or "", int(row["year"]), kind)
            found.setdefault(key, []).append(row)
    return found


def _newest_names(documents: Iterable[Row]) -> dict[str, str]:
    """Return the name of each department in its newest document, by each of its names."""
    dated = [row for row in documents if row["department"] and row["year"]]
    ids = {row["department"]: text(row.get("department_id")) or row["department"] for row in dated}
    newest = {
        ids[row["department"]]: row["department"]
        for row in sorted(dated, key=lambda row: (row["year"], row["document"]))
    }
    return {name: newest[known] for name, known in ids.items()}


def known_as(dataset: Frames, department: str) -> str:
    """Return the name under which a department's disclosures are kept: that of the newest.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    department
        Any of its names.

    Returns
    -------
    str
    """
    return dataset.kept(_names).get(department, department)


def _names(dataset: Frames) -> dict[str, str]:
    return _newest_names(records(dataset.documents))


def documents_by_key(dataset: Frames) -> dict[DisclosureKey, list[Row]]:
    """Return the documents of each disclosure of a dataset whose department and year are known."""
    return dataset.kept(_documents_by_key)


def _documents_by_key(dataset: Frames) -> dict[DisclosureKey, list[Row]]:
    groups = _group_documents(records(dataset.documents))
    return {key: rows for key, rows in groups.items() if isinstance(key, DisclosureKey)}


def disclosures_of(tables: Mapping[str, Iterable[Row]]) -> list[DisclosureRows]:
    """Return the disclosures of a dataset, each printing for itself.

    Parameters
    ----------
    tables
        Rows by table of the schema, ``documents`` among them.

    Returns
    -------
    list of DisclosureRows
        In the order of ``documents``; files that failed are left out.
    """
    by_document: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for name, rows in tables.items():
        for row in rows:
            by_document[row["document"]][name].append(row)
    found = []
    for key, of_key in _group_documents(tables["documents"]).items():
        for files in _printings(of_key, by_document):
            own: dict[str, list[Row]] = defaultdict(list)
            for file in files:
                for name, rows in by_document[file["document"]].items():
                    own[name].extend(rows)
            known = key if isinstance(key, DisclosureKey) else None
            found.append(DisclosureRows(known, tuple(files), own))
    return found


def _printings(
    documents: Iterable[Row], by_document: Mapping[str, Mapping[str, list[Row]]]
) -> list[list[Row]]:
    """Split the documents of one key into printings, none of which holds a table twice.

    Text and tables, or tables and target forms, come in several files.
    """
    found: list[tuple[list[Row], set[str]]] = []
    for row in sorted(documents, key=lambda row: not row["n_tables"]):
        tables = {table["table"] for table in by_document[row["document"]]["tables"]} - {None}
        own = next((one for one in found if not one[1] & tables), None)
        if own:
            own[0].append(row)
            own[1].update(tables)
        else:
            found.append(([row], tables))
    return [rows for rows, _ in found]


def keys(dataset: Frames, **chosen: Hashable) -> list[DisclosureKey]:
    """List the keys of the disclosures that were read, sorted.

    Parameters
    ----------
    dataset
        Many disclosures, or one.
    **chosen
        ``department``, ``scope``, ``year``, ``kind``; None chooses all.

    Returns
    -------
    list of DisclosureKey
    """
    if isinstance(department := chosen.get("department"), str):
        chosen["department"] = known_as(dataset, department)
    wanted = [(name, value) for name, value in chosen.items() if value is not None]
    return sorted(
        key
        for key in documents_by_key(dataset)
        if all(getattr(key, name) == value for name, value in wanted)
    )


def choose_keys(
    dataset: DatasetReader,
    department: str | None = None,
    year: int | None = None,
    scope: str | None = None,
    kind: str | None = None,
) -> list[DisclosureKey]:
    """List the keys that a user asks for, sorted.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    department, year, scope, kind
        Of the key, ``department`` by any of its names; all where None, empty or 0.

    Returns
    -------
    list of DisclosureKey
        Empty only where nothing is asked for and no department is known.

    Raises
    ------
    UsageError
        There is no such department, year, scope or kind; the nearest names are suggested.
    """
    dataset.choose(department=department or None)
    chosen: dict[str, Hashable] = {}
    wanted = {"department": department, "year": year, "scope": scope, "kind": kind}
    for name, value in wanted.items():
        if not value:
            continue
        known = keys(dataset, **chosen)
        chosen[name] = value
        if not keys(dataset, **chosen):
            raise UsageError(
                f"there is no {name} '{value}'",
                file=dataset.folder,
                remedy=suggestion(str(value), sorted({str(getattr(key, name)) for key in known})),
            )
    return keys(dataset, **chosen)


def select(
    dataset: Frames, department: str, scope: str, year: int, kind: str = ""
) -> DisclosureRows:
    """Take one disclosure out of a dataset.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    department, scope, year
        The key; ``scope`` is ``department`` or ``unit``, and the two are never mixed.
    kind
        ``budget`` or ``final_account``; empty takes the budget, where there is one.

    Returns
    -------
    DisclosureRows
        Each part once, from the first document that prints it; documents without a problem come
        first.  Of a budget where there is one, else of a final account.

    Raises
    ------
    UsageError
        The dataset has no such disclosure.
    """
    known = documents_by_key(dataset)
    kinds = (kind,) if kind else ("budget", "final_account")
    name = known_as(dataset, department)
    found = (DisclosureKey(name, scope, year, kind) for kind in kinds)
    key = next((key for key in found if key in known), None)
    if key is None:
        raise UsageError(
            f"there is no disclosure of '{department}' ({scope}) for {year}",
            remedy="see the names in documents.csv",
        )
    order = sorted(known[key], key=lambda row: (_STATUS.get(row["status"], 2), row["document"]))
    names = [row["document"] for row in order]
    rows: dict[str, list[Row]] = {}
    used: set[str] = set()
    for name, part in _PARTS.items():
        rows[name] = dataset.by_document(name).rows(names)
        if name not in _WHOLE:
            rows[name] = _first_printed(rows[name], names, part)
            used |= {row["document"] for row in rows[name]}
    unused = [row for row in order[1:] if row["document"] not in used]
    reprints = tuple(row["source"] for row in unused if row["n_facts"])
    return DisclosureRows(key, tuple(order), rows, reprints)


def _first_printed(rows: Iterable[Row], names: Sequence[str], part: str | None) -> list[Row]:
    """Keep, of each part, the rows of the first document that has any."""
    first: dict[str, int] = {}
    order = {name: number for number, name in enumerate(names)}
    found = [(text(row[part]) if part else "", order[row["document"]], row) for row in rows]
    for kind, number, _ in found:
        first[kind] = min(number, first.get(kind, number))
    return [row for kind, number, row in found if first[kind] == number]


def year_before(dataset: Frames, disclosure: DisclosureRows) -> DisclosureRows | None:
    """Return the disclosure of the same department, scope and kind a year earlier.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    disclosure
        Of a department and year that are known.

    Returns
    -------
    DisclosureRows or None
        None where the dataset has none, or where one of the two is a final account.
    """
    if disclosure.key is None:
        return None
    key = disclosure.key._replace(year=disclosure.year - 1)
    return select(dataset, *key) if key in documents_by_key(dataset) else None
