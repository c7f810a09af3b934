"""The findings of an audit on disk: written part by part, in row groups as the other tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from budgetkit.checks.audit.checks_table import by_status
from budgetkit.checks.audit.spill import BOM, Spill, writers_of
from budgetkit.storage import table_files


def numbers(*sizes: int) -> Iterator[pa.Table]:
    at = 0
    for size in sizes:
        columns = {"n": list(range(at, at + size)), "s": [f"{n}," for n in range(size)]}
        yield pa.table(columns, schema=pa.schema({"n": pa.int64(), "s": pa.string()}))
        at += size


def test_parts_are_written_as_the_whole_would_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_files, "TOGETHER", 4)
    sizes = (3, 0, 9, 1)
    for ending, write in writers_of(lambda: numbers(*sizes)).items():
        write(tmp_path / f"made.{ending}")
    whole = pa.concat_tables(numbers(*sizes))
    pq.write_table(whole, tmp_path / "whole.parquet", row_group_size=4)
    pa_csv.write_csv(whole, tmp_path / "whole.csv")
    assert pq.read_metadata(tmp_path / "made.parquet").num_row_groups == 4
    assert pq.read_table(tmp_path / "made.parquet").equals(whole.combine_chunks())
    assert (tmp_path / "made.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert (tmp_path / "made.csv").read_bytes() == BOM + (tmp_path / "whole.csv").read_bytes()


def test_findings_of_no_document_are_an_empty_table(tmp_path: Path) -> None:
    kept = Spill(tmp_path)
    kept.keep(0, by_status([]))
    assert set(kept.counts().values()) == {0}
    kept.writers()["csv"](tmp_path / "checks.csv")
    assert (tmp_path / "checks.csv").read_bytes().count(b"\n") == 1
