"""The figures of a report: one style, safe for the colour-blind, drawn the same every time.

Each function takes a small frame and returns a matplotlib figure; :func:`svg` turns it
into inline SVG.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from budgetkit.errors import without_control
from budgetkit.render.fonts import missing_glyphs, register_font
from budgetkit.render.wrapping import wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

#: Okabe and Ito's colours, told apart by every kind of colour vision, and in grey.
BLUE, ORANGE, GREEN, SKY, GREY = "#0072B2", "#E69F00", "#009E73", "#56B4E9", "#8A9099"
#: Ink of text and of the lines that carry none.
INK, PALE = "#1B1F24", "#B9C0C8"
#: Inches: as wide as a telephone shows it without shrinking its text much.
WIDTH = 5.4
#: Inches of a bar with its label, and of the rest of a figure.
BAR, REST = 0.37, 0.22
#: More bars than this are not read; the rest is in the table beside.
MOST_BARS = 10
#: A label is broken after this many half-width columns, and cut after two lines.
LABEL_WIDTH = 24
#: Characters that no font has; a mark that says that there is one.
UNKNOWN = "〓"


@cache
def settings(context: str = "paper") -> Any:
    """Return the settings of matplotlib for the style of the reports.

    The font comes after seaborn's theme, which would replace it.

    Parameters
    ----------
    context
        Of seaborn: how large type and lines are.

    Returns
    -------
    dict of str to Any
    """
    import seaborn as sns
    from cycler import cycler

    scaled = sns.plotting_context(context)
    return {
        **sns.axes_style("white"),
        **scaled,
        "font.family": [register_font()],
        "font.size": 9.5 if context == "paper" else scaled["font.size"],
        "axes.unicode_minus": False,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        # A name that holds dollar signs is text, not a formula.
        "text.parse_math": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "budgetkit",
        "axes.edgecolor": PALE,
        "axes.prop_cycle": cycler(color=[BLUE, ORANGE, GREEN, "#CC79A7", SKY, "#D55E00", GREY]),
    }


@contextmanager
def style() -> Iterator[None]:
    """Draw in the style of the reports; what was set before is set again after."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcParams.update(settings())
        yield


def drawable(text: str) -> str:
    r"""Return a text that the font can draw, in one line.

    Examples
    --------
    >>> drawable("\t某\n𠮷局\x07")
    '某 〓局〓'
    """
    text = " ".join(text.split())
    for char in missing_glyphs(text):
        text = text.replace(char, UNKNOWN)
    return text


def label(text: str, width: int = LABEL_WIDTH, most: int = 2) -> str:
    r"""Fold a label into a few lines, none of which is a single character or mark.

    Parameters
    ----------
    text
        Of the label.
    width
        Of a line, in half-width columns.
    most
        Lines; the last is cut where they do not hold the text.

    Returns
    -------
    str

    Examples
    --------
    >>> label("乡村小学校舍维修改造", 18), label("Audit Bureau of Suzhou City ※", 28)
    ('乡村小学校舍维\n修改造', 'Audit Bureau of Suzhou\nCity ※')
    >>> label("机关事业单位基本养老保险缴费支出", 16)
    '机关事业单位基本\n养老保险缴费支出'
    >>> label("Social security and employment", 16)
    'Social security\nand employment'
    """
    text = drawable(text)
    lines = wrap(text, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]
    return "\n".join(lines)


def two_digits(amount: float) -> str:
    """Write an amount in its own unit."""
    return f"{amount:,.2f}"


def bars(data: pd.DataFrame, write: Callable[[float], str] = two_digits) -> Figure:
    """Draw one bar a row, its amount written at its end.

    Parameters
    ----------
    data
        Columns ``name`` and ``amount`` (万元), in the order of drawing.
    write
        How an amount is written.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import seaborn as sns

    with style():
        figure, axes = _canvas(len(data))
        order = list(range(len(data)))
        sns.barplot(x=data["amount"].to_numpy(float), y=order, orient="h", ax=axes, color=BLUE,
                    saturation=1, width=0.62)  # fmt: skip
        _write_amounts(axes, order, list(data["amount"]), write)
        _finish(axes, list(data["name"]))
        return figure


def paired(
    data: pd.DataFrame, columns: Sequence[str], write: Callable[[float], str] = two_digits
) -> Figure:
    """Draw two bars a row side by side: a year and the year before.

    Parameters
    ----------
    data
        Column ``name`` and the two of ``columns`` (万元); an empty cell draws no bar.
    columns
        The older first.
    write
        How an amount is written.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import seaborn as sns

    with style():
        figure, axes = _canvas(len(data), legend=True, bar=BAR * 1.5)
        tidy = data.reset_index(drop=True)[list(columns)].astype(float)
        tidy = tidy.reset_index(names="row").melt("row", var_name="year", value_name="amount")
        sns.barplot(tidy, x="amount", y="row", hue="year", orient="h", ax=axes, saturation=1,
                    palette=[PALE, BLUE], width=0.72)  # fmt: skip
        for offset, column in zip((-0.18, 0.18), columns, strict=True):
            heights = [row + offset for row in range(len(data))]
            _write_amounts(axes, heights, list(data[column]), write, size=8.5)
        legend(axes, 2, handlelength=1.0, handleheight=0.9, columnspacing=1.4)
        _finish(axes, list(data["name"]))
        return figure


