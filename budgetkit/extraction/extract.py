"""Many PDFs into one dataset: each is read on its own, so that a bad one stops no other.

What was read of a PDF is kept in the journal beside the dataset: a run that was killed continues
from there, and the next run reads only what is new.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from budgetkit.codelists.own_lists import check_own_lists
from budgetkit.errors import UsageError
from budgetkit.extraction.assemble import Documents, rows_in_parts, settle_documents
from budgetkit.extraction.codec import (
    Passing,
    is_passing,
    pack,
    problem_of,
    read_entry,
    unpack,
)
from budgetkit.extraction.document import Reading
from budgetkit.extraction.inputs import Input, find_inputs
from budgetkit.extraction.ocr import recogniser
from budgetkit.progress import Watch
from budgetkit.schema import VERSION
from budgetkit.storage.spreadsheet import SHEET_ROWS
from budgetkit.storage.write import (
    check_target,
    is_merged,
    is_partitioned,
    is_whole,
    write_dataset,
)
from budgetkit.storage.write_parts import KeptPart, NewPart, is_part_whole, write_partitioned
from budgetkit.work import Limits, Outcome, Task
from budgetkit.work.fingerprint import READING, WRITING, code_digest
from budgetkit.work.journal import Journal, digest
from budgetkit.work.resumable import ResumableRun
from budgetkit.work.tasks import too_slow

#: The journal's entry that says what the dataset was written from.
WRITTEN = "dataset"


@dataclass(frozen=True, slots=True)
class Extraction:
    """The result of :func:`extract`.

    Attributes
    ----------
    documents : tuple of dict
        The rows of ``documents``.
    summary : dict
        How many files were read, kept and failed, and how long it took; for people and
        programs, and not part of the dataset.
    note : str
        Why the dataset was partitioned, where nobody asked for it.
    """

    documents: tuple[dict[str, Any], ...]
    summary: dict[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def failed(self) -> int:
        """Number of inputs that gave no disclosure."""
        return sum(row["status"] == "failed" for row in self.documents)


def extract(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    jobs: int = 1,
    cluster: str | None = None,
    password: str | None = None,
    unlock: bool = False,
    verify: bool = False,
    force: bool = False,
    partitioned: bool | None = None,
    limits: Limits | None = None,
    watch: Watch | None = None,
) -> Extraction:
    """Read PDFs into a dataset.

    A file is read again only if it, the code that reads it, or an option has changed since an
    earlier run, finished or killed.

    Parameters
    ----------
    paths
        Files, and folders of which every PDF is read; also addresses of fsspec.
    out
        Folder of the dataset; it is replaced as a whole when all is read.
    jobs
        Number of processes; 0 reads in this process, without limits.
    cluster
        Address of a Dask scheduler whose workers read instead.
    password
        Tried on encrypted files.
    unlock
        Read files even though their owner locked them against extraction.
    verify
        Hold each figure against its picture on the page; needs the extra ``ocr``.
    force
        Read every file again, even if unchanged.
    partitioned
        Whether to write Parquet alone, in a folder for each year and region.  None takes the form
        of the dataset that is there, and else partitions what a spreadsheet could not open.
    limits
        Time and memory for each document; one that exceeds them fails.
    watch
        Shows the progress.

    Returns
    -------
    Extraction
        The rows of ``documents``, and a summary of the run.

    Raises
    ------
    UsageError
        A path does not exist, ``out`` can't be written or was put together by ``merge``, another
        run is writing it, the user's own lists are wrong, or the extra is missing.

    Examples
    --------
    >>> import tempfile
    >>> from budgetkit.bundled import sample_folder
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     done = extract([sample_folder() / "changji-kjj-2025.pdf"], f"{folder}/dataset")
    >>> [row["status"] for row in done.documents]
    ['ok']
    """
    if verify:
        recogniser.require_recogniser()
    check_own_lists()
    check_target(out)
    _check_not_merged(out)
    journal = Journal(out)
    with journal.lock():
        inputs, limits = find_inputs(paths), limits or Limits()
        run = _ExtractionRun(journal, inputs, (password, unlock, verify), limits, watch)
        run.run(run.readable, limits=limits, jobs=jobs, cluster=cluster, force=force)
        documents = run.write(out, partitioned)
        failures = {row["source"]: row["error"] for row in documents if row["status"] == "failed"}
        counts = {
            "inputs": len(inputs),
            "read": run.done,
            "kept": run.kept,
            "disclosures": sum(row["status"] != "failed" for row in documents),
        }
        summary = run.summarise("extract", counts, failures)
    return Extraction(tuple(documents), summary, run.note)


def _check_not_merged(out: str | Path) -> None:
    if is_merged(out):
        raise UsageError(
            "was put together by 'budgetkit merge', and would be replaced",
            file=out,
            remedy="extract into another folder, and merge that into it",
        )


class _ExtractionRun(ResumableRun[Input]):
    preload = ("budgetkit.extraction.codec", "camelot.handlers", "camelot.parsers.lattice")

    def __init__(
        self,
        journal: Journal,
        inputs: list[Input],
        access: tuple[str | None, bool, bool],
        limits: Limits,
        watch: Watch | None,
    ) -> None:
        super().__init__(journal, watch)
        self._inputs, self._access = inputs, access
        self.readable = [item for item in inputs if not item.problem]
        self._seconds_allowed = limits.seconds
        #: A failure by the time limit is valid only under the same limits.
        self._condition = f"{limits.seconds:g} seconds, {limits.memory} bytes"
        code, seen_by = code_digest(READING), recogniser.version()
        #: The key of each document's entry; empty where the bytes of the file can't be read.
        self._keys = {
            item.document: (
                digest(item.sha256, VERSION, code, seen_by, *access) if item.sha256 else ""
            )
            for item in self.readable
        }
        #: What came of the files that the journal does not keep: those without a key, and those
        #: whose problem may be gone the next time.
        self._without_key: dict[str, bytes] = {}
        #: Why the dataset is partitioned, where nobody asked for it.
        self.note = ""

    def _entry(self, item: Input) -> bytes | None:
        if item.document in self._without_key:
            return self._without_key[item.document]
        key = self._keys[item.document]
        return self.journal.get(key, condition=self._condition) if key else None

    def _title(self, item: Input) -> str:
        return item.source

    def _is_done(self, item: Input) -> bool:
        return self._entry(item) is not None

    def _task(self, item: Input, with_files: bool) -> Task:
        source: bytes | str = str(item.path)
        if with_files and item.sha256:
            with contextlib.suppress(OSError):  # gone meanwhile: the worker says so in its row
                source = item.path.read_bytes()
        return Task(item.document, read_entry, (source, item.sha256, *self._access))

    def _keep(self, item: Input, outcome: Outcome) -> str:
        entry = outcome.value
        if outcome.failure:
            is_kept = outcome.failure == too_slow(self._seconds_allowed)
            entry = pack(outcome.failure if is_kept else Passing(outcome.failure))
        key = self._keys[item.document]
        if key and not is_passing(entry):
            condition = self._condition if outcome.failure else ""
            self.journal.put(key, entry, condition=condition)
        else:
            self._without_key[item.document] = entry
        return problem_of(entry)

    def write(self, out: str | Path, partitioned: bool | None) -> list[dict[str, Any]]:
        """Write the dataset, unless it would stay as it is, and return its documents."""
        inputs = [(i.home, i.source, i.document, i.problem, i.sha256) for i in self._inputs]
        code, there = code_digest(WRITING), is_partitioned(out)
        state = digest(inputs, sorted(self._keys.values()), code)
        written = self.journal.get_json(WRITTEN) or {}
        is_same = (written.get("state"), written.get("partitioned")) == (state, there)
        if is_same and partitioned in (None, there) and not self.done and is_whole(out):
            kept: list[dict[str, Any]] = written["documents"]
            return kept
        _check_not_merged(out)  # meanwhile
        documents = settle_documents(self._inputs, self._result)
        if partitioned is None:
            # A dataset that is spoiled does not say its form, the journal does.
            was = Path(out).exists() and written.get("partitioned", False)
            partitioned = there or was or self._is_too_long(documents)
        parts: dict[str, str] = {}
        if partitioned:
            parts = {
                home.path: digest(code, part.rows, part.sources, self._keys_of(part))
                for home, part in documents.by_partition().items()
            }
            before = written.get("parts", {}) if there else {}
            stay = {path for path, state in parts.items() if before.get(path) == state}
            write_partitioned(out, self._parts(documents, Path(out), stay))
        else:
            write_dataset(out, rows_in_parts(documents, self._result), documents.sources)
        self.journal.put_json(
            WRITTEN,
            {"state": state, "partitioned": partitioned, "parts": parts,
             "documents": documents.rows},
        )  # fmt: skip
        self.journal.sweep(set(self._keys.values()))
        return documents.rows

    def _is_too_long(self, documents: Documents) -> bool:
        """Whether a spreadsheet could not open a table; then say so."""
        table, count = documents.n_rows.most_common(1)[0]
        if count < SHEET_ROWS:
            return False
        self.note = (
            f"{table} has {count:,} rows, more than a spreadsheet opens: the dataset is Parquet, "
            "in a folder for each year and region; 'budgetkit export' writes CSV"
        )
        return True

    def _parts(
        self, documents: Documents, out: Path, stay: Collection[str]
    ) -> Iterator[NewPart | KeptPart]:
        """Each partition to write; those that stay as they are, if they are whole."""
        for home, part in documents.by_partition().items():
            folder, count = out / home.path, len(part.rows)
            if home.path in stay and is_part_whole(folder):
                yield KeptPart(home, count, folder)
            else:
                rows = partial(rows_in_parts, part, self._result)
                yield NewPart(home, count, rows, part.sources)

    def _keys_of(self, part: Documents) -> list[str]:
        return [self._keys[item.document] for item, _ in part.by_input]

    def _result(self, item: Input) -> list[Reading] | str:
        if item.problem:
            return item.problem
        entry = self._entry(item)
        return unpack(entry) if entry else "its entry in the journal is gone; run it again"
