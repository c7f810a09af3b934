"""`budgetkit new`: everything a project needs, and never a file lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from budgetkit import bundled
from budgetkit.errors import UsageError
from budgetkit.project.lay_out import copy_notebooks, new_project, own_notebooks
from tests.conftest import ROOT, RunCli


def test_a_project_has_its_folders_its_notebooks_and_what_to_do_next(tmp_path: Path) -> None:
    readme = new_project(tmp_path / "city", lang="en")
    assert sorted(path.name for path in readme.parent.iterdir()) == [
        "README.md", "data", "notebooks", "reports",
    ]  # fmt: skip
    said = readme.read_text(encoding="utf-8")
    assert said.startswith("# city\n")
    assert [line.split()[1] for line in said.splitlines() if line.startswith("budgetkit ")] == [
        "extract", "report", "lab",
    ]  # fmt: skip
    assert (readme.parent / "notebooks" / "explore.ipynb").is_file()
    assert "lessons/en/01_first_look.ipynb" in said
    assert (readme.parent / "notebooks" / "lessons" / "en" / "01_first_look.ipynb").is_file()


def test_what_was_edited_stays_and_what_is_missing_comes_back(tmp_path: Path) -> None:
    readme = new_project(tmp_path)
    edited = tmp_path / "notebooks" / "explore.ipynb"
    edited.write_text("mine", encoding="utf-8")
    readme.write_text("mine too", encoding="utf-8")
    (tmp_path / "notebooks" / "audit.ipynb").unlink()
    assert new_project(tmp_path) == readme
    assert edited.read_text(encoding="utf-8") == "mine"
    assert readme.read_text(encoding="utf-8") == "mine too"
    assert (tmp_path / "notebooks" / "audit.ipynb").is_file()
    assert copy_notebooks(tmp_path / "notebooks") == []


def test_a_folder_of_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="not a project"):
        new_project(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(UsageError, match="a file"):
        new_project(tmp_path / "thesis.txt")
    with pytest.raises(UsageError, match="language"):
        new_project(tmp_path / "new", lang="fr")


def test_the_command_says_what_to_do_next(run_cli: RunCli, tmp_path: Path) -> None:
    done = run_cli("new", tmp_path / "city")
    assert done.returncode == 0
    assert str(tmp_path / "city" / "README.md") in done.stdout


def test_in_a_clone_the_notebooks_are_its_own() -> None:
    assert own_notebooks() == ROOT / "notebooks"
    assert bundled.project_folder() == ROOT


def test_installed_work_goes_to_the_project_that_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetkit.bundled.is_clone", lambda: False)
    monkeypatch.setattr("budgetkit.project.lay_out.is_clone", lambda: False)
    monkeypatch.chdir(tmp_path)
    assert bundled.demo_dataset() == tmp_path / "data" / "processed" / "demo"
    assert own_notebooks() == tmp_path / "notebooks"
    # The kernel of a notebook stands in its folder.
    monkeypatch.chdir(tmp_path / "notebooks")
    assert bundled.demo_dataset() == tmp_path / "data" / "processed" / "demo"
    assert own_notebooks() == tmp_path / "notebooks"


def test_lab_hands_its_options_on(run_cli: RunCli, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr("budgetkit.lab.start", lambda command: called.append(command) or 0)
    done = run_cli("lab", "--no-browser", "--port=8899", "--allow-root")
    assert done.returncode == 0
    assert called[0][-3:] == ["--no-browser", "--port=8899", "--allow-root"]


@pytest.mark.skipif(os.name != "posix", reason="a process can't become another one there")
def test_lab_becomes_jupyterlab_so_that_a_signal_ends_it() -> None:
    code = (
        "import os, sys; from budgetkit.lab import start; print(os.getpid());"
        "start([sys.executable, '-c', 'import os; print(os.getpid())'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    first, second = done.stdout.split()
    assert first == second
