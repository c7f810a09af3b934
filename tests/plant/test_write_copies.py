"""Folders of broken copies: PDFs, key and sheets, the same bytes for the same seed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from budgetkit.cli import main
from budgetkit.errors import UsageError
from budgetkit.plant.key import KEY
from budgetkit.plant.sources import corpus as clean
from budgetkit.plant.sources import find_documents
from budgetkit.plant.write_copies import write_planted


def key(folder: Path) -> list[dict[str, str]]:
    assert (folder / "key.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (folder / "key.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_copy_for_each_kind_and_the_same_bytes_again(tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = write_planted(
            ["yunting-sjj-2024"], tmp_path / name, kinds=["item", "weight", "subordinate"], seed=3
        )
        assert (done.copies, done.errors) == (2, 2)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    rows = key(tmp_path / "one")
    assert tuple(rows[0]) == KEY
    assert [row["file"] for row in rows] == [
        "item/yunting-sjj-2024.pdf",
        "weight/yunting-sjj-2024.pdf",
    ]
    assert all(row["page"] and row["table"] and row["shown_by_zh"] for row in rows)


def test_a_class_has_a_folder_for_each_student(tmp_path: Path) -> None:
    out = tmp_path / "class"
    done = write_planted([], out, students=2, errors=2, seed=7)
    assert (done.copies, done.errors) == (2, 4)
    for number in (1, 2):
        folder = out / f"student-0{number}"
        (pdf,) = folder.glob("*.pdf")
        assert {path.name for path in folder.iterdir()} == {
            pdf.name,
            "dataset",
            "findings.csv",
            "sheet.html",
        }
        assert (folder / "dataset" / "facts.csv").is_file()
        assert not (folder / "dataset" / "checks.csv").exists()
        assert pdf.name in (folder / "sheet.html").read_text(encoding="utf-8")
    assert {row["student"] for row in key(out)} == {"student-01", "student-02"}


@pytest.mark.slow
def test_one_document_for_many_students_has_other_errors_each_time(tmp_path: Path) -> None:
    jobs = ["head_count", "procurement_sum"]
    with pytest.raises(UsageError, match="no other errors"):
        write_planted(["yunting-sjj-2024"], tmp_path / "no", kinds=jobs[:1], errors=1, students=12)
    assert not (tmp_path / "no").exists()


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(UsageError, match="the folder holds files"):
        write_planted(["yunting-sjj-2024"], tmp_path)
    assert files(tmp_path) == {"mine.txt": b"kept"}


def test_documents_are_found_by_name_and_by_file(tmp_path: Path, corpus: Path) -> None:
    by_name = find_documents(["yunting-sjj-2024"])
    assert by_name == find_documents([str(corpus / "yunting-sjj-2024.pdf")])
    assert by_name == find_documents([str(corpus / "yunting-sjj-2024.json")])
    assert find_documents([]) == clean()
    with pytest.raises(UsageError, match="no clean disclosure"):
        find_documents(["nix.pdf"])
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError, match="not a data file"):
        find_documents([str(tmp_path / "a.json")])


def test_the_command_says_what_is_wrong_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plant", "--list", "--lang", "en"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 18
    assert main(["plant"]) == 2
    assert "no folder is given; name one with --out" in capsys.readouterr().err
    out = tmp_path / "out"
    wrong = ["plant", "yunting-wjw-2024", "--kind", "weight", "--out", str(out)]
    assert main(wrong) == 2
    assert "can have an error of the kind weight" in capsys.readouterr().err
    assert not out.exists()
