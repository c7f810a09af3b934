"""Runs that tests start, watch, wait for and compare."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat

from budgetkit.progress import Watch
from tests.conftest import ROOT, RUN_CLI

#: A document of the bundled corpus that reads without a problem.
GOOD = "changji-kjj-2025.pdf"
#: The shortest one, read in a fraction of its time.
SMALL = "yunting-wjw-2023.pdf"


class Seen(Watch):
    """A watch that remembers what was done."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.problems: list[str] = []
        self.kept = 0

    def begin(self, waiting: int, kept: int) -> None:
        self.kept = kept

    def tell(self, name: str, problem: str) -> None:
        self.names.append(name)
        self.problems.append(problem)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """Start ``budgetkit ARGUMENTS...`` and do not wait for it."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN_CLI, *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def entries(journal: Path) -> int:
    """How many results a journal of a run holds."""
    return sum(len(path.name) == 64 for path in journal.glob("*")) if journal.is_dir() else 0


def until(wanted: Callable[[], object], seconds: float = 30) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def notebook(path: Path, *cells: str) -> Path:
    """Write a notebook with the parameters `year` and `lang`, and some cells."""
    first = nbformat.v4.new_code_cell('year = 0\nlang = "zh"', metadata={"tags": ["parameters"]})
    rest = [nbformat.v4.new_code_cell(cell) for cell in cells]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[first, *rest], metadata=kernel), path)
    return path
