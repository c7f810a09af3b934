"""A comparison as a folder: the page, the figures as files, the tables as CSV and Excel."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.compare.aggregates import Book, parts_of, write_tables
from budgetkit.compare.comparison import BureauComparison
from budgetkit.disclosure import keys
from budgetkit.render.execute import run_notebook
from budgetkit.render.html import notebook_html
from budgetkit.storage.own_folder import replaced
from budgetkit.storage.spreadsheet import plain
from budgetkit.work.aside import begin_aside
from budgetkit.workbook.page_links import pdf_links

if TYPE_CHECKING:
    import pandas as pd
    from nbformat import NotebookNode

    from budgetkit.storage.reader import DatasetReader

#: The notebook that the page is a run of.
NOTEBOOK = Path(__file__).with_name("comparison_page.ipynb")
#: What the folder is called.
KIND = "a comparison"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes
    ----------
    index : Path
        The page.
    bureaus, figures : int
        Bureaus that are compared, figures that were drawn.
    """

    index: Path
    bureaus: int
    figures: int


def write_comparison(
    dataset: DatasetReader,
    out: str | Path,
    *,
    years: list[int] | None = None,
    bureaus: list[str] | None = None,
    scope: str | None = None,
    lang: str = "zh",
    linked: bool = True,
    unit: str = "",
    jobs: int = 1,
    cluster: str | None = None,
) -> Written:
    """Write a comparison: ``index.html``, ``compare.csv``, ``compare.xlsx``, ``figures/``.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    out
        Folder; written aside and then moved into place, a comparison that is there replaced.
    years, bureaus, scope
        As in :func:`budgetkit.compare.table.compare`.
    lang
        ``zh`` or ``en``.
    linked
        Whether the workbook links to the PDFs on this machine.
    unit
        Amounts of the page, the figures and the workbook are shown in: ``yuan``, ``wan``,
        ``million`` or ``yi``; by default 万元 in Chinese, million yuan in English.  CSV files are
        in 万元, always.
    jobs
        Processes that compute the tables, beside the one that draws and the notebook's.
    cluster
        Address of a Dask scheduler whose workers compute the tables instead; they see the folder
        of the dataset.

    Returns
    -------
    Written

    Raises
    ------
    UsageError
        There is no such year, bureau, scope, language or unit, ``out`` holds something else, or no
        scheduler answers.
    """
    out = Path(out)
    place = str(dataset.folder.resolve())
    if dataset.places.documents is not None:
        # Of a part: the notebook opens the whole dataset, and is told whom and when it compares.
        known = keys(dataset)
        years = years or sorted({key.year for key in known})
        bureaus = bureaus or sorted({key.department for key in known})
    parameters = {
        "dataset": place,
        "years": years or [],
        "bureaus": bureaus or [],
        "scope": scope or "",
        "lang": lang,
        "unit": unit,
    }
    # matplotlib asks whether IPython is there: not while a thread is importing it.
    import IPython  # noqa: F401
    import papermill  # noqa: F401

    # The notebook runs in a kernel of its own and the tables are computed in processes of their
    # own, while the figures are drawn here.
    with (
        replaced(out, KIND) as folder,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch,
    ):
        page = BureauComparison(dataset, years, bureaus, scope, lang=lang, unit=unit)
        running = begin_aside(lambda: _run_aside(parameters))
        parts = parts_of(place, page.chosen, lang)
        book = _book(page, out, linked)

        opened = (page.dataset, page.audit) if len(parts) == 1 and not cluster else None
        tables = begin_aside(
            lambda: write_tables(
                parts, book, Path(scratch), opened=opened, jobs=jobs, cluster=cluster
            )
        )
        if opened:  # this process computes them, and does one thing at a time
            tables.result()
        figures = _write_figures(page, folder / "figures")
        for file in tables.result():
            shutil.move(file, folder)
        html = notebook_html(running.result(), title=page.title, lang=lang)
        # A notebook shows its details open; a page folds them, and printing opens them.
        html = html.replace('<details class="fold" open>', '<details class="fold">')
        (folder / "index.html").write_text(html, encoding="utf-8")
    return Written(out / "index.html", len(page.summaries), figures)


def _run_aside(parameters: Mapping[str, Any]) -> NotebookNode:
    """Run the notebook in a thread, and close the event loop that the thread got for it."""
    try:
        return run_notebook(NOTEBOOK, parameters)
    finally:
        with suppress(RuntimeError):
            asyncio.get_event_loop().close()


def _book(page: BureauComparison, out: Path, linked: bool) -> Book:
    documents = [row["document"] for one in page.summaries for row in one.disclosure.documents]
    links = pdf_links(page.dataset, documents if linked else (), out)
    return Book(page.title, page.say.lang, page.say.unit, links)


def _write_csv(table: pd.DataFrame, file: Path) -> None:
    """Write a table for spreadsheets and programs alike: UTF-8 with its mark, no formula."""
    plain(table).to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")


def _write_figures(page: BureauComparison, folder: Path) -> int:
    import pandas as pd

    folder.mkdir()
    rows = []
    for picture in page.pictures():
        svg, png = picture.files()
        (folder / f"{picture.id}.svg").write_text(svg, encoding="utf-8")
        (folder / f"{picture.id}.png").write_bytes(png)
        _write_csv(picture.table, folder / f"{picture.id}.csv")
        rows.append({"figure": picture.id, "title": picture.title, "alt": picture.alt,
                     "source": picture.source, "note": picture.note})  # fmt: skip
    _write_csv(pd.DataFrame(rows), folder / "figures.csv")
    return len(rows)
