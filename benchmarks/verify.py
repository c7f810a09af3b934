"""What the picture as a second witness costs, and what a scan costs: seconds a page.

    python benchmarks/verify.py [FOLDER] [--files N] [--pages N]

Needs the extra `ocr`.  Prints seconds a page of plain extraction, with `--verify`, and of the same
pages as scans, and the ratios to plain extraction.  The times of one run depend on the machine;
the ratios are what counts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

#: Pixels an inch of the scans.
DPI = 150


def seconds(files: list[Path], *, verify: bool = False) -> tuple[float, int]:
    """Time of reading files, and the number of their figures."""
    from budgetkit.extraction.document import read_file

    start = time.perf_counter()
    figures = sum(
        len(reading.rows["facts"]) for file in files for reading in read_file(file, verify=verify)
    )
    return time.perf_counter() - start, figures


def scanned(file: Path, folder: Path, most: int) -> tuple[Path, int]:
    """The first pages of a file as pictures, and how many."""
    from budgetkit.extraction.pdf.pages import Pdf

    with Pdf(file) as pdf:
        count = min(len(pdf), most)
        pictures = [pdf.picture(number, DPI / 72) for number in range(1, count + 1)]
    out = folder / file.name
    pictures[0].save(out, save_all=True, append_images=pictures[1:], resolution=DPI)
    return out, count


def main() -> None:
    """Run and print."""
    from budgetkit.extraction.ocr.recogniser import is_installed

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "data" / "sample")
    parser.add_argument("--files", type=int, default=4)
    parser.add_argument("--pages", type=int, default=10, help="of the scan")
    given = parser.parse_args()
    if not is_installed():
        print("the extra is not installed: pip install 'budgetkit[ocr]'")
        return
    from benchmarks.extract import count_pages

    files = sorted(given.folder.rglob("*.pdf"))[: given.files]
    seconds(files[:1], verify=True)
    pages = count_pages(files)
    plain, figures = seconds(files)
    verified, _ = seconds(files, verify=True)
    print(f"{len(files)} files, {pages} pages, {figures} figures; "
          f"plain extraction {plain / pages:.3f} seconds a page")  # fmt: skip
    print(f"with --verify {verified / pages:.3f} seconds a page, {verified / plain:.1f} times as "
          f"long, {1000 * (verified - plain) / figures:.1f} ms a figure")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        scan, count = scanned(files[0], Path(folder), given.pages)
        took, _ = seconds([scan])
    print(f"scans {took / count:.2f} seconds a page, {took / count / (plain / pages):.0f} times as "
          "long")  # fmt: skip


if __name__ == "__main__":
    main()
