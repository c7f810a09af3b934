"""What the tests and the examples in docstrings share: the bundled corpus, read by today's code."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.doctest import DoctestItem

ROOT = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The bundled corpus, typeset by ``python -m tests.typesetter``."""
    folder = ROOT / "data" / "sample"
    if not any(folder.rglob("*.pdf")):
        pytest.skip("data/sample holds no PDF: run `make corpus`")
    return folder


@pytest.fixture(scope="session")
def sample_dataset(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled corpus, extracted and audited once for all tests; none may write into it."""
    import budgetkit as bk

    out = tmp_path_factory.mktemp("sample") / "dataset"
    bk.extract([corpus], out, jobs=2)
    bk.audit(out)
    return out


@pytest.fixture(autouse=True)
def demo_is_the_sample(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let examples in docstrings read the dataset of the tests, not one of an earlier day."""
    if isinstance(request.node, DoctestItem):
        from budgetkit import demo

        monkeypatch.setattr(demo, "demo_dataset", lambda: request.getfixturevalue("sample_dataset"))
