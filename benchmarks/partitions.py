"""What a part of a partitioned dataset costs: time and bytes read, against the whole.

    python benchmarks/partitions.py [DATASET]

The rows of the bundled corpus, under other names, fill a partition each: ten provinces, two years.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import budgetkit as bk
from budgetkit.demo import prepare
from budgetkit.schema import TABLES
from budgetkit.storage.partitions import Partition
from budgetkit.storage.records import Row, records
from budgetkit.storage.write_parts import NewPart, write_partitioned

PROVINCES = [
    "浙江省",
    "安徽省",
    "福建省",
    "江西省",
    "山东省",
    "河南省",
    "湖北省",
    "湖南省",
    "广东省",
    "海南省",
]
YEARS = (2024, 2025)
#: Copies of the corpus in a partition.
COPIES = 3
PART = {"year": 2025, "region": PROVINCES[0]}
REPEATS = 3


def make(folder: Path) -> Path:
    """Write the dataset."""
    corpus = bk.read_dataset(prepare())
    rows = {name: records(corpus.frame(name)) for name in TABLES}
    count = COPIES * len(rows["documents"])
    homes = [Partition(year, province) for year in YEARS for province in PROVINCES]
    write_partitioned(folder, (NewPart(home, count, partial(copies, rows, home), {})
                               for home in homes))  # fmt: skip
    return folder


def copies(rows: dict[str, list[Row]], home: Partition) -> Iterator[dict[str, list[Row]]]:
    """Yield the rows of a partition, a copy of the corpus at a time."""
    for copy in range(COPIES):
        before = f"{home.region}{home.year}-{copy}-"
        yield {name: [renamed(row, before, home) for row in table] for name, table in rows.items()}


def renamed(row: Row, before: str, home: Partition) -> Row:
    """Return a row of another document, of this year and region."""
    own = {
        name: f"{before}{row[name]}" for name in ("document", "fact_id", "sha256") if name in row
    }
    own |= {"region": f"{home.region}{row['region'] or ''}"} if "region" in row else {}
    return row | own | ({"year": home.year} if "region" in row else {})


def bytes_read() -> int:
    """Return how many bytes this process has read so far (Linux)."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(dict(line.split(": ") for line in lines)["rchar"])


def cost(work: Callable[[], object]) -> tuple[float, float]:
    """Return the least seconds of a few runs, and the megabytes read."""
    found = []
    for _ in range(REPEATS):
        before, start = bytes_read(), time.perf_counter()
        work()
        found.append((time.perf_counter() - start, (bytes_read() - before) / 1e6))
    return min(found)


def main() -> None:
    """Print a line for each way of reading."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else make(Path(scratch) / "dataset")
        query = "select count(*), sum(amount) from facts"
        ways: dict[str, Callable[[bk.Dataset], object]] = {
            "facts": lambda ds: ds.facts,
            "every table": lambda ds: [ds.frame(name) for name in TABLES],
            "sql": lambda ds: ds.sql(query),
        }
        print(repr(bk.read_dataset(folder)))
        for name, read in ways.items():
            all_ = cost(lambda read=read: read(bk.read_dataset(folder)))  # type: ignore[misc]
            one = cost(lambda read=read: read(bk.read_dataset(folder, **PART)))  # type: ignore[misc]
            print(f"{name}: all {all_[0]:.3f} s, {all_[1]:.1f} MB")
            print(f"  one partition {one[0]:.3f} s, {one[1]:.1f} MB")
            print(
                f"  {all_[0] / one[0]:.1f} times the time, {all_[1] / one[1]:.1f} times the bytes"
            )


if __name__ == "__main__":
    main()
