"""The engine that runs a notebook in a worker: what a kernel gives, and no trace left."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import nbformat
import pytest

from budgetkit.report.make import ReportOptions, ReportTask, TooSlow, time_limit
from budgetkit.work import Limits, Outcome, Task, run_tasks
from tests.helpers.runs import notebook

#: A kernel is started beside the engine, and each notebook has a worker of its own.
pytestmark = pytest.mark.slow

CELLS = (
    "print('one'); print('two')\nyear + 1",
    "import sys; print('oops', file=sys.stderr)",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>shown</b>'))\nprint('after')",
    "HTML('<i>last</i>')",
    "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1)); plt.plot([1, 2]);",
    "import asyncio\nawait asyncio.sleep(0)\nget_ipython().user_ns['year']",
    "{'a': [1, 2]}",
    "None",
)


def run(path: Path, engine: bool) -> list[Any]:
    """Outputs of each cell; in a worker, as a report is."""
    from budgetkit.render.engine import register
    from budgetkit.render.execute import run_notebook

    done = run_notebook(path, {"year": 2025}, engine=register() if engine else None)
    return [
        [_plain(output) for output in cell.outputs]
        for cell in done.cells
        if cell.cell_type == "code"
    ]


def _plain(output: Any) -> Any:
    data = dict(output.get("data", {}))
    return (
        output.output_type,
        output.get("text", ""),
        sorted(data),
        data.get("text/html"),
        data.get("text/plain"),
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What becomes of some notebooks, each in a worker of its own."""
    folder, here = tmp_path_factory.mktemp("engine"), Path.cwd()
    path = notebook(folder / "n.ipynb", *CELLS)
    fails = notebook(folder / "fails.ipynb", "print('before')", "1 / 0", "print('never')")
    spoil = notebook(folder / "spoil.ipynb", SPOIL, LOOK)
    look = notebook(folder / "look.ipynb", LOOK)
    tasks = [
        Task("engine", run, (path, True)), Task("kernel", run, (path, False)),
        Task("fails", failed, (fails,)),
        Task("spoil", run, (spoil, True)), Task("look", run, (look, True)),
    ]  # fmt: skip
    preload = ("budgetkit.report.prepare:prepare",)
    outcomes = run_tasks(tasks, jobs=1, limits=Limits(tasks_per_worker=1), preload=preload)
    done = {outcome.key: outcome for outcome in outcomes}
    assert Path.cwd() == here
    return done


def test_outputs_are_those_of_a_kernel(done: dict[str, Outcome]) -> None:
    assert done["engine"].failure == ""
    assert done["engine"].value == done["kernel"].value
    assert any("image/png" in output[2] for cell in done["engine"].value for output in cell)


def failed(path: Path) -> tuple[str, str]:
    from budgetkit.render.engine import register
    from budgetkit.render.execute import NotebookFailed, run_notebook

    out = path.with_suffix(".out.ipynb")
    try:
        run_notebook(path, {"year": 1}, out, engine=register())
    except NotebookFailed as error:
        return str(error), out.read_text(encoding="utf-8")
    return "", ""


def test_the_cell_that_fails_is_named_and_none_runs_after_it(done: dict[str, Outcome]) -> None:
    said, text = done["fails"].value
    assert "cell 4 stopped with ZeroDivisionError: division by zero" in said
    ran = nbformat.reads(text, 4)
    assert "before" in str(ran.cells)
    shown = [output for cell in ran.cells for output in cell.get("outputs", ())]
    assert not any("never" in str(output) for output in shown)


SPOIL = """
import os, builtins, budgetkit
os.chdir('/')
os.environ['SPOILT'] = 'yes'
builtins.spoilt = budgetkit.spoilt = True
leak = bytearray(200 << 20)
import matplotlib; matplotlib.rcParams['font.size'] = 99
"""
LOOK = """
import os, builtins, budgetkit, resource, matplotlib
(os.getcwd() == '/', 'SPOILT' in os.environ, hasattr(builtins, 'spoilt'),
 hasattr(budgetkit, 'spoilt'), 'leak' in globals(), matplotlib.rcParams['font.size'] == 99,
 int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize() > 500 << 20)
"""


def test_what_one_notebook_does_never_touches_the_next(done: dict[str, Outcome]) -> None:
    first, second = done["spoil"].value[-1][0][4], done["look"].value[-1][0][4]
    assert first.startswith("(True, True, True, True, True, True")
    assert second == "(False, False, False, False, False, False, False)"


def test_a_cell_that_takes_too_long_is_stopped_by_itself() -> None:
    with pytest.raises(TooSlow, match="took longer than"), time_limit(0.2):
        time.sleep(20)


def test_what_to_make_crosses_processes() -> None:
    import pickle

    wanted = (
        ReportTask("某局", "department", 2025, "budget", "a.html"),
        ReportOptions("zh", b"{}", "n"),
    )
    assert pickle.loads(pickle.dumps(wanted)) == wanted
