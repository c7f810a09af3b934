"""Marks on a line: two figures of each department, or how a measure is spread over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError
from budgetkit.plot.below import sign
from budgetkit.plot.canvas import (
    SHADES,
    SMALL,
    as_shown,
    axes_for,
    axis_below,
    doubts_of,
    language,
    lines_behind,
    marked,
    name_rows,
    unit_in,
    unit_of,
)
from budgetkit.plot.chosen_rows import (
    known_rows,
    need,
    of_measure,
    of_year,
    one_row_each,
    one_scope,
)
from budgetkit.render.charts import BLUE, INK, PALE, label, legend

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Marks of a dumbbell: told apart without their colours.
MARKERS = ("o", "D", "s", "^")
#: Height over which the marks of a distribution are spread, in rows.
SPREAD = 0.32


def dumbbell(
    frame: pd.DataFrame,
    measure: str | Sequence[str] = "",
    *,
    year: int | None = None,
    between: Sequence[int] = (),
    lang: str | None = None,
    unit: str = "",
    source: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Join two figures of each department: two measures of one year, or two years of one measure.

    Parameters
    ----------
    frame
        As of :func:`budgetkit.plot.ranked`.
    measure
        Two (up to four) measures of one unit, such as ``["authorized", "active"]``; or one, with
        ``between``.
    year
        Of several measures; may be left out where the frame has one alone.
    between
        Two years of one measure, the older first.
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
        In the unit of the measures; the row with the highest last mark on top.  Where one of the
        two is not disclosed the other stands alone.

    Raises
    ------
    UsageError
        A column, measure or year is missing, the units differ, or there are both scopes.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> people = ds.compare(["authorized", "active"], years=2025)
    >>> ax = bk.plot.dumbbell(people, ["authorized", "active"])
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['编制', '在职']
    """
    import pandas as pd

    need(frame, ["department"], "dumbbell")
    say = language(frame, lang, unit)
    one_scope(frame)
    measures = [measure] if isinstance(measure, str) else list(measure)
    groups = _groups(frame, measures, year, between)
    own_unit = _one_unit(groups.values())
    for rows in groups.values():
        one_row_each(rows, ["department"])
    table = pd.DataFrame(
        {
            name: as_shown(rows, say, unit=own_unit).set_index("department")["value"]
            for name, rows in groups.items()
        }
    )
    order = list(table.columns)[::-1]
    table = table.dropna(how="all").sort_values(order, ascending=False, kind="stable")
    both = pd.concat(groups.values())
    known, missing = known_rows(both)
    in_doubt = set(known[doubts_of(known)]["department"])
    names = [str(name) for name in table.index]
    with axes_for(ax, len(table)) as ax:
        for row, values in enumerate(table.to_numpy(float)):
            there = [value for value in values if value == value]
            ax.plot([min(there), max(there)], [row, row], color=PALE, linewidth=2.2, zorder=1)
        for place, name in enumerate(table.columns):
            ax.scatter(table[name], range(len(table)), s=38, zorder=2 + place, label=name,
                       color=SHADES[place], marker=MARKERS[place % len(MARKERS)])  # fmt: skip
        ax.set_xlim(left=min(0.0, ax.get_xlim()[0]))
        name_rows(ax, marked(names, [name in in_doubt for name in names]))
        axis_below(ax, unit_of(both, say) if between else say.unit_name(own_unit))
        lines_behind(ax)
        legend(ax, len(table.columns), fontsize=8.5, handlelength=1.1, columnspacing=1.2)
        sign(ax, known, say, missing=missing, source=source)
    return ax


def _groups(
    frame: pd.DataFrame, measures: Sequence[str], year: int | None, between: Sequence[int]
) -> dict[str, pd.DataFrame]:
    """The rows of each mark: of two years of one measure, or of several measures."""
    if len(between) == 1 or (len(measures) == 1 and not between):
        raise UsageError(
            "bk.plot.dumbbell needs two figures of each department",
            remedy="name two measures, or two years: between=(2024, 2025)",
        )
    if between:
        of_one = of_measure(frame, measures[0], "dumbbell")
        return {str(one): of_year(of_one, one) for one in between}
    of_each = ((one, of_year(of_measure(frame, one, "dumbbell"), year)) for one in measures)
    return {_name(rows, one): rows for one, rows in of_each}


