"""What a journal keeps is whole or nothing, and one run at a time is at it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.errors import UsageError
from budgetkit.work.journal import Journal, digest

KEY = digest("a document")


@pytest.mark.parametrize("place", ["folder", "memory"])
def test_what_was_put_is_got(tmp_path: Path, place: str) -> None:
    out = tmp_path / "dataset" if place == "folder" else "memory://test_journal/dataset"
    journal = Journal(out)
    assert journal.get(KEY) is None
    journal.put(KEY, b"figures\n\0")
    assert Journal(out).get(KEY) == b"figures\n\0"
    journal.sweep({KEY})
    assert journal.get(KEY) is not None
    journal.sweep({digest("another")})
    assert journal.get(KEY) is None


@given(st.data())
def test_an_entry_that_is_damaged_anywhere_is_not_believed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    out = tmp_path_factory.mktemp("journal") / "dataset"
    journal = Journal(out)
    journal.put(KEY, b"some figures")
    file = Path(journal.place) / KEY
    whole = file.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(st.sampled_from([whole[:place], whole[:place] + b"?" + whole[place + 1 :]]))
    file.write_bytes(damaged)
    assert journal.get(KEY) is None


def test_a_failure_by_a_limit_holds_for_that_limit_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "dataset")
    journal.put(KEY, b"too slow", condition="30 seconds")
    assert journal.get(KEY, condition="30 seconds") == b"too slow"
    assert journal.get(KEY, condition="60 seconds") is None


def test_half_of_a_file_that_a_killed_run_left_is_no_entry(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "dataset")
    journal.put(KEY, b"x")
    (Path(journal.place) / f".{KEY}.part").write_bytes(b"half")
    journal.sweep(set())
    assert journal.get(KEY) is None


def test_the_second_run_says_so_and_the_lock_is_never_stale(tmp_path: Path) -> None:
    out = tmp_path / "dataset"
    with (
        Journal(out).lock(),
        pytest.raises(UsageError, match="another run"),
        Journal(out).lock(),
    ):
        pytest.fail("two runs at once")
    with Journal(out).lock():
        pass
