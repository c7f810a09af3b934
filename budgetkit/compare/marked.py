"""Frames of several departments: who a row is from, and where the pictures of its figures are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from budgetkit.summary.summarize import DisclosureSummary

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader


def about(summary: DisclosureSummary) -> dict[str, Any]:
    """Return the columns that say which disclosure a row is from."""
    disclosure = summary.disclosure
    return {
        "department": disclosure.department,
        "scope": disclosure.scope,
        "region": disclosure.about("region"),
        "year": disclosure.year,
        "documents": " ".join(row["document"] for row in disclosure.documents),
    }


def marked_frame(
    rows: Sequence[dict[str, Any]],
    columns: Sequence[str],
    dataset: DatasetReader,
    lang: str,
    amounts: Sequence[str] = ("amount",),
) -> pd.DataFrame:
    """Make a frame that knows its dataset, where the pictures of its figures are found.

    Parameters
    ----------
    rows
        By column.
    columns
        In their order.
    dataset
        That the rows are from.
    lang
        Of its names.
    amounts
        Columns in 万元.

    Returns
    -------
    pandas.DataFrame
    """
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(columns))
    frame.attrs |= {
        "lang": lang,
        "dataset": str(dataset.folder),
        "units": dict.fromkeys(amounts, "万元"),
    }
    return frame
