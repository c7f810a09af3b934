"""The command line: one verb a command, each a thin call of the package.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from budgetkit import __version__
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

Paths = Annotated[list[str], typer.Argument(help="PDF files, or folders or addresses of them.")]
Folder = Annotated[Path, typer.Argument(metavar="DATASET", help="Folder of a dataset.")]
Out = Annotated[str, typer.Option("--out", help="Folder to write; replaced whole.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Processes at the same time.")]
Cluster = Annotated[
    str | None, typer.Option("--cluster", help="Address of a Dask scheduler that does the work.")
]
Force = Annotated[bool, typer.Option("--force", help="Do again also what did not change.")]
TimeLimit = Annotated[float, typer.Option("--time-limit", min=0, help="Seconds a piece of work.")]
MemoryLimit = Annotated[int, typer.Option("--memory-limit", min=0, help="MiB a piece of work.")]
Summary = Annotated[
    Path | None, typer.Option("--summary", help="Write an account of the run there, as JSON.")
]
Lang = Annotated[str, typer.Option("--lang", help="zh or en.")]


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"budgetkit {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Say the version and stop."
        ),
    ] = False,
) -> None:
    """Hold the options that come before a command."""


@app.command(epilog="Example: budgetkit extract pdfs/ --out dataset --jobs 2")
def extract(
    paths: Paths,
    out: Out,
    jobs: Jobs = 1,
    cluster: Cluster = None,
    password: Annotated[str | None, typer.Option(help="For encrypted files.")] = None,
    unlock: Annotated[
        bool, typer.Option("--unlock", help="Read files whose owner locked them; only if you may.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on from an earlier run; it does so anyway.")
    ] = True,
    force: Force = False,
    time_limit: TimeLimit = 120,
    memory_limit: MemoryLimit = 4096,
    summary: Summary = None,
) -> None:
    """Read PDFs into a dataset in which every figure says where it stands.

    A file is read again only where it or the program changed since the last run.
    """
    from budgetkit.extraction.extract import extract as run
    from budgetkit.progress import watching
    from budgetkit.work import Limits

    with watching("documents") as watch:
        done = run(
            paths,
            out,
            jobs=jobs,
            cluster=cluster,
            password=password,
            unlock=unlock,
            force=force,
            limits=Limits(time_limit, memory_limit << 20),
            watch=watch,
        )
    _write_summary(summary, done.summary)
    facts = sum(row["n_facts"] for row in done.documents)
    lost = sum(row["n_unmapped"] for row in done.documents)
    kept = f", {done.summary['kept']} of them kept" if done.summary["kept"] else ""
    typer.echo(
        f"{len(done.documents) - done.failed} disclosures{kept}, {facts} figures, "
        f"{lost} unmapped, {done.failed} failed: {out}"
    )
    for row in done.documents:
        if row["error"]:
            typer.echo(f"{row['source']}: {row['error']}", err=True)
    raise typer.Exit(EXIT_FINDINGS if done.failed else 0)


def _write_summary(path: Path | None, summary: dict[str, Any]) -> None:
    from budgetkit.storage.atomic import as_json, write_aside

    if path:
        write_aside(path, as_json(summary))


@app.command(epilog="Example: budgetkit report dataset --out reports --lang zh --jobs 2")
def report(
    dataset: Folder,
    out: Out,
    department: Annotated[str | None, typer.Option(help="One department alone.")] = None,
    scope: Annotated[str | None, typer.Option(help="department or unit.")] = None,
    year: Annotated[int | None, typer.Option(help="One year alone.")] = None,
    lang: Lang = "zh",
    format: Annotated[
        str, typer.Option("--format", help="html, or pdf for a PDF beside each page.")
    ] = "html",
    jobs: Jobs = 1,
    cluster: Cluster = None,
    force: Force = False,
    time_limit: TimeLimit = 120,
    memory_limit: MemoryLimit = 4096,
    summary: Summary = None,
) -> None:
    """Render a report for each department and year, and an index of them.

    A report is made again only where its rows, the notebook or the program changed.
    """
    from budgetkit.api import read_dataset
    from budgetkit.progress import watching
    from budgetkit.report.render_reports import render_reports
    from budgetkit.work import Limits

    with watching("reports") as watch:
        done = render_reports(
            read_dataset(dataset),
            out,
            department=department,
            scope=scope,
            year=year,
            lang=lang,
            format=format,
            jobs=jobs,
            cluster=cluster,
            force=force,
            limits=Limits(time_limit, memory_limit << 20),
            watch=watch,
        )
    _write_summary(summary, done.summary)
    kept = f", {done.kept} of them kept" if done.kept else ""
    typer.echo(f"{done.rendered} reports{kept}, {done.failed} failed: {done.index}")
    for file, problem in done.problems.items():
        typer.echo(f"{file}: {problem}", err=True)
    raise typer.Exit(EXIT_FINDINGS if done.failed else 0)


@app.command(epilog="Example: budgetkit audit dataset --lang en --annotate findings")
def audit(
    dataset: Folder,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", help="Folder for copies of the PDFs with the findings marked."),
    ] = None,
    lang: Lang = "zh",
    all_: Annotated[
        bool, typer.Option("--all", help="Print what was rounded or skipped, too.")
    ] = False,
    jobs: Jobs = 2,
    password: Annotated[str | None, typer.Option(help="For encrypted files.")] = None,
) -> None:
    """Say what disagrees with what, where and by how much; writes checks.csv into DATASET."""
    from budgetkit.api import read_dataset
    from budgetkit.checks.audit.annotate import annotate as mark
    from budgetkit.checks.audit.listing import count_line, finding_lines
    from budgetkit.checks.audit.run import write_checks
    from budgetkit.render.labels import Labels

    lang = Labels(lang).lang
    data = read_dataset(dataset)
    wanted = ("fail", "rounding", "skipped") if all_ else ("fail", "rounding")
    done = write_checks(data, jobs=jobs, told=wanted)
    for line in finding_lines(done.told, lang, all_):
        typer.echo(line)
    typer.echo(count_line(done.counts, lang))
    if annotate:
        for path in mark(data, done.told, annotate, lang=lang, password=password):
            typer.echo(path)
    raise typer.Exit(EXIT_FINDINGS if done.counts["fail"] else 0)


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
    from budgetkit.api import read_dataset
    from budgetkit.compare.write_comparison import write_comparison

    done = write_comparison(
        read_dataset(dataset), out, years=year, bureaus=bureau, scope=scope, lang=lang
    )
    typer.echo(f"{done.bureaus} bureaus, {done.figures} figures: {done.index}")


@app.command(epilog="Example: budgetkit locate dataset changji-kjj-2025:summary:3.2 --out cell.png")
def locate(
    dataset: Folder,
    fact_id: Annotated[
        list[str],
        typer.Argument(
            metavar="FACT_ID...", help="As in facts.csv; both of a check, side by side."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Picture to write (.png).")],
    password: Annotated[str | None, typer.Option(help="For an encrypted file.")] = None,
) -> None:
    """Draw the page that prints a figure, with its cell outlined."""
    from budgetkit.api import read_dataset
    from budgetkit.render.highlight import locate as draw

    typer.echo(draw(read_dataset(dataset), fact_id, out, password=password))


@app.command(epilog="Example: budgetkit lab")
def lab() -> None:
    """Open JupyterLab on the notebooks."""
    import subprocess

    from budgetkit.bundled import notebooks_folder
    from budgetkit.lab import lab_command

    raise typer.Exit(subprocess.call(lab_command(notebooks_folder())))


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
