"""Notebooks are clean, and each runs from top to bottom."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import budgetkit as bk
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_committed_and_no_function_defined(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in code if cell.outputs or cell.execution_count] == []
    assert [cell.source for cell in code if "def " in cell.source or "class " in cell.source] == []
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in code) == 1


def test_each_question_takes_at_most_six_lines_on_public_names() -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "questions.ipynb", 4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"][2:]
    titles = [cell.source for cell in notebook.cells if cell.source.startswith("## ")]
    assert sum(title[3].isdigit() for title in titles) == 10
    assert [source for source in cells if len(source.strip().splitlines()) > 6] == []
    known = set(bk.__all__) | set(dir(bk.Dataset))
    used = {name for cell in cells for name in re.findall(r"\b(?:bk|ds)\.(\w+)", cell)}
    assert used <= known
    assert not any(re.search(r"\._|import", source) for source in cells)


@pytest.mark.parametrize("name", ["compare_bureaus", "department_report", "audit", "explore"])
def test_a_cell_has_at_most_one_call_that_draws_for_it(name: str) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    closed = re.compile(r"\b(comparison|report)\.\w+\(|DepartmentReport|BureauComparison")
    assert sum(bool(closed.search(source)) for source in cells) <= 1
    if name in ("compare_bureaus", "department_report"):
        assert sum("bk.plot." in source for source in cells) >= 4
        assert sum("sns." in source for source in cells) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_runs_with_its_defaults(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [
        output
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type in ("execute_result", "display_data")
    ]
    assert shown


@pytest.mark.slow
def test_the_report_runs_under_plain_papermill(sample_dataset: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "papermill", ROOT / "notebooks" / "department_report.ipynb",
         tmp_path / "out.ipynb", "-p", "dataset", sample_dataset, "-p", "year", "2024",
         "-p", "lang", "en", "--no-progress-bar"],
        capture_output=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    assert "budget report 2024" in text  # the last cell, in the language asked for
    assert "image/png" in text
