"""An expenditure from class to project, each part as high as its amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.compare.icicle import draw_icicle
from budgetkit.plot.below import sign
from budgetkit.plot.canvas import axes_for, language
from budgetkit.plot.chosen_rows import need

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Rows of a usual figure that it is as high as.
ROWS = 13


def icicle(
    frame: pd.DataFrame,
    *,
    lang: str | None = None,
    unit: str = "",
    source: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Break an expenditure down, from class (类) at the left to the projects at the right.

    Parameters
    ----------
    frame
        A row a part, as of ``Dataset.drill``: columns ``node``, ``parent`` (the node that contains
        it), ``level``, ``kind``, ``name`` and ``amount`` (万元).
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
        Parts too low for a name have none; ``bk.plot.drawn(ax)`` has them all.

    Raises
    ------
    UsageError
        A column is missing.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> ax = bk.plot.icicle(ds.drill("昌吉回族自治州科学技术局", 2025))
    >>> len(ax.patches) > 10
    True
    """
    need(frame, ["node", "parent", "level", "kind", "name", "amount"], "icicle")
    say = language(frame, lang, unit)
    with axes_for(ax, ROWS) as ax:
        size = ax.get_window_extent().transformed(ax.figure.dpi_scale_trans.inverted())
        draw_icicle(ax, frame, size.width, size.height, say.amount)
        sign(ax, frame, say, notes=[say("unit_note")], source=source)
    return ax
