"""Speed of a comparison of hundreds of documents, beside plain pandas on the CSV files.

    python benchmarks/compare.py [--documents 300]

The bundled corpus is extracted once and its rows are repeated under new names.  Timed are
opening the dataset with all its frames, a comparison of every measure, and a query; the peer
reads the same CSV files and computes eight of the measures without guards or places.  The times
of one run depend on the machine; the ratios are what counts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from budgetkit.api import read_dataset  # noqa: E402
from budgetkit.schema import TABLES  # noqa: E402
from budgetkit.storage.records import records  # noqa: E402
from budgetkit.storage.table_files import TableFiles  # noqa: E402


def repeat(folder: Path, out: Path, documents: int) -> int:
    """Write a dataset of so many documents: the corpus again and again, each time renamed."""
    out.mkdir()
    source = read_dataset(folder)
    names = source.documents["document"].tolist()
    times = -(-documents // len(names))
    for name in TABLES:
        frame = source.frame(name)
        copies = []
        for n in range(times):
            kept = names[: documents - n * len(names)]
            copy = frame[frame["document"].isin(kept)].copy()
            copy["document"] = copy["document"] + f"-{n}"
            if "department" in copy:
                copy["department"] = copy["department"] + f"第{n}"
            if "fact_id" in copy:
                stems = copy["fact_id"].str.split(":", n=1)
                copy["fact_id"] = stems.str[0] + f"-{n}:" + stems.str[1]
            copies.append(copy)
        with TableFiles(out, name) as files:
            for copy in copies:
                files.add(records(copy))
    (out / "datapackage.json").write_bytes((folder / "datapackage.json").read_bytes())
    return documents


def with_budgetkit(folder: Path) -> Any:
    """Open the dataset, every frame of it."""
    dataset = read_dataset(folder)
    for name in TABLES:
        getattr(dataset, name)
    return dataset


def with_pandas(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the same tables from their CSV files."""
    return {name: pd.read_csv(folder / f"{name}.csv", low_memory=False) for name in TABLES}


def compare_in_pandas(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Eight measures as one would write them by hand: no guards, no places, no fallbacks."""
    facts = frames["facts"]
    facts = facts[facts["scope"] == "department"]
    key = ["department", "year"]

    def pick(table: str, measure: str, code: str, section: str | None = None) -> pd.Series:
        rows = facts[(facts["table"] == table) & (facts["measure"] == measure)
                     & (facts["code"] == code)]  # fmt: skip
        if section:
            rows = rows[rows["section"] == section]
        return rows.groupby(key)["amount"].first()

    projects = facts[(facts["table"] == "project_expenditure") & (facts["measure"] == "total")
                     & facts["project"].notna()].groupby(key)["amount"]  # fmt: skip
    staff = frames["staffing"]
    staff = staff[staff["scope"] == "department"].groupby(key)["active"].first()
    wages = pick("basic_expenditure", "total", "301")
    expenditure = pick("summary", "amount", "total", "expenditure")
    return pd.DataFrame(
        {
            "expenditure": expenditure,
            "project_share": pick("expenditure", "project", "total") / expenditure * 100,
            "wages": wages,
            "active": staff,
            "wages_per_head": wages / staff,
            "three_public": pick("three_public", "total", "total"),
            "projects": projects.count(),
            "project_largest": projects.max(),
        }
    )


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of one run, and what it gave."""
    start = time.perf_counter()
    found = run()
    return time.perf_counter() - start, found


def main() -> None:
    """Print seconds and ratios."""
    from budgetkit.bundled import sample_folder
    from budgetkit.extraction.extract import extract

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        corpus, folder = Path(place) / "corpus", Path(place) / "many"
        extract([sample_folder()], corpus, jobs=2)
        repeat(corpus, folder, chosen.documents)
        with_budgetkit(corpus).compare()  # imports left out
        reading, dataset = timed(lambda: with_budgetkit(folder))
        csv, frames = timed(lambda: with_pandas(folder))
        comparing, frame = timed(dataset.compare)
        by_hand, table = timed(lambda: compare_in_pandas(frames))
        query = "select code, sum(amount) from facts where level = 1 group by 1"
        asking, _ = timed(lambda: dataset.sql(query))
        bureaus = frame.groupby(["department", "year"]).ngroups
        print(f"{chosen.documents} documents, {len(dataset.facts)} figures, {bureaus} compared")
        print(f"open, every frame    {reading:6.2f} s; pandas on CSV {csv:6.2f} s: "
              f"ratio {reading / csv:.2f}")  # fmt: skip
        print(f"compare, {frame['measure'].nunique()} measures {comparing:6.2f} s; pandas, "
              f"{table.shape[1]} measures {by_hand:6.2f} s")  # fmt: skip
        print(f"both                 {reading + comparing:6.2f} s; pandas {csv + by_hand:6.2f} s: "
              f"ratio {(reading + comparing) / (csv + by_hand):.2f}")  # fmt: skip
        print(f"a query in SQL       {asking:6.2f} s, nothing loaded")


if __name__ == "__main__":
    main()
