"""From the year before to this year, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.errors import UsageError
from budgetkit.plot.below import sign
from budgetkit.plot.canvas import (
    VERMILION,
    WAN,
    axes_for,
    axis_below,
    language,
    name_rows,
    write_number,
)
from budgetkit.plot.chosen_rows import need, one_row_each
from budgetkit.render.charts import BLUE, GREY, PALE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: 万元: a rest below this is what rounding left.
SMALL = 0.015


def waterfall(
    frame: pd.DataFrame,
    *,
    most: int = 8,
    lang: str | None = None,
    unit: str = "",
    source: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Lead from the total of the year before to that of this year, one step a line that changed.

    Parameters
    ----------
    frame
        A row a line, as of ``Dataset.changes``: columns ``name``, ``before`` and ``now`` (万元,
        empty where that year does not print the line), and ``kind``, of which one row is
        ``total``.  The other rows must be parts of that total, none inside of another.
    most
        Steps to draw, the largest; the rest is one step.
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
        万元.  What the lines do not explain of the change of the total is a step of its own.

    Raises
    ------
    UsageError
        A column is missing, or the total of one of the years is.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> ax = bk.plot.waterfall(ds.changes("云汀自治州教育局", 2025))
    >>> ax.get_xlabel()
    '万元'
    """
    need(frame, ["name", "kind", "before", "now"], "waterfall")
    say = language(frame, lang, unit)
    totals = frame[frame["kind"] == "total"]
    if len(totals) != 1 or totals[["before", "now"]].isna().any(axis=None):
        raise UsageError(
            "a waterfall needs the total of both years, and the frame has it not",
            remedy="see ds.changes(...): a total that is not disclosed or was not read is empty",
        )
    lines = frame[frame["kind"] != "total"]
    one_row_each(lines, [name for name in ("code", "name") if name in lines])
    before, now = float(totals["before"].iloc[0]), float(totals["now"].iloc[0])
    only_one = lines["before"].isna() | lines["now"].isna()
    by = (lines["now"].fillna(0.0) - lines["before"].fillna(0.0)).astype(float)
    order = by.abs().sort_values(ascending=False, kind="stable").index
    moved = [(str(lines["name"][at]), by[at]) for at in order if abs(by[at]) >= SMALL / 3]
    steps = moved[:most]
    rest = now - before - sum(amount for _, amount in steps)
    if abs(rest) > SMALL:
        steps.append((say("plot.rest"), rest))
    years = [int(frame["year"].iloc[0]) - 1, int(frame["year"].iloc[0])] if "year" in frame else []
    ends = [f"{say('plot.whole')} {year}" for year in years] or [say("col.before"), say("col.now")]
    notes = [say("plot.one_year_only")] if only_one.any() else []
    with axes_for(ax, len(steps) + 2) as ax:
        at = before

        def shown(amount: float) -> float:
            return say.scaled(amount, WAN)

        ax.barh(0, shown(before), height=0.6, color=GREY)
        reach = [before, now]
        for row, (_, amount) in enumerate(steps, start=1):
            ax.barh(
                row,
                shown(amount),
                left=shown(at),
                height=0.6,
                color=VERMILION if amount > 0 else BLUE,
            )
            ax.plot([shown(at)] * 2, [row - 0.7, row + 0.3], color=PALE, linewidth=0.8, zorder=0)
            right = max(at, at + amount)
            write_number(ax, shown(right), row, say.amount(amount, "+").replace("-", "−"))
            at += amount
            reach.append(right)
            reach.append(at)
        ax.barh(len(steps) + 1, shown(now), height=0.6, color=GREY)
        for row, amount in ((0, before), (len(steps) + 1, now)):
            write_number(ax, max(shown(amount), 0.0), row, say.amount(amount))
        low, high = min(0.0, *reach), max(reach)
        if min(reach) > 0.55 * high:
            # The axis of a small change is cut, and says so by where it begins.
            low = min(reach) - (high - min(reach)) * 0.6
            notes.append(say("plot.cut_axis"))
        ax.set_xlim(shown(low), shown(high + (high - low) * 0.16))
        name_rows(ax, [ends[0], *(name for name, _ in steps), ends[1]])
        axis_below(ax, say("unit"))
        sign(ax, frame, say, notes=notes, source=source)
    return ax
