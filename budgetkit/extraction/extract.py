"""Many PDFs into one dataset: each read on its own, so that a bad one stops no other.

What is read is kept beside the dataset in a journal, an entry a document.  A run that was
killed goes on from there, and the next one reads only what is new.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from budgetkit.extraction.assemble import assemble
from budgetkit.extraction.codec import pack, problem_of, read_entry, unpack
from budgetkit.extraction.document import Reading
from budgetkit.extraction.inputs import Input, find_inputs
from budgetkit.progress import Watch, unwatched
from budgetkit.schema import VERSION
from budgetkit.storage.write import check_target, is_whole, write_dataset
from budgetkit.work import Limits, Outcome, Task, run_tasks
from budgetkit.work.fingerprint import READING, WRITING, code_digest
from budgetkit.work.journal import Journal, digest
from budgetkit.work.lock import only_run

#: What a worker has imported before its first document.
PREPARED = ("budgetkit.extraction.codec", "camelot.handlers", "camelot.parsers.lattice")
#: The journal's note of what the dataset holds, and its account of the last run.
WRITTEN, RUN = "dataset.json", "run.json"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a run did.

    Attributes
    ----------
    documents : tuple of dict
        The rows of ``documents``.
    summary : dict
        Of the run: how many were read anew, kept and failed, how long it took; for people
        and programs, and no part of the dataset.
    """

    documents: tuple[dict[str, Any], ...]
    summary: dict[str, Any] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        """Number of inputs that gave no disclosure."""
        return sum(row["status"] == "failed" for row in self.documents)


@dataclass(frozen=True, slots=True)
class _Options:
    """What a reading depends on beside the file and the code."""

    password: str | None
    unlock: bool
    limits: Limits

    def key(self, item: Input) -> str:
        """Name of its entry in the journal; empty where its bytes are not known."""
        if not item.sha256:
            return ""
        code = code_digest(READING)
        return digest(item.sha256, VERSION, code, self.password, self.unlock)

    @property
    def condition(self) -> str:
        """What a failure by a limit holds for: other limits may spare the file."""
        return f"{self.limits.seconds:g} seconds, {self.limits.memory} bytes"


def extract(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    jobs: int = 1,
    cluster: str | None = None,
    password: str | None = None,
    unlock: bool = False,
    force: bool = False,
    limits: Limits | None = None,
    watch: Watch | None = None,
) -> Extraction:
    """Read PDFs into a dataset.

    Parameters
    ----------
    paths
        Files, and folders of which every PDF is read; addresses of fsspec as well.
    out
        Folder of the dataset; written aside and moved into place when all is read.
    jobs
        Processes that read at the same time; 0 reads in this one, where no limit holds.
    cluster
        Address of a Dask scheduler whose workers read instead.
    password
        Tried on files that are encrypted.
    unlock
        Read files although their owner locked them against extraction.
    force
        Read every file anew.  Else one is read again only where it, the code that reads it or
        an option changed since an earlier run, finished or killed.
    limits
        Time and memory that one document may take; it fails beyond them.
    watch
        Told of each document when it is done.

    Returns
    -------
    Extraction
        Its rows of ``documents``, and an account of the run.

    Raises
    ------
    UsageError
        A path does not exist, ``out`` can't be written, or another run is at it.
    """
    check_target(out)
    journal = Journal(out)
    with only_run(journal.place, out):
        inputs = find_inputs(paths)
        options = _Options(password, unlock, limits or Limits())
        run = _Run(journal, inputs, options, watch or unwatched())
        waiting = run.waiting(force)
        run.read(waiting, jobs, cluster)
        documents = run.write(out)
        summary = run.summary(documents, len(waiting))
        journal.note(RUN, summary)
    return Extraction(tuple(documents), summary)


