"""Commands that show what was read: ``report``, ``compare`` and ``site``."""

from __future__ import annotations

from typing import Annotated

import typer

from budgetkit.cli.options import (
    EXIT_FINDINGS,
    Cluster,
    Folder,
    Force,
    Jobs,
    Lang,
    Out,
    ReportMemory,
    Reports,
    ReportTime,
    Summary,
    Unit,
    app,
    write_summary,
)
from budgetkit.console import say


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
    write_summary(summary, done.summary)
    kept = f", {done.kept} of them kept" if done.kept else ""
    say(f"{done.rendered} reports{kept}, {done.failed} failed: {done.index}")
    for file, problem in done.problems.items():
        say(f"{file}: {problem}", err=True)
    raise typer.Exit(EXIT_FINDINGS if done.failed else 0)


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
    jobs: Jobs = 1,
    cluster: Cluster = None,
) -> None:
    """Compare bureaus and years: a page with figures, and the tables behind them."""
    from budgetkit.api import read_dataset
    from budgetkit.compare.write_comparison import write_comparison

    done = write_comparison(
        read_dataset(dataset),
        out,
        years=year,
        bureaus=bureau,
        scope=scope,
        lang=lang,
        unit=unit,
        jobs=jobs,
        cluster=cluster,
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
    cluster: Cluster = None,
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
            cluster=cluster,
            watch=watch,
        )
    say(
        f"{done.departments} departments, {done.reports} reports, {done.cases} case files: "
        f"{done.index}"
    )
    if done.no_comparison:
        say(f"no comparison: {done.no_comparison}", err=True)
    for file, problem in done.without_report.items():
        say(f"{file}: {problem}", err=True)
    raise typer.Exit(EXIT_FINDINGS if done.without_report else 0)
