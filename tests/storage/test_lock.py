"""One run at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.errors import UsageError
from budgetkit.storage.lock import locked
from budgetkit.storage.own_folder import replaced


def test_the_second_run_says_so_and_nothing_stays(tmp_path: Path) -> None:
    with replaced(tmp_path / "out", "a comparison") as folder:
        (folder / "a").touch()
        with (
            pytest.raises(UsageError, match=r"another run is writing this folder \(process \d+\)"),
            replaced(tmp_path / "out", "a comparison"),
        ):
            pass
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_a_lock_of_odd_bytes_is_a_lock(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(b"\xff\xfe\x00")
    with locked(tmp_path / "lock", tmp_path), pytest.raises(UsageError):  # noqa: SIM117
        with locked(tmp_path / "lock", tmp_path):
            pass
