"""The command line: each command is a thin call of the package.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once.

Longer than other modules: a command is mostly the list of its options.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Annotated, Any

import typer

from budgetkit import __version__
from budgetkit.console import print_anything, say, sentence_of
from budgetkit.errors import BudgetkitError, UsageError
from budgetkit.storage.scratch import scratch

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


@app.command("extract", epilog="Example: budgetkit extract pdfs/ --out dataset --jobs 2")
def _extract(
    paths: Paths,
    out: Out,
    jobs: Jobs = 1,
    cluster: Cluster = None,
    password: Password = None,
    unlock: Annotated[
        bool, typer.Option("--unlock", help="Read PDFs that their owner locked; only if you may.")
    ] = False,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify", help="Hold each figure against its picture (needs budgetkit[ocr])."
        ),
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Continue an earlier run; always on.")
    ] = True,
    force: Force = False,
    time_limit: DocumentTime = 600,
    memory_limit: DocumentMemory = 4096,
    summary: Summary = None,
) -> None:
    """Read PDFs into a dataset in which every figure has its page and position.

    A PDF is read again only if it, an option or the program has changed since the last run.
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
            verify=verify,
            force=force,
            limits=Limits(time_limit, memory_limit << 20),
            watch=watch,
        )
    _write_summary(summary, done.summary)
    facts = sum(row["n_facts"] for row in done.documents)
    lost = sum(row["n_unmapped"] for row in done.documents)
    kept = f", {done.summary['kept']} of them kept" if done.summary["kept"] else ""
    say(
        f"{len(done.documents) - done.failed} disclosures{kept}, {facts} figures, "
        f"{lost} unmapped, {done.failed} failed: {out}"
    )
    for row in done.documents:
        if row["error"]:
            say(f"{row['source']}: {row['error']}", err=True)
    raise typer.Exit(EXIT_FINDINGS if done.failed else 0)


def _write_summary(path: Path | None, summary: dict[str, Any]) -> None:
    from budgetkit.storage.atomic import as_json, write_aside

    if path:
        write_aside(path, as_json(summary))


