"""The figures of a comparison: bureaus in rows, so that thirty of them don't collide.

Each function takes a small tidy frame and returns a matplotlib figure in the style of
:mod:`budgetkit.render.charts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from budgetkit.render.charts import BLUE, GREEN, GREY, INK, ORANGE, PALE, SKY, label, legend, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

#: More of Okabe and Ito's colours, for the years and the classes.
PINK, VERMILION, YELLOW = "#CC79A7", "#D55E00", "#F0E442"
SHADES = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, YELLOW, GREY)
#: Inches: width, a row, and what stands above and below the rows.
WIDTH, ROW, REST = 7.2, 0.36, 0.75
#: More bureaus than this are not read in one figure; the table beside has them all.
MOST_ROWS = 30
#: Half-width columns of a bureau's name.
NAME_WIDTH = 36


def _canvas(rows: int, *, width: float = WIDTH, rest: float = REST) -> tuple[Figure, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, max(rows, 2) * ROW + rest), layout="constrained")
    return figure, figure.subplots()


def _rows(axes: Any, names: Sequence[str], xlabel: str) -> None:
    """Name the rows, first on top; a thin axis below."""
    axes.set_yticks(range(len(names)), [label(name, NAME_WIDTH) for name in names],
                    linespacing=1.05, fontsize=8.5)  # fmt: skip
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlabel(xlabel, fontsize=8.5)
    axes.tick_params(axis="y", length=0, pad=4)
    _axis_below(axes)


def _axis_below(axes: Any) -> None:
    axes.tick_params(axis="x", labelsize=8, color=PALE)

    def written(value: float, _: Any) -> str:
        """With as many decimals as any other."""
        places = max(len(f"{tick:.10g}".partition(".")[2]) for tick in axes.get_xticks())
        return f"{value:,.{places}f}".replace("-", "−")

    axes.xaxis.set_major_formatter(written)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _legend(axes: Any, columns: int, **options: Any) -> None:
    legend(axes, columns, fontsize=8.5, handlelength=1.1, columnspacing=1.2, **options)


def floats(data: pd.DataFrame, column: str) -> list[float]:
    """Return a column as floats; what is empty is not a number.

    Parameters
    ----------
    data
        With the column.
    column
        Its name.

    Returns
    -------
    list of float
    """
    found: list[float] = (
        data[column].astype("Float64").to_numpy(float, na_value=float("nan")).tolist()
    )
    return found


def ranking(data: pd.DataFrame, xlabel: str, names: dict[str, str]) -> Figure:
    """Draw one bar a bureau, its value at its end; hatched where its figures are in doubt.

    Parameters
    ----------
    data
        Columns ``name``, ``value``, ``text`` (the value as written), ``origin`` and ``doubt``
        (True or False), in order.
    xlabel
        Under the axis, with the unit.
    names
        Words for the legend: ``published``, ``invented``, ``doubt``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.patches import Patch

    with style():
        figure, axes = _canvas(len(data))
        values = floats(data, "value")
        for i, (value, words, origin, doubt) in enumerate(
            zip(values, data["text"], data["origin"], data["doubt"], strict=True)
        ):
            shade = BLUE if origin == "published" else SKY
            axes.barh(i, value, height=0.6, color=shade, hatch="////" if doubt else None,
                      edgecolor="white" if doubt else shade, linewidth=0)  # fmt: skip
            axes.annotate(words, (max(value, 0.0), i), xytext=(4, 0), va="center",
                          textcoords="offset points", fontsize=8.5, color=INK)  # fmt: skip
        patches = [
            Patch(color=BLUE if origin == "published" else SKY, label=names[origin])
            for origin in ("published", "invented")
            if (data["origin"] == origin).any()
        ]
        if data["doubt"].any():
            patches.append(Patch(facecolor=GREY, hatch="////", edgecolor="white",
                                 label=names["doubt"]))  # fmt: skip
        low, high = min([0.0, *values]), max([0.0, *values])
        axes.set_xlim(low * 1.15, high * 1.15 or 1.0)
        _rows(axes, list(data["name"]), xlabel)
        if len(patches) == 1 and not data["doubt"].any():
            return figure  # one colour needs no words
        legend(axes, 3, handles=patches, fontsize=8.5, handlelength=1.1)
        return figure


