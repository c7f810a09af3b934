"""A comparison as a folder: the page, the figures as files, the tables as CSV and Excel."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.compare.classification import by_class, by_function
from budgetkit.compare.page import BureauComparison
from budgetkit.compare.table import wide
from budgetkit.errors import UsageError
from budgetkit.paths import notebooks_folder
from budgetkit.report.execute import run_notebook
from budgetkit.report.html import notebook_html

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.dataset import Dataset

#: The notebook that the page is a run of.
NOTEBOOK = "compare_bureaus.ipynb"
#: Says that a folder holds a comparison, so that it may be replaced.
MARK = "compare.csv"


@dataclass(frozen=True, slots=True)
class Written:
    """What a run made.

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
    dataset: Dataset,
    out: str | Path,
    *,
    years: list[int] | None = None,
    bureaus: list[str] | None = None,
    scope: str | None = None,
    lang: str = "zh",
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

    Returns
    -------
    Written

    Raises
    ------
    UsageError
        There is no such year, bureau, scope or language, or ``out`` holds something else.
    """
    out = Path(out)
    _check_target(out)
    page = BureauComparison(dataset, years, bureaus, scope, lang=lang)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        aside.chmod(0o755)
        _write_tables(page, aside)
        figures = _write_figures(page, aside / "figures")
        parameters = {
            "dataset": str(dataset.folder.resolve()),
            "years": years or [],
            "bureaus": bureaus or [],
            "scope": scope or "",
            "lang": lang,
        }
        done = run_notebook(notebooks_folder() / NOTEBOOK, parameters)
        html = notebook_html(done, title=page.title, lang=lang)
        (aside / "index.html").write_text(html, encoding="utf-8")
        _move(aside, out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Written(out / "index.html", len(page.cases), figures)


def _check_target(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError("is a file, not a folder", file=out, remedy="give another --out")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise UsageError(
            "the folder holds files that are not a comparison",
            file=out,
            remedy="give --out an empty or new folder",
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent):
            pass
    except OSError as error:
        raise UsageError(
            f"can't be written ({error.strerror})", file=out, remedy="give --out another folder"
        ) from error


def _move(aside: Path, out: Path) -> None:
    """Swap the finished folder in; the old one goes only when the new one stands."""
    if out.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
        out.replace(old / "comparison")
        aside.replace(out)
        shutil.rmtree(old, ignore_errors=True)
    else:
        aside.replace(out)


def _write_tables(page: BureauComparison, folder: Path) -> None:
    import pandas as pd

    years, names = page.years, sorted({case.subject.department for case in page.chosen.cases})
    scope = page.chosen.scope
    tables = {
        "compare": page.frame,
        "wide": wide(page.frame),
        "by_function": by_function(page.dataset, 3, years, names, scope),
        "by_class": by_class(page.dataset, 2, years, names, scope),
    }
    for name in ("compare", "by_function", "by_class"):
        write_csv(tables[name], folder / f"{name}.csv")
    with pd.ExcelWriter(folder / "compare.xlsx", engine="openpyxl") as book:
        for name, table in tables.items():
            plain(table).to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 1))


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Make texts that a spreadsheet would take for a formula start with an apostrophe."""
    found = table.copy()
    for column in found.select_dtypes(include=["object", "string"]).columns:
        found[column] = found[column].map(_text)
    return found


def _text(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" and value else value


def write_csv(table: pd.DataFrame, file: Path) -> None:
    """Write a table for spreadsheets and programs alike: UTF-8 with its mark."""
    table.to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")


def _write_figures(page: BureauComparison, folder: Path) -> int:
    import pandas as pd

    folder.mkdir()
    rows = []
    for picture in page.pictures():
        (folder / f"{picture.id}.svg").write_text(picture.svg_file(), encoding="utf-8")
        (folder / f"{picture.id}.png").write_bytes(picture.png_file())
        data = picture.data
        if data.index.name is None and not isinstance(data.index[0], int):
            data = data.rename_axis("name").reset_index()
        write_csv(data, folder / f"{picture.id}.csv")
        rows.append({"figure": picture.id, "title": picture.title, "alt": picture.alt,
                     "source": picture.source, "note": picture.note})  # fmt: skip
    write_csv(pd.DataFrame(rows), folder / "figures.csv")
    return len(rows)
