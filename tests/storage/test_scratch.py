"""Nothing temporary stays behind."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from budgetkit.storage.scratch import LOCK, PREFIX, scratch
from budgetkit.work.aside import begin_aside


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


def test_what_a_killed_command_left_goes_and_what_another_holds_stays(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = temporary / f"{PREFIX}killed"
    killed.mkdir()
    (killed / "large").write_bytes(b"0")
    killed.with_suffix(LOCK).touch()
    with scratch():
        assert not killed.exists()
        held = {path for path in temporary.iterdir() if path.stem != killed.name}
        monkeypatch.setattr(tempfile, "tempdir", str(temporary))  # as of another process
        with scratch():
            assert held <= {*temporary.iterdir()}
        assert {path.suffix for path in held} == {"", LOCK}
    assert list(temporary.iterdir()) == []


def test_what_a_dying_process_writes_when_its_folder_was_swept_up_goes_too(temporary: Path) -> None:
    late = temporary / f"{PREFIX}killed" / "runtime" / "kernel.json"
    late.parent.mkdir(parents=True)
    late.parent.parent.with_suffix(LOCK).touch()
    with scratch():
        late.parent.mkdir(parents=True)
        late.touch()
    with scratch():
        assert not late.exists()
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="there are no such locks")
def test_where_files_cannot_be_locked_nothing_stays(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(OSError, match="No locks"), scratch():
        pass
    assert list(temporary.iterdir()) == []


def test_a_folder_of_a_user_that_has_such_a_name_stays(temporary: Path) -> None:
    (temporary / f"{PREFIX}results").mkdir()
    with scratch():
        pass
    assert [path.name for path in temporary.iterdir()] == [f"{PREFIX}results"]


def test_what_goes_on_after_an_interrupted_command_leaves_nothing(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(temporary))
    ended = threading.Event()

    def late() -> Path:
        ended.wait()
        return Path(tempfile.mkstemp(".json")[1])

    with scratch():
        done = begin_aside(late)
    ended.set()
    with pytest.raises(FileNotFoundError):
        done.result()
    assert list(temporary.iterdir()) == []


#: A command that becomes another one, as `budgetkit lab` becomes JupyterLab.
BECOMES = """
import os, sys
from budgetkit.storage.scratch import scratch
with scratch():
    os.execv(sys.executable, [sys.executable, "-c", "print('there', flush=True); input()"])
"""


@pytest.mark.skipif(os.name != "posix", reason="no process becomes another one there")
def test_the_folder_of_a_command_that_became_another_stays_while_that_runs(temporary: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BECOMES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "there\n"
        (held,) = (path for path in temporary.iterdir() if path.is_dir())
        with scratch():
            assert (held / "runtime").is_dir()
        other.stdin.close()
    with scratch():
        assert not held.exists()
