"""Lines over years: the headline amounts of one department."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from budgetkit.render.charts import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    WIDTH,
    label,
    style,
    two_digits,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

#: Inches of the figure, and the least share of its height between two names.
HEIGHT, APART = 2.9, 0.085
COLORS = (BLUE, ORANGE, GREEN, SKY, GREY)
MARKERS = ("o", "s", "^", "D", "v")


def trend(
    data: pd.DataFrame,
    write: Callable[[float], str] = two_digits,
    scale: Callable[[float], float] = float,
) -> Figure:
    """Draw one line a column over the years, named at its end.

    Parameters
    ----------
    data
        A row a year, the earliest first, with the year as its index; a column a line (万元), named
        as shown. An empty cell breaks its line.
    write
        How an amount at the end of a line is written.
    scale
        What the axis shows of an amount.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.figure import Figure

    with style():
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
        axes = figure.subplots()
        years = [str(year) for year in data.index]
        for name, color, marker in zip(data.columns, COLORS, MARKERS, strict=False):
            axes.plot(years, data[name].astype(float), color=color, marker=marker, markersize=4.5)
        most = float(data.max().max())
        axes.set_ylim(0, most * 1.08)
        last = data.iloc[-1].dropna().sort_values()
        heights = _spread([float(value) for value in last], most * APART)
        ends = zip(map(str, last.index), map(float, last), heights, strict=True)
        for end, value, height in ends:
            text = f"{label(end)} {write(value)}"
            axes.annotate(
                text,
                (len(years) - 1, height),
                xytext=(8, 0),
                textcoords="offset points",
                fontsize=8.5,
                va="center",
                annotation_clip=False,
            )
        axes.set_xlim(-0.2, len(years) - 1 + 0.9)
        axes.tick_params(length=0)
        axes.yaxis.set_major_formatter(lambda value, _: f"{scale(value):,g}")
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.grid(axis="y", linewidth=0.5, alpha=0.6)
        return figure


def _spread(heights: list[float], apart: float) -> list[float]:
    """Move names up until no two of them overlap.

    Examples
    --------
    >>> _spread([1.0, 1.5, 9.0], 2.0)
    [1.0, 3.0, 9.0]
    """
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + apart) if placed else height)
    return placed
