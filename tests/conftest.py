"""What tests share beside the corpus: other folders, a browser, the command line."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings

from budgetkit.storage.scratch import ASIDE

# No test is timed: how long an example takes depends on what else the machine does.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent

#: The commands that users rely on.
COMMANDS = (
    "extract",
    "audit",
    "compare",
    "report",
    "site",
    "locate",
    "learn",
    "merge",
    "export",
    "plant",
    "lessons",
    "lab",
    "new",
    "demo",
)

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
def real_dataset(shared: Path, made_once: Callable[..., Path]) -> Path:
    """The published documents, extracted once for all tests; none may write into it."""

    def make(folder: Path) -> None:
        from budgetkit.extraction.extract import extract

        extract([shared / "real"], folder / "dataset", jobs=2)

    return made_once("real", make) / "dataset"


@pytest.fixture(scope="session")
def parted(sample_dataset: Path, made_once: Callable[..., Path]) -> Path:
    """The bundled corpus as a dataset in partitions, not audited; none may write into it."""
    from tests.helpers.partitioned import partition

    return made_once("parted", lambda folder: partition(sample_dataset, folder / "ds")) / "ds"


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
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, as a publisher builds it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (made,) = folder.glob("*.whl")
    return made


PLAIN = {"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}


@pytest.fixture(scope="session")
def run_cli() -> RunCli:
    """Run ``budgetkit ARGUMENTS...`` in this process; its output is plain and wide."""
    from budgetkit.cli import main

    def run(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, PLAIN),
            mock.patch.object(sys, "argv", ["budgetkit", *words]),
            contextlib.chdir(cwd),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            # A command that fails leaves the folder of its threads to the end of its process.
            mock.patch.object(tempfile, "tempdir", tempfile.tempdir),
        ):
            code = main()
            for thread in threading.enumerate():
                if thread.name == ASIDE:
                    thread.join(60)
        return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture(scope="session")
def run_process() -> RunCli:
    """Run ``budgetkit ARGUMENTS...`` in a process of its own, where that is what is tested."""
    environment = os.environ | PLAIN | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}

    def run(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", RUN_CLI, *map(str, arguments)],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run
