"""No text that we write is run by a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from budgetkit.storage.spreadsheet import as_text, plain
from budgetkit.storage.table_files import TableFiles

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(1)", "\t=1", "=", "@", "-甲")
HARMLESS = ("", "甲", "-12.30", "+1,234.50", "-", "--", "12%", "-5%", "a=1", " =1")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_a_text(text: str) -> None:
    assert as_text(text) == f"'{text}"


def test_a_carriage_return_ends_no_row(tmp_path: Path) -> None:
    """``csv`` quotes a cell with a line feed, but not one with a carriage return alone."""
    assert as_text("\r=1") == "'\n=1"
    marked = plain(pd.DataFrame({"name": ["甲\r乙", "丙"]}))
    assert marked["name"].tolist() == ["甲\n乙", "丙"]
    with TableFiles(tmp_path, "glossary") as files:
        files.add([{"document": "a", "term": "甲\r=乙", "definition": "丙\r\n丁"}])
    with (tmp_path / "glossary.csv").open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["term"], row["definition"]) == ("甲\n=乙", "丙\n丁")


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_formula_stays(text: str) -> None:
    assert as_text(text) == text


def test_a_frame_is_marked_and_the_one_that_was_given_stays() -> None:
    cells = [*FORMULAS, *HARMLESS, None]
    frame = pd.DataFrame({"a": pd.array(cells, dtype="string"), "n": range(len(cells))})
    expected = [None if cell is None else as_text(cell) for cell in cells]
    assert [None if pd.isna(cell) else cell for cell in plain(frame)["a"]] == expected
    assert plain(frame)["n"].tolist() == list(range(len(cells)))
    assert frame["a"][0] == FORMULAS[0]


def test_a_dataset_holds_what_is_printed(tmp_path: Path) -> None:
    with TableFiles(tmp_path, "indicators") as files:
        files.add([{"document": "a", "printed": "=100%"}])
    assert ",=100%," in (tmp_path / "indicators.csv").read_text(encoding="utf-8-sig")
