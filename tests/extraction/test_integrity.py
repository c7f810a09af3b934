"""What was read is what is recorded, whatever happens to the files meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from budgetkit.errors import UsageError
from budgetkit.extraction import extract as extracting
from budgetkit.extraction.codec import Passing, is_passing, pack, read_entry
from budgetkit.extraction.extract import Extraction, extract
from budgetkit.extraction.inputs import Input, find_inputs
from budgetkit.storage.manifest import sha256_of
from budgetkit.storage.reader import DatasetReader
from tests.helpers.runs import contents

ONE, OTHER = "yunting-jtj-2025.pdf", "yunting-wjw-2023.pdf"


@pytest.fixture
def folder(corpus: Path, tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.pdf").write_bytes((corpus / ONE).read_bytes())
    return tmp_path


def run(folder: Path, out: str = "out") -> Extraction:
    return extract([folder / "in"], folder / out, jobs=0)


def test_a_file_that_is_swapped_after_listing_is_a_failed_row_and_read_the_next_time(
    folder: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, "undisturbed")
    one, other = ((corpus / name).read_bytes() for name in (ONE, OTHER))

    def swapped(paths: object) -> list[Input]:
        listed = find_inputs([folder / "in"])
        (folder / "in/a.pdf").write_bytes(other)
        return listed

    monkeypatch.setattr(extracting, "find_inputs", swapped)
    [row] = run(folder).documents
    assert (row["status"], row["error"]) == (
        "failed", "was changed while it was read; run it again"
    )  # fmt: skip
    monkeypatch.undo()
    (folder / "in/a.pdf").write_bytes(one)
    run(folder)
    assert contents(folder / "out") == contents(folder / "undisturbed")


def test_a_file_that_is_gone_or_shut_is_not_kept_as_such(folder: Path) -> None:
    entry = read_entry(str(folder / "in/none.pdf"), "0" * 64, None, False)
    assert is_passing(entry)
    assert b"can't be opened (No such file or directory)" in entry
    assert is_passing(pack(Passing("no memory")))
    assert not is_passing(pack("is not a PDF"))


def test_bytes_that_travel_are_checked_as_well(folder: Path) -> None:
    assert is_passing(read_entry(b"%PDF-1.4", "0" * 64, None, False))


def test_a_pipe_is_a_failed_row_and_stops_nothing(folder: Path) -> None:
    os.mkfifo(folder / "in/b.pdf")
    good, pipe = run(folder).documents
    assert good["status"] == "ok"
    assert pipe["error"] == "is a pipe or a device, not a file"


@pytest.mark.parametrize("name", ["facts.parquet", "documents.csv", "sources.local.json"])
@pytest.mark.parametrize("spoil", ["cut", "gone", "text"])
def test_a_dataset_that_was_spoiled_is_written_anew(folder: Path, name: str, spoil: str) -> None:
    run(folder)
    good = contents(folder / "out")
    file = folder / "out" / name
    if spoil == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:100] if spoil == "cut" else b"text")
    if name.endswith("parquet"):
        with pytest.raises(UsageError, match=r"(is gone|cut, or changed).*run 'budgetkit extract'"):
            DatasetReader(folder / "out")
    run(folder)
    assert contents(folder / "out") == good


@pytest.mark.parametrize("text", ["", "[]", "{", "3"])
def test_a_spoiled_package_is_one_sentence(folder: Path, text: str) -> None:
    run(folder)
    (folder / "out/datapackage.json").write_text(text)
    with pytest.raises(UsageError, match="can't be read"):
        DatasetReader(folder / "out")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"state": 3}'])
def test_a_spoiled_journal_is_read_anew(folder: Path, text: str) -> None:
    run(folder)
    good = contents(folder / "out")
    (folder / ".out.journal/dataset").write_text(text)
    run(folder)
    assert contents(folder / "out") == good


def test_pdfs_in_the_output_are_never_deleted(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"files that are not a dataset, as a\.pdf"):
        extract([folder / "in"], folder / "in", jobs=0)
    run(folder)
    (folder / "out/b.pdf").write_bytes((folder / "in/a.pdf").read_bytes())
    digest = sha256_of(folder / "out/b.pdf")
    with pytest.raises(UsageError, match=r"as b\.pdf"):
        extract([folder / "out"], folder / "out", jobs=0)
    assert sha256_of(folder / "out/b.pdf") == digest
