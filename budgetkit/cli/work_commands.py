"""Commands for working in a project: ``lab``, ``new`` and ``demo``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from budgetkit.cli.options import (
    Jobs,
    Lang,
    app,
)
from budgetkit.console import say


@app.command(
    "lab",
    epilog="Example: budgetkit lab --no-browser --port=8899 (in a container: --allow-root)",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def _lab(context: typer.Context) -> None:
    """Open the notebooks in JupyterLab; all options but --help go to it.

    The notebooks are those of the clone or of your project (see new); elsewhere they are copied
    to notebooks/ in the current folder.
    """
    from budgetkit.lab import lab_command, start
    from budgetkit.project.lay_out import own_notebooks

    raise typer.Exit(start(lab_command(own_notebooks(), *context.args)))


@app.command("new", epilog="Example: budgetkit new my-city --lang en")
def _new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or an empty folder.")],
    lang: Lang = "zh",
) -> None:
    """Lay out a project: data/, notebooks/ to edit, reports/, and a README with what to do next.

    What is there already stays as it is.
    """
    from budgetkit.project.lay_out import new_project

    say(f"a project in {folder}; what to do next: {new_project(folder, lang=lang)}")


@app.command("demo", epilog="Example: budgetkit demo")
def _demo(
    out: Annotated[Path, typer.Option("--out", help="Folder to write the reports to.")] = Path(
        "reports"
    ),
    jobs: Jobs = 2,
) -> None:
    """Extract, audit and compare the bundled corpus, and make its reports."""
    from budgetkit.demo import run_demo

    say(run_demo(out, jobs=jobs))
