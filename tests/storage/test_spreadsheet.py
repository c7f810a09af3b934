"""No text that we write is run by a spreadsheet."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from budgetkit.storage.spreadsheet import as_text, plain, plain_arrow
from budgetkit.storage.table_files import TableFiles

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(1)", "\t=1", "\r=1", "=", "@", "-甲")
HARMLESS = ("", "甲", "-12.30", "+1,234.50", "-", "--", "12%", "-5%", "a=1", " =1")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_a_text(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_formula_stays(text: str) -> None:
    assert as_text(text) == text


def test_frames_and_arrow_tables_agree() -> None:
    cells = [*FORMULAS, *HARMLESS, None]
    frame = pd.DataFrame({"a": pd.array(cells, dtype="string"), "n": range(len(cells))})
    table = pa.table(
        {"a": pa.array(cells), "d": pa.array(cells).dictionary_encode(), "n": frame["n"]}
    )
    expected = [None if cell is None else as_text(cell) for cell in cells]
    assert [None if pd.isna(cell) else cell for cell in plain(frame)["a"]] == expected
    assert plain_arrow(table)["a"].to_pylist() == plain_arrow(table)["d"].to_pylist() == expected
    assert plain(frame)["n"].tolist() == plain_arrow(table)["n"].to_pylist()
    assert frame["a"][0] == FORMULAS[0]


def test_the_csv_of_a_dataset_runs_nothing_and_its_parquet_stays(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    with TableFiles(folder, "documents") as files:
        files.add([{"document": "=1+1", "department": "@SUM(1)"}])
    assert "'=1+1" in (folder / "documents.csv").read_text(encoding="utf-8-sig")
    assert pd.read_parquet(folder / "documents.parquet")["document"][0] == "=1+1"
