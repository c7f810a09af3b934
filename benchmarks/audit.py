"""The audit against the extraction that it follows, over one folder in one run.

    python benchmarks/audit.py [FOLDER] [--times N]

Reads a folder N times over (as N copies), audits the dataset, and prints both times a document
and their ratio.  Times of one run on one machine mean little; the ratio is kept: an audit of
many documents takes at most a tenth of their extraction.
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "data" / "sample")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()

    from budgetkit.audit.run import write_checks
    from budgetkit.extract import extract

    with tempfile.TemporaryDirectory() as scratch:
        pdfs, out = Path(scratch) / "pdfs", Path(scratch) / "dataset"
        for number in range(options.times):
            shutil.copytree(options.folder, pdfs / str(number))
            # The same bytes are read once; a comment behind the end makes each copy its own.
            for path in (pdfs / str(number)).rglob("*.pdf"):
                path.write_bytes(path.read_bytes() + f"\n%{number}\n".encode())
        start = time.perf_counter()
        documents = len(extract([pdfs], out, jobs=options.jobs).documents)
        read = time.perf_counter() - start
        start = time.perf_counter()
        rows = write_checks(out, jobs=options.jobs).num_rows
        checked = time.perf_counter() - start
    print(f"{documents} documents, {rows} comparisons")
    print(f"extraction {1000 * read / documents:.1f} ms a document, {options.jobs} processes")
    print(f"audit      {1000 * checked / documents:.1f} ms a document, as many")
    print(f"extraction / audit = {read / checked:.1f}")


if __name__ == "__main__":
    main()
