"""Datasets made by hand of what a reader did not understand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from budgetkit.api import Dataset
from budgetkit.extraction.dataset_rows import empty_rows
from budgetkit.storage.write import write_dataset

PLACE = {"page": 3, "x0": 10.0, "top": 20.0, "x1": 30.0, "bottom": 28.0}


def lost(
    cause: str, subject: str, word: str = "", table: str = "", **fields: Any
) -> dict[str, Any]:
    """A row of ``unmapped``."""
    row = {"document": "a", "text": "1.00", "table": table, "rule": f"no {cause} for {subject}"}
    return row | PLACE | {"cause": cause, "subject": subject, "word": word} | fields


def read(table: str, name: str, code: str = "", **fields: Any) -> dict[str, Any]:
    """A row of ``facts``."""
    row = {"fact_id": f"a:{name}", "document": "a", "table": table, "section": "", "code": code}
    return row | PLACE | {"name": name, "measure": "total", "amount": 1.0} | fields


def dataset(
    folder: Path,
    unmapped: list[dict[str, Any]],
    facts: list[dict[str, Any]] | None = None,
    tables: list[dict[str, Any]] | None = None,
) -> Dataset:
    """A dataset of these rows."""
    rows = empty_rows() | {"unmapped": unmapped, "facts": facts or [], "tables": tables or []}
    names = dict.fromkeys(row["document"] for row in (*unmapped, *(facts or [])))
    rows["documents"] = [{"document": name, "status": "partial"} for name in names]
    write_dataset(folder / "dataset", [rows], {})
    return Dataset(folder / "dataset")
