"""Slips of a row, a column or a whole figure: it is real, but it stands in another's place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from budgetkit.corpus.families import load_family
from budgetkit.corpus.model import Disclosure, Fact
from budgetkit.corpus.wording import amount_text
from budgetkit.plant.slip import (
    Maker,
    NoSuchFigure,
    Planted,
    Slip,
    fact_slip,
    mark_cell,
    nudged,
    pick,
    said_slip,
    unit_of,
)

Others = Sequence[Disclosure]
#: Tables of functions that print a code beside its name.
NAMED_TABLES = ("revenue", "expenditure", "general_expenditure", "appropriation_expenditure")
#: Tables of rows that are parts of their total, one of which may be printed twice.
DOUBLE_TABLES = (*NAMED_TABLES, "basic_expenditure", "appropriation_basic")
#: Pairs of columns that a person exchanges, by table, and the tables that show it.  Personnel and
#: operating costs are none of them: no check knows yet which class belongs to which.
EXCHANGED = {
    "expenditure": ("basic", "project"),
    "general_expenditure": ("basic", "project"),
}
WITNESSES = ("summary", "expenditure", "general_expenditure", "basic_expenditure")
#: Tables in which a figure of another year or of a unit may stand.
FOREIGN_TABLES = ("expenditure", "general_expenditure", "basic_expenditure")
#: Tables that print a row for each project, below codes that add up.  The rows of what is carried
#: over have no codes and may contain each other: their sum alone shows nothing to the audit.
PROJECT_TABLES = ("project_expenditure",)
#: Digits of the codes of items and economic classes: rows that are no sums of others.
LEAVES = {"basic_expenditure": 5, "appropriation_basic": 5}
ITEM = 7
#: Digits of the code of a group of items.
GROUP = 5
#: 元 in 万元.
FACTOR = 10_000
#: A figure of another place differs by at least so many 万元, else nobody could tell.
APART = Decimal("1.00")
#: Points by which a weight changes.
POINTS = (3, 5, 10)


def _unit_factor(model: Disclosure, draws: Random, others: Others) -> Planted:
    places = [i for i, said in enumerate(model.statements) if said.amount and said.amount >= APART]
    place = pick(places, draws, model, "no amount in its narrative")
    was = model.statements[place].amount or Decimal(0)
    return said_slip("unit_factor", model, place, "amount", was * FACTOR)


def _name_code(model: Disclosure, draws: Random, others: Others) -> Planted:
    rows = _coded_rows(model)
    tables: dict[str, set[str]] = {}
    for table, code, _ in rows:
        tables.setdefault(code, set()).add(table)
    candidates = [
        (table, code, name, other)
        for table, code, name in rows
        if len(code) == ITEM and len(tables[code]) > 1
        for other in sorted({n for _, c, n in rows if len(c) == ITEM and n != name})
    ]
    table, code, name, other = pick(
        candidates, draws, model, "no code of an item in two of its tables"
    )
    slip = _row_slip("name_code", model, (table, code, name, ""), "name", other, name)

    def named(one: Disclosure, was: str, now: str) -> Disclosure:
        facts = tuple(
            replace(f, name=now) if (f.table, f.code, f.name) == (table, code, was) else f
            for f in one.facts
        )
        return replace(one, facts=facts)

    return Planted(
        replace(slip, touches=slip.touches | {f"code:{code}"}),
        lambda one: named(one, name, other),
        lambda one: named(one, other, other[::-1]),
    )


def _coded_rows(model: Disclosure) -> list[tuple[str, str, str]]:
    return list(
        dict.fromkeys(
            (f.table, f.code, f.name)
            for f in model.facts
            if f.table in NAMED_TABLES and f.code.isdigit() and not f.project and f.name
        )
    )


def _doubled_row(model: Disclosure, draws: Random, others: Others) -> Planted:
    candidates = list(
        dict.fromkeys(
            (f.table, f.code, f.name, f.project)
            for f in model.facts
            if f.table in DOUBLE_TABLES and _is_leaf(f) and _lists_facts(model, f.table)
        )
    )
    row = pick(candidates, draws, model, "no row of a sum")
    whole = next(f.value for f in model.facts if _row(f) == row and f.measure == "total")
    text = amount_text(whole, unit_of(model, row[0]), model.style.thousands)
    slip = _row_slip("doubled_row", model, row, "total", text, "")
    slip = replace(slip, was=whole, now=whole)

    return Planted(slip, lambda one: replace(one, twice=(*one.twice, row)), mark_cell(slip))


def _is_leaf(fact: Fact) -> bool:
    return fact.code.isdigit() and len(fact.code) == LEAVES.get(fact.table, ITEM)


def _lists_facts(model: Disclosure, table: str) -> bool:
    spec = load_family(model.family).spec(table)
    return spec is not None and spec.panels[0].rows == "facts"


def _swapped_columns(model: Disclosure, draws: Random, others: Others) -> Planted:
    candidates = [t for t, pair in EXCHANGED.items() if _tells_apart(model, t, pair)]
    table = pick(candidates, draws, model, "no two columns that could be exchanged")
    one, two = EXCHANGED[table]
    totals = {f.measure: f for f in model.facts if (f.table, f.code) == (table, "total")}
    unit, thousands = unit_of(model, table), model.style.thousands
    first, second = totals[one].value, totals[two].value
    slip = Slip(
        "swapped_columns",
        table,
        "",
        "total",
        totals[one].name,
        "",
        one,
        first,
        second,
        amount_text(second, unit, thousands),
        amount_text(first, unit, thousands),
        frozenset([table, *WITNESSES]),
        (two,),
    )
    names = {one: two, two: one}

    def edit(document: Disclosure) -> Disclosure:
        facts = tuple(
            replace(f, measure=names.get(f.measure, f.measure)) if f.table == table else f
            for f in document.facts
        )
        return replace(document, facts=facts)

    return Planted(slip, edit, mark_cell(slip))


def _tells_apart(model: Disclosure, table: str, pair: tuple[str, str]) -> bool:
    totals = {f.measure: f.value for f in model.facts if (f.table, f.code) == (table, "total")}
    return all(m in totals for m in pair) and abs(totals[pair[0]] - totals[pair[1]]) >= APART


def _subordinate(model: Disclosure, draws: Random, others: Others) -> Planted:
    units = [
        other
        for other in others
        if (other.department, other.year, other.scope) == (model.department, model.year, "unit")
    ]
    if model.scope != "department" or not units:
        raise NoSuchFigure(f"{model.key} has no unit whose own disclosure is known")
    return _foreign("subordinate", model, units[0], draws, "no figure that its unit prints, too")


def _last_year(model: Disclosure, draws: Random, others: Others) -> Planted:
    """Print what the year before had: in the prose, the three public costs, or an item."""
    ways = ["said", "three_public"]
    before = [
        other
        for other in others
        if (other.department, other.scope, other.year)
        == (model.department, model.scope, model.year - 1)
    ]
    ways += ["document"] if before else []
    draws.shuffle(ways)
    for way in ways:
        try:
            if way == "document":
                return _foreign("last_year", model, before[0], draws, "no figure of two years")
            return (_said_last if way == "said" else _three_public_last)(model, draws)
        except NoSuchFigure:
            continue
    raise NoSuchFigure(f"{model.key} prints no figure of the year before")


def _said_last(model: Disclosure, draws: Random) -> Planted:
    places = [
        place
        for place, said in enumerate(model.statements)
        if said.amount
        and said.change
        and abs(said.change) >= APART
        and said.amount - said.change >= APART
    ]
    place = pick(places, draws, model, "no change in its narrative")
    said = model.statements[place]
    now = (said.amount or Decimal(0)) - (said.change or Decimal(0))
    return said_slip("last_year", model, place, "amount", now)


def _three_public_last(model: Disclosure, draws: Random) -> Planted:
    candidates = [
        (fact, last)
        for fact in model.facts
        if (fact.table, fact.measure) == ("three_public", "total")
        and (last := model.told.get(f"{fact.code}_last"))
        and abs(last - fact.value) >= APART / 10
    ]
    fact, last = pick(candidates, draws, model, "no three public costs of two years")
    return fact_slip("last_year", model, fact, last)


def _foreign(kind: str, model: Disclosure, other: Disclosure, draws: Random, what: str) -> Planted:
    theirs = {(*_row(f), f.section, f.measure): f.value for f in other.facts}
    candidates = []
    for fact in model.facts:
        value = theirs.get((*_row(fact), fact.section, fact.measure))
        wanted = fact.table in FOREIGN_TABLES and _is_leaf(fact) and fact.measure == "total"
        if wanted and value and abs(value - fact.value) >= APART:
            candidates.append((fact, value))
    fact, value = pick(candidates, draws, model, what)
    return fact_slip(kind, model, fact, value)


def _vanished_project(model: Disclosure, draws: Random, others: Others) -> Planted:
    rows = list(
        dict.fromkeys(_row(f) for f in model.facts if f.table in PROJECT_TABLES and f.project)
    )
    # Its group must keep another project: only then is its sum a sum of rows.
    groups = Counter((table, code[:GROUP]) for table, code, _, _ in rows)
    several = [row for row in rows if groups[row[0], row[1][:GROUP]] > 1]
    row = pick(several, draws, model, "no two projects of one group")
    whole = next(f.value for f in model.facts if _row(f) == row and f.measure == "total")
    text = amount_text(whole, unit_of(model, row[0]), model.style.thousands)
    slip = replace(_row_slip("vanished_project", model, row, "total", "", text), was=whole)

    def edit(one: Disclosure) -> Disclosure:
        return replace(one, facts=tuple(f for f in one.facts if _row(f) != row))

    return Planted(slip, edit, mark_cell(slip))


def _weight(model: Disclosure, draws: Random, others: Others) -> Planted:
    candidates = [
        (place, number)
        for place, target in enumerate(model.targets)
        for number, row in enumerate(target.rows)
        if row[6].isdigit()
    ]
    place, number = pick(candidates, draws, model, "no weights of targets")
    target = model.targets[place]
    row = target.rows[number]
    was = int(row[6])
    steps = [off for off in (*POINTS, *(-p for p in POINTS)) if was + off > 0]
    # From 90 to 100, or from 100 to 90, would be another right sum.
    whole = sum(int(r[6]) for r in target.rows if r[6].isdigit())
    now = was + draws.choice([off for off in steps if whole + off not in (90, 100)])
    table = "performance_project" if target.project else "performance_overall"
    slip = Slip(
        "weight",
        table,
        "",
        "",
        row[2],
        target.project,
        "weight",
        Decimal(was),
        Decimal(now),
        str(now),
        str(was),
        frozenset([f"targets:{target.project}"]),
    )

    def edit(one: Disclosure, points: int = now) -> Disclosure:
        wrong = (*row[:6], str(points), *row[7:])
        rows = (*target.rows[:number], wrong, *target.rows[number + 1 :])
        targets = (*one.targets[:place], replace(target, rows=rows), *one.targets[place + 1 :])
        return replace(one, targets=targets)

    return Planted(slip, edit, lambda one: edit(one, int(nudged(Decimal(now), Decimal(1)))))


def _row(fact: Fact) -> tuple[str, str, str, str]:
    return (fact.table, fact.code, fact.name, fact.project)


def _row_slip(
    kind: str,
    model: Disclosure,
    row: tuple[str, str, str, str],
    measure: str,
    printed: str,
    true: str,
) -> Slip:
    table, code, name, project = row
    return Slip(
        kind, table, "", code, name, project, measure, None, None, printed, true, frozenset([table])
    )


#: The kinds of this module, by name.
MAKERS: dict[str, Maker] = {
    "unit_factor": _unit_factor,
    "name_code": _name_code,
    "doubled_row": _doubled_row,
    "swapped_columns": _swapped_columns,
    "subordinate": _subordinate,
    "last_year": _last_year,
    "vanished_project": _vanished_project,
    "weight": _weight,
}
