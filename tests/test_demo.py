"""The bundled corpus where the notebooks look for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit import demo
from tests.helpers.truth import NAMES


def test_the_corpus_is_extracted_once(
    sample_dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Beside the dataset to come, what another run of the same code read: that is fast.
    shutil.copytree(sample_dataset.parent / ".dataset.journal", tmp_path / ".demo.journal")
    monkeypatch.setattr(demo, "demo_dataset", lambda: tmp_path / "demo")
    folder = demo.prepare(jobs=2)
    assert list(bk.read_dataset(folder).documents["document"]) == NAMES
    stamp = (folder / "facts.csv").stat().st_mtime_ns
    assert demo.prepare() == folder
    assert (folder / "facts.csv").stat().st_mtime_ns == stamp
