"""Run every check over a dataset, and write what was found beside the tables that it is about."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.audit.case import cases_of
from budgetkit.audit.source import Source, batches
from budgetkit.audit.table import by_status, frame_of, joined
from budgetkit.errors import UsageError
from budgetkit.places import is_address
from budgetkit.writing import add_derived

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from budgetkit.dataset import Dataset

#: Documents that are checked together: what is in memory at once, and what another process
#: is worth its start for.
TOGETHER = 64
#: A spreadsheet takes a file for UTF-8 only if it begins with this mark.
BOM = b"\xef\xbb\xbf"


def audit(dataset: Dataset | str | Path, *, jobs: int = 1) -> pd.DataFrame:
    """Check a dataset against itself, and write ``checks`` into its folder.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    jobs
        Processes that check at the same time, where there are many disclosures.

    Returns
    -------
    pandas.DataFrame
        ``checks``: a row a comparison (amounts in 万元), failures first, the heaviest of them
        on top.  ``checks.csv`` and ``checks.parquet`` hold the same.

    Raises
    ------
    UsageError
        It is not a dataset, or its folder can't be written.
    """
    return frame_of(write_checks(dataset, jobs=jobs))


def write_checks(dataset: Dataset | str | Path, *, jobs: int = 1) -> pa.Table:
    """Run the audit and write ``checks`` beside the tables that it is about.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    jobs
        Processes that check at the same time, where there are many disclosures.

    Returns
    -------
    pyarrow.Table
        ``checks``, the same on any number of jobs.

    Raises
    ------
    UsageError
        It is not a dataset, or its folder can't be written.
    """
    from budgetkit.dataset import Dataset

    if not isinstance(dataset, Dataset):
        dataset = Dataset(dataset)
    if is_address(str(dataset.folder)):
        raise UsageError("is an address", file=dataset.folder, remedy="audit a copy of it")
    table = joined(_checked(dataset.folder, jobs))
    writers = {"parquet": partial(_write_parquet, table), "csv": partial(_write_csv, table)}
    add_derived(dataset.folder, "checks", writers)
    dataset.__dict__.pop("checks", None)
    return table


def _checked(folder: Path, jobs: int) -> Iterator[dict[str, pa.Table]]:
    """What was found in each batch of departments, by status."""
    ids = batches(folder, TOGETHER)
    if jobs == 1 or len(ids) == 1:
        source = Source(folder, ids)
        for number in range(len(ids)):
            yield _batch(source, number)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_open, initargs=(folder, ids)) as pool:
        yield from pool.map(_batch_of_opened, range(len(ids)))


#: Of a process that checks: the dataset, opened once.
_opened: list[Source] = []


def _open(folder: Path, ids: list[list[str]]) -> None:
    _opened.append(Source(folder, ids))


def _batch_of_opened(number: int) -> dict[str, pa.Table]:
    return _batch(_opened[0], number)


def _batch(source: Source, number: int) -> dict[str, pa.Table]:
    with _no_collection():
        return by_status(cases_of(source.rows(number)))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: rows by the hundred thousand hold no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write_parquet(table: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, path)


def _write_csv(table: pa.Table, path: Path) -> None:
    import pyarrow.csv as pa_csv

    with path.open("wb") as file:
        file.write(BOM)
        pa_csv.write_csv(table, file)


__all__ = ["audit", "write_checks"]
