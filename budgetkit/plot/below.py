"""What stands below a figure: what is not shown and why, and where its figures are from.

What a figure draws is kept with its axes (:func:`drawn`), so that the places of its numbers are
never further away than a table of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from budgetkit.errors import UsageError
from budgetkit.plot.canvas import MARK, TINY, doubts_of
from budgetkit.render.charts import GREY, label
from budgetkit.render.labels import Labels

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Half-width columns of a line.
LINE_WIDTH = 118
#: Documents that a source line names; more are counted.
MOST_NAMED = 3

_DRAWN: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def sign(
    ax: Axes,
    frame: pd.DataFrame,
    say: Labels,
    *,
    missing: pd.DataFrame | None = None,
    notes: Iterable[str] = (),
    source: bool = True,
) -> None:
    """Write below the axes what is not shown and why, and where the figures are from; keep them.

    Parameters
    ----------
    ax
        What was drawn on.
    frame
        What was drawn.
    say
        Words.
    missing
        Rows without an amount.
    notes
        Further sentences.
    source
        Whether to write the line of sources.
    """
    lines = list(notes)
    if any(doubts_of(frame)):
        lines.append(say("plot.doubt", mark=MARK))
    if missing is not None and len(missing):
        lines.append(not_shown(missing, say))
    if source and (words := source_line(frame, say)):
        lines.append(words)
    if lines:
        folded = "\n".join(label(line, LINE_WIDTH) for line in lines)
        below = ax.xaxis.label if ax.axison else "axes fraction"
        ax.annotate(folded, (0.0, 0.0), xycoords=("axes fraction", below), va="top",
                    xytext=(0, -5), textcoords="offset points", fontsize=TINY, color=GREY,
                    linespacing=1.35, annotation_clip=False)  # fmt: skip
    _DRAWN[ax] = frame


def not_shown(missing: pd.DataFrame, say: Labels) -> str:
    """Count the rows that have no amount, by the reason that their ``note`` gives.

    Parameters
    ----------
    missing
        Rows without an amount.
    say
        Words.

    Returns
    -------
    str
    """
    reasons: Counter[str] = Counter()
    if "note" in missing:
        reasons.update(str(note) for note in missing["note"].fillna("") if note)
    told = [say("plot.reason", n=count, why=why) for why, count in reasons.most_common(3)]
    rest = len(missing) - sum(count for _, count in reasons.most_common(3))
    if rest:
        told.append(say("plot.reason", n=rest, why=say("plot.no_figure")))
    return say("plot.not_shown", n=len(missing), why=say.join(told))


def source_line(frame: pd.DataFrame, say: Labels) -> str:
    """Say which documents and years the rows of a frame are from; empty where it does not say.

    Parameters
    ----------
    frame
        Columns ``documents`` (ids, with spaces between), or ``document``, and ``year``.
    say
        Words.

    Returns
    -------
    str
    """
    column = next((name for name in ("documents", "document") if name in frame), "")
    given: list[str] = list(frame[column].dropna().astype(str)) if column else []
    named = [name for text in given for name in text.split()] or list(
        map(str, frame.attrs.get("documents", ()))
    )
    documents = sorted(set(named))
    if not documents:
        return ""
    files = say.join(documents)
    if len(documents) > MOST_NAMED:
        files = say("plot.documents", first=documents[0], n=len(documents))
    years = frame["year"].dropna() if "year" in frame else frame.attrs.get("years", ())
    dated = sorted({int(year) for year in years})
    if not dated:
        return say("plot.source", documents=files)
    span = str(dated[0]) if len(dated) == 1 else f"{dated[0]}–{dated[-1]}"
    return say("plot.source_years", documents=files, years=span)


def drawn(ax: Axes) -> pd.DataFrame:
    """Return what a figure shows: its rows, in the order of drawing.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        As one of the functions of ``bk.plot`` gave it back.

    Returns
    -------
    pandas.DataFrame
        With the columns of the frame that was drawn, so that ``fact_ids`` and ``places`` say where
        each figure is printed; ``bk.table`` shows them.

    Raises
    ------
    UsageError
        Nothing of ``bk.plot`` was drawn on it.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> costs = bk.read_dataset(prepare()).compare("wages_per_head", years=2025)
    >>> ax = bk.plot.ranked(costs)
    >>> bool(bk.plot.drawn(ax)["value"].is_monotonic_decreasing)
    True
    """
    if ax not in _DRAWN:
        raise UsageError(
            "nothing of bk.plot was drawn on these axes", remedy="draw first: bk.plot.ranked(...)"
        )
    found: pd.DataFrame = _DRAWN[ax]
    return found
