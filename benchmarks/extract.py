"""Speed of extraction compared with other tools, on one folder in one run.

    python benchmarks/extract.py [FOLDER] [--memory DOCUMENTS]
    python benchmarks/extract.py --jobs N [--documents N]

Prints pages per second and the ratios to ``camelot.read_pdf(pages="all")`` and to pdfplumber's
``extract_tables``, and how a worker's memory grows over many documents.  The times of one run
depend on the machine; the ratios are what counts.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def with_budgetkit(files: list[Path]) -> None:
    """Everything that `budgetkit extract` reads, without writing it."""
    from budgetkit.extraction.document import read_file

    for file in files:
        read_file(file)


def with_camelot(files: list[Path]) -> None:
    """camelot with its defaults."""
    import camelot

    for file in files:
        camelot.read_pdf(str(file), pages="all")


def with_pdfplumber(files: list[Path]) -> None:
    """pdfplumber with its defaults."""
    import pdfplumber

    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                page.extract_tables()


def seconds(run: Callable[[list[Path]], None], files: list[Path]) -> float:
    """Time one run, imports left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run(files[:1])
        start = time.perf_counter()
        run(files)
        return time.perf_counter() - start


def count_pages(files: list[Path]) -> int:
    """Pages of all files."""
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(file)) for file in files)


def peak_megabytes() -> float:
    """Peak memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory_over(files: list[Path], documents: int) -> list[float]:
    """Peak memory after each quarter of many documents, read by one process."""
    peaks = []
    for i in range(documents):
        with_budgetkit([files[i % len(files)]])
        if (i + 1) % (documents // 4) == 0:
            peaks.append(peak_megabytes())
    return peaks


def jobs_ratio(files: list[Path], jobs: int) -> tuple[float, float]:
    """How many times as fast `jobs` processes write a dataset as one; a worker's memory (MiB)."""
    from budgetkit.extraction.extract import extract

    times, memory = [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        for n in (1, jobs):
            start = time.perf_counter()
            done = extract(files, Path(folder) / f"jobs{n}", jobs=n)
            times.append(time.perf_counter() - start)
            memory = done.summary["worker_memory_mib"]
    return times[0] / times[1], memory


def typeset_many(folder: Path, documents: int) -> list[Path]:
    """So many documents out of the bundled corpus; over few, the start of a process counts most."""
    from tests.helpers.many import make

    return make(folder, documents)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "data" / "sample")
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--documents", type=int, default=300, help="of the runs with --jobs")
    parser.add_argument("--memory", type=int, default=0, metavar="DOCUMENTS")
    given = parser.parse_args()
    files = sorted(given.folder.rglob("*.pdf"))
    if given.jobs > 1:
        print_jobs(given.jobs, given.documents)
        return
    if given.memory:
        peaks = memory_over(files, given.memory)
        print(f"peak memory over {given.memory} documents, by quarter: "
              + ", ".join(f"{peak:.0f} MB" for peak in peaks))  # fmt: skip
    pages = count_pages(files)
    ours = seconds(with_budgetkit, files)
    print(f"{len(files)} files, {pages} pages; budgetkit {pages / ours:.0f} pages a second")
    print(f"pdfplumber takes {seconds(with_pdfplumber, files) / ours:.1f} times as long")
    print(f"camelot takes {seconds(with_camelot, files) / ours:.1f} times as long")


def print_jobs(jobs: int, documents: int) -> None:
    """What more than one process brings."""
    with tempfile.TemporaryDirectory() as folder:
        files = typeset_many(Path(folder), documents)
        ratio, memory = jobs_ratio(files, jobs)
    print(f"{documents} documents: {jobs} processes are {ratio:.2f} times as fast as one; "
          f"a worker took {memory:.0f} MiB at most")  # fmt: skip


if __name__ == "__main__":
    main()
