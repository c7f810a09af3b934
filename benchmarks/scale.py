"""What each command costs by the number of documents, and what a country's worth would cost.

    python benchmarks/scale.py [SIZES ...] [--jobs N] [--commands C ...] [--keep FOLDER]

The bundled corpus is typeset again and again under the names of other, invented prefectures, and
each command runs on folders of these sizes, in a process of its own.  A row of the table has its
time, the most memory of its main process and of all processes below it together (sampled), and the
bytes that it leaves a document.  Below it: straight lines through the sizes, which say how much
another document costs, and what 230,000 documents would, as many as are published in a year.
The times of one run depend on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

#: Documents that departments of the whole country publish in a year.
COUNTRY = 230_000
COMMANDS = ("extract", "audit", "compare", "report", "site")
#: Seconds between two looks at the memory.
EVERY = 0.05
MIB = 2**20


class Cost(NamedTuple):
    """What a command cost: seconds, bytes of memory of its process and below it, bytes on disk."""

    seconds: float
    main: int
    below: int
    disk: int


def run(command: str, folder: Path, jobs: int) -> Cost:
    """Run a command of budgetkit and watch what it takes.

    Parameters
    ----------
    command
        One of :data:`COMMANDS`.
    folder
        Holds ``pdfs``, and ``dataset`` after the first command.
    jobs
        Processes.

    Returns
    -------
    Cost

    Raises
    ------
    RuntimeError
        The command failed.
    """
    source = folder / ("pdfs" if command == "extract" else "dataset")
    out = folder / ("dataset" if command in ("extract", "audit") else command)
    arguments = [sys.executable, "-m", "budgetkit", command, str(source)]
    arguments += [] if command == "audit" else ["--out", str(out)]
    arguments += ["--jobs", str(jobs)]
    before = size(out)
    start = time.perf_counter()
    with (folder / f"{command}.log").open("w+", encoding="utf-8") as log:
        process = psutil.Popen(arguments, stdout=log, stderr=subprocess.STDOUT, cwd=ROOT)
        main, below = watch(process)
        seconds = time.perf_counter() - start
        if process.returncode not in (0, 1):  # 1: findings of the audit
            log.seek(0)
            raise RuntimeError(f"{command}: {log.read()[-500:]}")
    return Cost(seconds, main, below, size(out) - before)


def watch(process: psutil.Popen) -> tuple[int, int]:
    """Return the most memory that a process takes until its end, and the processes below it."""
    main = below = 0
    while process.poll() is None:
        try:
            main = max(main, process.memory_info().rss)
            others = process.children(recursive=True)
        except psutil.Error:
            continue
        below = max(below, sum(map(memory, others)))
        time.sleep(EVERY)
    return main, below


def memory(process: psutil.Process) -> int:
    """Return the memory of a process; 0 of one that has just ended."""
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def size(folder: Path) -> int:
    """Return the bytes of the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def line(sizes: Sequence[int], values: Sequence[float]) -> tuple[float, float]:
    """Fit a straight line: its value at no documents, and what each document adds."""
    slope, start = np.polyfit(sizes, values, 1) if len(sizes) > 1 else (values[0] / sizes[0], 0.0)
    return float(start), float(slope)


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """Return the power of the number of documents that the values grow with."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0]) if len(sizes) > 1 else 1.0


def print_costs(found: dict[tuple[str, int], Cost]) -> None:
    """Print what was measured, and the growth."""
    print("| command | documents | seconds | ms a document | main process | below it | on disk |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for (command, documents), cost in found.items():
        print(f"| `{command}` | {documents:,} | {cost.seconds:.1f} "
              f"| {1000 * cost.seconds / documents:.0f} | {cost.main / MIB:.0f} MiB "
              f"| {cost.below / MIB:.0f} MiB "
              f"| {cost.disk / documents / 1000:.1f} KB a document |")  # fmt: skip
    print()
    print(f"| command | another document | time grows with | memory of the main process "
          f"| {COUNTRY:,} documents |")  # fmt: skip
    print("|---|---|---|---|---|")
    for command in dict.fromkeys(command for command, _ in found):
        print_growth(command, {n: cost for (name, n), cost in found.items() if name == command})


def print_growth(command: str, costs: dict[int, Cost]) -> None:
    """Print a row: the growth of one command, and what it comes to.

    Parameters
    ----------
    command
        Its name.
    costs
        By number of documents.
    """
    sizes = sorted(costs)
    seconds = [costs[n].seconds for n in sizes]
    main = [float(costs[n].main) for n in sizes]
    disk = sum(costs[n].disk / n for n in sizes) / len(sizes)
    (start, each), (base, more) = line(sizes, seconds), line(sizes, main)
    power = exponent(sizes, seconds)
    hours = (start + each * COUNTRY) / 3600
    print(f"| `{command}` | {1000 * each:.0f} ms | n^{power:.2f} "
          f"| {base / MIB:.0f} MiB + {more / 1024:.0f} KiB a document "
          f"| {hours:.1f} h, {(base + more * COUNTRY) / MIB / 1024:.1f} GiB of memory, "
          f"{disk * COUNTRY / 1e9:.1f} GB on disk |")  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[250, 500])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=COMMANDS)
    parser.add_argument("--keep", type=Path, help="folder to work in, which stays as it is")
    given = parser.parse_args()

    from tests.helpers.many import make

    found: dict[tuple[str, int], Cost] = {}
    with ExitStack() as held:
        place = given.keep or Path(held.enter_context(tempfile.TemporaryDirectory()))
        for documents in sorted(given.sizes):
            folder = place / str(documents)
            make(folder / "pdfs", documents)
            for command in given.commands:
                found[command, documents] = run(command, folder, given.jobs)
                print(command, documents, found[command, documents], file=sys.stderr, flush=True)
    print_costs(found)


if __name__ == "__main__":
    main()
