"""A dataset that is carried elsewhere finds the PDFs that lie beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import budgetkit as bk

NAME = "yunting-sjj-2025"


@pytest.fixture(scope="module")
def carried(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a PDF and its dataset, moved from where it was made."""
    made = tmp_path_factory.mktemp("made") / "class"
    made.mkdir()
    shutil.copyfile(corpus / f"{NAME}.pdf", made / f"{NAME}.pdf")
    bk.extract([made / f"{NAME}.pdf"], made / "dataset", jobs=1)
    stick = tmp_path_factory.mktemp("stick") / "class"
    shutil.move(made, stick)
    return stick


def test_the_pdf_beside_a_carried_dataset_is_found(carried: Path) -> None:
    ds = bk.read_dataset(carried / "dataset")
    assert ds.pdf_of(NAME) == carried / f"{NAME}.pdf"
    assert ds.sources() == {NAME: str(carried / f"{NAME}.pdf")}
    assert ds.locate(ds.facts["fact_id"].iloc[0]).mode == "RGB"


def test_a_file_of_its_name_that_is_another_one_is_not(carried: Path, tmp_path: Path) -> None:
    shutil.copytree(carried, tmp_path / "class")
    (tmp_path / "class" / f"{NAME}.pdf").write_bytes(b"%PDF-1.4 another one")
    ds = bk.read_dataset(tmp_path / "class" / "dataset")
    with pytest.raises(bk.UsageError, match=r"not where it was .*or beside the dataset"):
        ds.pdf_of(NAME)
    with pytest.raises(bk.UsageError, match="not where it was"):
        ds.pdf_of("no document")
