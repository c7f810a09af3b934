"""A run that writes partitions: what stays is left alone, and the form is chosen by its length."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from budgetkit.errors import UsageError
from budgetkit.extraction import extract as module
from budgetkit.extraction.extract import extract
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.write import PACKAGE

FIRST, SECOND = "yanping-sfj-office-2023", "yanping-sfj-office-2025"


def put(corpus: Path, folder: Path, *stems: str) -> Path:
    folder.mkdir(exist_ok=True)
    for stem in stems:
        shutil.copyfile(corpus / f"{stem}.pdf", folder / f"{stem}.pdf")
    return folder


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Inode, time and bytes of each file."""
    return {
        file.relative_to(folder).as_posix(): (
            (about := file.stat()).st_ino, about.st_mtime_ns, file.read_bytes()
        )
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }  # fmt: skip


def test_a_year_more_leaves_the_others_alone(corpus: Path, tmp_path: Path) -> None:
    pdfs, out = put(corpus, tmp_path / "in", FIRST), tmp_path / "ds"
    extract([pdfs], out, jobs=0, partitioned=True)
    before = state(out)
    assert extract([pdfs], out, jobs=0).summary["kept"] == 1
    assert state(out) == before
    put(corpus, pdfs, SECOND)
    (pdfs / "bad.pdf").write_text("no PDF")
    done = extract([pdfs], out, jobs=0)
    after = state(out)
    folders = [path for path in after if path.endswith("facts.parquet")]
    assert folders == [
        "year=2023/region=unknown/facts.parquet",
        "year=2025/region=unknown/facts.parquet",
        "year=unknown/region=unknown/facts.parquet",
    ]
    stay = {name for name in before if name.startswith("year=2023/")}
    assert len(stay) > 15
    assert all(after[name] == before[name] for name in stay)
    assert done.failed == 1
    assert list(DatasetReader(out).documents["document"]) == [FIRST, SECOND, "bad"]

    # One that was spoiled is written anew, with the same bytes.
    (out / folders[0]).write_bytes(b"spoiled")
    extract([pdfs], out, jobs=0)
    mended = state(out)
    assert {name: content for name, (_, _, content) in mended.items()} == {
        name: content for name, (_, _, content) in after.items()
    }
    assert mended[folders[1]] == after[folders[1]]

    # A file of a user in a partition is named and kept.
    (out / "year=2023/notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"not a dataset, as year=2023/notes\.txt"):
        extract([pdfs], out, jobs=0)


def test_what_no_spreadsheet_opens_is_partitioned(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdfs, out = put(corpus, tmp_path / "in", FIRST), tmp_path / "ds"
    assert extract([pdfs], out, jobs=0).note == ""
    assert (out / "facts.csv").is_file()
    rows = len(DatasetReader(out).facts)
    monkeypatch.setattr(module, "SHEET_ROWS", rows)  # the names of the columns are a row, too
    put(corpus, pdfs, SECOND)
    done = extract([pdfs], out, jobs=0)
    assert done.note.startswith("facts has ")
    assert "more than a spreadsheet opens" in done.note
    assert not list(out.rglob("facts.csv"))

    # The form stays, unless another is asked for.
    monkeypatch.undo()
    assert extract([pdfs], out, jobs=0, force=True).note == ""
    assert not (out / "facts.csv").exists()
    extract([pdfs], out, jobs=0, partitioned=False)
    assert (out / "facts.csv").is_file()
    assert not list(out.glob("year=*"))
    assert "budgetkit_partitions" not in json.loads((out / PACKAGE).read_bytes())
