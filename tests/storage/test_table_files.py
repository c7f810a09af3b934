"""A table is written in parts that nobody sees in its files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from budgetkit.storage import table_files
from budgetkit.storage.table_files import TableFiles

ROWS: list[dict[str, Any]] = [
    {"document": f"第{n}册", "page": n, "role": "" if n % 2 else 'a, "b"\nc'} for n in range(1, 8)
]


def written(folder: Path, *parts: list[dict[str, Any]]) -> tuple[bytes, bytes]:
    folder.mkdir()
    with TableFiles(folder, "pages") as files:
        for part in parts:
            files.add(list(part))
    return (folder / "pages.csv").read_bytes(), (folder / "pages.parquet").read_bytes()


def test_the_same_rows_give_the_same_bytes_however_they_are_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = written(tmp_path / "whole", ROWS)
    monkeypatch.setattr(table_files, "TOGETHER", 3)
    at_once = written(tmp_path / "at-once", ROWS)
    one_by_one = written(tmp_path / "one", *([row] for row in ROWS))
    assert one_by_one == at_once
    assert at_once[0] == whole[0]  # the CSV has no parts
    assert pq.ParquetFile(tmp_path / "one" / "pages.parquet").num_row_groups == 3
    frames = [pd.read_parquet(tmp_path / name / "pages.parquet") for name in ("whole", "one")]
    pd.testing.assert_frame_equal(*frames)
    assert frames[0]["page"].tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_a_table_without_a_row_has_its_columns(tmp_path: Path) -> None:
    csv, _ = written(tmp_path / "none")
    assert csv.startswith(b"\xef\xbb\xbfdocument,page,")
    assert csv.count(b"\n") == 1


def test_a_run_that_stops_closes_its_files(tmp_path: Path) -> None:
    files = TableFiles(tmp_path, "pages")
    files.add(list(ROWS))
    files.__exit__(OSError, OSError("gone"), None)
    assert not (tmp_path / "pages.csv").exists()
