"""How the expenditure of bureaus divides among the classes of a classification."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from budgetkit.compare.classification import SUMS
from budgetkit.summary.summarize import DisclosureSummary

if TYPE_CHECKING:
    import pandas as pd


def shares_by_class(summaries: Iterable[DisclosureSummary]) -> dict[str, pd.DataFrame]:
    """Divide the expenditure of some bureaus among the 类 of both classifications.

    Parameters
    ----------
    summaries
        Of one scope and year.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``functional`` and ``economic``: a row a department and a column a code, both sorted; per
        cent of what the department's codes add to, empty where it prints nothing of a code.
    """
    amounts: dict[str, dict[str, dict[str, float]]] = {kind: {} for kind in SUMS}
    for summary in summaries:
        disclosure = summary.disclosure
        for kind, sums in SUMS.items():
            for found in sums(disclosure, 1):
                if kind == "economic" or found.part == "total":
                    codes = amounts[kind].setdefault(disclosure.department, {})
                    codes[found.code] = codes.get(found.code, 0.0) + found.amount
    return {kind: _shares(found) for kind, found in amounts.items()}


def _shares(amounts: dict[str, dict[str, float]]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame.from_dict(amounts, orient="index").sort_index().sort_index(axis=1)
    return frame.div(frame.sum(axis=1), axis=0) * 100
