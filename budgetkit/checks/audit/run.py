"""Run every check over a dataset, and write what was found beside the tables that it is about."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetkit.checks.audit.batches import BatchReader, batches
from budgetkit.checks.audit.checks_table import by_status
from budgetkit.checks.audit.spill import Spill
from budgetkit.checks.case import cases_of
from budgetkit.checks.printed import FAIL, ROUNDING
from budgetkit.errors import UsageError
from budgetkit.storage.remote import is_address
from budgetkit.storage.write import add_derived
from budgetkit.work.memory import gc_paused

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

#: Documents that are checked together: what is in memory at once, and what another process
#: is worth its start for.
TOGETHER = 32


class Audited(NamedTuple):
    """What came of an audit.

    Attributes
    ----------
    counts : dict of str to int
        How many comparisons came to each status.
    told : list of dict
        Rows of ``checks`` of the statuses that were asked for, the heaviest first.
    """

    counts: dict[str, int]
    told: list[dict[str, Any]]


def audit(dataset: DatasetReader | str | Path, *, jobs: int = 1) -> pd.DataFrame:
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
    from budgetkit.storage.reader import DatasetReader

    if not isinstance(dataset, DatasetReader):
        dataset = DatasetReader(dataset)
    write_checks(dataset, jobs=jobs)
    return dataset.frame("checks")


def write_checks(
    dataset: DatasetReader, *, jobs: int = 1, told: Iterable[str] = (FAIL, ROUNDING)
) -> Audited:
    """Run the audit and write ``checks`` beside the tables that it is about.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    jobs
        Processes that check at the same time, where there are many disclosures.
    told
        Statuses whose rows are wanted, too.

    Returns
    -------
    Audited
        What is to be told of it.  The files are the same on any number of jobs.

    Raises
    ------
    UsageError
        Its folder is an address, or can't be written.
    """
    if is_address(str(dataset.folder)):
        raise UsageError("is an address", file=dataset.folder, remedy="audit a copy of it")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        pieces = Spill(Path(scratch))
        _check(dataset.folder, pieces, jobs)
        writers = {"parquet": pieces.write_parquet, "csv": pieces.write_csv}
        add_derived(dataset.folder, "checks", writers)
        done = Audited(pieces.counts(), [row for status in told for row in pieces.rows(status)])
    dataset.__dict__.pop("checks", None)
    return done


def _check(folder: Path, pieces: Spill, jobs: int) -> None:
    """Check batch after batch of departments; this process is one of those that do."""
    ids = batches(folder, TOGETHER)
    helpers = min(jobs, len(ids)) - 1
    if helpers < 1:
        _check_batches(folder, ids, pieces, range(len(ids)))
        return
    context = multiprocessing.get_context("spawn")
    turn = context.Value("L", 0)
    pool = ProcessPoolExecutor(helpers, context, initializer=_take_turns, initargs=(turn,))
    others = [pool.submit(_help, folder, ids, pieces) for _ in range(helpers)]
    _check_batches(folder, ids, pieces, _in_turn(turn, len(ids)))
    for other in others:
        other.result()


def _check_batches(
    folder: Path, ids: list[list[str]], pieces: Spill, numbers: Iterable[int]
) -> None:
    source = BatchReader(folder, ids)
    for number in numbers:
        with gc_paused():
            pieces.keep(number, by_status(cases_of(source.rows(number))))


#: Of a process that helps: whose turn it is, which can only be handed over at its start.
_turn: list[Synchronized[int]] = []


def _take_turns(turn: Synchronized[int]) -> None:
    _turn.append(turn)


def _help(folder: Path, ids: list[list[str]], pieces: Spill) -> None:
    _check_batches(folder, ids, pieces, _in_turn(_turn[0], len(ids)))


def _in_turn(turn: Synchronized[int], count: int) -> Iterator[int]:
    """Give the next number that no process has taken, until there is none."""
    while True:
        with turn.get_lock():
            number = turn.value
            turn.value += 1
        if number >= count:
            return
        yield number


__all__ = ["Audited", "audit", "write_checks"]