def people(data: pd.DataFrame) -> Figure:
    """Draw head counts.

    Parameters
    ----------
    data
        Columns ``name``, ``people`` and ``color``, in the order of drawing.
    """
    with style():
        figure, axes = _canvas(len(data))
        order = list(range(len(data)))
        axes.barh(order, list(data["people"]), height=0.62, color=list(data["color"]))
        _write_amounts(axes, order, list(data["people"]), "{:,.0f}".format)
        _finish(axes, list(data["name"]))
        return figure


def _canvas(rows: int, *, legend: bool = False, bar: float = BAR) -> tuple[Figure, Any]:
    from matplotlib.figure import Figure

    height = rows * bar + REST + (0.28 if legend else 0.0)
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots()


def _write_amounts(
    axes: Any,
    heights: Sequence[float],
    amounts: Iterable[Any],
    write: Callable[[float], str],
    *,
    size: float = 9.5,
) -> None:
    known = [float(amount) for amount in amounts if amount == amount and amount is not None]
    edge = max([abs(amount) for amount in known] or [1.0]) or 1.0
    for height, amount in zip(heights, amounts, strict=True):
        if amount is None or amount != amount:
            continue
        axes.annotate(write(float(amount)), (max(float(amount), 0.0), height), xytext=(4, 0),
                      textcoords="offset points", va="center", ha="left", fontsize=size,
                      color=INK)  # fmt: skip
    axes.set_xlim(0, edge * 1.2)


def legend(axes: Any, columns: int, **options: Any) -> None:
    """Set a legend above the axes, at their left.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        What it explains.
    columns
        Entries beside each other.
    **options
        Of ``Axes.legend``.
    """
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=columns,
        frameon=False,
        borderpad=0.1,
        title=None,
        **options,
    )


def _finish(axes: Any, names: Sequence[str]) -> None:
    axes.set(xlabel="", ylabel="", xticks=[])
    axes.set_yticks(range(len(names)), [label(name) for name in names], linespacing=1.15)
    axes.set_ylim(len(names) - 0.45, -0.55)
    axes.tick_params(axis="y", length=0, pad=4)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)


def svg(figure: Figure, name: str, alt: str, *, outlines: bool = False) -> str:
    """Turn a figure into inline SVG for HTML.

    Parameters
    ----------
    figure
        As drawn by this module.
    name
        Tells it from the other figures of a page: letters and digits.
    alt
        What it shows, for those who do not see it.
    outlines
        Write text as outlines, so that it draws without any font; else it stays text, which can
        be searched and takes a tenth of the room.

    Returns
    -------
    str
        An ``<svg>`` element without any address, date or random id; the same figure gives
        the same text.
    """
    from html import escape

    from matplotlib import rc_context

    buffer = io.StringIO()
    with style(), rc_context({"svg.fonttype": "path" if outlines else "none"}):
        figure.savefig(
            buffer,
            format="svg",
            transparent=True,
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<(metadata|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r'\s(?:xmlns(?::xlink)?|version)="[^"]*"', "", text)
    text = text.replace("xlink:href=", "href=")
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'href="#', f'href="#{name}-', text)
    text = re.sub(r"url\(#", f"url(#{name}-", text)
    # The page sets the size; the view box keeps the shape.
    text = re.sub(r'(<svg\b[^>]*?) width="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'(<svg\b[^>]*?) height="[^"]*"', r"\1", text, count=1)
    text = re.sub(r"\n\s*\n+", "\n", text)
    head = f'<svg role="img" aria-label="{escape(without_control(alt), quote=True)}" class="chart"'
    return text.replace("<svg", head, 1).strip()
