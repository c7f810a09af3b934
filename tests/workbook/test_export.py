"""A part of a dataset as files, whatever the form of the dataset."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from budgetkit.errors import UsageError
from budgetkit.schema import TABLES
from budgetkit.storage.partitions import partition_of
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.table_files import TOGETHER
from budgetkit.storage.write_parts import NewPart, write_partitioned
from budgetkit.workbook import export as module
from budgetkit.workbook.export import export
from tests.helpers.runs import contents

#: Texts that a spreadsheet would run.
FORMULA = "=1+1"


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_a_part_of_both_forms_is_the_same_file(
    format: str, parted: Path, sample_dataset: Path, tmp_path: Path
) -> None:
    wanted = {"tables": ["facts", "staffing"], "year": 2025, "region": "云汀自治州"}
    for name, dataset in {"one": sample_dataset, "many": parted}.items():
        done = export(dataset, tmp_path / name, format=format, **wanted)  # type: ignore[arg-type]
        assert list(done) == ["facts", "staffing"]
    one, many = contents(tmp_path / "one"), contents(tmp_path / "many")
    assert one == many
    assert set(one) == {".budgetkit.json", f"facts.{format}", f"staffing.{format}"}


def test_the_whole_is_what_an_extraction_writes(sample_dataset: Path, tmp_path: Path) -> None:
    export(sample_dataset, tmp_path / "csv", tables=["facts", "documents", "tables"])
    export(sample_dataset, tmp_path / "parquet", format="parquet", tables=list(TABLES))
    for folder in ("csv", "parquet"):
        for file in (tmp_path / folder).glob("*.*"):
            if file.suffix in (".csv", ".parquet"):
                assert file.read_bytes() == (sample_dataset / file.name).read_bytes()


def long_dataset(folder: Path, rows: int) -> Path:
    """Two partitions with many paragraphs."""

    def part(year: int) -> NewPart:
        name = f"d{year}"
        about = {"document": name, "source": f"{name}.pdf", "status": "ok", "year": year}
        told = [{"document": name, "page": at, "text": FORMULA} for at in range(rows)]
        return NewPart(partition_of(about), 1,
                       lambda: [{"documents": [about]}, {"paragraphs": told}], {})  # fmt: skip

    write_partitioned(folder, map(part, (2024, 2025)))
    return folder


def test_a_long_table_is_written_in_pieces(tmp_path: Path) -> None:
    long = long_dataset(tmp_path / "ds", TOGETHER + 7)
    export(long, tmp_path / "csv", tables=["paragraphs"])
    export(long, tmp_path / "parquet", format="parquet", tables=["paragraphs"])
    read = pd.read_parquet(tmp_path / "parquet/paragraphs.parquet", dtype_backend="numpy_nullable")
    whole = DatasetReader(long).paragraphs
    pd.testing.assert_frame_equal(read, whole)
    with (tmp_path / "csv/paragraphs.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == len(whole) == 2 * TOGETHER + 14
    assert {line["text"] for line in lines} == {f"'{FORMULA}"}


def test_a_workbook_holds_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = long_dataset(tmp_path / "ds", 3)
    done = export(long, tmp_path / "out", format="xlsx", tables=["paragraphs"], year=2025)
    assert done == {"paragraphs": 3}
    sheet = load_workbook(tmp_path / "out/paragraphs.xlsx")["paragraphs"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [field.name for field in TABLES["paragraphs"]]
    text = rows[0].index("text")
    assert {cell.data_type for cell in next(sheet.iter_cols(text + 1, text + 1, 2))} == {"s"}
    monkeypatch.setattr(module, "SHEET_ROWS", 3)
    with pytest.raises(UsageError, match="paragraphs has 3 rows, more than a spreadsheet opens; "):
        export(long, tmp_path / "more", format="xlsx", year=2025)
    assert not (tmp_path / "more").exists()


def test_wrong_use_is_a_sentence(parted: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no table 'fact'; did you mean facts"):
        export(parted, tmp_path / "out", tables=["fact"])
    with pytest.raises(UsageError, match="no format 'pdf'; take csv, parquet, xlsx"):
        export(parted, tmp_path / "out", format="pdf")
    with pytest.raises(UsageError, match="no document of 2031"):
        export(parted, tmp_path / "out", year=2031)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.docx").write_text("years of work")
    with pytest.raises(UsageError, match=r"not an export, as thesis\.docx"):
        export(parted, tmp_path / "mine")
    with pytest.raises(UsageError, match="would lie in a folder that is replaced as a whole"):
        export(parted, parted / "out")
