"""Choose a disclosure: its documents, and its rows out of a dataset.

A disclosure is what one department (or its own unit) publishes for one year.  Its text and its
tables may be two files, which are one disclosure; a file that prints a table again is another
printing of it.  The audit checks each printing for itself (:func:`disclosures_of`); a report
and a comparison show each part once, from the first document that prints it (:func:`select`).

Audit, reports and comparisons share this one account; the value that they get is of
:mod:`budgetkit.disclosure_rows`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from budgetkit.disclosure_rows import DisclosureKey, DisclosureRows, RowsOnDemand
from budgetkit.errors import UsageError, suggestion
from budgetkit.storage.records import Row, records, text

if TYPE_CHECKING:
    from budgetkit.storage.frames import Frames
    from budgetkit.storage.reader import DatasetReader

__all__ = [
    "DisclosureKey", "DisclosureRows", "choose_keys", "disclosures_of", "documents_by_key", "keys",
    "known_as", "select", "year_before",
]  # fmt: skip

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
    for table in _PARTS:
        dataset.by_document(table)  # opens its file: all tables are of one state of the dataset
    rows = RowsOnDemand(_PARTS, partial(_rows_of, dataset, names))
    unused: list[Row] = []
    if len(order) > 1:
        parts = (rows[name] for name in _PARTS if name not in _WHOLE)
        used = {row["document"] for part in parts for row in part}
        unused = [row for row in order[1:] if row["document"] not in used]
    reprints = tuple(row["source"] for row in unused if row["n_facts"])
    return DisclosureRows(key, tuple(order), rows, reprints)


def _rows_of(dataset: Frames, names: Sequence[str], table: str) -> list[Row]:
    """Read the rows of a table of some documents, each part from the first that prints it."""
    rows = dataset.by_document(table).rows(names)
    return rows if table in _WHOLE else _first_printed(rows, names, _PARTS[table])


def _first_printed(rows: Iterable[Row], names: Sequence[str], part: str | None) -> list[Row]:
    """Keep, of each part, the rows of the first document that has any."""
    if len(names) == 1:
        return list(rows)
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


def years_until(dataset: Frames, disclosure: DisclosureRows) -> list[DisclosureRows]:
    """Return the disclosures of the years without a gap up to one, the earliest first.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    disclosure
        The last of them.

    Returns
    -------
    list of DisclosureRows
        Of the same department, scope and kind.
    """
    found = [disclosure]
    while (older := year_before(dataset, found[0])) is not None:
        found.insert(0, older)
    return found
