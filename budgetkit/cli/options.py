"""The command line's root, and the options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from budgetkit import __version__
from budgetkit.console import say

app = typer.Typer(
    name="budgetkit",
    help="Chinese departmental budget disclosures: PDFs in, traced figures and reports out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

#: Exit code when some documents failed, or an audit has findings.
EXIT_FINDINGS = 1
#: Exit code after wrong use.
EXIT_USAGE = 2


def _limit(name: str, help: str) -> Any:
    return typer.Option(name, min=0, help=help)


Paths = Annotated[
    list[str], typer.Argument(help="PDF files, folders that hold some, or addresses of either.")
]
Folder = Annotated[Path, typer.Argument(metavar="DATASET", help="Folder of a dataset.")]
Out = Annotated[str, typer.Option("--out", help="Folder to write; its old content is replaced.")]
Reports = Annotated[str, typer.Option("--out", help="Folder to write the reports to.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Number of processes.")]
Cluster = Annotated[
    str | None, typer.Option("--cluster", help="Address of a Dask scheduler to work on instead.")
]
Force = Annotated[bool, typer.Option("--force", help="Redo everything, even if unchanged.")]
DocumentTime = Annotated[float, _limit("--time-limit", "Time limit per document, in seconds.")]
DocumentMemory = Annotated[int, _limit("--memory-limit", "Memory limit per document, in MiB.")]
ReportTime = Annotated[float, _limit("--time-limit", "Time limit per report, in seconds.")]
ReportMemory = Annotated[int, _limit("--memory-limit", "Memory limit per report, in MiB.")]
Summary = Annotated[
    Path | None, typer.Option("--summary", help="File for a summary of the run, as JSON.")
]
Lang = Annotated[str, typer.Option("--lang", help="Language: zh or en.")]
Unit = Annotated[
    str,
    typer.Option(
        "--unit",
        help="Amounts in yuan, wan (万元), million or yi (亿元); else wan in zh, million in en.",
        show_default=False,
    ),
]
Password = Annotated[str | None, typer.Option(help="Password of encrypted PDFs.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"budgetkit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Hold the options that come before a command."""


def write_summary(path: Path | None, summary: dict[str, Any]) -> None:
    """Write a summary of a run where ``--summary`` asks for it.

    Parameters
    ----------
    path
        The file; None where none was asked for.
    summary
        For JSON.
    """
    from budgetkit.storage.atomic import as_json, write_aside

    if path:
        write_aside(path, as_json(summary))
