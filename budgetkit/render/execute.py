"""Run a notebook with parameters, by papermill, and say plainly what went wrong in it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import BudgetkitError, UsageError, suggestion

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Seconds that a kernel may take to start; a busy machine needs more than papermill's minute.
START_TIMEOUT = 180
#: A kernel warns that other users of this machine could listen to its local sockets.
QUIET_KERNEL = ["--log-level=ERROR"]
#: What a kernel lacks that dies, or can't even say why a cell stopped.
ROOM = "it may lack memory, or open files (ulimit -n)"


class NotebookFailed(BudgetkitError):
    """A cell of a notebook raised; the notebook as far as it ran is kept."""


def check_parameters(notebook: Path, parameters: Mapping[str, Any]) -> frozenset[str]:
    """Make sure that a notebook knows its parameters; papermill alone only logs it.

    Parameters
    ----------
    notebook
        The file.
    parameters
        Values by name.

    Returns
    -------
    frozenset of str
        The parameters that it has.

    Raises
    ------
    UsageError
        There is no such notebook, or it has no such parameter; the nearest are named.
    """
    from papermill import inspect_notebook

    if not notebook.is_file():
        raise UsageError("there is no such notebook", file=notebook)
    known = inspect_notebook(str(notebook))
    for name in parameters:
        if name not in known:
            raise UsageError(
                f"the notebook has no parameter '{name}'",
                file=notebook,
                remedy=suggestion(name, known),
            )
    return frozenset(known)


def run_notebook(
    notebook: str | Path,
    parameters: Mapping[str, Any],
    out: str | Path | None = None,
    *,
    engine: str | None = None,
    optional: Mapping[str, Any] | None = None,
) -> NotebookNode:
    """Run a notebook from top to bottom.

    Parameters
    ----------
    notebook
        With a cell that is tagged ``parameters``.
    parameters
        Values for that cell; one that the notebook doesn't know is an error.
    out
        File for the notebook that ran, also where a cell failed; none where it is None.
    engine
        Of papermill; its own where it is None.
    optional
        More values, for the parameters that the notebook has: one of a user's own need not know
        all that the program can tell it.

    Returns
    -------
    nbformat.NotebookNode
        With its outputs.

    Raises
    ------
    UsageError
        A parameter that the notebook does not know.
    NotebookFailed
        A cell raised: its number and the error in one sentence.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    notebook = Path(notebook)
    known = check_parameters(notebook, parameters)
    more = {name: value for name, value in (optional or {}).items() if name in known}
    logging.getLogger("papermill").setLevel(logging.WARNING)
    try:
        done: NotebookNode = papermill.execute_notebook(
            str(notebook),
            None if out is None else str(out),
            parameters={**parameters, **more},
            engine_name=engine,
            progress_bar=False,
            # Written once at the end, where a cell failed too; not after each cell.
            request_save_on_cell_execute=False,
            start_timeout=START_TIMEOUT,
            extra_arguments=QUIET_KERNEL,
        )
        return done
    except PapermillExecutionError as error:
        if not error.traceback:
            raise NotebookFailed(
                f"cell {error.exec_count} stopped, and its kernel can't say why",
                file=notebook,
                remedy=ROOM,
            ) from error
        raise NotebookFailed(
            f"cell {error.exec_count} stopped with {error.ename}: {_first_line(error.evalue)}",
            file=notebook,
        ) from error
    except RuntimeError as error:  # of the library that starts kernels and talks to them
        problem = f"its kernel could not start, or ended ({_first_line(str(error))})"
        raise NotebookFailed(problem, file=notebook, remedy=ROOM) from error


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "no message")
