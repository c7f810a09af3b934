"""The projects of a department by size, and the forms of their performance targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from budgetkit.disclosure import DisclosureRows
from budgetkit.storage.figures import Figure, figure_of
from budgetkit.storage.records import Row, text


@dataclass(frozen=True, slots=True)
class Project:
    """A project under all its names.

    Attributes
    ----------
    name : str
        As the table prints it, else the prose, else the target form.
    amounts : tuple of (str, Figure)
        Its amount (万元) in each place that names it: ``table``, ``carryover``, ``narrative``,
        ``target``.
    basis, allocation : str
        Why it exists and how its money is split, as printed; empty where not printed.
    targets : int
        Indicators of its target form.
    """

    name: str
    amounts: tuple[tuple[str, Figure], ...]
    basis: str
    allocation: str
    targets: int

    @property
    def figure(self) -> Figure | None:
        """Its size: from the table, else the prose, else the target form."""
        return self.amounts[0][1] if self.amounts else None


@dataclass(frozen=True, slots=True)
class TargetForm:
    """A form of performance targets.

    Attributes
    ----------
    project : str
        Empty for the department as a whole.
    goal : str
        As printed.
    budget : Figure or None
        万元, as the form prints it.
    rows : tuple of dict
        Its indicators, fields as printed.
    weight : float or None
        Sum of its weights, where all of them are numbers.
    """

    project: str
    goal: str
    budget: Figure | None
    rows: tuple[Row, ...]
    weight: float | None


#: Tables that print projects with an amount, and the place that a report names for each.
PROJECT_TABLES = {"project_expenditure": "table", "carryover": "carryover"}
#: Where the size of a project is taken from first.
ORDER = ("table", "carryover", "narrative", "target")


def projects(disclosure: DisclosureRows) -> tuple[Project, ...]:
    """List the projects, the largest first; those without an amount come last.

    Parameters
    ----------
    disclosure
        One department, scope and year.

    Returns
    -------
    tuple of Project
        Empty where no project is named anywhere.
    """
    mentions = _mentions(disclosure)
    forms = {form.project: len(form.rows) for form in target_forms(disclosure)}
    found = []
    for rows in mentions.values():
        rows.sort(key=lambda pair: ORDER.index(pair[0]))
        amounts: dict[str, Figure] = {}
        for where, row in rows:
            if where not in amounts and (figure := _mention_figure(row)):
                amounts[where] = figure
        names = dict.fromkeys(text(row["name"]) or text(row["project"]) for _, row in rows)
        found.append(
            Project(
                name=next(iter(names)),
                amounts=tuple(amounts.items()),
                basis=_first(row.get("basis") for _, row in rows),
                allocation=_first(row.get("allocation") for _, row in rows),
                targets=max((forms.get(name, 0) for name in names), default=0),
            )
        )
    return tuple(sorted(found, key=lambda project: -(project.figure or Figure(-1)).amount))


def _mentions(disclosure: DisclosureRows) -> dict[str, list[tuple[str, Row]]]:
    """Return every place that names a project, by its key; its fact where a table prints one."""
    tables: dict[str, Row] = {}
    for table in ("project_expenditure", "carryover", "performance_project"):
        for row in disclosure.rows_where("facts", table=table, measure="total"):
            if row["project"]:
                tables.setdefault(f"{table}:{row['project']}", row)
    found: dict[str, list[tuple[str, Row]]] = {}
    taken: set[str] = set()
    for row in disclosure.rows["projects"]:
        where, name = row["where"], text(row["name"])
        fact = None
        for table in _tables_of(row):
            fact = fact or tables.get(f"{table}:{name}")
        if fact is not None:
            taken.add(f"{fact['table']}:{name}")
            where = PROJECT_TABLES.get(fact["table"], "target")
        merged = row | {"fact": fact}
        if where in ORDER:
            found.setdefault(text(row["project"]) or name, []).append((where, merged))
    for key, fact in tables.items():
        if key not in taken:
            where = PROJECT_TABLES.get(fact["table"], "target")
            found.setdefault(fact["project"], []).append(
                (where, {"name": fact["project"], "project": fact["project"], "fact": fact})
            )
    return found


def _tables_of(row: Row) -> tuple[str, ...]:
    """Tables that may print the amount of a mention."""
    if row["where"] == "table":
        return ("project_expenditure", "carryover")
    return ("performance_project",) if row["where"] == "target" else ()


def _mention_figure(row: Row) -> Figure | None:
    if row.get("fact"):
        return figure_of(row["fact"])
    return Figure(float(row["amount"])) if row.get("amount") is not None else None


def _first(values: Iterable[object]) -> str:
    return next((str(value) for value in values if value), "")


def project_amounts(disclosure: DisclosureRows, **columns: Any) -> dict[str, Figure]:
    """Add up the amounts of the project table by project.

    Parameters
    ----------
    disclosure
        One department, scope and year.
    **columns
        Values that other columns of ``facts`` must have.

    Returns
    -------
    dict of str to Figure
        By name, the largest first (万元).
    """
    found: dict[str, Figure] = {}
    for row in disclosure.rows_where(
        "facts", table="project_expenditure", measure="total", **columns
    ):
        name, figure = text(row["project"]), figure_of(row)
        if name and figure is not None:
            before = found.get(name, Figure(0.0))
            places = (*before.places, *figure.places)
            found[name] = Figure(before.amount + figure.amount, places)
    return dict(sorted(found.items(), key=lambda pair: -pair[1].amount))


def target_forms(disclosure: DisclosureRows) -> tuple[TargetForm, ...]:
    """Return the forms of performance targets, that of the whole department first."""
    facts: dict[str, Row] = {}
    for fact in disclosure.rows_where("facts", table="performance_project", measure="total"):
        facts.setdefault(text(fact["project"]), fact)
    groups: dict[str, list[Row]] = {}
    for row in disclosure.rows["indicators"]:
        groups.setdefault(text(row["project"]), []).append(row)
    forms = []
    for project, rows in groups.items():
        if project and project in facts:
            budget = figure_of(facts[project])
        else:
            budget = figure_of(rows[0] | {"printed": rows[0]["budget"]}, "budget")
        goal = text(rows[0]["goal"])
        forms.append(TargetForm(project, goal, budget, tuple(rows), _weight(rows)))
    return tuple(sorted(forms, key=lambda form: bool(form.project)))


def _weight(rows: Iterable[Row]) -> float | None:
    """Sum of the weights; None where one of them is no number."""
    try:
        return sum((float(text(row["weight"]).rstrip("%分")) for row in rows), 0.0)
    except ValueError:
        return None
