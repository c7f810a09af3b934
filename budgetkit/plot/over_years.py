"""A measure over the years: one line a department."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.errors import UsageError
from budgetkit.plot.below import sign
from budgetkit.plot.canvas import (
    SHADES,
    SMALL,
    YELLOW,
    as_shown,
    axes_for,
    axis_below,
    doubts_of,
    language,
    lines_behind,
    marked,
    unit_in,
    unit_of,
)
from budgetkit.plot.chosen_rows import known_rows, need, of_measure, one_row_each, one_scope
from budgetkit.render.charts import PALE, label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Lines that can be told apart; the others are drawn pale, without a name.
MOST_NAMED = 7
#: Colours that a thin line and a name are seen in.
LINES = tuple(shade for shade in SHADES if shade != YELLOW)
#: Half-width columns of a name at the end of a line.
NAME = 26


def trend(
    frame: pd.DataFrame,
    measure: str = "",
    *,
    color: str | None = None,
    lang: str | None = None,
    unit: str = "",
    source: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Draw a measure over the years, one line a department.

    Parameters
    ----------
    frame
        As of :func:`budgetkit.plot.ranked`, with a column ``year`` and as many years as there are.
    measure
        Which one; may be left out where the frame has one alone.
    color
        Of all lines; by default the seven highest have colours, the others are pale.
    lang
        ``zh`` or ``en``; None is that of the frame.
    unit
        Amounts are shown in: ``yuan``, ``wan``, ``million`` or ``yi``; by default 万元 in Chinese,
        million yuan in English.
    source
        Write the documents below the axes.
    ax
        To draw on; a new figure where it is None.

    Returns
    -------
    matplotlib.axes.Axes
        In the unit of the measure, from zero.  A line breaks where a year is not disclosed or was
        not read: nothing is drawn across.  A hollow mark is in doubt.

    Raises
    ------
    UsageError
        A column or measure is missing, or there are both scopes.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ax = bk.plot.trend(bk.read_dataset(prepare()).compare("expenditure"))
    >>> [int(year) for year in ax.get_xticks()]
    [2023, 2024, 2025]
    """
    need(frame, ["department", "year"], "trend")
    say = language(frame, lang, unit)
    one_scope(frame)
    rows = of_measure(frame, measure, "trend").sort_values("year", kind="stable")
    one_row_each(rows, ["department", "year"])
    known, missing = known_rows(rows)
    if known.empty:
        raise UsageError("no row of the frame has a figure", remedy="choose another measure")
    as_drawn = as_shown(known, say, unit=unit_in(rows))
    years = list(range(int(known["year"].min()), int(known["year"].max()) + 1))
    last = as_drawn.groupby("department", sort=False)["value"].last().sort_values(ascending=False)
    notes = []
    with axes_for(ax, 9) as ax:
        ends = []
        for place, name in enumerate(last.index):
            of_name = as_drawn[as_drawn["department"] == name]
            by_year = of_name.set_index("year")["value"].reindex(years)
            is_named = place < MOST_NAMED
            shade = color or (LINES[place] if is_named else PALE)
            ax.plot(years, by_year.to_numpy(float), color=shade, linewidth=1.8, zorder=2)
            for year, value, doubt in zip(of_name["year"], of_name["value"], doubts_of(of_name),
                                          strict=True):  # fmt: skip
                ax.plot([year], [value], marker="o", markersize=5, color=shade, zorder=3,
                        markerfacecolor="white" if doubt else shade)  # fmt: skip
            if by_year.loc[of_name["year"].min() : of_name["year"].max()].isna().any():
                notes = [say("plot.gaps")]
            if is_named:
                (words,) = marked([str(name)], [any(doubts_of(of_name))])
                ends.append((float(of_name["value"].iloc[-1]), words, shade))
        ax.set_xticks(years, [str(year) for year in years])
        ax.set_xlim(years[0] - 0.15, years[-1] + 0.15)
        ax.set_ylim(
            bottom=min(0.0, float(as_drawn["value"].min())),
            top=float(as_drawn["value"].max()) * 1.08 or 1.0,
        )
        _name_ends(ax, ends)
        axis_below(ax, "")
        ax.tick_params(axis="y", labelsize=SMALL, length=0)
        ax.set_title(unit_of(rows, say), fontsize=9, loc="left")
        lines_behind(ax)
        sign(ax, known, say, missing=missing, notes=notes, source=source)
    return ax


def _name_ends(ax: Axes, ends: list[tuple[float, str, str]]) -> None:
    """Name the lines at their right, from the lowest up, so that no name stands on another."""
    low, high = ax.get_ylim()
    step = (high - low) * 0.075
    at = low - step
    for value, words, shade in sorted(ends):
        at = max(value, at + step)
        ax.annotate(label(words, NAME), (1.0, at), xycoords=("axes fraction", "data"),
                    xytext=(6, 0), textcoords="offset points", va="center", fontsize=SMALL,
                    color=shade, linespacing=1.0, annotation_clip=False)  # fmt: skip
