"""An expenditure broken down: 类, 款, 项, and what a 项 pays for, down to the project.

The table and the icicle figure are the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from budgetkit.compare.classification import ancestor, level_of, name_of, parents
from budgetkit.compare.places import printed_at
from budgetkit.compare.table import choose
from budgetkit.render.labels import Labels
from budgetkit.storage.figures import Figure, figure_of, sum_of
from budgetkit.storage.records import text
from budgetkit.summary.amount_lines import FUNCTION_TABLES
from budgetkit.summary.projects import project_amounts
from budgetkit.summary.summarize import DisclosureSummary

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

#: Below this (万元) a rest is what rounding left.
SMALL = 0.015
COLUMNS = ("node", "parent", "level", "kind", "code", "name", "amount", "share_pct", "flags",
           "fact_ids", "places")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the expenditure.

    Attributes
    ----------
    id, parent : str
        Its path, and that of what contains it.
    level : int
        0 the whole, 1 类, 2 款, 3 项, 4 what the 项 pays for.
    kind : str
        ``total``, ``function``, ``basic``, ``project`` or ``rest``.
    code, name : str
        Of the classification; the name of the project.
    figure : Figure
        万元.
    flags : tuple of str
        ``exceeds``: the named projects are more than the 项 prints.
    """

    id: str
    parent: str
    level: int
    kind: str
    code: str
    name: str
    figure: Figure
    flags: tuple[str, ...] = ()


def drill(
    dataset: DatasetReader,
    department: str,
    year: int,
    scope: str | None = None,
    *,
    lang: str = "zh",
) -> pd.DataFrame:
    """Break down the expenditure of a department, from 类 to project.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    department, year, scope
        Which disclosure; ``department`` before ``unit`` where the scope is None.
    lang
        Of the names of the lowest level.

    Returns
    -------
    pandas.DataFrame
        A row a part; ``parent`` is the ``node`` that contains it, ``amount`` in 万元.

    Raises
    ------
    UsageError
        There is no such disclosure.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> parts = bk.read_dataset(prepare()).drill("昌吉回族自治州科学技术局", 2025)
    >>> parts[["kind", "amount"]].values.tolist()[0]
    ['total', 664.08]
    """
    (summary,) = choose(dataset, year, department, scope).summaries
    frame = node_frame(nodes(summary, Labels(lang)))
    documents = [row["document"] for row in summary.disclosure.documents]
    frame.attrs |= {"lang": lang, "dataset": str(dataset.folder), "documents": documents,
                    "years": [summary.disclosure.year]}  # fmt: skip
    return frame


def node_frame(found: Sequence[Node]) -> pd.DataFrame:
    """Return the table of nodes, as of :func:`drill`."""
    import pandas as pd

    whole = next((node.figure.amount for node in found if node.level == 0), 0.0)
    rows = [
        {
            "node": node.id,
            "parent": node.parent,
            "level": node.level,
            "kind": node.kind,
            "code": node.code,
            "name": node.name,
            "amount": node.figure.amount,
            "share_pct": node.figure.amount / whole * 100 if whole else None,
            "flags": " ".join(node.flags),
            **printed_at(node.figure.places),
        }
        for node in found
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame.attrs["units"] = {"amount": "万元", "share_pct": "%"}
    return frame


def nodes(summary: DisclosureSummary, say: Labels) -> list[Node]:
    """Return the parts of an expenditure, each after what contains it.

    Parameters
    ----------
    summary
        Of one disclosure.
    say
        Words for what is no class of a classification.

    Returns
    -------
    list of Node
        Empty where no table prints the expenditure by function.
    """
    tables = (summary.disclosure.rows_where("facts", table=table) for table in FUNCTION_TABLES)
    coded = ([row for row in rows if row["level"] and row["code"][0] == "2"] for rows in tables)
    rows = next(filter(None, coded), [])
    figures: dict[str, dict[str, Figure]] = {}
    names: dict[str, str] = {}
    for row in rows:
        code, figure = text(row["code"]), figure_of(row)
        names.setdefault(code, text(row["name"]))
        if figure is not None:
            figures.setdefault(code, {}).setdefault(row["measure"], figure)
    totals = {code: found["total"] for code, found in figures.items() if "total" in found}
    whole = sum_of(figure for code, figure in totals.items() if level_of(code) == 1)
    if not rows:
        return []
    found = [Node("total", "", 0, "total", "total", say("expenditure"), whole or Figure(0.0))]
    for code in sorted(totals):
        above = [up for up in parents(code) if up in totals]
        name = say.code("functional", code, name_of("functional", code, names[code]))
        parent = above[-1] if above else "total"
        found.append(Node(code, parent, level_of(code), "function", code, name, totals[code]))
        if not any(other != code and ancestor(other, level_of(code)) == code for other in totals):
            found.extend(_uses(summary, code, figures[code], say))
    return found


def _uses(
    summary: DisclosureSummary, code: str, figures: dict[str, Figure], say: Labels
) -> list[Node]:
    """What one 项 pays for: its basic expenditure, its named projects, and the rest."""

    def node(kind: str, name: str, figure: Figure, flags: tuple[str, ...] = ()) -> Node:
        last = name if kind == "project" else kind
        return Node(f"{code}/{last}", code, 4, kind, code, name, figure, flags)

    found = []
    basic = figures.get("basic", Figure(0.0))
    if basic.amount:
        found.append(node("basic", say("basic"), basic))
    named = project_amounts(summary.disclosure, code=code)
    rest = figures["total"].amount - basic.amount - sum(f.amount for f in named.values())
    flags = ("exceeds",) if rest < -SMALL else ()
    found += [node("project", name, figure, flags) for name, figure in named.items()]
    if rest > SMALL:
        unnamed = figures.get("project") if not named else None
        places = unnamed.places if unnamed else ()
        key = "project" if unnamed else "cmp.rest"
        found.append(node("rest", say(key), Figure(round(rest, 6), places)))
    return found
