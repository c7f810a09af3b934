"""The drill-down as a figure: a column a level, each part as high as its amount."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetkit.compare.bureau_charts import SHADES, WIDTH
from budgetkit.render.charts import GREY, INK, label, style, two_digits

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

#: Inches of a figure, and of the lowest part that a name is written into.
HEIGHT, LOWEST = 5.2, 0.15
#: Levels drawn: 类, 款, 项, what it pays for.
COLUMNS = 4
#: Width of each column, as shares of the figure.
WIDTHS = (0.2, 0.24, 0.26, 0.3)


class Part(NamedTuple):
    """A rectangle: edges from 0 to 1, y downwards."""

    node: str
    level: int
    x0: float
    x1: float
    y0: float
    y1: float
    top: str


def layout(data: pd.DataFrame) -> list[Part]:
    """Place the parts of a drill-down.

    Parameters
    ----------
    data
        As of :func:`budgetkit.compare.drill.drill`.

    Returns
    -------
    list of Part
        The children of a part stand beside it, none higher than it; where a level is skipped
        the child stands in its own column.
    """
    rows = data.to_dict("records")
    children: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        children.setdefault(str(row["parent"]), []).append({str(k): v for k, v in row.items()})
    parts: list[Part] = []

    def place(parent: str, y0: float, y1: float, top: str) -> None:
        below = sorted(children.get(parent, []), key=lambda row: -_amount(row))
        whole = sum(max(_amount(row), 0.0) for row in below)
        if whole <= 0:
            return
        # Parts that print more than their whole are drawn within it all the same.
        unit = (y1 - y0) / max(whole, _own(rows, parent))
        at = y0
        for row in below:
            end = at + max(_amount(row), 0.0) * unit
            node, level = str(row["node"]), int(str(row["level"]))
            first = top or node
            left = sum(WIDTHS[: level - 1])
            parts.append(Part(node, level, left, left + WIDTHS[level - 1], at, end, first))
            place(node, at, end, first)
            at = end

    place("total", 0.0, 1.0, "")
    return parts


def _amount(row: dict[str, object]) -> float:
    return float(str(row["amount"]))


def _own(rows: list[dict[object, object]] | list[dict[str, object]], node: str) -> float:
    return next((float(str(row["amount"])) for row in rows if row["node"] == node), 0.0)


def icicle(data: pd.DataFrame, write: Callable[[float], str] = two_digits) -> Figure:
    """Draw a drill-down; parts too low for a name are drawn without, and stand in the table.

    Parameters
    ----------
    data
        As of :func:`budgetkit.compare.drill.drill`.
    write
        How an amount (万元) is written.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.figure import Figure

    with style():
        figure = Figure(figsize=(WIDTH, HEIGHT), layout=None)
        draw_icicle(figure.add_axes((0.0, 0.0, 1.0, 1.0)), data, WIDTH, HEIGHT, write)
        return figure


def draw_icicle(
    axes: Any,
    data: pd.DataFrame,
    width: float,
    height: float,
    write: Callable[[float], str] = two_digits,
) -> None:
    """Draw a drill-down on axes; parts too low for a name are drawn without.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw.
    data
        As of :func:`budgetkit.compare.drill.drill`.
    width, height
        Inches of the axes.
    write
        How an amount (万元) is written.
    """
    from matplotlib.patches import Rectangle

    parts = layout(data)
    names = dict(zip(data["node"], data["name"], strict=True))
    amounts = dict(zip(data["node"], data["amount"], strict=True))
    kinds = dict(zip(data["node"], data["kind"], strict=True))
    tops = list(dict.fromkeys(part.top for part in parts))
    shade = {top: SHADES[i] if i < len(SHADES) - 1 else GREY for i, top in enumerate(tops)}
    for part in parts:
        alpha = 0.62 - 0.12 * (part.level - 1)
        if kinds[part.node] in ("basic", "rest"):
            alpha = 0.14
        axes.add_patch(Rectangle((part.x0, part.y0), part.x1 - part.x0, part.y1 - part.y0,
                                 facecolor=(shade[part.top], alpha), edgecolor="white",
                                 linewidth=0.8))  # fmt: skip
        high = (part.y1 - part.y0) * height
        if high >= LOWEST:
            words = _words(names[part.node], write(float(amounts[part.node])), part, high, width)
            axes.text(part.x0 + 0.006, (part.y0 + part.y1) / 2, words, va="center",
                      fontsize=7.2, color=INK, linespacing=1.05, clip_on=True)  # fmt: skip
    axes.set(xlim=(0, 1), ylim=(1, 0))
    axes.set_axis_off()


def _words(name: str, number: str, part: Part, high: float, width: float) -> str:
    """Name and amount, as many lines as there is room for."""
    columns = int((part.x1 - part.x0) * width * 72 / 3.75) - 2
    if high >= 0.36:
        return f"{label(name, columns)}\n{number}"
    room = columns - len(number) - 1
    short = label(name, room)
    first, _, more = short.partition("\n")
    return f"{first[:-1] + '…' if more else first} {number}"
