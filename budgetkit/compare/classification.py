"""Sums by function and by economic class, at any level of the code lists.

A code is its own address: 20805 is a 款 of 208, 2080501 a 项 of 20805.  Names drift over
the years, so that sums go by code and are called by today's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from budgetkit.amounts import squeeze
from budgetkit.codelists import bare_name, classification
from budgetkit.compare.guards import is_invented
from budgetkit.compare.table import choose, place_text
from budgetkit.disclosure import Figure, figure_of, text
from budgetkit.errors import UsageError
from budgetkit.storage.rows import Row
from budgetkit.summary.lines import ECONOMIC_TABLES, FUNCTION_TABLES
from budgetkit.summary.summary import Case

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

LEVELS = {"functional": 3, "economic": 2}
USES = ("total", "basic", "project")
#: Gaps (万元) that printed digits explain.
SMALL = 0.0151
COLUMNS = (
    "department",
    "scope",
    "origin",
    "year",
    "code",
    "name",
    "level",
    "part",
    "amount",
    "printed",
    "summed",
    "flags",
    "table",
    "fact_ids",
    "places",
)


def level_of(code: str) -> int:
    """Give the level of a code: 1 类, 2 款, 3 项.

    Examples
    --------
    >>> level_of("208"), level_of("2080501"), level_of("30113")
    (1, 3, 2)
    """
    return (len(code) - 1) // 2


def ancestor(code: str, level: int) -> str:
    """Give the code that a code belongs to at a level; itself where it is not as deep.

    Examples
    --------
    >>> ancestor("2080501", 1), ancestor("2080501", 2), ancestor("208", 3)
    ('208', '20805', '208')
    """
    return code[: 1 + 2 * level]


def parents(code: str) -> tuple[str, ...]:
    """Give the codes above a code, the highest first.

    Examples
    --------
    >>> parents("2080501")
    ('208', '20805')
    """
    return tuple(ancestor(code, level) for level in range(1, level_of(code)))


def name_of(kind: str, code: str, printed: str = "") -> str:
    """Give today's name of a code; as printed where no list has it."""
    known = classification(kind).get(code)
    return known.name if known else printed or code


def check_level(kind: str, level: int) -> None:
    """Make sure that a classification has a level.

    Raises
    ------
    UsageError
        It has not.
    """
    if not 1 <= level <= LEVELS[kind]:
        raise UsageError(
            f"the {kind} classification has no level {level}",
            remedy=f"take 1 to {LEVELS[kind]} (1 类, 2 款, 3 项)",
        )


def by_function(
    dataset: DatasetReader,
    level: int = 1,
    years: int | Sequence[int] | None = None,
    bureaus: str | Sequence[str] | None = None,
    scope: str | None = None,
) -> pd.DataFrame:
    """Sum the expenditure by function.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    level
        1 类, 2 款, 3 项.
    years, bureaus, scope
        As in :func:`budgetkit.compare.table.compare`: never both scopes.

    Returns
    -------
    pandas.DataFrame
        A row a department, year, code and part (``total``, ``basic``, ``project``); 万元.
        ``amount`` is as ``printed`` at that level, else ``summed`` from the deepest rows; flag
        ``sum_differs`` where the two disagree, ``coarser`` where nothing as deep is printed,
        ``general_only`` where the table is of the general budget alone.
    """
    check_level("functional", level)
    rows: list[Row] = []
    for case in choose(dataset, years, bureaus, scope).cases:
        table = next((t for t in FUNCTION_TABLES if _coded(case, t)), "")
        if table:
            note = "" if table == "expenditure" else "general_only"
            rows.extend(_sums(case, _coded(case, table), USES, level, "functional", note))
    return _frame(rows)


def by_class(
    dataset: DatasetReader,
    level: int = 1,
    years: int | Sequence[int] | None = None,
    bureaus: str | Sequence[str] | None = None,
    scope: str | None = None,
) -> pd.DataFrame:
    """Sum the expenditure by economic class.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    level
        1 类, 2 款.
    years, bureaus, scope
        As in :func:`budgetkit.compare.table.compare`: never both scopes.

    Returns
    -------
    pandas.DataFrame
        As of :func:`by_function`; ``part`` is ``basic`` (the basic expenditure by class) or
        ``project`` (the project table, which prints no 款: flag ``coarser``).  The two may be
        added; no template prints their sum.
    """
    check_level("economic", level)
    rows: list[Row] = []
    for case in choose(dataset, years, bureaus, scope).cases:
        table = next((t for t in ECONOMIC_TABLES if _coded(case, t)), "")
        if table:
            rows.extend(_sums(case, _coded(case, table), ("total",), level, "economic", ""))
        rows.extend(_project_classes(case, level))
    return _frame(rows)


