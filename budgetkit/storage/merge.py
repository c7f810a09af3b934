"""Several datasets into one, partition by partition; also more regions or years for one.

A partition that comes whole from one dataset is taken over as it is; only where two hold documents
of one year and region it is written anew, document by document.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from budgetkit.errors import UsageError
from budgetkit.schema import TABLES
from budgetkit.storage.answers import Answer, merged, read_file, write_answers
from budgetkit.storage.own_folder import check_folder
from budgetkit.storage.partitions import Partition, partition_of
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.records import Row, records, text
from budgetkit.storage.stored_parts import stored
from budgetkit.storage.trust import AGAIN
from budgetkit.storage.write import ANSWERS, KIND, PACKAGE
from budgetkit.storage.write_parts import KeptPart, NewPart, is_part_whole, write_partitioned


class Merged(NamedTuple):
    """The result of :func:`merge`.

    Attributes
    ----------
    documents : int
        In the dataset now.
    partitions : int
        Those that they are in.
    kept : int
        Partitions of it that were left as they were.
    twice : int
        Documents that several of the datasets hold, and that are in it once.
    """

    documents: int
    partitions: int
    kept: int
    twice: int


@dataclass(slots=True)
class _Source:
    """A dataset and the rows of its documents that are taken, by partition."""

    dataset: DatasetReader
    rows: dict[Partition, list[Row]] = field(default_factory=dict)


def merge(datasets: Iterable[str | Path], out: str | Path, *, replace: bool = False) -> Merged:
    """Put datasets together into one that is partitioned by year and region.

    Parameters
    ----------
    datasets
        As written by ``budgetkit extract`` or by this.
    out
        Folder to write.  A dataset that is there is extended: what it has of other years and
        regions keeps its files.
    replace
        Whether what a dataset that is there has of the years and regions of the others gives way
        to theirs, instead of being kept beside it.

    Returns
    -------
    Merged
        A document that several of them hold (the same file) is taken from the first that read it.

    Raises
    ------
    UsageError
        Two documents have one id; nothing is written then.  A folder is not a dataset, is spoiled
        or can't be written.

    Examples
    --------
    >>> import tempfile
    >>> from budgetkit.demo import prepare
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     merge([prepare()], f"{folder}/all")
    Merged(documents=22, partitions=4, kept=0, twice=0)
    """
    out = Path(out)
    check_folder(out, what=KIND, keeps=(ANSWERS,))
    folders = {Path(folder).resolve(): Path(folder) for folder in datasets}
    is_there = (out / PACKAGE).exists()
    if is_there:
        folders = {out.resolve(): out} | folders
    sources = [_Source(DatasetReader(folder)) for folder in folders.values()]
    listed = [records(one.dataset.documents) for one in sources]
    if replace and is_there:
        new = {partition_of(row) for rows in listed[1:] for row in rows}
        listed[0] = [row for row in listed[0] if partition_of(row) not in new]
    twice = _choose(sources, listed)
    homes = sorted({home for one in sources for home in one.rows}, key=lambda home: home.order)
    parts = [_part(home, sources) for home in homes]
    own = out.resolve()
    kept = [one for one in parts if isinstance(one, KeptPart)]
    for part in kept:
        if not part.folder.resolve().is_relative_to(own) and not is_part_whole(part.folder):
            raise UsageError(
                f"{part.partition.path} is not as it was written (cut, or changed)",
                file=part.folder.parent.parent,
                remedy=AGAIN,
            )
    answers = _answers(sources)
    write_partitioned(out, parts, merged=True)
    if answers:
        write_answers(out, answers)
    left = sum(part.folder.resolve().is_relative_to(own) for part in kept)
    return Merged(sum(part.documents for part in parts), len(parts), left if is_there else 0, twice)


def _choose(sources: Sequence[_Source], listed: Sequence[list[Row]]) -> int:
    """Choose of each dataset the documents to take; return how many are in several."""
    takers: dict[str, int] = {}
    for only_read in (True, False):  # of a file that one could not read, what another read
        for number, rows in enumerate(listed):
            for row in rows:
                if row["status"] != "failed" or not only_read:
                    takers.setdefault(_file(row), number)
    homes: dict[str, Path] = {}
    twice = 0
    for number, (one, rows) in enumerate(zip(sources, listed, strict=True)):
        for row in rows:
            if takers[_file(row)] != number:
                twice += 1
                continue
            here, name = one.dataset.folder, row["document"]
            if (other := homes.setdefault(name, here)) != here:
                raise UsageError(
                    f"'{name}' is another document than that of {other.name}; nothing was written",
                    file=here,
                    remedy="rename one of the PDFs and extract it again, or take --replace",
                )
            one.rows.setdefault(partition_of(row), []).append(row)
    return twice


def _file(row: Row) -> str:
    """What two rows have in common that were read of one file."""
    return text(row["sha256"]) or f"{row['source']}\n{row['document']}"


def _part(home: Partition, sources: Sequence[_Source]) -> NewPart | KeptPart:
    """A partition as it is, where all of it comes from one; else what writes it."""
    having = [one for one in sources if home in one.rows]
    count = sum(len(one.rows[home]) for one in having)
    places = having[0].dataset.places
    there = next((part for part in places.parts or () if part.partition == home), None)
    if len(having) == 1 and there is not None and there.documents == count:
        return KeptPart(home, count, places.folder / there.path)
    pdfs: dict[str, str] = {}
    for one in having:
        known = one.dataset.places.sources()
        names = (row["document"] for row in one.rows[home])
        pdfs |= {name: known[name] for name in names if name in known}
    return NewPart(home, count, partial(_rows, home, having), pdfs)


def _rows(home: Partition, having: Sequence[_Source]) -> Iterator[Mapping[str, list[Row]]]:
    """The rows of a partition, in the order of the sources of its documents."""
    listed = [[(one.dataset, row) for row in one.rows[home]] for one in having]
    documents = list(heapq.merge(*listed, key=lambda pair: text(pair[1]["source"])))
    yield {"documents": [row for _, row in documents]}
    names = [name for name in TABLES if name != "documents"]
    for one in having:
        for name in names:
            one.dataset.places.files(name)  # checks them
    tables = {
        one.dataset: {name: stored(one.dataset.places, name) for name in names} for one in having
    }
    for dataset, row in documents:
        yield {name: table.rows([row["document"]]) for name, table in tables[dataset].items()}


def _answers(sources: Sequence[_Source]) -> list[Answer]:
    """The answers of all; to one finding, that of the first dataset."""
    found: list[Answer] = []
    for one in reversed(sources):
        if (path := one.dataset.folder / ANSWERS).is_file():
            found = merged(found, read_file(path))
    return found
