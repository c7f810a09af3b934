"""``budgetkit lessons``: keys never lie among the notebooks that students open."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT, RunCli


def test_keys_go_where_they_are_wanted(run_cli: RunCli, tmp_path: Path) -> None:
    done = run_cli("lessons", "build", "--out", tmp_path / "class")
    assert done.returncode == 0, done.stderr
    assert "keys" in done.stdout
    assert {path.name for path in (tmp_path / "class").iterdir()} == {"zh", "en", "keys"}
    done = run_cli("lessons", "build", "--no-keys", "--out", tmp_path / "students")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "students").iterdir()} == {"zh", "en"}
    assert {path.name for path in (ROOT / "notebooks" / "lessons").iterdir()} == {"zh", "en"}
    assert run_cli("lessons").returncode == 2
