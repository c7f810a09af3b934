"""Parts of a whole: bars of a hundred per cent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError
from budgetkit.plot.below import sign
from budgetkit.plot.canvas import (
    SHADES,
    SMALL,
    axes_for,
    axis_below,
    doubts_of,
    language,
    marked,
    name_rows,
)
from budgetkit.plot.chosen_rows import amount_column, known_rows, need, one_row_each, one_scope
from budgetkit.render.charts import GREY, INK, label, legend

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Parts with a colour of their own; the smaller ones are one grey part.
MOST = 7
#: Parts whose colours are so light that a number on them is dark.
DARK_ON = (1, 4, 6)
#: Per cent of which a part is wide enough for its number.
WIDE = 6.0


def share(
    frame: pd.DataFrame,
    parts: Sequence[str] = (),
    *,
    by: str = "department",
    part: str = "name",
    lang: str | None = None,
    source: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Draw what a whole is made of, as shares of a hundred per cent.

    Parameters
    ----------
    frame
        Long: a row for each part of each bar, with the amount in ``value`` or ``amount``, as of
        ``Dataset.compare``, ``Dataset.panel``, ``Dataset.by_function`` and ``Dataset.by_class``.
    parts
        Measures to take, such as ``["personnel", "operating", "project"]``; all rows where empty.
        They must be parts of one whole: nothing here knows what is contained in what.
    by
        Column with a bar for each of its values: ``department`` or ``year``.
    part
        Column with the names of the parts.
    lang
        ``zh`` or ``en``; None is that of the frame.
    source
        Write the documents below the axes.
    ax
        To draw on; a new figure where it is None.

    Returns
    -------
    matplotlib.axes.Axes
        Per cent.  A bar of which a part is not disclosed or was not read is left out and counted
        below: its other parts would look larger than they are.

    Raises
    ------
    UsageError
        A column is missing, there are both scopes, several rows for a part, or a part that is
        negative.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> ax = bk.plot.share(ds.compare(["basic", "project"], years=2025), ["basic", "project"])
    >>> ax.get_xlabel()
    '%'
    """
    need(frame, [by, part], "share")
    say = language(frame, lang)
    one_scope(frame)
    column = amount_column(frame, "share")
    rows = frame
    if parts:
        need(frame, ["measure"], "share")
        rows = frame[frame["measure"].isin(list(parts))]
        rows = rows.sort_values("measure", key=lambda ids: ids.map(list(parts).index))
    one_row_each(rows, [by, part])
    known, without = known_rows(rows, column)
    unknown = set(without[by])
    known = known[~known[by].isin(unknown)]
    if (known[column] < 0).any():
        name = known[known[column] < 0][part].iloc[0]
        raise UsageError(f"'{name}' is negative, which is no share", remedy="leave it out")
    table = known.pivot(index=by, columns=part, values=column).fillna(0.0)
    sizes = table.sum().sort_values(ascending=False)
    order = [name for name in dict.fromkeys(rows[part]) if name in table] if parts else sizes.index
    table = table[list(order)]
    if len(table.columns) > MOST:
        rest = table.iloc[:, MOST:].sum(axis=1)
        table = table.iloc[:, :MOST].assign(**{say("plot.others"): rest})
    totals = table.sum(axis=1)
    table = table[totals > 0].div(totals[totals > 0], axis=0) * 100
    first = str(table.columns[0]) if len(table.columns) else ""
    table = table.sort_index() if by == "year" else table.sort_values(first, ascending=False)
    in_doubt = set(known[doubts_of(known)][by])
    with axes_for(ax, len(table)) as ax:
        left = [0.0] * len(table)
        for place, name in enumerate(table.columns):
            shade = SHADES[place] if place < MOST else GREY
            values = table[name].tolist()
            ax.barh(range(len(table)), values, left=left, height=0.62, color=shade,
                    label=label(str(name), 20))  # fmt: skip
            for row, (start, value) in enumerate(zip(left, values, strict=True)):
                if value >= WIDE:
                    ax.text(start + value / 2, row, f"{value:.0f}", ha="center", va="center",
                            fontsize=SMALL, color=INK if place in DARK_ON else "white")  # fmt: skip
            left = [a + b for a, b in zip(left, values, strict=True)]
        ax.set_xlim(0, 100)
        name_rows(ax, marked(map(str, table.index), [name in in_doubt for name in table.index]))
        axis_below(ax, "%")
        legend(ax, min(len(table.columns), 4), fontsize=SMALL, handlelength=1.1,
               columnspacing=1.2)  # fmt: skip
        sign(ax, known, say, missing=without, source=source)
    return ax
