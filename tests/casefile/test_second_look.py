"""A second look: a figure whose picture reads otherwise is never accused for certain."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import budgetkit as bk
from budgetkit.casefile.audit_command import Wanted, audit_lines
from budgetkit.casefile.second_look import doubt, doubt_in_dataset, look_again
from budgetkit.errors import UsageError
from budgetkit.extraction.ocr.recogniser import Seen
from budgetkit.storage.records import records

DOCUMENT = "changji-kjj-2025"


def reads_as(text: str) -> Any:
    def read(pictures: Sequence[Any]) -> list[Seen]:
        return [Seen(text, 0.99, ()) for _ in pictures]

    return read


def test_a_figure_that_reads_otherwise_makes_its_finding_one_to_look_at(
    sample_dataset: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "dataset"
    shutil.copytree(sample_dataset, folder)
    dataset = bk.read_dataset(folder)
    checks = dataset.frame("checks")
    failed = checks[checks["status"] == "fail"]
    row = records(failed[failed["check"] == "performance-budget"])[0]
    id = row["fact_id"]
    printed = dataset.fact(id)["printed"]
    assert look_again(dataset, [id], read=reads_as(printed)) == {}
    seen = look_again(dataset, [id], read=reads_as("8.88"))
    assert seen == {id: (printed, "8.88")}
    assert doubt(row, {}) == row
    doubt_in_dataset(dataset, seen)
    again = bk.read_dataset(folder).frame("checks")
    (found,) = records(again[(again["fact_id"] == id) & (again["status"] == "fail")])
    assert found["certain"] is False
    assert "8.88" in found["message_zh"]
    assert len(again) == len(checks)


@pytest.mark.skipif(find_spec("rapidocr") is not None, reason="the extra is installed")
def test_without_the_extra_one_sentence_says_what_to_install(sample_dataset: Path) -> None:
    with pytest.raises(UsageError, match=r"budgetkit\[ocr\]"):
        audit_lines(bk.read_dataset(sample_dataset), Wanted(verify=True))
