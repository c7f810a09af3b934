"""What changed against the year before, line by line, as a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from budgetkit.compare.marked import about, marked_frame
from budgetkit.compare.places import printed_at
from budgetkit.compare.table import choose
from budgetkit.disclosure import year_before
from budgetkit.errors import UsageError, suggestion
from budgetkit.render.labels import Labels
from budgetkit.summary.change_line import Change
from budgetkit.summary.changes import changes as changes_of
from budgetkit.summary.summarize import summarize

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

COLUMNS = ("department", "scope", "region", "year", "kind", "code", "name", "before", "now",
           "change", "change_pct", "reason", "fact_ids", "places", "documents")  # fmt: skip
AMOUNTS = ("before", "now", "change")
#: Kinds of lines, and what each is.
KINDS = ("item", "source", "use", "class", "three_public", "prose")


def changes(
    dataset: DatasetReader,
    department: str,
    year: int,
    scope: str | None = None,
    *,
    kind: str = "item",
    lang: str = "zh",
) -> pd.DataFrame:
    """List what changed against the year before.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    department, year, scope
        Which budget; ``department`` before ``unit`` where the scope is None.
    kind
        ``item`` (functions, 项), ``source`` (of revenue), ``use`` (basic, project and their parts),
        ``class`` (economic), ``three_public``, or ``prose``: what the prose states where the
        dataset has no year before.
    lang
        Of the names.

    Returns
    -------
    pandas.DataFrame
        The total expenditure (kind ``total``) first, then lines of the kind, the largest change
        first: ``before``, ``now`` and ``change`` in 万元, ``change_pct``; what one of the years
        does not print is empty, never zero.

    Raises
    ------
    UsageError
        There is no such department, year, scope or kind.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> lines = bk.read_dataset(prepare()).changes("云汀自治州教育局", 2025)
    >>> lines["kind"].tolist()[:2]
    ['total', 'item']
    """
    if kind not in KINDS:
        raise UsageError(f"there is no kind '{kind}'", remedy=suggestion(kind, KINDS))
    (summary,) = choose(dataset, year, department, scope).summaries
    older = year_before(dataset, summary.disclosure)
    found = changes_of(summary, summarize(older) if older else None)
    say = Labels(lang)
    base = about(summary)
    if older:
        files = [row["document"] for row in older.documents]
        base["documents"] = " ".join([base["documents"], *files])
    rows = [base | _row(line, say) for line in found.of("total", kind)]
    frame = marked_frame(rows, COLUMNS, dataset, lang, AMOUNTS)
    frame = frame.astype(dict.fromkeys((*AMOUNTS, "change_pct"), "Float64"))
    frame.attrs["units"]["change_pct"] = "%"
    return frame


def _row(line: Change, say: Labels) -> dict[str, Any]:
    figures = [figure for figure in (line.now, line.before) if figure]
    places = [place for figure in figures for place in figure.places]
    name = line.name
    if line.kind == "item":
        name = say.code("functional", line.code, line.name)
    elif line.kind == "class":
        name = say.code("economic", line.code, line.name)
    elif line.kind in ("total", "use") and say.has(line.code):
        name = say(line.code)
    return {
        "kind": line.kind,
        "code": line.code,
        "name": name or line.code,
        "before": line.before.amount if line.before else None,
        "now": line.now.amount if line.now else None,
        "change": line.by,
        "change_pct": line.percent,
        "reason": " / ".join(
            filter(None, (line.reason, *(one.words for one in line.other_reasons)))
        ),
        **printed_at(places),
    }
