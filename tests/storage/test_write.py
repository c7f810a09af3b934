"""A dataset is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from budgetkit.errors import UsageError
from budgetkit.extraction.dataset_rows import empty_rows
from budgetkit.schema import TABLES
from budgetkit.storage.table_files import TableFiles, frame
from budgetkit.storage.write import write_dataset


def document(name: str) -> dict[str, list[dict[str, object]]]:
    return empty_rows() | {"documents": [{"document": name, "status": "failed", "n_facts": 0}]}


def test_a_run_that_fails_leaves_the_dataset_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "dataset"
    write_dataset(out, [document("first")], {})

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(TableFiles, "add", broken)
    with pytest.raises(OSError, match="disk full"):
        write_dataset(out, [document("second")], {})
    assert list(pd.read_csv(out / "documents.csv")["document"]) == ["first"]
    assert [path.name for path in tmp_path.iterdir()] == ["dataset"]


def test_a_folder_of_something_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(UsageError, match="files that are not a dataset"):
        write_dataset(tmp_path, [document("a")], {})
    assert (tmp_path / "thesis.docx").read_text() == "years of work"


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_has_its_columns_and_types(name: str) -> None:
    table = frame(name, [])
    assert list(table.columns) == [field.name for field in TABLES[name]]
    assert table.empty
