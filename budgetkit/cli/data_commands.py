"""Commands that read: ``extract``, ``audit``, ``locate`` and ``learn``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from budgetkit.cli.options import (
    EXIT_FINDINGS,
    Cluster,
    DocumentMemory,
    DocumentTime,
    Folder,
    Force,
    Jobs,
    Lang,
    Out,
    Password,
    Paths,
    Summary,
    app,
    write_summary,
)
from budgetkit.console import say


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
    partitioned: Annotated[
        bool | None,
        typer.Option(
            "--partitioned/--in-one-piece",
            help="Parquet in a folder for each year and region, for what no spreadsheet opens.",
            show_default=False,
        ),
    ] = None,
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
            partitioned=partitioned,
            limits=Limits(time_limit, memory_limit << 20),
            watch=watch,
        )
    write_summary(summary, done.summary)
    facts = sum(row["n_facts"] for row in done.documents)
    lost = sum(row["n_unmapped"] for row in done.documents)
    kept = f", {done.summary['kept']} of them kept" if done.summary["kept"] else ""
    say(
        f"{len(done.documents) - done.failed} disclosures{kept}, {facts} figures, "
        f"{lost} unmapped, {done.failed} failed: {out}"
    )
    if done.note:
        say(done.note)
    for row in done.documents:
        if row["error"]:
            say(f"{row['source']}: {row['error']}", err=True)
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
    cluster: Cluster = None,
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
        cluster=cluster,
    )
    for line in done.lines:
        say(line)
    raise typer.Exit(EXIT_FINDINGS if done.fails else 0)


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
