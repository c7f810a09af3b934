"""The axes of a figure: made or taken, with named rows and a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from budgetkit.render.charts import GREY, INK, PALE, label, style
from budgetkit.render.fonts import register_font
from budgetkit.render.labels import Labels

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Inches: width of a figure, of a row, and what stands above and below the rows.
WIDTH, ROW, REST = 7.2, 0.34, 1.15
#: Half-width columns of a name beside a row.
NAME_WIDTH = 36
#: The unit of amounts of frames.
WAN = "万元"
#: Marks a row whose figure is in doubt.
MARK = "※"
#: Okabe and Ito's other colours, and the order in which parts are coloured.
PINK, VERMILION, YELLOW = "#CC79A7", "#D55E00", "#F0E442"
SHADES = ("#0072B2", "#E69F00", "#009E73", PINK, "#56B4E9", VERMILION, YELLOW, GREY)
#: Of lines behind the marks.
PALER = "#EEF1F4"
#: Type sizes: names and numbers, small numbers, the lines below.
NORMAL, SMALL, TINY = 8.5, 8.0, 6.8


def language(frame: pd.DataFrame, lang: str | None, unit: str = "") -> Labels:
    """Return the words of a figure: of the language asked for, else of the frame's own.

    Amounts of the frame are in 万元; the words say what they are drawn in.

    Parameters
    ----------
    frame
        ``attrs["lang"]`` is its language.
    lang
        ``zh``, ``en``, or None.
    unit
        Of :mod:`budgetkit.display_unit`; empty is that of the language.

    Returns
    -------
    Labels
    """
    return Labels(lang or str(frame.attrs.get("lang", "zh")), unit)


@contextmanager
def axes_for(ax: Axes | None, rows: float, width: float = WIDTH) -> Iterator[Axes]:
    """Draw on the axes that were given, else on those of a new figure, high enough for its rows.

    Parameters
    ----------
    ax
        To draw on, or None.
    rows
        Number of rows.
    width
        Inches of a new figure.

    Yields
    ------
    matplotlib.axes.Axes
    """
    import matplotlib.pyplot as plt

    if ax is None:
        # Made outside of the style: a backend that is loaded inside would lose its settings.
        height = max(rows, 2) * ROW + REST
        figure = plt.figure(figsize=(width, height), layout="constrained")
        with style():
            ax = figure.subplots()
    with style():
        yield ax
        _show_chinese(ax)


def _show_chinese(ax: Axes) -> None:
    """Give every text of the axes a font that has Chinese, also on axes made without it."""
    from matplotlib.text import Text

    family = register_font()
    for text in ax.findobj(Text):
        text.set_fontfamily(family)
        text.set_parse_math(False)


def name_rows(ax: Axes, names: Sequence[str], *, folded: bool = False) -> None:
    """Name the rows, the first on top.

    Parameters
    ----------
    ax
        With a row at 0, 1, 2, ...
    names
        Of the rows.
    folded
        They are folded into lines already.
    """
    lines = names if folded else [label(name, NAME_WIDTH) for name in names]
    ax.set_yticks(range(len(names)), lines,
                  linespacing=1.05, fontsize=NORMAL)  # fmt: skip
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0, pad=4)
    ax.set_ylabel("")


def axis_below(ax: Axes, unit: str) -> None:
    """Leave a thin axis below, with the unit.

    Parameters
    ----------
    ax
        The axes.
    unit
        Stands under the axis.
    """
    ax.set_xlabel(unit, fontsize=NORMAL)
    ax.tick_params(axis="x", labelsize=SMALL, color=PALE)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)


def lines_behind(ax: Axes) -> None:
    """Draw pale lines across, behind the marks."""
    ax.grid(axis="y", color=PALER, linewidth=0.8)
    ax.set_axisbelow(True)


def first_rows(rows: pd.DataFrame, most: int, say: Labels) -> tuple[pd.DataFrame, list[str]]:
    """Take the first rows, and say of how many they are.

    Parameters
    ----------
    rows
        In the order of drawing.
    most
        How many are drawn.
    say
        Words.

    Returns
    -------
    rows : pandas.DataFrame
        The first.
    notes : list of str
        Empty where these are all.
    """
    shown = rows.head(most)
    if len(shown) == len(rows):
        return shown, []
    return shown, [say("plot.first", n=len(shown), all=len(rows))]


def marked(names: Iterable[str], doubts: Iterable[bool]) -> list[str]:
    """Mark the names of rows whose figures are in doubt.

    Parameters
    ----------
    names
        Of the rows.
    doubts
        Whether each is in doubt.

    Returns
    -------
    list of str

    Examples
    --------
    >>> marked(["a", "b"], [False, True])
    ['a', 'b ※']
    """
    return [
        f"{name} {MARK}" if doubt else str(name) for name, doubt in zip(names, doubts, strict=True)
    ]


def doubts_of(frame: pd.DataFrame) -> list[bool]:
    """Whether each row is in doubt, by its column ``doubt``; none where there is no such column."""
    if "doubt" not in frame:
        return [False] * len(frame)
    return [bool(doubt) for doubt in frame["doubt"].fillna(False)]


def unit_in(frame: pd.DataFrame) -> str:
    """Return the unit of the values of a frame, from its column ``unit``; empty without one."""
    return str(next(iter(frame["unit"].dropna()), "")) if "unit" in frame else ""


def unit_of(frame: pd.DataFrame, say: Labels) -> str:
    """Return the unit under an axis, from the column ``unit``; its measure's name before it.

    Parameters
    ----------
    frame
        Rows of one measure.
    say
        Words.

    Returns
    -------
    str
    """
    name = next(iter(frame["name"].dropna()), "") if {"name", "measure"} <= set(frame) else ""
    unit = say.unit_name(unit_in(frame))
    return f"{name} ({unit})" if name and unit else str(name or unit)


def as_shown(
    frame: pd.DataFrame, say: Labels, column: str = "value", unit: str = ""
) -> pd.DataFrame:
    """Return a frame with a column in what it is drawn in.

    Parameters
    ----------
    frame
        Rows of one unit.
    say
        Words, which know what amounts are shown in.
    column
        That is converted.
    unit
        Its unit as frames have it; that of the column ``unit`` where it is empty.

    Returns
    -------
    pandas.DataFrame
        A new one; what is drawn is kept as it was (:func:`budgetkit.plot.below.drawn`).
    """
    unit = unit or unit_in(frame)
    values = frame[column].astype("Float64").to_numpy(float, na_value=float("nan"))
    return frame.assign(**{column: [say.scaled(float(value), unit) for value in values]})


def axis_with_zero(ax: Axes, values: Iterable[float], room: float = 1.16) -> None:
    """Begin an axis at zero, with room for the numbers at the ends of bars.

    Parameters
    ----------
    ax
        The axes.
    values
        Lengths of the bars.
    room
        How far beyond the longest the axis goes.
    """
    known = [0.0, *values]
    ax.set_xlim(min(known) * room, max(known) * room or 1.0)


def write_number(ax: Axes, x: float, y: float, text: str, *, right: bool = True) -> None:
    """Write a number beside the end of a mark.

    Parameters
    ----------
    ax
        The axes.
    x, y
        Of the end.
    text
        The number.
    right
        On its right; else on its left.
    """
    ax.annotate(text, (x, y), xytext=(4 if right else -4, 0), textcoords="offset points",
                va="center", ha="left" if right else "right", fontsize=NORMAL,
                color=INK)  # fmt: skip