def _one_unit(groups: Iterable[pd.DataFrame]) -> str:
    """The unit that all rows have; a ``UsageError`` where there are several."""
    units = {unit for rows in groups if "unit" in rows for unit in rows["unit"].dropna()}
    if len(units) > 1:
        raise UsageError(
            f"the measures have the units {', '.join(sorted(units))}, which share no axis",
            remedy="choose measures of one unit",
        )
    return next(iter(units), "")


def _name(rows: pd.DataFrame, measure: str) -> str:
    return str(rows["name"].iloc[0]) if "name" in rows and len(rows) else measure


def distribution(
    frame: pd.DataFrame,
    measure: str = "",
    *,
    by: str = "year",
    color: str | None = None,
    lang: str | None = None,
    unit: str = "",
    source: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Show how a measure is spread over departments: a mark each, and a box of the quartiles.

    Parameters
    ----------
    frame
        As of :func:`budgetkit.plot.ranked`, of any number of years.
    measure
        Which one; may be left out where the frame has one alone.
    by
        Column with a row of marks for each of its values: ``year``, ``region``, ``origin``.
    color
        Of the marks.
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
        In the unit of the measure; the lowest and the highest of each row are named, hollow marks
        are in doubt.

    Raises
    ------
    UsageError
        A column or measure is missing, or there are both scopes.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ax = bk.plot.distribution(bk.read_dataset(prepare()).compare("project_share"))
    >>> [text.get_text() for text in ax.get_yticklabels()]
    ['2023', '2024', '2025']
    """
    need(frame, ["department", by], "distribution")
    say = language(frame, lang, unit)
    one_scope(frame)
    rows = of_measure(frame, measure, "distribution")
    known, missing = known_rows(rows)
    as_drawn = as_shown(known, say, unit=unit_in(rows))
    groups = sorted(known[by].dropna().unique())
    with axes_for(ax, len(groups) * 2.6) as ax:
        for row, group in enumerate(groups):
            of_group = as_drawn[as_drawn[by] == group].sort_values("value", kind="stable")
            values = of_group["value"].tolist()
            ax.boxplot(values, positions=[row], orientation="horizontal", widths=0.4,
                       showfliers=False, manage_ticks=False, boxprops={"color": PALE},
                       medianprops={"color": INK}, whiskerprops={"color": PALE},
                       capprops={"color": PALE})  # fmt: skip
            shade = color or BLUE
            doubts = doubts_of(of_group)
            heights = [row + SPREAD * ((n % 3) - 1) / 2 for n in range(len(values))]
            ax.scatter(values, heights, s=24, zorder=3, edgecolors=shade,
                       facecolors=["white" if doubt else shade for doubt in doubts])  # fmt: skip
            _name_ends(ax, of_group, row)
        name_rows(ax, [str(group) for group in groups])
        low, high = ax.get_xlim()
        ax.set_xlim(low - (high - low) * 0.05, high + (high - low) * 0.05)
        axis_below(ax, unit_of(rows, say))
        sign(ax, known, say, missing=missing, source=source)
    return ax


def _name_ends(ax: Axes, rows: pd.DataFrame, row: int) -> None:
    """Name the lowest above the box at its left, the highest at its right."""
    names, values = list(rows["department"]), list(rows["value"])
    ends = [(values[-1], names[-1], "right")]
    if len(names) > 1:
        ends.append((values[0], names[0], "left"))
    for value, name, side in ends:
        ax.annotate(label(str(name), 40), (value, row - 0.26), va="bottom", ha=side,
                    fontsize=SMALL - 0.5, color=INK, annotation_clip=False)  # fmt: skip
