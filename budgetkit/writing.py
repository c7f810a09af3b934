"""Rows of many documents into the files of a dataset, all or nothing.

A dataset is written aside and then moved into place, so that a reader never
meets half of one.  Same rows, same bytes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UsageError
from budgetkit.schema import TABLES, VERSION, Field

if TYPE_CHECKING:
    import pandas as pd

#: Says that a folder is a dataset, and of which shape.
PACKAGE = "datapackage.json"
#: Where the PDFs are on this machine; not part of what is published.
LOCAL_SOURCES = "sources.local.json"
#: Code lists that travel with a dataset.
CODELISTS = ("functional", "economic")

_PANDAS = {"string": "string", "integer": "Int64", "number": "float64", "date": "string"}
#: Column types of the Fiscal Data Package, where one fits.
_FISCAL = {
    "amount": "value",
    "year": "date:fiscal-year",
    "department": "administrative-classification:generic:level1:label",
    "code": "functional-classification:generic:code",
    "name": "functional-classification:generic:label",
}


def frame(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Make the frame of one table of the schema.

    Parameters
    ----------
    name
        A table of :data:`budgetkit.schema.TABLES`.
    rows
        Dicts; a missing key is an empty cell.

    Returns
    -------
    pandas.DataFrame
        Columns in the order and of the types of the schema; whole numbers may be missing.
    """
    import pandas as pd

    rows = list(rows)
    return pd.DataFrame(
        {
            field.name: pd.array([_value(row.get(field.name)) for row in rows], dtype=_dtype(field))
            for field in TABLES[name]
        }
    )


def _dtype(field: Field) -> Any:
    return _PANDAS[field.type]


def _value(value: Any) -> Any:
    return None if value == "" else value


def check_target(out: Path) -> None:
    """Make sure that a dataset may be written to a folder.

    Raises
    ------
    UsageError
        The folder holds something that is not a dataset, or can't be written.
    """
    if out.exists() and not out.is_dir():
        raise UsageError("is a file, not a folder", file=out, remedy="give another --out")
    if out.is_dir() and any(out.iterdir()) and not (out / PACKAGE).is_file():
        raise UsageError(
            "the folder holds files that are not a dataset",
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


def write_dataset(
    out: Path, rows: Mapping[str, list[dict[str, Any]]], sources: Mapping[str, str]
) -> None:
    """Write every table as Parquet and CSV, with ``datapackage.json`` and the code lists.

    Parameters
    ----------
    out
        Folder of the dataset; a dataset there is replaced whole.
    rows
        By table of the schema.
    sources
        Path of the PDF on this machine, by document.
    """
    check_target(out)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        aside.chmod(0o755)
        for name in TABLES:
            write_table(aside, name, frame(name, rows.get(name, [])))
        _write_codelists(aside / "codelists")
        (aside / PACKAGE).write_text(_json(package()), encoding="utf-8")
        (aside / LOCAL_SOURCES).write_text(_json(dict(sources)), encoding="utf-8")
        _move(aside, out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_table(folder: Path, name: str, table: pd.DataFrame) -> None:
    """Write one frame as ``NAME.parquet`` and ``NAME.csv`` (UTF-8 with BOM)."""
    table.to_parquet(folder / f"{name}.parquet", index=False)
    table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n")


def _write_codelists(folder: Path) -> None:
    from importlib.resources import files

    folder.mkdir()
    for name in CODELISTS:
        text = (files("budgetkit.codelists") / f"{name}.csv").read_text(encoding="utf-8")
        (folder / f"{name}.csv").write_text(text, encoding="utf-8-sig")


def _move(aside: Path, out: Path) -> None:
    """Swap the finished folder in; the old one goes only when the new one stands."""
    if not out.exists():
        aside.replace(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    out.replace(old / "dataset")
    aside.replace(out)
    shutil.rmtree(old, ignore_errors=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def package() -> dict[str, Any]:
    """Describe a dataset as a Frictionless data package with Fiscal Data Package types."""
    return {
        "profile": "tabular-data-package",
        "name": "budgetkit-dataset",
        "title": "Figures of Chinese departmental budget disclosures, each with its place",
        "budgetkit_schema": VERSION,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "schema": {"fields": [_described(name, field) for field in fields]},
            }
            for name, fields in TABLES.items()
        ],
    }


def _described(table: str, field: Field) -> dict[str, Any]:
    described = {"name": field.name, "type": field.type, "description": field.meaning}
    if table == "facts" and field.name in _FISCAL:
        described["columnType"] = _FISCAL[field.name]
    if field.name == "amount":
        described["unit"] = "万元"
    return described
