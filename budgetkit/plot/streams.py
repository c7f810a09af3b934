"""Who pays for what: the funds at the left, the functions at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError
from budgetkit.plot.below import sign
from budgetkit.plot.canvas import (
    SHADES,
    SMALL,
    axes_for,
    language,
)
from budgetkit.plot.chosen_rows import need, one_row_each
from budgetkit.render.charts import INK, PALE, label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Of the axes: width of a bar; share of the height that is left between its parts.
BAR, GAP = 0.025, 0.18
#: Half-width columns of a name; share of the height that a line of it takes.
NAME, LINE = 26, 0.04
#: Funds and functions with a stream of their own; smaller ones are put together.
MOST = 8
#: Rows of a usual figure that it is as high as.
ROWS = 10


def flow(
    frame: pd.DataFrame,
    *,
    lang: str | None = None,
    unit: str = "",
    source: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Draw which funds pay for which functions, each stream as wide as its amount.

    Parameters
    ----------
    frame
        A row a stream, as of ``Dataset.flow``: columns ``fund``, ``function`` (their names) and
        ``amount`` (万元, above zero), of one department and year.
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
        The largest fund and function on top, with their sums in 万元.

    Raises
    ------
    UsageError
        A column is missing, there is no row, several departments, or an amount that is negative.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> ax = bk.plot.flow(ds.flow("云汀自治州教育局", 2025))
    >>> len(ax.patches) > 3
    True
    """
    need(frame, ["fund", "function", "amount"], "flow")
    say = language(frame, lang, unit)
    if frame.empty:
        raise UsageError(
            "no stream is known", remedy="the document may print no revenue table by function"
        )
    for column in ("department", "year"):
        if column in frame and frame[column].nunique() > 1:
            raise UsageError(f"the frame holds several of '{column}'", remedy="keep one")
    one_row_each(frame, ["fund", "function"])
    if frame["amount"].isna().any() or (frame["amount"] <= 0).any():
        raise UsageError(
            "a stream needs an amount above zero", remedy="keep frame[frame['amount'] > 0]"
        )
    sums = _few(frame, say("plot.others"))
    left = sums.groupby("fund")["amount"].sum().sort_values(ascending=False, kind="stable")
    right = sums.groupby("function")["amount"].sum().sort_values(ascending=False, kind="stable")
    whole = float(left.sum())
    with axes_for(ax, max(ROWS, 1.5 * max(len(left), len(right)))) as ax:
        starts, ends = _tops(left, whole), _tops(right, whole)
        shade = {fund: SHADES[n % len(SHADES)] for n, fund in enumerate(left.index)}
        at_left, at_right = dict(starts), dict(ends)
        for fund in left.index:
            for function in right.index:
                found = sums[(sums["fund"] == fund) & (sums["function"] == function)]["amount"]
                if len(found):
                    wide = float(found.iloc[0]) / whole * (1 - GAP)
                    _stream(ax, at_left[fund], at_right[function], wide, shade[fund])
                    at_left[fund] += wide
                    at_right[function] += wide
        low = max(
            _side(ax, left, starts, whole, list(shade.values()), say.amount, at_left=True),
            _side(ax, right, ends, whole, [INK] * len(right), say.amount, at_left=False),
        )
        ax.set(xlim=(-0.46, 1.46), ylim=(max(low, 1.0) + 0.02, -0.02))
        ax.set_axis_off()
        sign(ax, frame, say, notes=[say("unit_note")], source=source)
    return ax


def _few(frame: pd.DataFrame, others: str) -> pd.DataFrame:
    """Put the small funds and functions together."""
    found = frame[["fund", "function", "amount"]].astype({"amount": float})
    for column in ("fund", "function"):
        sizes = found.groupby(column)["amount"].sum().sort_values(ascending=False)
        small = set(sizes.index[MOST:])
        found[column] = [others if name in small else name for name in found[column]]
    return found.groupby(["fund", "function"])["amount"].sum().reset_index()


def _tops(sums: pd.Series[float], whole: float) -> dict[str, float]:
    """Where each part of a side begins, from 0 to 1."""
    space = GAP / max(len(sums) - 1, 1) if len(sums) > 1 else 0.0
    at = 0.0 if len(sums) > 1 else GAP / 2
    found = {}
    for name, amount in sums.items():
        found[str(name)] = at
        at += float(amount) / whole * (1 - GAP) + space
    return found


def _stream(ax: Axes, left: float, right: float, wide: float, shade: str) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    x0, x1, middle = BAR, 1 - BAR, 0.5
    points = [
        (x0, left), (middle, left), (middle, right), (x1, right), (x1, right + wide),
        (middle, right + wide), (middle, left + wide), (x0, left + wide), (x0, left),
    ]  # fmt: skip
    curve, line = Path.CURVE4, Path.LINETO
    codes = [Path.MOVETO, curve, curve, curve, line, curve, curve, curve, Path.CLOSEPOLY]
    ax.add_patch(PathPatch(Path(points, codes), facecolor=shade, alpha=0.42, linewidth=0))


def _side(
    ax: Axes,
    sums: pd.Series[float],
    tops: dict[str, float],
    whole: float,
    shades: list[str],
    write: Callable[[float], str],
    *,
    at_left: bool,
) -> float:
    """Draw the bars of one side and name them, low ones apart; return where the names end."""
    from matplotlib.patches import Rectangle

    x = 0.0 if at_left else 1 - BAR
    bottom = -1.0
    for (name, amount), shade in zip(sums.items(), shades, strict=True):
        high = float(amount) / whole * (1 - GAP)
        top = tops[str(name)]
        ax.add_patch(Rectangle((x, top), BAR, high, facecolor=shade, linewidth=0))
        words = f"{label(str(name), NAME)}\n{write(float(amount))}"
        room = LINE * (words.count("\n") + 1)
        middle = max(top + high / 2, bottom + room / 2)
        bottom = middle + room / 2
        edge = x - 0.012 if at_left else x + BAR + 0.012
        ax.text(edge, middle, words, ha="right" if at_left else "left", va="center",
                fontsize=SMALL, color=INK, linespacing=1.05)  # fmt: skip
        if abs(middle - top - high / 2) > 0.02:
            ax.plot([x + BAR / 2, edge], [top + high / 2, middle], color=PALE, linewidth=0.7)
    return bottom
