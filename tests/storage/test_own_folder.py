"""Nothing that the program did not write is replaced, and nothing is lost when a step fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.errors import UsageError
from budgetkit.storage.manifest import MANIFEST, claim, is_as_written, strange_file
from budgetkit.storage.own_folder import check_folder, replaced


def write(out: Path, text: str) -> None:
    with replaced(out, "a dataset") as folder:
        (folder / "a.txt").write_text(text)


def test_a_folder_of_ours_is_replaced(tmp_path: Path) -> None:
    for text in ("first", "second"):
        write(tmp_path / "out", text)
    assert (tmp_path / "out/a.txt").read_text() == "second"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [MANIFEST, "a.txt"]


@pytest.mark.parametrize("name", ["paper.pdf", "notes/my.docx", ".hidden"])
def test_a_file_of_the_user_in_it_is_named_and_kept(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    write(out, "first")
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine")
    with pytest.raises(UsageError, match=f"not a dataset, as {name}; it would be replaced"):
        write(out, "second")
    assert (out / name).read_text() == "mine"
    assert (out / "a.txt").read_text() == "first"


def test_what_the_system_puts_there_does_not_count(tmp_path: Path) -> None:
    write(tmp_path / "out", "first")
    (tmp_path / "out/.DS_Store").write_text("")
    assert strange_file(tmp_path / "out") == ""


def test_an_output_inside_a_folder_that_is_replaced_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "out", "first")
    with pytest.raises(UsageError, match="inside out"):
        check_folder(tmp_path / "out/deep/er")


def test_the_old_folder_stays_when_the_new_one_can_not_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write(out, "first")
    move = Path.replace

    def broken(path: Path, target: Path) -> Path:
        if path.name.endswith(".new"):
            raise OSError("disk gone")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="disk gone"):
        write(out, "second")
    assert (out / "a.txt").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_run_killed_between_two_steps_left_is_put_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "first")
    out.rename(tmp_path / ".out.old")
    with pytest.raises(RuntimeError), replaced(out, "a dataset"):
        raise RuntimeError
    assert (out / "a.txt").read_text() == "first"


def test_a_file_that_was_changed_is_seen(tmp_path: Path) -> None:
    write(tmp_path / "out", "first")
    assert is_as_written(tmp_path / "out", ["a.txt"])
    (tmp_path / "out/a.txt").write_text("fir")
    assert not is_as_written(tmp_path / "out", ["a.txt"])


@pytest.mark.parametrize("spoiled", ["", "[]", "{}", '{"files": 3}', "\udcff"])
def test_a_spoiled_manifest_makes_every_file_strange(tmp_path: Path, spoiled: str) -> None:
    write(tmp_path / "out", "first")
    (tmp_path / "out" / MANIFEST).write_bytes(spoiled.encode("utf-8", "surrogateescape"))
    assert strange_file(tmp_path / "out") == "a.txt"


def test_a_name_is_claimed_once_and_then_ours(tmp_path: Path) -> None:
    claim(tmp_path, ["index.html"])
    (tmp_path / "index.html").write_text("ours")
    claim(tmp_path, ["index.html", "b.html"])
    (tmp_path / "c.html").write_text("mine")
    with pytest.raises(UsageError, match=r"holds c\.html"):
        claim(tmp_path, ["c.html"])
