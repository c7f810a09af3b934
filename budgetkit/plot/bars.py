"""Bars: departments ranked by a measure, projects by size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.plot.below import sign
from budgetkit.plot.canvas import (
    NAME_WIDTH,
    WAN,
    as_shown,
    axes_for,
    axis_below,
    axis_with_zero,
    doubts_of,
    first_rows,
    language,
    marked,
    name_rows,
    unit_in,
    unit_of,
    write_number,
)
from budgetkit.plot.chosen_rows import (
    amount_column,
    known_rows,
    need,
    of_measure,
    of_year,
    one_row_each,
    one_scope,
)
from budgetkit.render.charts import BLUE, SKY, label, legend
from budgetkit.render.labels import Labels

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Bars that are drawn where nothing else is said; more are not read.
MOST = 30
#: Height of a bar, in rows.
THICK = 0.6


def ranked(
    frame: pd.DataFrame,
    measure: str = "",
    *,
    year: int | None = None,
    most: int = MOST,
    color: str | None = None,
    lang: str | None = None,
    unit: str = "",
    source: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Rank departments by a measure: one bar each, the highest on top.

    Parameters
    ----------
    frame
        A row a department and measure, as of ``Dataset.compare`` or ``Dataset.panel``: columns
        ``department``, ``measure``, ``value``; ``unit``, ``name``, ``year``, ``scope``, ``note``,
        ``doubt``, ``origin`` and ``documents`` are used where they are there.  Or a column for
        each measure.
    measure
        Which one; may be left out where the frame has one alone.
    year
        Budget year; may be left out where the frame has one alone.
    most
        Bars to draw; how many there are is written below.
    color
        Of all bars; by default published figures are darker than invented ones.
    lang
        ``zh`` or ``en``, of the words that are added; None is that of the frame.
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
        In the unit of the measure.  Hatched bars are in doubt; what has no figure is counted below,
        with the reason, and never drawn as zero.  ``bk.plot.drawn(ax)`` has the rows with the
        places of their figures.

    Raises
    ------
    UsageError
        A column or measure is missing, there are several years or both scopes, or several rows for
        a department.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> costs = ds.compare(["wages_per_head", "active"], years=2025)
    >>> ax = bk.plot.ranked(costs, "wages_per_head")
    >>> ax.get_xlabel()
    '人均工资福利 (万元/人)'
    """
    need(frame, ["department"], "ranked")
    say = language(frame, lang, unit)
    one_scope(frame)
    rows = of_year(of_measure(frame, measure, "ranked"), year)
    one_row_each(rows, ["department"])
    known, missing = known_rows(rows)
    known = known.sort_values("value", ascending=False, kind="stable")
    shown, notes = first_rows(known, most, say)
    doubts = doubts_of(shown)
    invented = (shown["origin"] == "invented").tolist() if "origin" in shown else []
    with axes_for(ax, len(shown)) as ax:
        of_unit = unit_in(rows)
        texts = _texts(shown["value"].tolist(), of_unit, say)
        _bars(ax, as_shown(shown, say, unit=of_unit)["value"].tolist(), texts, doubts, color,
              invented)  # fmt: skip
        name_rows(ax, marked(shown["department"], doubts))
        axis_below(ax, unit_of(rows, say))
        if any(invented) and color is None:
            _explain_origin(ax, say("cmp.published"), say("cmp.invented"), all(invented))
        sign(ax, shown, say, missing=missing, notes=notes, source=source)
    return ax


def _bars(
    ax: Axes,
    values: list[float],
    texts: list[str],
    doubts: list[bool],
    color: str | None,
    invented: list[bool],
) -> None:
    for row, (value, words, doubt) in enumerate(zip(values, texts, doubts, strict=True)):
        shade = color or (SKY if invented and invented[row] else BLUE)
        ax.barh(row, value, height=THICK, color=shade, hatch="////" if doubt else None,
                edgecolor="white" if doubt else shade, linewidth=0)  # fmt: skip
        write_number(ax, max(value, 0.0), row, words)
    axis_with_zero(ax, values)


def _texts(values: list[float], unit: str, say: Labels) -> list[str]:
    """The values as written, in what they are shown in; all whole ones without decimals."""
    whole = say.scaled(1.0, unit) == 1.0 and all(value == int(value) for value in values)
    return [say.value(int(value) if whole else float(value), "" if whole else unit)
            for value in values]  # fmt: skip


def _explain_origin(ax: Axes, published: str, invented: str, all_invented: bool) -> None:
    from matplotlib.patches import Patch

    patches = [] if all_invented else [Patch(color=BLUE, label=published)]
    legend(ax, 2, handles=[*patches, Patch(color=SKY, label=invented)], fontsize=8.5,
           handlelength=1.1)  # fmt: skip


def _one_line(name: str) -> str:
    first, _, more = name.partition("\n")
    return f"{first[:-1]}…" if more else first


def projects(
    frame: pd.DataFrame,
    *,
    most: int = 15,
    color: str | None = None,
    lang: str | None = None,
    unit: str = "",
    source: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """List projects by size, each with its amount.

    Parameters
    ----------
    frame
        A row a project, as of ``Dataset.project_list``: columns ``name`` and ``amount`` (万元);
        ``department`` and ``year`` are named where there are several, ``documents`` below.
    most
        Bars to draw; how many there are is written below.
    color
        Of the bars.
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
        万元.  A project without an amount is counted below.

    Raises
    ------
    UsageError
        A column is missing, or the frame has both scopes.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> ax = bk.plot.projects(ds.project_list(years=2025).head(40), most=5)
    >>> len(ax.patches)
    5
    """
    need(frame, ["name"], "projects")
    say = language(frame, lang, unit)
    one_scope(frame)
    column = amount_column(frame, "projects")
    known, missing = known_rows(frame, column)
    known = known.sort_values(column, ascending=False, kind="stable")
    shown, notes = first_rows(known, most, say)
    names = [str(name) for name in shown["name"]]
    doubts = doubts_of(shown)
    names = [label(name, NAME_WIDTH) for name in marked(names, doubts)]
    told = [
        extra for extra in ("department", "year") if extra in shown and shown[extra].nunique() > 1
    ]
    if told:
        whose = shown[told].astype(str).agg(" ".join, axis=1)
        firsts = [_one_line(name) for name in names]
        names = [
            f"{name}\n{label(who, NAME_WIDTH)}" for name, who in zip(firsts, whose, strict=True)
        ]
    with axes_for(ax, len(shown) * 1.15) as ax:
        texts = _texts(shown[column].tolist(), WAN, say)
        _bars(ax, as_shown(shown, say, column, WAN)[column].tolist(), texts, doubts, color, [])
        name_rows(ax, names, folded=True)
        axis_below(ax, say("unit"))
        sign(ax, shown, say, missing=missing, notes=notes, source=source)
    return ax
