"""Which files a run reads, and what it calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.errors import UsageError
from budgetkit.inputs import find_inputs


def put(path: Path, words: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


def test_a_folder_means_every_pdf_below_it(tmp_path: Path) -> None:
    put(tmp_path / "b/x.PDF", "1")
    put(tmp_path / "a.pdf", "2")
    put(tmp_path / "note.txt", "3")
    found = find_inputs([tmp_path])
    assert [(item.source, item.document) for item in found] == [("a.pdf", "a"), ("b/x.PDF", "x")]


def test_folder_names_are_added_only_where_stems_clash(tmp_path: Path) -> None:
    for name in ("2024/jyj.pdf", "2025/jyj.pdf", "2025/mzj.pdf"):
        put(tmp_path / name, name)
    assert [item.document for item in find_inputs([tmp_path])] == ["2024/jyj", "2025/jyj", "mzj"]


def test_the_same_bytes_twice_are_read_once(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf", "same")
    put(tmp_path / "b.pdf", "same")
    first, second = find_inputs([tmp_path])
    assert first.problem == ""
    assert "a.pdf" in second.problem


def test_a_file_named_twice_is_listed_once(tmp_path: Path) -> None:
    file = put(tmp_path / "a.pdf", "1")
    assert len(find_inputs([file, tmp_path])) == 1


def test_a_folder_without_a_pdf_is_listed_with_its_problem(tmp_path: Path) -> None:
    (item,) = find_inputs([tmp_path])
    assert "no PDF" in item.problem


def test_a_path_that_does_not_exist_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        find_inputs([tmp_path / "gone.pdf"])