def changes(data: pd.DataFrame, xlabel: str) -> Figure:
    """Draw what changed, up to the right and down to the left.

    Parameters
    ----------
    data
        Columns ``name``, ``change`` (per cent) and ``text`` (what stands at the bar), in order.
    xlabel
        Under the axis, with the unit.

    Returns
    -------
    matplotlib.figure.Figure
    """
    with style():
        figure, axes = _canvas(len(data))
        values = floats(data, "change")
        shades = [ORANGE if value > 0 else BLUE for value in values]
        axes.barh(range(len(data)), values, height=0.6, color=shades)
        reach = max([abs(value) for value in values if value == value] or [1.0]) or 1.0
        for i, (value, words) in enumerate(zip(values, data["text"], strict=True)):
            right = value >= 0
            axes.annotate(words, (value, i), xytext=(4 if right else -4, 0), va="center",
                          ha="left" if right else "right", textcoords="offset points",
                          fontsize=8.5)  # fmt: skip
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_xlim(-reach * 1.75, reach * 1.75)
        _rows(axes, list(data["name"]), xlabel)
        return figure


def stacked(data: pd.DataFrame, parts: dict[str, str], xlabel: str) -> Figure:
    """Draw bars that are stacked from parts.

    Parameters
    ----------
    data
        Column ``name`` and one for each part, in order; an empty cell adds nothing.
    parts
        Name in the legend, by column.
    xlabel
        Under the axis, with the unit.

    Returns
    -------
    matplotlib.figure.Figure
    """
    with style():
        figure, axes = _canvas(len(data))
        left = [0.0] * len(data)
        for (column, name), shade in zip(parts.items(), SHADES, strict=False):
            values = [0.0 if value != value else value for value in floats(data, column)]
            axes.barh(range(len(data)), values, left=left, height=0.6, color=shade, label=name)
            left = [a + b for a, b in zip(left, values, strict=True)]
        _rows(axes, list(data["name"]), xlabel)
        _legend(axes, len(parts))
        return figure


def dots(
    data: pd.DataFrame,
    columns: dict[str, str],
    xlabel: str,
    reference: float | None = None,
    apart: float = 0.0,
) -> Figure:
    """Draw the columns of each bureau as marks on one line: posts and people, or years.

    Parameters
    ----------
    data
        Column ``name`` and the columns, in order; an empty cell draws no mark.
    columns
        Name in the legend, by column.
    xlabel
        Under the axis, with the unit.
    reference
        Where a line stands across all rows; None for none.
    apart
        Of a row: how much lower each mark stands than the one before.

    Returns
    -------
    matplotlib.figure.Figure
    """
    markers = ("o", "D", "s", "^", "v", "P", "X", "*")
    with style():
        figure, axes = _canvas(len(data))
        series = {column: floats(data, column) for column in columns}
        columns = {
            column: name
            for column, name in columns.items()
            if any(value == value for value in series[column])
        }
        for i in range(len(data)):
            known = [values[i] for values in series.values() if values[i] == values[i]]
            if len(known) > 1:
                axes.plot([min(known), max(known)], [i, i], color=PALE, linewidth=1.6, zorder=1)
        for n, (column, name) in enumerate(columns.items()):
            shade, marker = SHADES[n % len(SHADES)], markers[n % len(markers)]
            low = (n - (len(columns) - 1) / 2) * apart
            rows = [i + low for i in range(len(data))]
            axes.scatter(series[column], rows, s=34, label=name, zorder=2 + n, color=shade,
                         marker=marker)  # fmt: skip
        axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
        if reference is not None:
            axes.axvline(reference, color=INK, linewidth=0.8, zorder=1)
        axes.grid(axis="y", color="#EEF1F4", linewidth=0.8)
        axes.set_axisbelow(True)
        _rows(axes, list(data["name"]), xlabel)
        _legend(axes, len(columns))
        return figure


