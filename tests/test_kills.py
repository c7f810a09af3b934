"""Killed at any moment: nothing goes on, nothing stays behind, and the next run ends the same."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from budgetkit.extraction.extract import extract
from tests.conftest import ROOT, RUN_CLI
from tests.helpers.runs import SMALL, contents, until

#: Alone, since how soon a process ends depends on what else runs.
pytestmark = [pytest.mark.slow, pytest.mark.alone]
MOMENTS = 20
#: Kills of one run before it is let to end.
KILLS = 5
#: What is run, by its name here.
WORDS = {
    "extract": ["extract", "in", "--jobs", "2"],
    "partition": ["extract", "in", "--partitioned", "--jobs", "2"],
    "report": ["report", "ds", "--jobs", "2"],
    "compare": ["compare", "ds"],
}
#: Seconds in which all that a killed command started ends by itself.
SOON = 5.0


@pytest.fixture(scope="module")
def good(corpus: Path, made_once: Callable[..., Path]) -> Path:
    def make(folder: Path) -> None:
        (folder / "in").mkdir()
        for name in (SMALL, "yunting-jtj-2023.pdf", "yunting-jtj-2025.pdf"):
            shutil.copyfile(corpus / name, folder / "in" / name)
        extract([folder / "in"], folder / "ds", jobs=0)
        for command in ("extract", "partition", "report", "compare"):
            begin = time.monotonic()
            assert start(folder, command, "whole").wait() == 0
            (folder / f"{command}.seconds").write_text(str(time.monotonic() - begin))

    return made_once("kills", make)


def start(folder: Path, command: str, out: str) -> subprocess.Popen[bytes]:
    """Start a command whose temporary files go into a folder of its own."""
    words = [*WORDS[command], "--out", f"{out}-{command}"]
    temporary = folder / "tmp" / command
    temporary.mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-c", RUN_CLI, *words],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=as_at_a_terminal,
    )  # fmt: skip


def as_at_a_terminal() -> None:
    """Take Ctrl-C, which all that a shell starts in the background ignores, these tests too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started_by(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", ["extract", "report", "compare"])
def test_all_that_a_command_started_ends_soon(
    good: Path, command: str, number: signal.Signals
) -> None:
    seconds = float((good / f"{command}.seconds").read_text())
    for part in (0.3, 0.6, 0.85):
        process = start(good, command, f"killed-{number}")
        time.sleep(seconds * part)
        others = started_by(process)
        process.send_signal(number)
        process.wait(SOON)
        until(lambda found=others: not any(one.is_running() for one in found), SOON)  # type: ignore[misc]
        assert not any(one.is_running() for one in others)


@pytest.mark.parametrize("command", ["extract", "partition", "report"])
def test_killed_at_any_moment_it_ends_with_the_same_bytes(good: Path, command: str) -> None:
    seconds = float((good / f"{command}.seconds").read_text())
    killed = good / f"often-{command}"
    for moment in range(MOMENTS):
        process = start(good, command, "often")
        time.sleep(seconds * (moment + 0.5) / MOMENTS)
        process.kill()
        process.wait()
        if moment % KILLS == KILLS - 1:
            assert start(good, command, "often").wait() == 0
            assert contents(killed) == contents(good / f"whole-{command}")
            shutil.rmtree(killed)
            shutil.rmtree(killed.with_name(f".{killed.name}.journal"))
    assert start(good, command, "last").wait() == 0
    assert list((good / "tmp" / command).iterdir()) == []
