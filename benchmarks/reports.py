"""Reports against a plain loop of papermill and nbconvert, over the same notebook in one run.

    python benchmarks/reports.py [--jobs N] [--plain REPORTS] [--documents N]

Prints how many times more reports per minute ``budgetkit report`` makes.  The times of one run
depend on the machine; the ratio is what counts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
#: What `budgetkit report` runs.
NOTEBOOK = ROOT / "budgetkit" / "report" / "report_page.ipynb"


def plain_loop(dataset: Path, folder: Path, keys: list[tuple[str, str, int, str]]) -> float:
    """Seconds per report without budgetkit, with two commands for each report."""
    notebook = NOTEBOOK
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    for number, (department, scope, year, _) in enumerate(keys):
        ran = folder / f"{number}.ipynb"
        parameters = {"dataset": dataset, "department": department, "scope": scope, "year": year}
        given = [word for name, value in parameters.items() for word in ("-p", name, str(value))]
        commands = (
            ["papermill", str(notebook), str(ran), *given, "--no-progress-bar"],
            ["nbconvert", "--to", "html", "--template", "basic", "--no-input", str(ran)],
        )
        for module, *arguments in commands:
            command = [sys.executable, "-m", module, *arguments]
            subprocess.run(command, env=environment, check=True, capture_output=True)
    return (time.perf_counter() - start) / len(keys)


def ours(dataset: Path, folder: Path, jobs: int) -> tuple[float, int, int]:
    """Seconds per report of ``budgetkit report``; number of reports; a worker's memory (MiB)."""
    from budgetkit.api import read_dataset
    from budgetkit.report.render_reports import render_reports

    start = time.perf_counter()
    done = render_reports(read_dataset(dataset), folder, jobs=jobs)
    if done.failed:
        raise SystemExit(f"{done.failed} reports failed: {done.problems}")
    spent = (time.perf_counter() - start) / done.rendered
    return spent, done.rendered, done.summary["worker_memory_mib"]


def size(folder: Path, pattern: str = "*") -> list[int]:
    """Bytes of the files below a folder, the smallest first."""
    found = (path for path in folder.rglob(pattern) if path.is_file() and not path.is_symlink())
    return sorted(path.stat().st_size for path in found)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--plain", type=int, default=4, help="reports of the plain loop")
    parser.add_argument("--documents", type=int, default=66, help="typeset for budgetkit's side")
    given = parser.parse_args()
    from budgetkit.api import read_dataset
    from budgetkit.disclosure import keys
    from budgetkit.extraction.extract import extract
    from tests.helpers.many import make

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / "pdfs", given.documents)
        extract([folder / "pdfs"], folder / "dataset", jobs=given.jobs)
        every = keys(read_dataset(folder / "dataset"))
        some = every[:: max(len(every) // given.plain, 1)][: given.plain]
        fast, reports, memory = ours(folder / "dataset", folder / "reports", given.jobs)
        pages = size(folder / "reports", "*.html")
        slow = plain_loop(folder / "dataset", folder, some)
    print(
        f"{given.jobs} processes make {slow / fast:.1f} times the reports per minute of a plain "
        f"papermill and nbconvert loop ({reports} against {len(some)} reports); "
        f"a worker took {memory} MiB at most"
    )
    environment = sum(size(Path(sys.prefix))) / 2**20
    print(
        f"a page has {pages[len(pages) // 2] / 1024:.0f} KiB (the largest {pages[-1] / 1024:.0f}); "
        f"the environment has {environment:.0f} MiB, with all that is installed in it"
    )


if __name__ == "__main__":
    main()
