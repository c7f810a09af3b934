"""The tables of a comparison: the same files in however many parts and processes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from budgetkit.api import read_dataset
from budgetkit.compare import aggregates
from budgetkit.compare.aggregates import Book, Part, parts_of, write_tables
from budgetkit.compare.guards import audit_of
from budgetkit.compare.table import Chosen, choose
from budgetkit.errors import BudgetkitError
from tests.helpers.runs import contents

BOOK = Book("十一个部门", "zh", "", {})


@pytest.fixture(scope="module")
def chosen(sample_dataset: Path) -> Chosen:
    return choose(read_dataset(sample_dataset))


def tables(parts: list[Part], folder: Path, jobs: int) -> dict[str, bytes]:
    folder.mkdir()
    files = write_tables(parts, BOOK, folder, jobs=jobs)
    assert sorted(file.name for file in files) == [
        "by_class.csv", "by_function.csv", "compare.csv", "compare.xlsx", "execution.csv",
    ]  # fmt: skip
    for piece in folder.glob("*.arrow"):
        piece.unlink()
    return contents(folder)


@pytest.mark.parametrize(("together", "jobs"), [(1, 0), (3, 2)])
def test_parts_and_processes_change_nothing(
    chosen: Chosen,
    sample_dataset: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    together: int,
    jobs: int,
) -> None:
    whole = parts_of(str(sample_dataset), chosen, "en")
    assert len(whole) == 1
    expected = tables(whole, tmp_path / "whole", 1)
    monkeypatch.setattr(aggregates, "TOGETHER", together)
    parts = parts_of(str(sample_dataset), chosen, "en")
    assert len(parts) == -(-len(chosen.summaries) // together)
    assert tables(parts, tmp_path / "parts", jobs) == expected


def test_a_part_that_can_not_be_computed_is_said(
    chosen: Chosen, sample_dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aggregates, "TOGETHER", 8)
    gone = tmp_path / "gone"
    shutil.copytree(sample_dataset, gone)
    parts = parts_of(str(gone), chosen, "zh")
    shutil.rmtree(gone)
    with pytest.raises(BudgetkitError, match="gone: can't be compared: a part stopped with"):
        write_tables(parts, BOOK, tmp_path, jobs=0)


def test_each_run_has_its_own_name_so_that_no_process_keeps_an_older_dataset(
    chosen: Chosen, sample_dataset: Path
) -> None:
    (first,), (second,) = (parts_of(str(sample_dataset), chosen, "zh") for _ in range(2))
    assert first.run != second.run
    assert first._replace(run="") == second._replace(run="")


def test_a_table_that_no_spreadsheet_opens_is_named_in_its_place(
    chosen: Chosen, sample_dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetkit.compare.comparison_book.SHEET_ROWS", 400)
    dataset = read_dataset(sample_dataset)
    parts, book = parts_of(str(sample_dataset), chosen, "en"), BOOK._replace(lang="en")
    write_tables(parts, book, tmp_path, opened=(dataset, audit_of(dataset, "en")))
    sheets = pd.read_excel(tmp_path / "compare.xlsx", sheet_name=None)
    rows = len(pd.read_csv(tmp_path / "compare.csv"))
    assert rows >= 400
    (said,) = sheets["Measures"]["Meaning"]
    assert (
        said == f"{rows:,} rows are more than a spreadsheet opens: all of them are in compare.csv."
    )
    assert len(sheets["Comparison"]) == len(chosen.summaries)