def _coded(case: Case, table: str) -> list[Row]:
    return [row for row in case.subject.rows("facts", table=table) if row["level"]]


def _sums(
    case: Case, rows: list[Row], measures: Iterable[str], level: int, kind: str, note: str
) -> Iterator[Row]:
    names: dict[str, str] = {}
    figures: dict[str, dict[str, Figure]] = {measure: {} for measure in measures}
    for row in rows:
        code, figure = text(row["code"]), figure_of(row, note=note)
        names.setdefault(code, text(row["name"]))
        if row["measure"] in figures and figure is not None:
            figures[row["measure"]].setdefault(code, figure)
    for measure, printed in figures.items():
        part = "basic" if kind == "economic" else measure
        leaves = [c for c in printed if not any(o != c and o.startswith(c) for o in printed)]
        for code in sorted({ancestor(code, level) for code in printed if level_of(code) >= level}
                           | {code for code in leaves if level_of(code) < level}):  # fmt: skip
            below = [printed[leaf] for leaf in leaves if leaf.startswith(code)]
            yield _sum_row(case, code, names.get(code, ""), kind, part, printed.get(code), below,
                           level, rows[0]["table"])  # fmt: skip


def _sum_row(
    case: Case,
    code: str,
    printed_name: str,
    kind: str,
    part: str,
    printed: Figure | None,
    below: list[Figure],
    level: int,
    table: str,
) -> Row:
    summed = sum(figure.amount for figure in below)
    used = [printed] if printed else below
    flags = list(dict.fromkeys(figure.note for figure in used if figure.note))
    if printed and abs(printed.amount - summed) > SMALL + 0.005 * len(below):
        flags.append("sum_differs")
    if level_of(code) < level:
        flags.append("coarser")
    places = [place for figure in used for place in figure.places]
    return {
        **_about(case),
        "code": code,
        "name": name_of(kind, code, printed_name),
        "level": level_of(code),
        "part": part,
        "amount": printed.amount if printed else round(summed, 6),
        "printed": printed.amount if printed else None,
        "summed": round(summed, 6),
        "flags": " ".join(flags),
        "table": table,
        "fact_ids": " ".join(place.fact_id for place in places),
        "places": " ".join(map(place_text, places)),
    }


def _project_classes(case: Case, level: int) -> Iterator[Row]:
    """The project table: a column an economic class."""
    rows = case.subject.rows("facts", table="project_expenditure")
    columns = sorted({row["measure"] for row in rows if row["measure"] != "total"})
    for code in columns:
        column = [row for row in rows if row["measure"] == code]
        printed = next((figure_of(row) for row in column if row["code"] == "total"), None)
        below = [fig for row in column if row["project"] and (fig := figure_of(row)) is not None]
        if printed or below:
            yield _sum_row(case, code, "", "economic", "project", printed, below, level,
                           "project_expenditure")  # fmt: skip


def _about(case: Case) -> dict[str, Any]:
    return {
        "department": case.subject.department,
        "scope": case.subject.scope,
        "origin": "invented" if is_invented(case) else "published",
        "year": case.subject.year,
    }


def _frame(rows: list[Row]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.astype({"amount": "Float64", "printed": "Float64", "summed": "Float64"})
    frame.attrs["units"] = dict.fromkeys(("amount", "printed", "summed"), "万元")
    return frame


def unknown_codes(dataset: DatasetReader) -> pd.DataFrame:
    """List the codes of a dataset that no list has, and names that a list has not.

    Returns
    -------
    pandas.DataFrame
        Columns ``kind``, ``code``, ``name`` (as printed), ``problem`` (``no_code`` or
        ``no_name``) and ``n`` (documents that print it); empty where the lists cover it.
    """
    import pandas as pd

    facts = dataset.facts[dataset.facts["level"].fillna(0) > 0]
    counts = facts.groupby(["code", "name"], as_index=False)["document"].nunique()
    rows = []
    for code, name, n in counts.values.tolist():
        kind = "economic" if str(code).startswith(("3", "5")) else "functional"
        known = classification(kind).get(str(code))
        if known is None:
            problem = "no_code"
        elif bare_name(str(name)) in {squeeze(word) for word in (known.name, *known.aliases)}:
            continue
        else:
            problem = "no_name"
        rows.append({"kind": kind, "code": code, "name": name, "problem": problem, "n": int(n)})
    return pd.DataFrame(rows, columns=["kind", "code", "name", "problem", "n"])
