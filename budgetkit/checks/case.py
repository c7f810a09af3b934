"""One disclosure laid out for the checks: its figures by what they are.

Text and tables that came in two files are one case; a department and its own
unit are two, and so are two years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from budgetkit.checks.printed import PrintedFigure, printed_figure

Row = Mapping[str, Any]
Kept = TypeVar("Kept")


class Key(NamedTuple):
    """Which disclosure: it joins the files of one."""

    department: str
    scope: str
    year: int


@dataclass(frozen=True)
class Case:
    """What the checks see of one disclosure.

    Attributes
    ----------
    key : Key or None
        None for a document whose department or year is not known; it stands alone.
    documents : tuple of dict
        Its rows of ``documents``.
    rows : dict
        Its rows of every other table of the dataset.
    before : Case or None
        The year before, of the same department and scope.
    units : tuple of Case
        Of a department: its units' disclosures of the same year.
    memo : dict
        What :meth:`kept` keeps.
    """

    key: Key | None
    documents: tuple[Row, ...]
    rows: Mapping[str, list[Row]]
    before: Case | None = None
    units: tuple[Case, ...] = field(default=())
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def document(self) -> str:
        """Id of the document that holds the tables, else of the first."""
        tabled = [row for row in self.documents if row["n_tables"]]
        return str((tabled or list(self.documents))[0]["document"])

    @cached_property
    def figures(self) -> tuple[PrintedFigure, ...]:
        """Every figure of its tables, exactly as printed."""
        return tuple(printed_figure(row) for row in self.rows["facts"])

    @cached_property
    def projects_of(self) -> dict[str, str]:
        """Project of each fact that has one, by fact id."""
        return {row["fact_id"]: row["project"] for row in self.rows["facts"] if row["project"]}

    @cached_property
    def tables(self) -> frozenset[str]:
        """Ids of the tables that it holds, empty ones too."""
        return frozenset(row["table"] for row in self.rows["tables"] if row["table"])

    @cached_property
    def unread(self) -> frozenset[str]:
        """Tables of which an amount was not read: their sums can't be judged."""
        return frozenset(row["table"] or "" for row in self.rows["unmapped"])

    @cached_property
    def by_place(self) -> dict[tuple[str, str, str], dict[str, list[PrintedFigure]]]:
        """Figures by (table, section, measure) and then by code."""
        found: dict[tuple[str, str, str], dict[str, list[PrintedFigure]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for figure in self.figures:
            found[figure.table, figure.section, figure.measure][figure.code].append(figure)
        return found

    @cached_property
    def measures(self) -> dict[tuple[str, str], frozenset[str]]:
        """Measures that a table prints anywhere, by table and section."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for figure in self.figures:
            found[figure.table, figure.section].add(figure.measure)
        return {key: frozenset(measures) for key, measures in found.items()}

    def kept(self, make: Callable[[Case], Kept]) -> Kept:
        """Give what a function makes of this case, made once: several checks lay out the same."""
        if make not in self.memo:
            self.memo[make] = make(self)
        found: Kept = self.memo[make]
        return found

    def figure(self, table: str, section: str, code: str, measure: str) -> PrintedFigure | None:
        """Give the one figure of a place; None where there is none, or where there are several."""
        found = [
            figure
            for figure in self.by_place.get((table, section, measure), {}).get(code, ())
            if figure.fact_id not in self.projects_of or table in ("performance_project",)
        ]
        return found[0] if len(found) == 1 else None


def cases_of(tables: Mapping[str, Iterable[Row]]) -> list[Case]:
    """Lay out a dataset as cases, each knowing the year before and its units.

    Parameters
    ----------
    tables
        Rows by table of the schema, ``documents`` among them.

    Returns
    -------
    list of Case
        In the order of ``documents``; files that failed are left out.
    """
    by_document: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for name, rows in tables.items():
        for row in rows:
            by_document[row["document"]][name].append(row)
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in tables["documents"]:
        if row["status"] == "failed":
            continue
        known = row["department"] and row["year"]
        key = (row["department"], row["scope"], row["year"]) if known else (row["document"],)
        groups.setdefault(key, []).append(row)
    plain = [
        _case(key, files, by_document)
        for key, rows in groups.items()
        for files in _disclosures(rows, by_document)
    ]
    return _joined(plain)


_ByDocument = Mapping[str, Mapping[str, list[Row]]]


def _disclosures(documents: list[Row], by_document: _ByDocument) -> list[list[Row]]:
    """Tell the files of one disclosure from other printings of it.

    Text and tables, or tables and target forms, come in several files; a file that prints a
    table again is a disclosure of its own.
    """
    found: list[tuple[list[Row], set[str]]] = []
    for row in sorted(documents, key=lambda row: not row["n_tables"]):
        tables = {table["table"] for table in by_document[row["document"]]["tables"]} - {None}
        own = next((one for one in found if not one[1] & tables), None)
        if own:
            own[0].append(row)
            own[1].update(tables)
        else:
            found.append(([row], tables))
    return [rows for rows, _ in found]


def _case(key: tuple[Any, ...], documents: list[Row], by_document: _ByDocument) -> Case:
    rows: dict[str, list[Row]] = defaultdict(list)
    for document in documents:
        for name, found in by_document[document["document"]].items():
            rows[name].extend(found)
    return Case(Key(*key) if len(key) == 3 else None, tuple(documents), rows)


def _joined(plain: Sequence[Case]) -> list[Case]:
    """Let each case know the year before and its units, which come to be known before it."""
    joined: dict[int, Case] = {}
    by_key: dict[Key, Case] = {}
    for at in sorted(range(len(plain)), key=lambda at: _turn(plain[at])):
        case, key = plain[at], plain[at].key
        if key is not None:
            before = by_key.get(key._replace(year=key.year - 1))
            unit = by_key.get(key._replace(scope="unit")) if key.scope == "department" else None
            case = replace(case, before=before, units=(unit,) if unit else ())
            by_key.setdefault(key, case)
        joined[at] = case
    return [joined[at] for at in range(len(plain))]


def _turn(case: Case) -> tuple[bool, int]:
    """Units before departments, and early years first."""
    return (case.key is not None and case.key.scope != "unit", case.key.year if case.key else 0)
