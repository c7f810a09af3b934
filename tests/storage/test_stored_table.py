"""Rows of a stored table by document: the same as of the frame, few of them in memory."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from budgetkit.storage.records import ByDocument
from budgetkit.storage.stored_parts import StoredParts
from budgetkit.storage.stored_table import StoredTable, as_rows

#: Of the documents a, b, c, d, e, one after the other, but for the last row of a.
DOCUMENTS = [*(name for name in "abcde" for _ in range(4)), "a"]
FRAME = pd.DataFrame(
    {
        "document": pd.array(DOCUMENTS, dtype="string"),
        "name": pd.array(["x", None, "y"] * 7, dtype="string"),
        "text": pd.array([None, *map(str, range(20))], dtype="string"),
        "page": pd.array([1, None, 3] * 7, dtype="Int64"),
        "year": pd.array(range(21), dtype="Int64"),
        "top": pd.array([1.5, 2.0, 3.0] * 7, dtype="float64"),
        "value": [None, *map(float, range(20))],
        "sure": pd.array([True, False, None] * 7, dtype="boolean"),
        "whole": [True, False, True] * 7,
    }
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    FRAME.to_parquet(tmp_path / "facts.parquet", index=False, row_group_size=3)
    return tmp_path / "facts.parquet"


@pytest.mark.parametrize("documents", ["a", "b", "ea", "edcba", "z", "", "zb"])
def test_rows_are_those_of_the_frame(path: Path, documents: str) -> None:
    whole, stored = ByDocument(FRAME), StoredTable(path)
    found = stored.rows(documents)
    assert repr(found) == repr(whole.rows(documents))
    assert repr(as_rows(stored.table(documents))) == repr(found)


def test_only_what_was_asked_for_last_is_in_memory(path: Path) -> None:
    stored, most = StoredTable(path, kept_rows=9), 0
    for document in "abcdeabcde":
        assert stored.rows(document)
        most = max(most, stored.in_memory)
    assert most == 9


def test_a_table_without_rows_and_columns_that_are_left_out(path: Path, tmp_path: Path) -> None:
    FRAME.head(0).to_parquet(tmp_path / "none.parquet", index=False)
    assert StoredTable(tmp_path / "none.parquet").rows("a") == []
    assert StoredTable(tmp_path / "none.parquet").table("a").num_rows == 0
    stored = StoredTable(path, without=("top", "value"))
    assert set(stored.rows("b")[0]) == set(FRAME) - {"top", "value"}
    assert stored.table("").column_names == stored.whole().column_names


class Files:
    """Three files of a table, as of a partitioned dataset."""

    def __init__(self, files: list[Path]) -> None:
        self._files = files

    def files(self, *_: object, check: bool) -> list[Path]:
        return self._files

    def only(self, _: str) -> None:
        return None


def test_the_files_of_a_table_share_the_rows_that_are_in_memory(tmp_path: Path) -> None:
    files = [tmp_path / f"{year}.parquet" for year in (2023, 2024, 2025)]
    for file in files:
        FRAME.to_parquet(file, index=False, row_group_size=3)
    stored = StoredParts(Files(files), "facts", kept_rows=18)  # type: ignore[arg-type]
    most = 0
    for document in "abcdeabcde":
        assert len(stored.rows(document)) == 3 * len(StoredTable(files[0]).rows(document))
        most = max(most, sum(table.in_memory for table in stored._open.values()))
    assert most == 18
