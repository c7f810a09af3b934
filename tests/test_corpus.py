"""The bundled corpus: what is read of it equals the data files that it is typeset from."""

from __future__ import annotations

import json
from pathlib import Path

import pdfplumber
import pytest

from tests.conftest import ROOT
from tests.helpers.truth import differences, rows, squeeze

DOCUMENTS = sorted(path.stem for path in (ROOT / "data" / "sample").glob("*.json"))


@pytest.fixture(scope="module")
def dataset(sample_dataset: Path) -> Path:
    return sample_dataset


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_figure_is_read_once_and_in_its_place(
    dataset: Path, corpus: Path, document: str
) -> None:
    assert differences(dataset, document, corpus / f"{document}.json") == ([], [])


@pytest.mark.parametrize("document", DOCUMENTS)
def test_people_projects_and_targets_are_whole(dataset: Path, corpus: Path, document: str) -> None:
    truth = json.loads((corpus / f"{document}.json").read_text(encoding="utf-8"))
    (about,) = (row for row in rows(dataset, "documents") if row["document"] == document)
    assert (about["department"], int(about["year"])) == (truth["department"], truth["year"])
    people = [row for row in rows(dataset, "staffing") if row["document"] == document]
    for measure, count in truth["staff"].items():
        if people and count is not None and measure in people[0]:
            assert people[0][measure] == str(count), measure
    read = [
        tuple(squeeze(row[c]) for c in ("level1", "level2", "level3", "printed", "weight"))
        for row in rows(dataset, "indicators")
        if row["document"] == document
    ]
    told = [
        tuple(squeeze(str(row[i])) for i in (0, 1, 2, 3, 6))
        for form in truth["indicators"]
        for row in form["rows"]
    ]
    assert sorted(read) == sorted(told)


def test_no_amount_is_lost(dataset: Path) -> None:
    assert rows(dataset, "unmapped") == []


@pytest.mark.slow
def test_an_independent_reader_finds_each_figure_in_its_box(dataset: Path, corpus: Path) -> None:
    by_document: dict[str, list[dict[str, str]]] = {}
    for row in rows(dataset, "facts"):
        by_document.setdefault(row["source"], []).append(row)
    wrong = []
    for source, facts in by_document.items():
        with pdfplumber.open(corpus / source) as pdf:
            for row in facts:
                page = pdf.pages[int(row["page"]) - 1]
                x0, top, x1, bottom = (float(row[edge]) for edge in ("x0", "top", "x1", "bottom"))
                inside = [
                    char
                    for char in page.chars
                    if x0 - 1 <= (char["x0"] + char["x1"]) / 2 <= x1 + 1
                    and top - 1 <= (char["top"] + char["bottom"]) / 2 <= bottom + 1
                ]
                lines = sorted(inside, key=lambda char: (round(char["top"]), char["x0"]))
                if squeeze("".join(char["text"] for char in lines)) != row["printed"]:
                    wrong.append((source, row["page"], row["printed"]))
    assert wrong == []
