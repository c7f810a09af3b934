"""Time of an audit compared with the extraction before it, on one folder in one run.

    python benchmarks/audit.py [FOLDER] [--times N]

Reads N copies of a folder and audits the dataset, both in this process, and prints the processor
time of each and their ratio: an audit should take at most a tenth of the extraction.  It is the
processor time, because the clock of a busy machine also measures other programs.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def copies(folder: Path, to: Path, times: int) -> None:
    """Copy a folder; a comment behind the end of a PDF makes each copy a file of its own."""
    for number in range(times):
        shutil.copytree(folder, to / str(number))
        for path in (to / str(number)).rglob("*.pdf"):
            path.write_bytes(path.read_bytes() + f"\n%{number}\n".encode())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "data" / "sample")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()

    from budgetkit.api import read_dataset
    from budgetkit.checks.audit.run import audit, write_checks
    from budgetkit.extraction.extract import extract

    with tempfile.TemporaryDirectory() as scratch:
        pdfs, warm, out = (Path(scratch) / name for name in ("pdfs", "warm", "dataset"))
        extract([next(options.folder.rglob("*.pdf"))], warm, jobs=0)
        audit(warm)
        copies(options.folder, pdfs, options.times)
        start = time.process_time()
        documents = len(extract([pdfs], out, jobs=0).documents)
        read = time.process_time() - start
        start = time.process_time()
        rows = sum(write_checks(read_dataset(out)).counts.values())
        checked = time.process_time() - start
    print(f"{documents} documents, {rows} comparisons")
    print(f"extraction {1000 * read / documents:.1f} ms a document")
    print(f"audit      {1000 * checked / documents:.1f} ms a document")
    print(f"extraction / audit = {read / checked:.1f}")


if __name__ == "__main__":
    main()
