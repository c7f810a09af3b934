"""What a department means to do with its money: projects by size, and their targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgetkit.disclosure import Figure, Subject, figure_of, place_of, text
from budgetkit.storage.rows import Row


@dataclass(frozen=True, slots=True)
class Project:
    """A project under all its names.

    Attributes
    ----------
    name : str
        As the table prints it, else the prose, else the target form.
    amounts : tuple of (str, Figure)
        What each place that names it says (``table``, ``carryover``, ``narrative``,
        ``target``), 万元.
    basis, allocation : str
        Why it exists and how its money is split, as printed; empty where not said.
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
        """Its size: what the table says, else the prose, else the target form."""
        return self.amounts[0][1] if self.amounts else None


@dataclass(frozen=True, slots=True)
class Form:
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


#: Tables that print projects with an amount, and what a report calls the place.
PROJECT_TABLES = {"project_expenditure": "table", "carryover": "carryover"}
#: Where the size of a project is taken from first.
ORDER = ("table", "carryover", "narrative", "target")


def projects(subject: Subject) -> tuple[Project, ...]:
    """List the projects, the largest first; those without an amount come last.

    Parameters
    ----------
    subject
        One department, scope and year.

    Returns
    -------
    tuple of Project
        Empty where no project is named anywhere.
    """
    mentions = _mentions(subject)
    forms = {form.project: len(form.rows) for form in target_forms(subject)}
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


def _mentions(subject: Subject) -> dict[str, list[tuple[str, Row]]]:
    """Every place that names a project, by its key; facts add where the figure stands."""
    tables: dict[str, Row] = {}
    for table in ("project_expenditure", "carryover", "performance_project"):
        for row in subject.rows("facts", table=table, measure="total"):
            if row["project"]:
                tables.setdefault(f"{table}:{row['project']}", row)
    found: dict[str, list[tuple[str, Row]]] = {}
    taken: set[str] = set()
    for row in subject.rows("projects"):
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
    if row["where"] == "table":
        return ("project_expenditure", "carryover")
    return ("performance_project",) if row["where"] == "target" else ()


def _mention_figure(row: Row) -> Figure | None:
    if row.get("fact"):
        return figure_of(row["fact"])
    return Figure(float(row["amount"])) if row.get("amount") is not None else None


def _first(values: Iterable[object]) -> str:
    return next((str(value) for value in values if value), "")


def target_forms(subject: Subject) -> tuple[Form, ...]:
    """List the forms of performance targets, that of the whole department first."""
    groups: dict[str, list[Row]] = {}
    for row in subject.rows("indicators"):
        groups.setdefault(text(row["project"]), []).append(row)
    forms = []
    for project, rows in groups.items():
        place = place_of(rows[0] | {"printed": rows[0]["budget"]})
        budget = rows[0]["budget"]
        fact = next(
            (
                fact
                for fact in subject.rows("facts", table="performance_project", measure="total")
                if project and fact["project"] == project
            ),
            None,
        )
        if fact is not None:
            figure = figure_of(fact)
        else:
            where = (place,) if place and budget is not None else ()
            figure = Figure(float(budget), where) if budget is not None else None
        forms.append(Form(project, text(rows[0]["goal"]), figure, tuple(rows), _weight(rows)))
    return tuple(sorted(forms, key=lambda form: bool(form.project)))


def _weight(rows: Iterable[Row]) -> float | None:
    total = 0.0
    for row in rows:
        try:
            total += float(text(row["weight"]).rstrip("%分"))
        except ValueError:
            return None
    return total