class _Run:
    """One run: which documents wait, what came of them, what is written."""

    def __init__(
        self, journal: Journal, inputs: list[Input], options: _Options, watch: Watch
    ) -> None:
        self._journal, self._inputs, self._options = journal, inputs, options
        self._watch, self._start = watch, time.time()
        self._keys = {item.document: options.key(item) for item in inputs if not item.problem}
        #: Entries that no journal keeps: of files whose bytes can't be read.
        self._loose: dict[str, bytes] = {}
        self._memory, self._seconds = 0, list[tuple[float, str]]()

    def waiting(self, force: bool) -> list[Input]:
        """List the inputs that the journal does not hold."""
        todo = [item for item in self._inputs if not item.problem]
        return [item for item in todo if force or self._entry(item) is None]

    def _entry(self, item: Input) -> bytes | None:
        if item.document in self._loose:
            return self._loose[item.document]
        key = self._keys[item.document]
        return self._journal.get(key, condition=self._options.condition) if key else None

    def read(self, waiting: list[Input], jobs: int, cluster: str | None) -> None:
        """Read them, each into its entry."""
        by_document = {item.document: item for item in waiting}
        self._watch.begin(len(waiting), len(self._keys) - len(waiting))
        outcomes = run_tasks(
            self._tasks(waiting, cluster),
            jobs=jobs if waiting else 0,
            cluster=cluster if waiting else None,
            limits=self._options.limits,
            prepared=PREPARED,
        )
        for outcome in outcomes:
            self._keep(by_document[outcome.key], outcome)

    def _tasks(self, waiting: list[Input], cluster: str | None) -> Iterator[Task]:
        for item in waiting:
            # A cluster may not see this machine's files: their bytes go with the task.
            source = item.path.read_bytes() if cluster and item.sha256 else str(item.path)
            arguments = (source, self._options.password, self._options.unlock)
            yield Task(item.document, read_entry, arguments)

    def _keep(self, item: Input, outcome: Outcome) -> None:
        entry = pack(outcome.failure) if outcome.failure else outcome.value
        key = self._keys[item.document]
        if key:
            condition = self._options.condition if outcome.failure else ""
            self._journal.put(key, entry, condition=condition)
        else:
            self._loose[item.document] = entry
        self._memory = max(self._memory, outcome.memory)
        self._seconds.append((round(outcome.seconds, 2), item.source))
        self._watch.tell(item.source, problem_of(entry))

    def write(self, out: str | Path) -> list[dict[str, Any]]:
        """Write the dataset where it is not there as it would be; give its documents."""
        found = [(i.home, i.source, i.document, i.problem, i.sha256) for i in self._inputs]
        state = digest(found, sorted(self._keys.values()), code_digest(WRITING))
        noted = self._journal.noted(WRITTEN)
        idle = not self._seconds and noted is not None and noted["state"] == state
        if idle and is_whole(out):
            kept: list[dict[str, Any]] = noted["documents"]
            return kept
        rows, sources = assemble(self._inputs, self._result)
        write_dataset(out, rows, sources)
        self._journal.note(WRITTEN, {"state": state, "documents": rows["documents"]})
        self._journal.sweep(set(self._keys.values()))
        return rows["documents"]

    def _result(self, item: Input) -> list[Reading] | str:
        if item.problem:
            return item.problem
        entry = self._entry(item)
        return unpack(entry) if entry else "its entry in the journal is gone; run it again"

    def summary(self, documents: list[dict[str, Any]], n_read: int) -> dict[str, Any]:
        """Give an account of the run."""
        failed = [row for row in documents if row["status"] == "failed"]
        return {
            "command": "extract",
            "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._start)),
            "seconds": round(time.time() - self._start, 1),
            "inputs": len(self._inputs),
            "read": n_read,
            "kept": len(self._keys) - n_read,
            "disclosures": len(documents) - len(failed),
            "failed": len(failed),
            "failures": {row["source"]: row["error"] for row in failed},
            "slowest": [list(pair) for pair in sorted(self._seconds, reverse=True)[:5]],
            "worker_memory_mib": round(self._memory / (1 << 20)),
        }