@app.command("report", epilog="Example: budgetkit report dataset --out reports --lang zh --jobs 2")
def _report(
    dataset: Folder,
    out: Reports,
    department: Annotated[str | None, typer.Option(help="Only this department.")] = None,
    scope: Annotated[str | None, typer.Option(help="Only this scope: department or unit.")] = None,
    year: Annotated[int | None, typer.Option(help="Only this year.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="Only this kind: budget or final_account.")
    ] = None,
    lang: Lang = "zh",
    unit: Unit = "",
    format: Annotated[
        str,
        typer.Option("--format", help="html; pdf or xlsx for a PDF or a workbook beside."),
    ] = "html",
    evidence: Annotated[
        str,
        typer.Option("--evidence", help="popover; appendix: pictures at the end, printed too."),
    ] = "popover",
    jobs: Jobs = 1,
    cluster: Cluster = None,
    force: Force = False,
    time_limit: ReportTime = 120,
    memory_limit: ReportMemory = 4096,
    summary: Summary = None,
) -> None:
    """Make a report for each department, year and kind, and an index of them.

    A report is made again only if its data, the notebook or the program has changed.
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
            kind=kind,
            lang=lang,
            unit=unit,
            format=format,
            evidence=evidence,
            jobs=jobs,
            cluster=cluster,
            force=force,
            limits=Limits(time_limit, memory_limit << 20),
            watch=watch,
        )
    _write_summary(summary, done.summary)
    kept = f", {done.kept} of them kept" if done.kept else ""
    say(f"{done.rendered} reports{kept}, {done.failed} failed: {done.index}")
    for file, problem in done.problems.items():
        say(f"{file}: {problem}", err=True)
    raise typer.Exit(EXIT_FINDINGS if done.failed else 0)


@app.command(
    "audit",
    epilog="Example: budgetkit audit dataset --department 某县审计局 --format docx --lang zh",
)
def _audit(
    dataset: Folder,
    department: Annotated[
        str | None, typer.Option(help="Only the findings of this department.")
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format", help="Also write them as a case file to send: docx, html or xlsx."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Case file to write, or folder for it; else this folder."),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", help="A workbook or CSV file with answers; they go to DATASET/answers.csv."
        ),
    ] = None,
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate", help="Folder for copies of the PDFs in which the findings are marked."
        ),
    ] = None,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify",
            help="Look at the picture of each figure before it is accused (needs budgetkit[ocr]).",
        ),
    ] = False,
    lang: Lang = "zh",
    all_: Annotated[
        bool,
        typer.Option(
            "--all", help="Also list what only differs by rounding, and what was skipped."
        ),
    ] = False,
    passed: Annotated[
        bool,
        typer.Option(
            "--passed", help="Also write each comparison that agrees to checks, not only how many."
        ),
    ] = False,
    jobs: Jobs = 2,
    password: Password = None,
) -> None:
    """Check what the documents print: list what disagrees, where and by how much.

    All results are written to checks.csv and checks.parquet in DATASET; of what agrees, how many
    comparisons of each check and document. Findings that answers.csv refutes, or calls errors of
    the reader, are not listed again.
    """
    from budgetkit.api import read_dataset
    from budgetkit.casefile.audit_command import Wanted, audit_lines

    done = audit_lines(
        read_dataset(dataset),
        Wanted(department, format, out, answers, annotate, lang, all_, password, verify, passed),
        jobs=jobs,
    )
    for line in done.lines:
        say(line)
    raise typer.Exit(EXIT_FINDINGS if done.fails else 0)


@app.command(
    "compare", epilog="Example: budgetkit compare dataset --out compared --year 2025 --lang en"
)
def _compare(
    dataset: Folder,
    out: Out,
    year: Annotated[
        list[int] | None, typer.Option("--year", help="Only this year; repeat it for several.")
    ] = None,
    bureau: Annotated[
        list[str] | None, typer.Option("--bureau", help="Only this bureau; repeat it for several.")
    ] = None,
    scope: Annotated[
        str | None,
        typer.Option(help="department or unit, never both; departments, if there are any."),
    ] = None,
    lang: Lang = "zh",
    unit: Unit = "",
) -> None:
    """Compare bureaus and years: a page with figures, and the tables behind them."""
    from budgetkit.api import read_dataset
    from budgetkit.compare.write_comparison import write_comparison

    done = write_comparison(
        read_dataset(dataset), out, years=year, bureaus=bureau, scope=scope, lang=lang, unit=unit
    )
    say(f"{done.bureaus} bureaus, {done.figures} figures: {done.index}")


@app.command("site", epilog="Example: budgetkit site dataset --out province --lang zh --jobs 2")
def _site(
    dataset: Folder,
    out: Out,
    title: Annotated[
        str, typer.Option("--title", help="Title of the site; else named after its region.")
    ] = "",
    licence: Annotated[
        str, typer.Option("--licence", help="Licence that you publish the data under.")
    ] = "",
    lang: Lang = "zh",
    unit: Unit = "",
    jobs: Jobs = 1,
) -> None:
    """Write a site to publish: departments, reports, comparison, case files, data and a search.

    It needs no server and no network: open index.html, or put the folder on any web space. Only
    what has changed is made again.
    """
    from budgetkit.api import read_dataset
    from budgetkit.progress import watching
    from budgetkit.site.write_site import write_site

    with watching("pages") as watch:
        done = write_site(
            read_dataset(dataset),
            out,
            lang=lang,
            unit=unit,
            title=title,
            licence=licence,
            jobs=jobs,
            watch=watch,
        )
    typer.echo(
        f"{done.departments} departments, {done.reports} reports, {done.cases} case files: "
        f"{done.index}"
    )
    if done.no_comparison:
        typer.echo(f"no comparison: {done.no_comparison}", err=True)
    for file, problem in done.without_report.items():
        typer.echo(f"{file}: {problem}", err=True)
    raise typer.Exit(EXIT_FINDINGS if done.without_report else 0)


@app.command(
    "locate", epilog="Example: budgetkit locate dataset changji-kjj-2025:summary:3.2 --out cell.png"
)
def _locate(
    dataset: Folder,
    fact_id: Annotated[
        list[str],
        typer.Argument(
            metavar="FACT_ID...", help="As in facts.csv; with several, their pages side by side."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Picture to write, a .png file.")],
    password: Password = None,
) -> None:
    """Draw the page that a figure is printed on, with its cell outlined."""
    from budgetkit.api import read_dataset
    from budgetkit.render.highlight import locate as draw

    say(draw(read_dataset(dataset), fact_id, out, password=password))


@app.command("learn", epilog="Example: budgetkit learn dataset --out lists")
def _learn(
    dataset: Folder,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of lists to add the proposed rows to.")
    ] = None,
) -> None:
    """List what was not understood, and propose a row of the lists for each.

    What costs most amounts comes first. Guesses go to proposals.csv and count where you accept
    them; what differs from a known text in spelling alone goes to the lists.
    BUDGETKIT_CODELISTS=FOLDER makes extract read them.
    """
    import sys

    from budgetkit.api import read_dataset
    from budgetkit.learn.learning import learn
    from budgetkit.learn.terminal import print_lessons

    print_lessons(learn(read_dataset(dataset), out), sys.stdout)


@app.command(
    "plant", epilog="Example: budgetkit plant --students 20 --seed 7 --errors 3 --out class"
)
def _plant(
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DOCUMENT...]", help="Of the bundled corpus, by name or file; else all of it."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="A new or empty folder to write.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only this kind; repeat it for several.")
    ] = None,
    errors: Annotated[
        int | None, typer.Option("--errors", min=1, help="Errors in each copy.")
    ] = None,
    students: Annotated[
        int | None, typer.Option("--students", min=1, help="Copies, one for each student.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same files.")] = 0,
    list_: Annotated[
        bool, typer.Option("--list", help="List the kinds of errors and end.")
    ] = False,
    lang: Lang = "zh",
) -> None:
    """Break copies of clean, invented disclosures in known ways, with a key.

    Without --errors there is a copy for each kind of error. With --students each gets a folder
    with a copy of three errors, its dataset and a sheet; the key is the teacher's.
    """
    from budgetkit.plant.kinds import described
    from budgetkit.plant.write_copies import write_planted
    from budgetkit.progress import watching
    from budgetkit.render.labels import Labels

    lang = Labels(lang).lang
    if list_:
        for name, words in described().items():
            what, shows = (words.zh, words.shows_zh) if lang == "zh" else (words.en, words.shows_en)
            say(f"{name}\t{what}\t{shows}")
        raise typer.Exit
    if out is None:
        raise UsageError("no folder is given", remedy="name one with --out FOLDER")
    with watching("copies") as watch:
        done = write_planted(
            documents or (),
            out,
            kinds=kind or (),
            errors=errors,
            students=students,
            seed=seed,
            watch=watch,
        )
    say(f"{done.copies} copies with {done.errors} errors; what they are: {done.key}")


lessons_app = typer.Typer(no_args_is_help=True, help="Lessons and answer keys, for a class.")
app.add_typer(lessons_app, name="lessons")


@lessons_app.command("build", epilog="Example: budgetkit lessons build --out class/lessons")
def _lessons_build(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Folder to write to, keys to keys/ in it. Without it, lessons go to "
            "notebooks/lessons of your project, and keys to its reports/lesson_keys.",
        ),
    ] = None,
    keys: Annotated[
        bool, typer.Option("--keys/--no-keys", help="Also the answer keys, for the teacher.")
    ] = True,
) -> None:
    """Write the lessons in Chinese (zh/) and English (en/), and their answer keys.

    A lesson of the same name is replaced: what a student filled in belongs in another folder.
    """
    from budgetkit.bundled import project_folder
    from budgetkit.lessons.build import write_lessons
    from budgetkit.project.lay_out import own_notebooks

    keys_out = project_folder() / "reports" / "lesson_keys" if out is None else out / "keys"
    out = out or own_notebooks() / "lessons"
    made = write_lessons(out, keys=keys, keys_out=keys_out)
    typer.echo(f"{len(made)} notebooks: {out}" + (f", keys: {keys_out}" if keys else ""))


@lessons_app.command("site", epilog="Example: budgetkit lessons site --out class/site")
def _lessons_site(
    out: Annotated[
        Path, typer.Option("--out", help="Folder to write; an earlier site in it is replaced.")
    ],
) -> None:
    """Write the lessons as pages for a phone, which need neither Python nor a network."""
    from budgetkit.lessons.phone.lesson_site import write_site
    from budgetkit.progress import watching

    with watching("pages") as watch:
        done = write_site(out, watch=watch)
    typer.echo(f"{done.pages} pages: {done.index}")


@lessons_app.command("slides", epilog="Example: budgetkit lessons slides --out class/slides")
def _lessons_slides(
    out: Annotated[
        Path, typer.Option("--out", help="Folder to write; earlier slides in it are replaced.")
    ],
) -> None:
    """Write the slides of each lesson as one page, which needs neither Python nor a network.

    Keys: arrows, Home and End; C shows the code of a step. Exercises come without answers.
    """
    from budgetkit.lessons.slides.slide_deck import write_slides
    from budgetkit.progress import watching

    with watching("lessons") as watch:
        done = write_slides(out, watch=watch)
    typer.echo(f"{done.slides} slides in {done.decks} pages: {done.folder}")


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


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Returns
    -------
    int
        0; 1 if documents failed or an audit has findings; 2 after wrong use.
    """
    print_anything()
    try:
        with scratch():
            app(arguments)
    except BudgetkitError as error:
        return _stop(error)
    except OSError as error:
        return _stop(sentence_of(error))
    except MemoryError:
        return _stop(sentence_of(OSError(errno.ENOMEM, "")))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def _stop(error: BudgetkitError) -> int:
    say(f"budgetkit: {error}", err=True)
    return EXIT_USAGE
