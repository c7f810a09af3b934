"""The readings of many files, put together into the rows of one dataset.

Whose a document is can depend on others, while its rows are needed only when they are written: so
the documents are settled first, and each one's rows are read again when its turn comes.  A run
over thousands of files never holds the rows of more than a few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from budgetkit.errors import BudgetkitError
from budgetkit.extraction.dataset_rows import Rows, empty_rows
from budgetkit.extraction.document import Reading
from budgetkit.extraction.inputs import Input
from budgetkit.extraction.who import Found, note_joined_files, settle
from budgetkit.storage.partitions import Partition, partition_of

#: Columns that facts repeat from their document, so that a fact stands alone.
_OF_DOCUMENT = ("source", "department", "scope", "region", "year")
#: Returns the readings of an input, or its problem; the same ones each time.
ResultOf = Callable[[Input], list[Reading] | str]


@dataclass(frozen=True, slots=True)
class Documents:
    """All documents of a dataset, without what was read of them.

    Attributes
    ----------
    rows : list of dict
        The rows of ``documents``; failed inputs too.
    sources : dict of str to str
        Path or address of each document's PDF.
    by_input : list of (Input, list of dict or None)
        For each input that was read, the rows of its documents in their order; None for one that
        is in another partition.
    n_rows : Counter of str
        How many rows each table has.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    by_input: list[tuple[Input, list[dict[str, Any] | None]]] = field(default_factory=list)
    n_rows: Counter[str] = field(default_factory=Counter)

    def by_partition(self) -> dict[Partition, Documents]:
        """Split them by year and region, in the order of the partitions."""
        found: dict[Partition, Documents] = {}
        homes = {}
        for row in self.rows:
            homes[row["document"]] = home = partition_of(row)
            found.setdefault(home, Documents()).rows.append(row)
        for name, place in self.sources.items():
            found[homes[name]].sources[name] = place
        for item, own in self.by_input:
            for home in dict.fromkeys(homes[row["document"]] for row in own if row is not None):
                there = [row if row and homes[row["document"]] == home else None for row in own]
                found[home].by_input.append((item, there))
        return dict(sorted(found.items(), key=lambda part: part[0].order))


def assemble(inputs: Iterable[Input], result_of: ResultOf) -> tuple[Rows, dict[str, str]]:
    """Put the rows of all documents together, in the order of their sources.

    Parameters
    ----------
    inputs
        As listed by :func:`~budgetkit.extraction.inputs.find_inputs`.
    result_of
        Returns the readings of an input, or its problem.

    Returns
    -------
    rows : dict
        By table of the schema.
    sources : dict
        Path or address of each document's PDF.
    """
    documents, rows = settle_documents(inputs, result_of), empty_rows()
    for part in rows_in_parts(documents, result_of):
        for table, found in part.items():
            rows[table] += found
    return rows, documents.sources


def settle_documents(inputs: Iterable[Input], result_of: ResultOf) -> Documents:
    """Name every document, and settle whose it is.

    Parameters
    ----------
    inputs, result_of
        As of :func:`assemble`.

    Returns
    -------
    Documents
        In the order of their sources.
    """
    inputs = list(inputs)
    taken = {item.document for item in inputs}
    documents = Documents()
    read: list[Found] = []
    for item in inputs:
        result = result_of(item)
        about = {"source": item.source, "sha256": item.sha256}
        if isinstance(result, str):
            failed = {"document": item.document, **about, "status": "failed", "error": result}
            documents.rows.append(failed | {"n_tables": 0, "n_facts": 0, "n_unmapped": 0})
            continue
        own: list[dict[str, Any] | None] = []
        for number, reading in enumerate(result, 1):
            name = item.document if number == 1 else _free(f"{item.document}#{number}", taken)
            row = {"document": name, **about, **reading.document}
            own.append(row)
            documents.rows.append(row)
            read.append(Found.of(row, reading.rows))
            documents.sources[name] = item.home
            documents.n_rows.update({table: len(rows) for table, rows in reading.rows.items()})
        documents.by_input.append((item, own))
    settle(read)
    note_joined_files(read)
    documents.n_rows["documents"] = len(documents.rows)
    return documents


def rows_in_parts(documents: Documents, result_of: ResultOf) -> Iterator[Rows]:
    """Yield the rows of ``documents``, then those of every other table, file by file.

    Parameters
    ----------
    documents
        As of :func:`settle_documents`, or those of one partition.
    result_of
        The function that they were settled with.

    Yields
    ------
    dict
        Rows by table of the schema; tables without a row may be missing.

    Raises
    ------
    BudgetkitError
        What was read of a file is gone meanwhile.
    """
    yield {"documents": documents.rows}
    for item, own in documents.by_input:
        result = result_of(item)
        if isinstance(result, str):
            raise BudgetkitError(result, file=item.source, remedy="run it again")
        for document, reading in zip(own, result, strict=True):
            if document is None:
                continue
            yield {
                table: [_owned(table, row, document) for row in rows]
                for table, rows in reading.rows.items()
            }


def _free(name: str, taken: set[str]) -> str:
    """A name that no file has: one may well be called ``a#2.pdf``."""
    while name in taken:
        name += "~"
    taken.add(name)
    return name


def _owned(table: str, row: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """A row with its document, and with what facts and staffing repeat of it."""
    owned = {**row, "document": document["document"]}
    if table == "facts":
        owned["fact_id"] = f"{document['document']}:{row['fact_id']}"
    if table in ("facts", "staffing"):
        owned |= {key: document[key] for key in _OF_DOCUMENT}
    return owned
