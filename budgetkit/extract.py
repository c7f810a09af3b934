"""Many PDFs into one dataset: each read on its own, so that a bad one stops no other."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgetkit.errors import BudgetkitError
from budgetkit.inputs import Input, find_inputs
from budgetkit.reading import Reading, Rows, empty_rows, read_file
from budgetkit.writing import check_target, write_dataset

#: A worker is replaced after this many documents, so that no library's leak adds up.
DOCUMENTS_A_WORKER = 60
#: Columns that facts repeat from their document, so that a fact stands alone.
_OF_DOCUMENT = ("source", "department", "scope", "region", "year")

Progress = Callable[[Input, "list[Reading] | str"], None]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a run did: its rows of ``documents`` and how many of each status."""

    documents: tuple[dict[str, Any], ...]

    @property
    def failed(self) -> int:
        """Number of inputs that gave no disclosure."""
        return sum(row["status"] == "failed" for row in self.documents)


def extract(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    jobs: int = 1,
    password: str | None = None,
    unlock: bool = False,
    resume: bool = False,
    progress: Progress | None = None,
) -> Extraction:
    """Read PDFs into a dataset.

    Parameters
    ----------
    paths
        Files, and folders of which every PDF is read.
    out
        Folder of the dataset; written aside and moved into place when all is read.
    jobs
        Processes that read at the same time.
    password
        Tried on files that are encrypted.
    unlock
        Read files although their owner locked them against extraction.
    resume
        Keep what the dataset at ``out`` holds of files that did not change since.
    progress
        Called with each input and what came of it: readings, or the problem.

    Returns
    -------
    Extraction
        Its rows of ``documents``.

    Raises
    ------
    UsageError
        A path does not exist, or ``out`` can't be written.
    """
    out = Path(out)
    check_target(out)
    inputs = find_inputs(paths)
    results: dict[str, list[Reading] | str] = {i.document: i.problem for i in inputs if i.problem}
    if resume:
        results |= _kept(out, inputs)
    waiting = [i for i in inputs if i.document not in results]
    for item, result in _read_all(waiting, jobs, password, unlock):
        results[item.document] = result
        if progress:
            progress(item, result)
    rows, sources = assemble(inputs, results)
    write_dataset(out, rows, sources)
    return Extraction(tuple(rows["documents"]))


def read_input(item: Input, password: str | None, unlock: bool) -> list[Reading] | str:
    """Read one file; a problem is a sentence, never an exception."""
    try:
        return read_file(item.path, password=password, unlock=unlock)
    except BudgetkitError as error:
        return f"{'page ' + str(error.page) + ': ' if error.page else ''}{error.problem}" + (
            f"; {error.remedy}" if error.remedy else ""
        )
    except Exception as error:
        return f"could not be read ({type(error).__name__}: {error}); please report this file"


def _read_all(
    inputs: list[Input], jobs: int, password: str | None, unlock: bool
) -> Iterator[tuple[Input, list[Reading] | str]]:
    if jobs <= 1 or len(inputs) <= 1:
        for item in inputs:
            yield item, read_input(item, password, unlock)
        return
    left = {item.document: item for item in inputs}
    try:
        for item, result in _pooled(inputs, jobs, password, unlock):
            del left[item.document]
            yield item, result
    except BrokenProcessPool:
        # One file killed its worker, and the pool with it: read the rest one by one to find it.
        for item in list(left.values()):
            try:
                yield from _pooled([item], 1, password, unlock)
            except BrokenProcessPool:
                yield item, "ended the process that read it; the file is damaged or hostile"


def _pooled(
    inputs: list[Input], jobs: int, password: str | None, unlock: bool
) -> Iterator[tuple[Input, list[Reading] | str]]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        jobs, mp_context=context, max_tasks_per_child=DOCUMENTS_A_WORKER
    ) as pool:
        queue = iter(inputs)
        running = {}
        for item in queue:
            running[pool.submit(read_input, item, password, unlock)] = item
            if len(running) < 2 * jobs:
                continue
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            yield from ((running.pop(future), future.result()) for future in done)
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            yield from ((running.pop(future), future.result()) for future in done)


def assemble(
    inputs: Iterable[Input], results: Mapping[str, list[Reading] | str]
) -> tuple[Rows, dict[str, str]]:
    """Put together the rows of all documents, in the order of their sources.

    Parameters
    ----------
    inputs
        As listed by :func:`~budgetkit.inputs.find_inputs`.
    results
        Readings of each, or its problem, by document.

    Returns
    -------
    rows : dict
        By table of the schema.
    sources : dict
        Path of each document's PDF.
    """
    rows, sources = empty_rows(), {}
    for item in inputs:
        result = results[item.document]
        about = {"source": item.source, "sha256": item.sha256}
        if isinstance(result, str):
            failed = {"document": item.document, **about, "status": "failed", "error": result}
            rows["documents"].append(failed | {"n_tables": 0, "n_facts": 0, "n_unmapped": 0})
            continue
        for number, reading in enumerate(result, 1):
            name = item.document if number == 1 else f"{item.document}#{number}"
            document = {"document": name, **about, **reading.document}
            rows["documents"].append(document)
            sources[name] = str(item.path.resolve())
            for table, found in reading.rows.items():
                rows[table].extend(_owned(table, row, document) for row in found)
    _say_what_joins(rows["documents"])
    return rows, sources


def _owned(table: str, row: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    owned = {**row, "document": document["document"]}
    if table == "facts":
        owned["fact_id"] = f"{document['document']}:{row['fact_id']}"
    if table in ("facts", "staffing"):
        owned |= {key: document[key] for key in _OF_DOCUMENT}
    return owned


def _say_what_joins(documents: list[dict[str, Any]]) -> None:
    """Text and tables of one disclosure may come in two files; the same tables twice may not."""
    by_key: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in documents:
        if row["status"] != "failed" and row.get("department") and row.get("year"):
            by_key.setdefault((row["department"], row["scope"], row["year"]), []).append(row)
    for rows in by_key.values():
        tabled = [row for row in rows if row["n_tables"]]
        for row in rows:
            others = [other for other in tabled if other is not row]
            if not row["n_tables"] and others:
                row["error"] = f"holds the text alone; its tables are in {others[0]['source']}"
                row["status"] = "ok"
            elif row["n_tables"] and others and row is not tabled[0]:
                said = f"the same department, scope and year as {tabled[0]['source']}"
                row["error"] = "; ".join(filter(None, (row["error"], said)))
                row["status"] = "partial"


def _kept(out: Path, inputs: Iterable[Input]) -> dict[str, list[Reading] | str]:
    """Readings of an earlier run whose files did not change."""
    from budgetkit.dataset import kept_readings

    return kept_readings(out, {item.document: item.sha256 for item in inputs})
