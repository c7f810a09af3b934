"""Run every check over a dataset, and write what was found beside the tables that it is about."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetkit.checks.audit.batches import BatchReader, batches
from budgetkit.checks.audit.checks_table import by_status, frame_of
from budgetkit.checks.audit.spill import Spill
from budgetkit.checks.case import cases_of
from budgetkit.checks.printed import FAIL, PASS, ROUNDING
from budgetkit.errors import BudgetkitError, UsageError
from budgetkit.storage.frames import forget
from budgetkit.storage.remote import is_address
from budgetkit.storage.write import add_derived
from budgetkit.work.memory import gc_paused
from budgetkit.work.run_tasks import run_tasks
from budgetkit.work.tasks import Limits, Task

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from budgetkit.storage.reader import DatasetReader

#: Documents that are checked together: a task of a process, and what is in memory at once.
TOGETHER = 32


class Audited(NamedTuple):
    """The result of an audit.

    Attributes
    ----------
    counts : dict of str to int
        How many comparisons came to each status.
    rows : list of dict
        Rows of ``checks`` of the statuses that were asked for, the heaviest first.
    """

    counts: dict[str, int]
    rows: list[dict[str, Any]]


def audit(
    dataset: DatasetReader | str | Path,
    *,
    jobs: int = 1,
    passed: bool = False,
    cluster: str | None = None,
) -> pd.DataFrame:
    """Check a dataset against itself, and write ``checks`` into its folder.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    jobs
        Processes that check at the same time, where there are many disclosures.
    passed
        Whether to list every comparison that agrees, some hundreds a document.  Else a row says
        how many of one check agree in a document (``comparisons``).
    cluster
        Address of a Dask scheduler whose workers check instead; they see the folder of the
        dataset.

    Returns
    -------
    pandas.DataFrame
        ``checks``: a row for each comparison that does not agree or can't be made (amounts in
        万元), failures first, the heaviest of them on top; then those that agree, by check.
        ``checks.csv`` and ``checks.parquet`` hold the same.

    Raises
    ------
    UsageError
        It is not a dataset, its folder can't be written, or no scheduler answers.

    Examples
    --------
    >>> import tempfile
    >>> import budgetkit as bk
    >>> from budgetkit.bundled import sample_folder
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     done = bk.extract([sample_folder() / "changji-kjj-2025.pdf"], f"{folder}/dataset")
    ...     checks = bk.audit(f"{folder}/dataset")
    >>> int(checks.loc[checks["status"] == "pass", "comparisons"].sum()) > 100
    True
    """
    from budgetkit.storage.reader import DatasetReader

    if not isinstance(dataset, DatasetReader):
        dataset = DatasetReader(dataset)
    write_checks(dataset, jobs=jobs, passed=passed, cluster=cluster)
    return dataset.frame("checks")


def write_checks(
    dataset: DatasetReader,
    *,
    jobs: int = 1,
    statuses: Iterable[str] = (FAIL, ROUNDING),
    passed: bool = False,
    cluster: str | None = None,
) -> Audited:
    """Run the audit and write ``checks`` beside the tables that it is about.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    jobs
        Processes that check at the same time, where there are many disclosures.
    statuses
        Those of the rows to return.
    passed
        Whether to list every comparison that agrees, instead of how many.
    cluster
        Address of a Dask scheduler whose workers check instead; they see the folder of the
        dataset.

    Returns
    -------
    Audited
        The files are the same for any number of jobs.

    Raises
    ------
    UsageError
        Its folder is an address, or can't be written, or no scheduler answers.
    """
    if is_address(str(dataset.folder)):
        raise UsageError("is an address", file=dataset.folder, remedy="audit a copy of it")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        spill = Spill(Path(scratch))
        dataset.places.whole().check_tables()
        _check(dataset.folder, spill, jobs, passed, cluster)
        add_derived(dataset.folder, "checks", spill.writers())
        done = Audited(spill.counts(), [row for status in statuses for row in spill.rows(status)])
    forget(dataset, "checks")
    return done


def passed_checks(dataset: DatasetReader) -> pd.DataFrame:
    """Audit a dataset for every comparison that agrees, and write nothing.

    Returns
    -------
    pandas.DataFrame
        Rows of ``checks``, a row a comparison.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        spill = Spill(Path(scratch))
        dataset.places.whole().check_tables()
        _check(dataset.folder, spill, 1, passed=True, cluster=None)
        return frame_of(spill.table(PASS))


def _check(folder: Path, spill: Spill, jobs: int, passed: bool, cluster: str | None) -> None:
    """Check a dataset batch by batch, in processes of their own where there are several."""
    ids = batches(folder, TOGETHER)
    jobs = min(jobs, len(ids))
    if jobs < 2 and not cluster:
        reader = BatchReader(folder, ids)
        for number in range(len(ids)):
            spill.keep(number, _found(reader, number, passed))
        return
    # Processes of this machine write what they find; only those of a cluster send it.
    run, shared = secrets.token_hex(8), None if cluster else spill
    whole = folder.resolve()
    tasks = (
        Task(str(at), _check_in_worker, (whole, TOGETHER, run, at, shared, passed))
        for at in range(len(ids))
    )
    for done in run_tasks(tasks, jobs=jobs, cluster=cluster, limits=Limits(0, 0, len(ids))):
        if done.failure:
            raise BudgetkitError(f"can't be audited: a batch {done.failure}", file=folder)
        spill.keep(int(done.key), done.value)


def _found(reader: BatchReader, number: int, passed: bool) -> dict[str, pa.Table]:
    """Check a batch; tables of what was found, by status."""
    with gc_paused():
        return by_status(cases_of(reader.rows(number), reader.published), passed=passed)


def _check_in_worker(
    folder: Path, size: int, run: str, number: int, spill: Spill | None, passed: bool
) -> dict[str, pa.Table]:
    found = _found(_reader_of_worker(folder, size, run), number, passed)
    if spill is None:
        return found
    spill.keep(number, found)
    return {}


@lru_cache(maxsize=1)
def _reader_of_worker(folder: Path, size: int, run: str) -> BatchReader:
    """The reader that a process keeps for its next batch of the same run."""
    return BatchReader(folder, batches(folder, size))
