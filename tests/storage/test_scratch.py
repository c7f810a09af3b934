"""Nothing temporary stays behind."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from budgetkit.storage.scratch import LOCK, PREFIX, scratch


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_all_that_is_temporary_lies_in_one_folder_and_goes(temporary: Path) -> None:
    with scratch():
        inside = Path(tempfile.mkdtemp())
        assert inside.parent.parent == temporary
        assert Path(os.environ["JUPYTER_RUNTIME_DIR"]).is_dir()
    assert list(temporary.iterdir()) == []
    assert Path(tempfile.gettempdir()) == temporary


def test_what_a_killed_command_left_goes_and_what_another_holds_stays(temporary: Path) -> None:
    killed = temporary / f"{PREFIX}killed"
    killed.mkdir()
    (killed / LOCK).touch()
    (killed / "large").write_bytes(b"0")
    with scratch():
        held = set(temporary.iterdir())
        with scratch():
            assert held <= {*temporary.iterdir()}
        assert len(held) == 1
        assert not killed.exists()
