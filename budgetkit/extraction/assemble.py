"""The readings of many files, put together into the rows of one dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from budgetkit.extraction.dataset_rows import Rows, empty_rows
from budgetkit.extraction.document import Reading
from budgetkit.extraction.inputs import Input
from budgetkit.extraction.who import Found, note_joined_files, settle

#: Columns that facts repeat from their document, so that a fact stands alone.
_OF_DOCUMENT = ("source", "department", "scope", "region", "year")


def assemble(
    inputs: Iterable[Input], result_of: Callable[[Input], list[Reading] | str]
) -> tuple[Rows, dict[str, str]]:
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
    rows, sources = empty_rows(), {}
    inputs = list(inputs)
    taken = {item.document for item in inputs}
    read: list[Found] = []
    for item in inputs:
        result = result_of(item)
        about = {"source": item.source, "sha256": item.sha256}
        if isinstance(result, str):
            failed = {"document": item.document, **about, "status": "failed", "error": result}
            rows["documents"].append(failed | {"n_tables": 0, "n_facts": 0, "n_unmapped": 0})
            continue
        for number, reading in enumerate(result, 1):
            name = item.document if number == 1 else _free(f"{item.document}#{number}", taken)
            document = {"document": name, **about, **reading.document}
            rows["documents"].append(document)
            read.append(Found(document, reading.rows))
            sources[name] = item.home
    settle(read)
    note_joined_files(read)
    for one in read:
        for table, found in one.rows.items():
            rows[table].extend(_owned(table, row, one.document) for row in found)
    return rows, sources


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
