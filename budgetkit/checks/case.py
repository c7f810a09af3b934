"""One disclosure laid out for the checks: its figures, the year before, its units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from budgetkit.checks.account_prose import with_budgets_apart
from budgetkit.checks.printed import PrintedFigure, printed_figure, single_figure
from budgetkit.disclosure import DisclosureKey, DisclosureRows, disclosures_of
from budgetkit.own_facts import FINAL_ACCOUNT, REPEATED_PANELS, unit_names
from budgetkit.storage.records import Row as Row

Kept = TypeVar("Kept")
#: Id of a department or unit, year and kind of each disclosure of a dataset.
Published = frozenset[tuple[str, int, str]]


@dataclass(frozen=True)
class Case(DisclosureRows):
    """What the checks see of one disclosure.

    Attributes
    ----------
    before : Case or None
        The year before, of the same department, scope and kind.
    budget : Case or None
        Of a final account: the budget of its year.
    account_before : Case or None
        Of a budget: the final account of the year before.
    units : tuple of Case
        Of a department: its units' disclosures of the same year.
    published : frozenset of tuple
        Who publishes what in the dataset: ids of departments and units, year, kind.
    memo : dict
        Results that :meth:`kept` computed.
    """

    before: Case | None = None
    budget: Case | None = None
    account_before: Case | None = None
    units: tuple[Case, ...] = ()
    published: Published = frozenset()
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def document(self) -> str:
        """Id of the document that holds the tables, else of the first."""
        first = next((row for row in self.documents if row["n_tables"]), self.documents[0])
        return str(first["document"])

    @property
    def is_failed(self) -> bool:
        """Whether it is a file of which nothing could be read."""
        return bool(self.documents[0].get("status") == "failed")

    @cached_property
    def figures(self) -> tuple[PrintedFigure, ...]:
        """Every figure of its tables, exactly as printed."""
        return tuple(printed_figure(row) for row in self.rows["facts"])

    @cached_property
    def own_figures(self) -> tuple[PrintedFigure, ...]:
        """The figures of the department as a whole: those of :attr:`own`."""
        kept = {id(row) for row in self.own}
        if len(kept) == len(self.figures):
            return self.figures
        rows = zip(self.rows["facts"], self.figures, strict=True)
        return tuple(figure for row, figure in rows if id(row) in kept)

    @cached_property
    def unit_of(self) -> dict[str, str]:
        """Budget unit of each fact that speaks of one, by fact id."""
        rows = self.rows["facts"]
        if not any(row.get("budget_unit") for row in rows):
            return {}
        names = zip(rows, unit_names(rows), strict=True)
        return {row["fact_id"]: unit for row, unit in names if unit}

    @cached_property
    def stage_of(self) -> dict[str, str]:
        """Stage of each fact that is no budget, by fact id."""
        return {
            row["fact_id"]: row["stage"]
            for row in self.rows["facts"]
            if row.get("stage") not in ("budget", "", None)
        }

    @cached_property
    def second_codes(self) -> dict[str, str]:
        """Code of a second classification of each fact that prints one, by fact id."""
        found = {}
        for row in self.rows["facts"]:
            codes = row.get("government_code") or "", row.get("economic_code") or ""
            if any(codes):
                found[row["fact_id"]] = ":".join(codes)
        return found

    def figures_of_row(self, figures: Sequence[PrintedFigure]) -> Sequence[PrintedFigure]:
        """Return the figures that a code's amount is the sum of.

        Parameters
        ----------
        figures
            Of one column and code.

        Returns
        -------
        sequence of PrintedFigure
            The one that is printed; each of those that a second classification splits it
            into; none where it is printed twice with different amounts.
        """
        if len(figures) == 1:
            return figures
        seconds = self.second_codes and [self.second_codes.get(f.fact_id) for f in figures]
        if seconds and len(figures) > 1 and all(seconds) and len(set(seconds)) == len(figures):
            return figures
        figure = single_figure(figures)
        return [figure] if figure else []

    @cached_property
    def projects_of(self) -> dict[str, str]:
        """Project of each fact that has one, by fact id."""
        return {row["fact_id"]: row["project"] for row in self.rows["facts"] if row["project"]}

    @cached_property
    def by_place(self) -> dict[tuple[str, str, str], dict[str, list[PrintedFigure]]]:
        """The department's own figures by (table, section, measure) and then by code."""
        found: dict[tuple[str, str, str], dict[str, list[PrintedFigure]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for figure in self.own_figures:
            found[figure.table, figure.section, figure.measure][figure.code].append(figure)
        return found

    @cached_property
    def measures(self) -> dict[tuple[str, str], frozenset[str]]:
        """Measures that a table prints anywhere, by table and section.

        Panels that repeat another by a second classification are left out.
        """
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for figure in self.figures:
            if figure.section not in REPEATED_PANELS:
                found[figure.table, figure.section].add(figure.measure)
        return {key: frozenset(measures) for key, measures in found.items()}

    def kept(self, make: Callable[[Case], Kept]) -> Kept:
        """Return the result of a function of this case, computed once: several checks need it."""
        if make not in self.memo:
            self.memo[make] = make(self)
        found: Kept = self.memo[make]
        return found

    def figure(self, table: str, section: str, code: str, measure: str) -> PrintedFigure | None:
        """Return the one figure of a cell of a table.

        Parameters
        ----------
        table, section, code, measure
            As in ``facts``.

        Returns
        -------
        PrintedFigure or None
            None where there is none, or where there are several.
        """
        found = [
            figure
            for figure in self.by_place.get((table, section, measure), {}).get(code, ())
            if figure.fact_id not in self.projects_of or table == "performance_project"
        ]
        return found[0] if len(found) == 1 else None


#: The other disclosures that a case may be held against, by what ``checks.csv`` calls them.
OTHERS: Mapping[str, Callable[[Case], Sequence[Case]]] = MappingProxyType(
    {
        "year_before": lambda case: _one(case.before),
        "budget_of_year": lambda case: _one(case.budget),
        "account_before": lambda case: _one(case.account_before),
        "units": lambda case: case.units,
    }
)


def _one(case: Case | None) -> tuple[Case, ...]:
    return (case,) if case is not None else ()


def published_in(documents: Iterable[Row]) -> Published:
    """Return who publishes what in a dataset, from its rows of ``documents``."""
    return frozenset(
        (
            row.get("department_id") or row["department"],
            int(row["year"]),
            row.get("kind") or "budget",
        )
        for row in documents
        if row.get("department") and row.get("year") and row.get("status") != "failed"
    )


def cases_of(tables: Mapping[str, Iterable[Row]], published: Published | None = None) -> list[Case]:
    """Lay out a dataset as cases, each knowing the year before and its units.

    Parameters
    ----------
    tables
        Rows by table of the schema, ``documents`` among them.
    published
        Who publishes what in the dataset, where these rows are not all of it.

    Returns
    -------
    list of Case
        In the order of ``documents``, one item per printing (two where two files
        of a department and year print the same table); then the files that failed.
    """
    documents = tuple(tables["documents"])
    if published is None:
        published = published_in(documents)
    found = disclosures_of(tables)
    cases: dict[int, Case] = {}
    by_key: dict[DisclosureKey, Case] = {}
    for at in sorted(range(len(found)), key=lambda at: _order(found[at])):
        key = found[at].key
        rows = found[at].rows
        if found[at].is_final_account:
            rows = with_budgets_apart(rows)
        case = Case(key, found[at].documents, rows, published=published)
        if key is not None:
            year_before, is_final = key.year - 1, key.kind == FINAL_ACCOUNT
            budget, account = key._replace(kind="budget"), key._replace(kind=FINAL_ACCOUNT)
            unit = by_key.get(key._replace(scope="unit")) if key.scope == "department" else None
            case = replace(
                case,
                before=by_key.get(key._replace(year=year_before)),
                budget=by_key.get(budget) if is_final else None,
                account_before=None if is_final else by_key.get(account._replace(year=year_before)),
                units=(unit,) if unit else (),
            )
            by_key.setdefault(key, case)
        cases[at] = case
    failed = (row for row in documents if row.get("status") == "failed")
    return [
        *(cases[at] for at in range(len(found))),
        *(Case(None, (row,), defaultdict(list), published=published) for row in failed),
    ]


def _order(rows: DisclosureRows) -> tuple[bool, int, bool]:
    """Sorts disclosures: each after those that its case holds."""
    is_final = rows.key is not None and rows.key.kind == FINAL_ACCOUNT
    return rows.scope != "unit", rows.year, is_final
