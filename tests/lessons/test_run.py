"""Every key and every lesson runs from top to bottom, without a traceback and without a warning."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest

from budgetkit.lessons.build import write_lessons
from budgetkit.lessons.lesson_list import LANGUAGES
from tests.conftest import ROOT
from tests.helpers.lessons import LESSONS

SOURCE = ROOT / "budgetkit" / "lessons" / "source"
#: A key in Chinese and a lesson in English; the code of the other two is the same.
FAST = ("keys/zh", "en")
SLOW = ("keys/en", "zh")


@pytest.mark.parametrize("places", [FAST, pytest.param(SLOW, marks=pytest.mark.slow)], ids=str)
def test_they_run_with_their_gaps_and_with_their_solutions(
    places: tuple[str, ...], sample_dataset: Path, tmp_path: Path
) -> None:
    write_lessons(tmp_path)
    names = [f"{place}/{lesson.stem}.ipynb" for place in places for lesson in LESSONS]
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.run_lessons", sample_dataset,
         *(tmp_path / name for name in names)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    wanted = {}
    for place in places:
        for lesson in LESSONS:
            kinds = ["gap"] * len(lesson.guesses | lesson.exercises)
            if place not in LANGUAGES:
                kinds = ["guess"] * len(lesson.guesses) + ["right"] * len(lesson.exercises)
            name = str(tmp_path / place / f"{lesson.stem}.ipynb")
            wanted[name] = {"kinds": kinds, "stderr": [], "error": ""}
    assert told == wanted


def test_a_department_whose_figures_are_all_in_doubt_is_compared_without_them() -> None:
    """An audit may leave no figure of the lesson's department that is beyond doubt."""
    rows = [("甲局", 1.0, "totals"), ("乙局", 2.0, "")]
    compared = pd.DataFrame(rows, columns=["department", "value", "doubt"]).assign(measure="basic")
    cells = nbformat.read(SOURCE / "08_comparing_fairly.ipynb", 4).cells
    code = next(cell.source for cell in cells if "everyone = " in cell.source)
    names = {
        "ds": SimpleNamespace(compare=lambda *_, **__: compared),
        "about": {"department": "甲局", "year": 2025, "scope": "department"},
        "lang": "zh",
    }
    exec(code, names)
    fair = names["fair"]
    assert isinstance(fair, pd.DataFrame)
    assert fair.loc["甲局"].isna().all()
    assert fair.loc["乙局", "basic"] == 2.0
