"""Of errors planted in clean disclosures, how many the audit finds: a table of kinds and templates.

    python benchmarks/planted.py [--seeds FIRST LAST] [--kinds K ...] [--documents D ...] [--jobs N]

Each kind of ``budgetkit plant`` is put into some disclosures of each template of the corpus, once a
seed, one error a copy; the copy is typeset, read and audited.  A row of the table counts what was
planted, what was found (a failure names the error's page), where exactly one finding was made, and
where it is certain.  What was not found as one finding is printed below the table.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")

#: Documents of each template: with prose of several kinds, of a department and of a unit.
DOCUMENTS = (
    "yunting-sjj-2024",
    "yunting-jtj-2025",
    "yunting-mzj-2025",
    "yanping-sfj-2024",
    "yanping-sfj-office-2025",
    "yunting-wjw-2024",
    "yunting-wjw-2025",
)


class Job(NamedTuple):
    """A document, a kind and a seed."""

    document: str
    kind: str
    seed: int


class Outcome(NamedTuple):
    """What an audit said of a copy: its template, the error, and the findings by cause."""

    job: Job
    template: str
    error: str
    found: bool
    certain: bool
    findings: tuple[str, ...]


def audited(path: Path) -> list[list[Any]]:
    """Return the failures of a PDF, by cause."""
    from budgetkit.checks.audit import checks_table
    from budgetkit.checks.case import cases_of
    from budgetkit.extraction.assemble import assemble
    from budgetkit.extraction.document import read_file
    from budgetkit.extraction.inputs import find_inputs
    from budgetkit.storage.findings import by_cause

    (item,) = find_inputs([path])
    rows = assemble([item], lambda _: read_file(path))[0]
    return by_cause(checks_table.by_status(cases_of(rows))["fail"].to_pylist())


def outcome(job: Job) -> Outcome:
    """Plant one error, and look what is found."""
    from budgetkit.corpus.typeset import typeset
    from budgetkit.plant.several import broken_copy
    from budgetkit.plant.sources import corpus

    model = next(model for model in corpus() if model.key == job.document)
    copy = broken_copy(model, job.seed, kinds=(job.kind,), others=corpus())
    (error,) = copy.errors
    with tempfile.TemporaryDirectory() as folder:
        groups = audited(typeset(copy.model, Path(folder) / f"{model.key}.pdf"))
    there = [g for g in groups if any(error.page in (r["page"], r["other_page"]) for r in g)]
    slip = error.slip
    cell = f"{slip.table} {slip.section} {slip.code} {slip.name} {slip.project} {slip.measure}"
    return Outcome(
        job,
        model.family,
        f"p. {error.page} {cell}: {slip.printed} for {slip.true}",
        bool(there),
        any(row["certain"] for group in there for row in group),
        tuple(_said(group) for group in groups),
    )


def _said(group: list[Any]) -> str:
    first, checks = group[0], sorted({row["check"] for row in group})
    word = "certain" if any(row["certain"] for row in group) else "look"
    return f"{word} p. {first['page']} {first['message_zh']} [{', '.join(checks)}]"


def jobs(kinds: Iterable[str], documents: Iterable[str], seeds: range) -> Iterator[Job]:
    """Yield what can be planted, one seed after the other."""
    from budgetkit.plant.kinds import possible
    from budgetkit.plant.sources import corpus, find_documents

    able = {
        model.key: possible(model, tuple(kinds), corpus())
        for model in find_documents(list(documents))
    }
    for seed in seeds:
        for document, its_kinds in able.items():
            yield from (Job(document, kind, seed) for kind in its_kinds)


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the lines of the table."""
    cells: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for found in outcomes:
        cells[found.job.kind, found.template].append(found)
    yield f"{'kind':20}{'template':14}{'planted':>8}{'found':>8}{'as one':>8}{'certain':>8}"
    for (kind, template), there in sorted(cells.items()):
        one = sum(o.found and len(o.findings) == 1 for o in there)
        found, certain = sum(o.found for o in there), sum(o.certain for o in there)
        yield f"{kind:20}{template:14}{len(there):8}{found:8}{one:8}{certain:8}"


def main() -> None:
    from budgetkit.plant.kinds import KINDS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 5), metavar=("FIRST", "LAST"))
    parser.add_argument("--kinds", nargs="+", default=list(KINDS))
    parser.add_argument("--documents", nargs="+", default=list(DOCUMENTS))
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()

    todo = list(jobs(options.kinds, options.documents, range(*options.seeds)))
    outcomes: list[Outcome] = []
    with get_context("spawn").Pool(options.jobs) as pool:
        for found in pool.imap_unordered(outcome, todo):
            outcomes.append(found)
            if not found.found or len(found.findings) != 1:
                print(*found.job, found.error, *found.findings, sep="\n    ", flush=True)
    print(*table(outcomes), sep="\n")


if __name__ == "__main__":
    main()