def distributions(data: pd.DataFrame, names: dict[str, str]) -> Figure:
    """Draw how each measure is spread over the bureaus: a mark a bureau, a box of the quartiles.

    Parameters
    ----------
    data
        Columns ``measure``, ``name``, ``amount``; the lowest and the highest are named.
    names
        Title of each panel, by measure.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.figure import Figure

    shown = [measure for measure in names if (data["measure"] == measure).any()]
    with style():
        figure = Figure(figsize=(WIDTH, max(len(shown), 1) * 1.15), layout="constrained")
        panels = figure.subplots(len(shown) or 1, 1, squeeze=False)[:, 0]
        for axes, measure in zip(panels, shown, strict=False):
            rows = data[data["measure"] == measure].sort_values("amount")
            values = floats(rows, "amount")
            axes.boxplot(values, orientation="horizontal", widths=0.5, showfliers=False,
                         boxprops={"color": PALE}, medianprops={"color": INK},
                         whiskerprops={"color": PALE}, capprops={"color": PALE})  # fmt: skip
            axes.scatter(values, [1.0] * len(values), s=20, color=BLUE, alpha=0.75, zorder=3)
            _name_ends(axes, list(rows["name"]), values)
            axes.set_title(names[measure], fontsize=9, loc="left", pad=3)
            axes.set_yticks([])
            folded = any("\n" in text.get_text() for text in axes.texts)
            axes.set_ylim(0.35, 2.15 if folded else 1.75)
            _axis_below(axes)
        return figure


def _name_ends(axes: Any, names: Sequence[str], values: Sequence[float]) -> None:
    """The lowest is named at the left edge, the highest at the right, above the marks."""
    if not values:
        return
    axes.annotate(label(names[-1], 60), (1, 1), xycoords="axes fraction", ha="right", va="top",
                  fontsize=8, color=INK)  # fmt: skip
    if len(values) > 1:
        axes.annotate(label(names[0], 60), (0, 1), xycoords="axes fraction", ha="left", va="top",
                      fontsize=8, color=INK)  # fmt: skip


def heatmap(data: pd.DataFrame, xlabel: str) -> Figure:
    """Draw shares (per cent) of bureaus by class: darker is more, each cell its number.

    Parameters
    ----------
    data
        Index of bureaus, a column a class; an empty cell is left white.
    xlabel
        Under the axis, with the unit.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import numpy as np
    from matplotlib import colormaps

    with style():
        figure, axes = _canvas(len(data), rest=1.5)
        values = data.astype("Float64").to_numpy(float, na_value=np.nan)
        # Drawn as paths: a picture inside of an SVG would be one more thing to load.
        edges = [np.arange(size + 1) - 0.5 for size in reversed(values.shape)]
        axes.pcolormesh(*edges, np.ma.masked_invalid(values), cmap="cividis_r", vmin=0, vmax=100,
                        edgecolors="white", linewidth=0.5)  # fmt: skip
        size = 8.0 if values.shape[1] <= 10 else 6.5
        for (row, col), value in np.ndenumerate(values):
            if value == value:
                dark = sum(colormaps["cividis_r"](value / 100)[:3]) < 1.5
                axes.text(col, row, f"{value:.0f}", ha="center", va="center", fontsize=size,
                          color="white" if dark else INK)  # fmt: skip
        _rows(axes, [str(name) for name in data.index], xlabel)
        axes.set_ylim(len(data) - 0.5, -0.5)
        names = [label(str(name), 14, 3) for name in data.columns]
        axes.set_xticks(range(len(names)), names, fontsize=7.5, rotation=40, ha="right",
                        rotation_mode="anchor")  # fmt: skip
        axes.spines["bottom"].set_visible(False)
        return figure
