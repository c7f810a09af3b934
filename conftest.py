"""What the tests and the examples in docstrings share: the bundled corpus, read by today's code."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.doctest import DoctestItem

ROOT = Path(__file__).resolve().parent

MadeOnce = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The bundled corpus, typeset by ``python -m tests.typesetter``."""
    folder = ROOT / "data" / "sample"
    if not any(folder.rglob("*.pdf")):
        pytest.skip("data/sample holds no PDF: run `make corpus`")
    return folder


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Make a folder once a session, however many processes run the tests; the others wait."""

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        if "PYTEST_XDIST_WORKER" not in os.environ:
            made = tmp_path_factory.mktemp(name)
            make(made)
            return made
        import fcntl

        made = tmp_path_factory.getbasetemp().parent / name
        with made.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (made / "whole").exists():
                made.mkdir()
                make(made)
                (made / "whole").touch()
        return made

    return folder


@pytest.fixture(scope="session")
def sample_dataset(corpus: Path, made_once: MadeOnce) -> Path:
    """The bundled corpus, extracted and audited once for all tests; none may write into it."""

    def make(folder: Path) -> None:
        import budgetkit as bk

        bk.extract([corpus], folder / "dataset", jobs=2)
        bk.audit(folder / "dataset")

    return made_once("sample", make) / "dataset"


@pytest.fixture(autouse=True)
def demo_is_the_sample(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let examples in docstrings read the dataset of the tests, not one of an earlier day."""
    if isinstance(request.node, DoctestItem):
        from budgetkit import demo

        monkeypatch.setattr(demo, "demo_dataset", lambda: request.getfixturevalue("sample_dataset"))
