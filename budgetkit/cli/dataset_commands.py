"""Commands that make another dataset or files of one: ``merge`` and ``export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from budgetkit.cli.options import Folder, app
from budgetkit.console import say


@app.command("merge", epilog="Example: budgetkit merge zhejiang-2025 anhui-2025 --out china")
def _merge(
    datasets: Annotated[
        list[Path], typer.Argument(metavar="DATASET...", help="Folders of datasets.")
    ],
    out: Annotated[
        Path, typer.Option("--out", help="Folder to write; a dataset that is there is extended.")
    ],
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="What OUT has of the years and regions of the others gives way to it."
        ),
    ] = False,
) -> None:
    """Put datasets together into one, in a folder for each year and region.

    Files of the years and regions of OUT to which nothing is added stay as they are. A document
    that several datasets hold is in OUT once.
    """
    from budgetkit.storage.merge import merge

    done = merge(datasets, out, replace=replace)
    kept = f", {done.kept} of them left as they were" if done.kept else ""
    twice = f"; {done.twice} were there twice" if done.twice else ""
    say(f"{done.documents} documents in {done.partitions} partitions{kept}{twice}: {out}")


@app.command("export", epilog="Example: budgetkit export china --out csv --year 2025 --table facts")
def _export(
    dataset: Folder,
    out: Annotated[
        Path, typer.Option("--out", help="Folder to write; an export that is there is replaced.")
    ],
    format: Annotated[str, typer.Option("--format", help="csv, parquet or xlsx.")] = "csv",
    table: Annotated[
        list[str] | None, typer.Option("--table", help="Only this table; may be given again.")
    ] = None,
    year: Annotated[
        list[int] | None, typer.Option("--year", help="Only this year; may be given again.")
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option("--region", help="Only this province or place; may be given again."),
    ] = None,
) -> None:
    """Write the tables of a dataset, or of a part of it, as one file each."""
    from budgetkit.workbook.export import export

    done = export(
        dataset, out, format=format, tables=table or (), year=year or None, region=region or None
    )
    say(f"{', '.join(f'{name} {count:,}' for name, count in done.items())} rows: {out}")
