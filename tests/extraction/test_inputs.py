"""Which files a run reads, and what it calls them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from budgetkit.errors import UsageError
from budgetkit.extraction.inputs import find_inputs, printable


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


def test_links_are_followed_and_a_loop_of_them_ends(tmp_path: Path) -> None:
    put(tmp_path / "in/a.pdf", "1")
    put(tmp_path / "elsewhere/b.pdf", "2")
    (tmp_path / "in/other").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "elsewhere/back").symlink_to(tmp_path / "in")
    (tmp_path / "in/self.pdf").symlink_to("self.pdf")
    found = {item.source: item for item in find_inputs([tmp_path / "in"])}
    assert {"a.pdf", "other/b.pdf"} <= set(found)
    assert len(found) == 3
    assert found["self.pdf"].sha256 == ""


def test_a_loop_that_is_given_itself_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "self.pdf").symlink_to("self.pdf")
    with pytest.raises(UsageError, match="no such file"):
        find_inputs([tmp_path / "self.pdf"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_listed(tmp_path: Path) -> None:
    put(tmp_path / "shut/a.pdf", "1")
    put(tmp_path / "b.pdf", "2").chmod(0)
    (tmp_path / "shut").chmod(0)
    try:
        found = {item.source: item for item in find_inputs([tmp_path])}
    finally:
        (tmp_path / "shut").chmod(0o755)
    assert found["b.pdf"].sha256 == ""
    assert any("can't be listed" in item.problem for item in found.values())


def test_a_folder_that_can_not_be_listed_is_a_row_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "shut/a.pdf", "1")
    put(tmp_path / "b.pdf", "2")
    scan = os.scandir

    def shut(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", shut)
    good, bad = find_inputs([tmp_path])
    assert (good.source, good.problem) == ("b.pdf", "")
    assert bad.problem == "can't be listed (Permission denied)"
    assert bad.source == f"{tmp_path.name}/shut"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("二〇二五（部门）.pdf", "二〇二五（部门）.pdf"),
        ("a\nb\x07.pdf", r"a\x0ab\x07.pdf"),
        ("left\u202eto.pdf", r"left\u202eto.pdf"),
        (os.fsdecode(b"\xb2\xbf.pdf"), r"\xb2\xbf.pdf"),
    ],
)
def test_a_name_can_be_shown_anywhere(name: str, shown: str) -> None:
    assert printable(name) == shown
    assert printable(name).isprintable()
