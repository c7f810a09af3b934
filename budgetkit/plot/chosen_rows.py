"""What a figure draws: the rows of one measure, checked before anything is drawn.

A frame that would compare what does not compare is refused in a sentence: several years in one
ranking, a department beside its own unit (which it contains), two rows for one bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError, suggestion

if TYPE_CHECKING:
    import pandas as pd

#: Columns of which a figure takes the first that a frame has, as its amounts.
AMOUNTS = ("value", "amount")


def need(frame: pd.DataFrame, columns: Iterable[str], figure: str) -> None:
    """Make sure that a frame has the columns that a figure draws.

    Parameters
    ----------
    frame
        To be drawn.
    columns
        That it must have.
    figure
        Name of the function, for the message.

    Raises
    ------
    UsageError
        One is missing.
    """
    missing = [column for column in columns if column not in frame]
    if missing:
        raise UsageError(
            f"bk.plot.{figure} needs the column '{missing[0]}', and the frame has "
            f"{', '.join(map(str, list(frame.columns)[:12])) or 'none'}",
            remedy=f"see the columns in help(bk.plot.{figure})",
        )


def amount_column(frame: pd.DataFrame, figure: str) -> str:
    """Return the column that holds the amounts: ``value``, else ``amount``.

    Parameters
    ----------
    frame
        To be drawn.
    figure
        Name of the function, for the message.

    Returns
    -------
    str
    """
    found = next((column for column in AMOUNTS if column in frame), "")
    if not found:
        need(frame, AMOUNTS[:1], figure)
    return found


def of_measure(frame: pd.DataFrame, measure: str, figure: str) -> pd.DataFrame:
    """Return the rows of one measure, with their amounts as ``value``.

    Parameters
    ----------
    frame
        Long, as of ``Dataset.compare`` and ``Dataset.panel``, or with a column for each measure.
    measure
        Its id; may be empty where a long frame has one measure alone.
    figure
        Name of the function, for the message.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    UsageError
        The frame has no such measure, or several and none is named.
    """
    if "measure" not in frame:
        if not measure:
            return frame.assign(value=frame[amount_column(frame, figure)])
        need(frame, [measure], figure)
        unit = frame.attrs.get("units", {}).get(measure, "")
        given = {} if "unit" in frame else {"unit": unit}
        return frame.assign(value=frame[measure], measure=measure, **given)
    known = list(dict.fromkeys(frame["measure"]))
    if not measure and len(known) == 1:
        measure = known[0]
    if measure not in known:
        problem = f"the frame has no measure '{measure}'"
        if not measure:
            problem = f"the frame has {len(known)} measures ({', '.join(known[:6])})"
        raise UsageError(problem, remedy=suggestion(measure, known) if measure else "name one")
    return frame[frame["measure"] == measure]


def of_year(frame: pd.DataFrame, year: int | None) -> pd.DataFrame:
    """Return the rows of one year.

    Parameters
    ----------
    frame
        With a column ``year``, or without.
    year
        Budget year; may be None where the frame has one alone.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    UsageError
        There are several years and none is named, or not the one that is.
    """
    if "year" not in frame:
        return frame
    years = sorted(int(known) for known in frame["year"].dropna().unique())
    if year is None:
        if len(years) > 1:
            raise UsageError(
                f"the frame holds the years {', '.join(map(str, years))}, which are not compared "
                "in one figure",
                remedy=f"choose one: year={years[-1]}",
            )
        return frame
    if year not in years:
        raise UsageError(
            f"the frame has no year {year}", remedy=f"it has {', '.join(map(str, years)) or 'none'}"
        )
    return frame[frame["year"] == year]


def one_scope(frame: pd.DataFrame) -> None:
    """Make sure that no department stands beside its own unit.

    Raises
    ------
    UsageError
        The frame has both scopes.
    """
    if "scope" in frame and frame["scope"].dropna().nunique() > 1:
        raise UsageError(
            "the frame holds departments and their own units, and a department contains its unit",
            remedy="keep one scope: frame[frame['scope'] == 'department']",
        )


def one_row_each(frame: pd.DataFrame, by: Sequence[str]) -> None:
    """Make sure that each mark of a figure has one row.

    Parameters
    ----------
    frame
        To be drawn.
    by
        Columns that tell one mark from another.

    Raises
    ------
    UsageError
        Two rows would be drawn on each other.
    """
    twice = frame[frame.duplicated(list(by))]
    if len(twice):
        which = ", ".join(str(twice.iloc[0][column]) for column in by)
        raise UsageError(
            f"the frame has several rows for {which}",
            remedy=f"keep one for each {' and '.join(by)}",
        )


def known_rows(frame: pd.DataFrame, column: str = "value") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split rows into those with an amount and those without.

    Parameters
    ----------
    frame
        To be drawn.
    column
        Of the amounts.

    Returns
    -------
    pandas.DataFrame, pandas.DataFrame
        What is drawn, as floats; what is named below the figure as not disclosed or not read.
    """
    amounts = frame[column].astype("Float64")
    known = amounts.notna()
    return frame[known].assign(**{column: amounts[known].astype(float)}), frame[~known]
