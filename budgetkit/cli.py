"""The command line: one verb a command, each a thin call of the package.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from budgetkit.errors import BudgetkitError

app = typer.Typer(
    name="budgetkit",
    help="Chinese departmental budget disclosures: PDFs in, traced figures and reports out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

#: Some documents failed, or an audit found something.
EXIT_FINDINGS = 1
#: Wrong use.
EXIT_USAGE = 2

Paths = Annotated[list[Path], typer.Argument(help="PDF files, or folders of them.")]
Folder = Annotated[Path, typer.Argument(metavar="DATASET", help="Folder of a dataset.")]
Out = Annotated[Path, typer.Option("--out", help="Folder to write; replaced whole.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Processes at the same time.")]
Lang = Annotated[str, typer.Option("--lang", help="zh or en.")]


@app.command(epilog="Example: budgetkit extract pdfs/ --out dataset --jobs 2")
def extract(
    paths: Paths,
    out: Out,
    jobs: Jobs = 1,
    password: Annotated[str | None, typer.Option(help="For encrypted files.")] = None,
    unlock: Annotated[
        bool, typer.Option("--unlock", help="Read files whose owner locked them; only if you may.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep what was read of unchanged files.")
    ] = False,
) -> None:
    """Read PDFs into a dataset in which every figure says where it stands."""
    from budgetkit.extract import extract as run
    from budgetkit.progress import extraction_progress

    with extraction_progress() as progress:
        done = run(
            paths,
            out,
            jobs=jobs,
            password=password,
            unlock=unlock,
            resume=resume,
            progress=progress,
        )
    facts = sum(row["n_facts"] for row in done.documents)
    lost = sum(row["n_unmapped"] for row in done.documents)
    typer.echo(
        f"{len(done.documents) - done.failed} disclosures, {facts} figures, {lost} unmapped, "
        f"{done.failed} failed: {out}"
    )
    for row in done.documents:
        if row["error"]:
            typer.echo(f"{row['source']}: {row['error']}", err=True)
    raise typer.Exit(EXIT_FINDINGS if done.failed else 0)


@app.command(epilog="Example: budgetkit report dataset --out reports --lang zh")
def report(
    dataset: Folder,
    out: Out,
    department: Annotated[str | None, typer.Option(help="One department alone.")] = None,
    scope: Annotated[str | None, typer.Option(help="department or unit.")] = None,
    year: Annotated[int | None, typer.Option(help="One year alone.")] = None,
    lang: Lang = "zh",
    jobs: Jobs = 1,
) -> None:
    """Render a report for each department and year, and an index of them."""
    from budgetkit.dataset import read_dataset
    from budgetkit.report.site import render_reports

    done = render_reports(
        read_dataset(dataset),
        out,
        department=department,
        scope=scope,
        year=year,
        lang=lang,
    )
    for file, problem in done.problems.items():
        typer.echo(f"{file}: {problem}", err=True)
    typer.echo(f"{done.rendered} reports, {done.failed} failed: {done.index}")
    raise typer.Exit(EXIT_FINDINGS if done.failed else 0)


@app.command(epilog="Example: budgetkit compare dataset --out compared --year 2025 --lang en")
def compare(
    dataset: Folder,
    out: Out,
    year: Annotated[
        list[int] | None, typer.Option("--year", help="One year alone; repeat it for several.")
    ] = None,
    bureau: Annotated[
        list[str] | None, typer.Option("--bureau", help="One bureau alone; repeat for several.")
    ] = None,
    scope: Annotated[
        str | None, typer.Option(help="department or unit, never both; department if there is any.")
    ] = None,
    lang: Lang = "zh",
) -> None:
    """Put bureaus and years side by side: a page, figures, and the tables behind them."""
    from budgetkit.compare.site import write_comparison
    from budgetkit.dataset import read_dataset

    done = write_comparison(
        read_dataset(dataset), out, years=year, bureaus=bureau, scope=scope, lang=lang
    )
    typer.echo(f"{done.bureaus} bureaus, {done.figures} figures: {done.index}")


@app.command(epilog="Example: budgetkit locate dataset changji-kjj-2025:summary:3.2 --out cell.png")
def locate(
    dataset: Folder,
    fact_id: Annotated[str, typer.Argument(help="As in facts.csv.")],
    out: Annotated[Path, typer.Option("--out", help="Picture to write (.png).")],
    password: Annotated[str | None, typer.Option(help="For an encrypted file.")] = None,
) -> None:
    """Draw the page that prints a figure, with its cell outlined."""
    from budgetkit.dataset import read_dataset
    from budgetkit.locate import locate as draw

    typer.echo(draw(read_dataset(dataset), fact_id, out, password=password))


@app.command(epilog="Example: budgetkit lab")
def lab() -> None:
    """Open JupyterLab on the notebooks."""
    import subprocess

    from budgetkit.paths import notebooks_folder

    command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(notebooks_folder())]
    raise typer.Exit(subprocess.call(command))


@app.command(epilog="Example: budgetkit demo")
def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder of the reports.")] = Path("reports"),
    jobs: Jobs = 2,
) -> None:
    """Extract the bundled corpus and render a report for each of its disclosures."""
    from budgetkit.demo import run_demo

    typer.echo(run_demo(out, jobs=jobs))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Returns
    -------
    int
        0; 1 where documents failed or an audit found something; 2 for wrong use.
    """
    try:
        app(arguments)
    except BudgetkitError as error:
        typer.echo(f"budgetkit: {error}", err=True)
        return EXIT_USAGE
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
