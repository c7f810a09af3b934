"""The tables of a comparison, some bureaus at a time.

Processes of their own compute them, on this machine or on a cluster that sees the dataset's folder;
each bureau's rows depend on its own disclosures alone, so that any number of processes gives the
same rows.  The parts wait on disk, and one process of this machine makes the CSV files and the
workbook out of them: the process that draws the figures never holds a table.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from budgetkit.compare.classification import sums_by_code
from budgetkit.compare.comparison_book import comparison_book
from budgetkit.compare.execution_table import execution_frame
from budgetkit.compare.guards import Audit, audit_of
from budgetkit.compare.measures import choose_measures
from budgetkit.compare.table import Chosen, tabulate, wide
from budgetkit.disclosure import DisclosureKey, select
from budgetkit.errors import BudgetkitError
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.spreadsheet import plain
from budgetkit.storage.table_files import append_csv
from budgetkit.summary.execution import execution_of
from budgetkit.summary.summarize import summarize
from budgetkit.work.run_tasks import run_tasks, workers
from budgetkit.work.tasks import Limits, Outcome, Task
from budgetkit.workbook.workbook_words import WorkbookWords

if TYPE_CHECKING:
    import pandas as pd

#: Disclosures of one part: a task of a process, and what is in its memory at once.
TOGETHER = 64
#: The tables that are written as CSV.
TABLES = ("compare", "by_function", "by_class", "execution")
#: A comparison has no limit of time or memory for its parts.
NO_LIMITS = Limits(0, 0, 1 << 30)
#: What its processes need, imported once for all of them where the system forks.
PRELOAD = (__name__, "openpyxl", "pandas", "pyarrow.parquet")


class Part(NamedTuple):
    """Some of the disclosures that are compared.

    Attributes
    ----------
    folder : str
        Of the dataset.
    run : str
        Tells this run from others: a process that is kept reads the dataset anew for each run.
    keys : tuple of DisclosureKey
        The budgets.
    executed : tuple of DisclosureKey
        Budgets that have a final account.
    across_2018 : bool
        As of :class:`budgetkit.compare.table.Chosen`, of the whole comparison.
    scope, lang : str
        Of the comparison.
    """

    folder: str
    run: str
    keys: tuple[DisclosureKey, ...]
    executed: tuple[DisclosureKey, ...]
    across_2018: bool
    scope: str
    lang: str


class Book(NamedTuple):
    """The workbook of a comparison, but for its tables.

    Attributes
    ----------
    title, lang, unit : str
        Heading, language and unit of amounts.
    links : dict of str to str
        Address of each document's PDF, relative to the workbook.
    """

    title: str
    lang: str
    unit: str
    links: Mapping[str, str]


def parts_of(folder: str, chosen: Chosen, lang: str) -> list[Part]:
    """Divide what is compared.

    Parameters
    ----------
    folder
        Of the dataset.
    chosen
        What is compared.
    lang
        Language of notes.

    Returns
    -------
    list of Part
        In the order of the comparison.
    """
    run = secrets.token_hex(8)
    budgets = [key for one in chosen.summaries if (key := one.disclosure.key) is not None]
    executed = [key for one in chosen.executions if (key := one.budget.key) is not None]
    every = sorted({*budgets, *executed})
    found = []
    for start in range(0, len(every), TOGETHER):
        keys = frozenset(every[start : start + TOGETHER])
        these = tuple(key for key in budgets if key in keys)
        both = tuple(key for key in executed if key in keys)
        found.append(Part(folder, run, these, both, chosen.across_2018, chosen.scope, lang))
    return found


def write_tables(
    parts: list[Part],
    book: Book,
    folder: Path,
    *,
    opened: tuple[DatasetReader, Audit] | None = None,
    jobs: int = 1,
    cluster: str | None = None,
) -> list[Path]:
    """Compute the tables of a comparison, and write them as CSV and Excel.

    Parameters
    ----------
    parts
        What is compared, as of :func:`parts_of`.
    book
        The workbook.
    folder
        An empty folder for the parts and the files.
    opened
        The dataset and its audit, where this process has them open and computes the one part.
    jobs
        Processes.
    cluster
        Address of a Dask scheduler whose workers compute the parts instead.

    Returns
    -------
    list of Path
        The files: the same for any number of processes.

    Raises
    ------
    BudgetkitError
        A part could not be computed.
    UsageError
        There is no scheduler, or it runs another version.
    """
    if opened:
        _keep(tables_of(parts[0], *opened), 0, folder)
        return _write_files(1, book, folder)
    # Processes of this machine write their parts; only those of a cluster send them.
    shared = None if cluster else folder
    tasks = (Task(str(n), _compute, (part, n, shared)) for n, part in enumerate(parts))
    made = Task("files", _write_files, (len(parts), book, folder))
    if cluster:
        far = run_tasks(tasks, cluster=cluster, limits=NO_LIMITS, preload=PRELOAD)
        _keep_all(far, parts, folder)
        (last,) = run_tasks([made], limits=NO_LIMITS, preload=PRELOAD)
    else:
        with workers(jobs, NO_LIMITS, PRELOAD) as run:
            _keep_all(run(tasks), parts, folder)
            (last,) = run([made])
    if last.failure:
        raise BudgetkitError(f"can't be written: it {last.failure}", file=parts[0].folder)
    files: list[Path] = last.value
    return files


def _compute(part: Part, number: int, folder: Path | None) -> dict[str, bytes]:
    """Write the tables of a part into a folder; return them where there is none."""
    found = tables_of(part, *_opened(part.folder, part.run, part.lang))
    if folder is None:
        return found
    _keep(found, number, folder)
    return {}


def _keep_all(made: Iterable[Outcome], parts: list[Part], folder: Path) -> None:
    for one in made:
        if one.failure:
            raise BudgetkitError(f"can't be compared: a part {one.failure}", file=parts[0].folder)
        _keep(one.value, int(one.key), folder)


def _keep(found: Mapping[str, bytes], number: int, folder: Path) -> None:
    for name, content in found.items():
        _piece(folder, name, number).write_bytes(content)


def tables_of(part: Part, dataset: DatasetReader, audit: Audit) -> dict[str, bytes]:
    """Compute the rows of the tables of some disclosures.

    Parameters
    ----------
    part
        Which.
    dataset, audit
        They are of.

    Returns
    -------
    dict of str to bytes
        Arrow files by the names of :data:`TABLES`.
    """
    summaries = tuple(summarize(select(dataset, *key)) for key in part.keys)
    pairs = (execution_of(dataset, key) for key in part.executed)
    executions = tuple(one for one in pairs if one is not None)
    chosen = Chosen(summaries, part.scope, (), (), part.across_2018, executions)
    frames = {
        "compare": tabulate(chosen, choose_measures(), audit, part.lang),
        "by_function": sums_by_code(summaries, "functional", 3),
        "by_class": sums_by_code(summaries, "economic", 2),
        "execution": execution_frame(executions, part.lang),
    }
    return {name: _as_bytes(frame) for name, frame in frames.items()}


@lru_cache(maxsize=1)
def _opened(folder: str, run: str, lang: str) -> tuple[DatasetReader, Audit]:
    """The dataset and its audit, which a process opens once a run."""
    dataset = DatasetReader(folder)
    return dataset, audit_of(dataset, lang)


def _piece(folder: Path, name: str, number: int) -> Path:
    return folder / f"{name}.{number:06d}.arrow"


def _as_bytes(frame: pd.DataFrame) -> bytes:
    import pyarrow as pa

    frame.attrs = {}
    table, out = pa.Table.from_pandas(frame, preserve_index=False), pa.BufferOutputStream()
    with pa.ipc.new_file(out, table.schema) as file:
        file.write_table(table)
    content: bytes = out.getvalue().to_pybytes()
    return content


def _frames(folder: Path, name: str, count: int) -> Iterator[pd.DataFrame]:
    """Rows of a table, part by part."""
    import pyarrow as pa

    for number in range(count):
        with pa.OSFile(str(_piece(folder, name, number))) as file, pa.ipc.open_file(file) as piece:
            yield piece.read_pandas()


def _write_files(count: int, book: Book, folder: Path) -> list[Path]:
    """Write the CSV files and the workbook out of the parts."""
    _opened.cache_clear()  # of a process that computed parts
    for name in TABLES:
        for number, frame in enumerate(_frames(folder, name, count)):
            # UTF-8 with its mark, no formula: for spreadsheets and programs alike.
            append_csv(folder / f"{name}.csv", plain(frame), is_first=not number)
    words = WorkbookWords(book.lang, book.unit)
    made = comparison_book(_of_book(folder, count), book.title, book.links, words)
    (folder / "compare.xlsx").write_bytes(made)
    return [folder / name for name in (*(f"{name}.csv" for name in TABLES), "compare.xlsx")]


def _of_book(folder: Path, count: int) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables of the workbook, one in memory at a time."""
    for name in TABLES:
        yield name, _joined(_frames(folder, name, count))
        if name == "compare":
            found = _joined(wide(frame) for frame in _frames(folder, name, count) if len(frame))
            yield "wide", found.sort_values(["department", "scope", "origin", "year"])


def _joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    first, *rest = frames
    filled = [frame for frame in (first, *rest) if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else first
