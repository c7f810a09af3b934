"""What tests share: the folders they read and how they run the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

#: The commands that users rely on.
COMMANDS = ("extract", "audit", "compare", "report", "locate", "learn", "lab", "demo")

#: Runs the console script's function, in whatever environment the tests run in.
RUN_CLI = "import sys; from budgetkit.cli import main; sys.argv[0] = 'budgetkit'; sys.exit(main())"

#: Where browser tests keep what they saw; continuous integration keeps it.
SHOTS = Path(os.environ.get("BUDGETKIT_SCREENSHOTS") or ROOT / "reports" / "browser")

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Development documents beside the clone, which are not part of the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the development documents (../shared) are not beside this clone")
    return folder


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
    from budgetkit.checks.audit.run import audit
    from budgetkit.extraction.extract import extract

    out = tmp_path_factory.mktemp("sample") / "dataset"
    extract([corpus], out, jobs=2)
    audit(out)
    return out


def chromium_path() -> str:
    """The system's Chromium, which the browser tests drive; without one they are skipped."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("there is no chromium on this machine: apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium of the system."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def run_cli() -> RunCli:
    """Run ``budgetkit ARGUMENTS...`` in a process of its own; its output is plain and wide."""
    plain = {
        "COLUMNS": "200",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    environment = os.environ | plain

    def run(
        *arguments: str | Path, cwd: Path = ROOT, timeout: float = 300
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", RUN_CLI, *map(str, arguments)],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return run
