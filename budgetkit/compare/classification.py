"""Sums by function and by economic class, at any level of the code lists.

A code holds the codes above it: 20805 is a 款 of 208, 2080501 a 项 of 20805.  Names drift over
the years, so that sums go by code and have today's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from budgetkit.codelists import classification
from budgetkit.compare.guards import origin
from budgetkit.compare.places import printed_at
from budgetkit.compare.table import Chosen, choose
from budgetkit.disclosure import DisclosureRows
from budgetkit.errors import UsageError
from budgetkit.storage.figures import Figure, figure_of
from budgetkit.storage.records import Row, text
from budgetkit.summary.amount_lines import ECONOMIC_TABLES, FUNCTION_TABLES
from budgetkit.summary.summarize import DisclosureSummary

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
    "documents",
)


def level_of(code: str) -> int:
    """Return the level of a code: 1 类, 2 款, 3 项.

    Examples
    --------
    >>> level_of("208"), level_of("2080501"), level_of("30113")
    (1, 3, 2)
    """
    return (len(code) - 1) // 2


def ancestor(code: str, level: int) -> str:
    """Return the code that a code belongs to at a level.

    Parameters
    ----------
    code
        Of a classification.
    level
        1 类, 2 款, 3 项.

    Returns
    -------
    str
        The code itself where it is not as deep.

    Examples
    --------
    >>> ancestor("2080501", 1), ancestor("2080501", 2), ancestor("208", 3)
    ('208', '20805', '208')
    """
    return code[: 1 + 2 * level]


def parents(code: str) -> tuple[str, ...]:
    """Return the codes above a code, the highest first.

    Examples
    --------
    >>> parents("2080501")
    ('208', '20805')
    """
    return tuple(ancestor(code, level) for level in range(1, level_of(code)))


def name_of(kind: str, code: str, printed: str = "") -> str:
    """Return today's name of a code.

    Parameters
    ----------
    kind
        ``functional`` or ``economic``.
    code, printed
        The code, and its name as printed.

    Returns
    -------
    str
        As printed where no list has it.
    """
    known = classification(kind).get(code)
    return known.name if known else printed or code


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

    Raises
    ------
    UsageError
        There is no such level, year, bureau or scope.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> sums = bk.read_dataset(prepare()).by_function(bureaus="昌吉回族自治州科学技术局")
    >>> sums[["code", "part"]].values.tolist()[0]
    ['206', 'total']
    """
    return _sums_of(dataset, choose(dataset, years, bureaus, scope), "functional", level)


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

    Raises
    ------
    UsageError
        There is no such level, year, bureau or scope.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> sums = bk.read_dataset(prepare()).by_class(bureaus="昌吉回族自治州科学技术局")
    >>> sums[["code", "part"]].values.tolist()[0]
    ['301', 'basic']
    """
    return _sums_of(dataset, choose(dataset, years, bureaus, scope), "economic", level)


def _sums_of(dataset: DatasetReader, chosen: Chosen, kind: str, level: int) -> pd.DataFrame:
    frame = sums_by_code(chosen.summaries, kind, level)
    frame.attrs |= {"dataset": str(dataset.folder)}
    return frame


class _Sum(NamedTuple):
    """The sum of a code: as printed, and the deepest figures that it is made of."""

    code: str
    name: str
    part: str
    table: str
    printed: Figure | None
    below: list[Figure]

    @property
    def summed(self) -> float:
        """Sum of the deepest figures, 万元."""
        return sum(figure.amount for figure in self.below)

    @property
    def amount(self) -> float:
        """As printed, else as summed (万元)."""
        return self.printed.amount if self.printed else round(self.summed, 6)


def _function_sums(disclosure: DisclosureRows, level: int) -> Iterator[_Sum]:
    for table in FUNCTION_TABLES:
        if rows := _coded(disclosure, table, "2"):
            note = "" if table == "expenditure" else "general_only"
            for use in USES:
                yield from _sums(rows, use, use, level, note)
            return


def _class_sums(disclosure: DisclosureRows, level: int) -> Iterator[_Sum]:
    for table in ECONOMIC_TABLES:
        if rows := _coded(disclosure, table, "3"):
            yield from _sums(rows, "total", "basic", level)
            break
    # The project table has a column for each economic class.
    table = "project_expenditure"
    rows = disclosure.rows_where("facts", table=table)
    for code in sorted({row["measure"] for row in rows if row["measure"].isdigit()}):
        column = [row for row in rows if row["measure"] == code]
        printed = next((figure_of(row) for row in column if row["code"] == "total"), None)
        below = [fig for row in column if row["project"] and (fig := figure_of(row)) is not None]
        if printed or below:
            yield _Sum(code, "", "project", table, printed, below)


#: What adds a disclosure up, by classification.
SUMS = {"functional": _function_sums, "economic": _class_sums}


def _coded(disclosure: DisclosureRows, table: str, first: str) -> list[Row]:
    """Return the rows of one classification, by the first digit of its codes."""
    rows = disclosure.rows_where("facts", table=table)
    return [row for row in rows if row["level"] and row["code"].startswith(first)]


def _sums(rows: list[Row], measure: str, part: str, level: int, note: str = "") -> Iterator[_Sum]:
    """Sums of one column of a table, at a level or as deep as it is printed."""
    names: dict[str, str] = {}
    printed: dict[str, Figure] = {}
    for row in rows:
        code, figure = text(row["code"]), figure_of(row, note=note)
        names.setdefault(code, text(row["name"]))
        if row["measure"] == measure and figure is not None:
            printed.setdefault(code, figure)
    leaves = [c for c in printed if not any(o != c and o.startswith(c) for o in printed)]
    deep = {ancestor(code, level) for code in printed if level_of(code) >= level}
    for code in sorted(deep | {code for code in leaves if level_of(code) < level}):
        below = [printed[leaf] for leaf in leaves if leaf.startswith(code)]
        yield _Sum(code, names.get(code, ""), part, rows[0]["table"], printed.get(code), below)


def _row(found: _Sum, kind: str, level: int) -> Row:
    summed = found.summed
    used = [found.printed] if found.printed else found.below
    flags = list(dict.fromkeys(figure.note for figure in used if figure.note))
    if found.printed and abs(found.printed.amount - summed) > SMALL + 0.005 * len(found.below):
        flags.append("sum_differs")
    if level_of(found.code) < level:
        flags.append("coarser")
    places = [place for figure in used for place in figure.places]
    return {
        "code": found.code,
        "name": name_of(kind, found.code, found.name),
        "level": level_of(found.code),
        "part": found.part,
        "amount": found.amount,
        "printed": found.printed.amount if found.printed else None,
        "summed": round(summed, 6),
        "flags": " ".join(flags),
        "table": found.table,
        **printed_at(places),
    }


def sums_by_code(summaries: Iterable[DisclosureSummary], kind: str, level: int) -> pd.DataFrame:
    """Sum the expenditure of some disclosures by code.

    Parameters
    ----------
    summaries
        Of one scope.
    kind
        ``functional`` or ``economic``.
    level
        1 类, 2 款, 3 项.

    Returns
    -------
    pandas.DataFrame
        As of :func:`by_function` and :func:`by_class`.

    Raises
    ------
    UsageError
        The classification has no such level.
    """
    import pandas as pd

    if not 1 <= level <= LEVELS[kind]:
        raise UsageError(
            f"the {kind} classification has no level {level}",
            remedy=f"take 1 to {LEVELS[kind]} (1 类, 2 款, 3 项)",
        )
    rows = []
    for summary in summaries:
        disclosure = summary.disclosure
        about = {
            "department": disclosure.department,
            "scope": disclosure.scope,
            "origin": origin(summary),
            "year": disclosure.year,
            "documents": " ".join(row["document"] for row in disclosure.documents),
        }
        rows += [about | _row(found, kind, level) for found in SUMS[kind](disclosure, level)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.astype({"amount": "Float64", "printed": "Float64", "summed": "Float64"})
    frame.attrs["units"] = dict.fromkeys(("amount", "printed", "summed"), "万元")
    return frame
