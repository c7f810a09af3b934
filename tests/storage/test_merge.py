"""Datasets are put together without a document twice, and what stays is not touched."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetkit.errors import UnreadableDocument, UsageError
from budgetkit.extraction import codec
from budgetkit.extraction.extract import extract
from budgetkit.storage import write_parts
from budgetkit.storage.answers import Answer, read_file, write_answers
from budgetkit.storage.merge import merge
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.write import ANSWERS
from budgetkit.work.journal import Journal
from tests.helpers.runs import contents

OLD, NEW, OTHER = "yanping-sfj-office-2023", "yanping-sfj-office-2025", "yanping-sfj-2025"
KEPT = "year=2023/region=unknown"


@pytest.fixture(scope="module")
def made(corpus: Path, made_once: Callable[..., Path]) -> Path:
    """Datasets of one or two of the corpus; none may write into them."""

    def make(folder: Path) -> None:
        for name, stems in {
            "all": [OLD, NEW, OTHER], "old": [OLD], "new": [NEW], "other": [OTHER],
        }.items():  # fmt: skip
            pdfs = [corpus / f"{stem}.pdf" for stem in stems]
            if name != "all":  # what was read of a PDF is read from there
                shutil.copytree(Journal(folder / "all").place, Journal(folder / name).place)
            extract(pdfs, folder / name, jobs=0, partitioned=name != "other")

    return made_once("merge", make)


def parts(folder: Path) -> dict[str, bytes]:
    """The files of the partitions."""
    return {name: made for name, made in contents(folder).items() if name.startswith("year=")}


def test_merged_is_as_if_all_had_been_read_at_once(made: Path, tmp_path: Path) -> None:
    done = merge([made / "old", made / "new", made / "other"], tmp_path / "ds")
    assert done == (3, 2, 0, 0)
    assert parts(tmp_path / "ds") == parts(made / "all")
    merge([made / "other", made / "new", made / "old"], tmp_path / "turned")
    assert contents(tmp_path / "turned") == contents(tmp_path / "ds")
    assert set(DatasetReader(tmp_path / "ds").sources()) == {OLD, NEW, OTHER}


def test_a_dataset_is_extended(made: Path, tmp_path: Path) -> None:
    out = shutil.copytree(made / "old", tmp_path / "ds")
    write_answers(out, [Answer(("a-1",), "refuted", "mine")])
    (tmp_path / "in").mkdir()
    shutil.copytree(made / "new", tmp_path / "new")
    told = [Answer(("a-1",), "accepted", ""), Answer(("b-2",), "accepted", "")]
    write_answers(tmp_path / "new", told)
    before = {file.name: (file.stat().st_ino, file.stat().st_mtime_ns)
              for file in (out / KEPT).iterdir()}  # fmt: skip
    assert merge([tmp_path / "new"], out) == (2, 2, 1, 0)
    assert merge([made / "other", made / "new"], out) == (3, 2, 1, 1)
    assert parts(out) == parts(made / "all")
    after = {file.name: (file.stat().st_ino, file.stat().st_mtime_ns)
             for file in (out / KEPT).iterdir()}  # fmt: skip
    assert after == before
    answers = {one.findings: one.answer for one in read_file(out / ANSWERS)}
    assert answers == {("a-1",): "refuted", ("b-2",): "accepted"}
    with pytest.raises(UsageError, match="was put together by 'budgetkit merge', and would be"):
        extract([tmp_path / "in"], out, jobs=0)
    assert merge([out], out) == (3, 2, 2, 0)


def test_a_year_and_region_gives_way_to_a_new_one(made: Path, tmp_path: Path) -> None:
    out = shutil.copytree(made / "all", tmp_path / "ds")
    assert merge([made / "new"], out, replace=True) == (2, 2, 1, 0)
    assert set(DatasetReader(out).documents["document"]) == {OLD, NEW}
    assert merge([made / "old"], tmp_path / "fresh", replace=True) == (1, 1, 0, 0)


def test_one_id_for_two_documents_is_refused(made: Path, corpus: Path, tmp_path: Path) -> None:
    shutil.copyfile(corpus / f"{NEW}.pdf", tmp_path / f"{OLD}.pdf")
    extract([tmp_path / f"{OLD}.pdf"], tmp_path / "same", jobs=0)
    out = shutil.copytree(made / "old", tmp_path / "ds")
    before = contents(out)
    with pytest.raises(UsageError, match=f"same: '{OLD}' is another document than that of ds; "):
        merge([tmp_path / "same"], out)
    assert contents(out) == before


def test_what_one_could_not_read_is_taken_from_the_other(
    made: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object, **__: object) -> None:
        raise UnreadableDocument("can't be read today")

    monkeypatch.setattr(codec, "read_file", unreadable)
    extract([corpus / f"{OLD}.pdf"], tmp_path / "failed", jobs=0)
    assert DatasetReader(tmp_path / "failed").documents["status"].tolist() == ["failed"]
    assert merge([tmp_path / "failed", made / "old"], tmp_path / "ds") == (1, 1, 0, 1)
    assert parts(tmp_path / "ds") == parts(made / "old")


def test_files_of_a_user_stay_and_spoiled_ones_are_not_taken(made: Path, tmp_path: Path) -> None:
    out = shutil.copytree(made / "new", tmp_path / "ds")
    (out / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"not a dataset, as notes\.txt"):
        merge([made / "old"], out)
    spoiled = shutil.copytree(made / "old", tmp_path / "spoiled")
    (spoiled / KEPT / "facts.parquet").write_bytes(b"PAR1")
    for target in ("fresh", "ds"):
        (out / "notes.txt").unlink(missing_ok=True)
        with pytest.raises(UsageError, match=f"{KEPT} is not as it was written"):
            merge([spoiled], tmp_path / target)
    assert parts(out) == parts(made / "new")
    assert not (tmp_path / "fresh").exists()


@pytest.mark.parametrize("step", ["write_tables", "seal", "write_codelists", "_linked"])
def test_a_merge_that_fails_leaves_what_was_there(
    step: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = shutil.copytree(made / "old", tmp_path / "ds")
    before = contents(out)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(write_parts, step, full)
        with pytest.raises(OSError, match="No space left"):
            merge([made / "other"], out)
    assert contents(out) == before
    assert [file.name for file in tmp_path.iterdir()] == ["ds"]
    assert merge([made / "other", made / "new"], out) == (3, 2, 1, 0)
    assert parts(out) == parts(made / "all")
