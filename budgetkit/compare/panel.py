"""Every measure of every department and year, one row each: a frame that joins to others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from budgetkit.compare.table import compare
from budgetkit.schema import frame_units

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader


def panel(
    dataset: DatasetReader,
    measures: str | Sequence[str] | None = None,
    years: int | Sequence[int] | None = None,
    bureaus: str | Sequence[str] | None = None,
    scope: str | None = None,
    *,
    lang: str = "zh",
) -> pd.DataFrame:
    """Give one row a department, year and measure: what joins to anything else.

    Parameters
    ----------
    dataset, measures, years, bureaus, scope, lang
        As in ``Dataset.compare``.

    Returns
    -------
    pandas.DataFrame
        ``department``, ``scope``, ``year`` and ``measure`` tell one row from another, and there is
        a row for each of them, with an empty ``value`` where nothing is disclosed.  ``unit`` is a
        column, so that it survives a merge, and ``name`` the measure's name.  ``attrs["units"]``
        is the same for all frames of a dataset, so that pandas keeps it when they are merged.

    Raises
    ------
    UsageError
        There is no such measure, bureau, year or scope.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> panel = bk.read_dataset(prepare()).panel(["active", "wages"])
    >>> bool(panel.duplicated(["department", "scope", "year", "measure"]).any())
    False
    """
    frame = compare(dataset, measures, years, bureaus, scope, lang=lang)
    frame = frame.drop(columns=["audit", "notice"])
    frame.attrs = {"units": frame_units()}
    return frame
