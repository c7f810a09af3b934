"""Notebooks run with parameters that they know."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from budgetkit.errors import UsageError
from budgetkit.render.execute import NotebookFailed, check_parameters, run_notebook
from tests.helpers.runs import notebook


def test_a_parameter_that_the_notebook_does_not_know_is_an_error(tmp_path: Path) -> None:
    path = notebook(tmp_path / "n.ipynb")
    check_parameters(path, {"year": 2025})
    with pytest.raises(UsageError, match="no parameter 'yaer'; did you mean year"):
        check_parameters(path, {"yaer": 2025})
    with pytest.raises(UsageError, match="no such notebook"):
        check_parameters(tmp_path / "gone.ipynb", {})


def test_a_cell_that_fails_is_named_and_the_notebook_kept(tmp_path: Path) -> None:
    path = notebook(tmp_path / "n.ipynb", "print(year + 1)", "1 / 0", "print('never')")
    out = tmp_path / "out.ipynb"
    with pytest.raises(NotebookFailed, match=r"n\.ipynb: cell \d+ stopped with ZeroDivisionError"):
        run_notebook(path, {"year": 2025}, out)
    texts = [str(cell.get("outputs")) for cell in nbformat.read(out, 4).cells]
    assert any("2026" in text for text in texts)
    assert not any("never" in text for text in texts)
