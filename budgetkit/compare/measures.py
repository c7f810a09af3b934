"""What is compared: each measure of ``measures.csv`` as a pure function of a case."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from budgetkit.disclosure import Figure
from budgetkit.errors import UsageError
from budgetkit.summary.summary import Case

#: Head counts, and what they are called in ``staffing``.
HEADS = {
    "authorized": "authorized",
    "counted": "total",
    "active": "active",
    "retired": "retired",
    "special_retired": "special_retired",
}
#: Measures that are an amount of the headline as it is.
AMOUNTS = (
    "revenue",
    "expenditure",
    "basic",
    "project",
    "personnel",
    "operating",
    "wages",
    "family",
)
#: Measures that are a row of the 三公 table, and its code.
THREE_PUBLIC = {
    "three_public": "total",
    "abroad": "abroad",
    "reception": "reception",
    "vehicles": "vehicles",
    "vehicle_purchase": "vehicle_purchase",
    "vehicle_operation": "vehicle_operation",
}
UNITS = {
    "people": ("人", "people"),
    "10k_yuan": ("万元", "10k yuan"),
    "percent": ("%", "%"),
    "10k_yuan_a_head": ("万元/人", "10k yuan a head"),
    "count": ("个", "projects"),
    "index": ("0–1", "0–1"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: what it is called and how it is made.

    Attributes
    ----------
    id, topic, unit : str
        Stable names.
    zh, en : str
        What it is called.
    zh_how, en_how : str
        How it is made, in a line.
    """

    id: str
    topic: str
    unit: str
    zh: str
    en: str
    zh_how: str
    en_how: str

    def name(self, lang: str) -> str:
        """Give its name in a language."""
        return self.zh if lang == "zh" else self.en

    def how(self, lang: str) -> str:
        """Say how it is made."""
        return self.zh_how if lang == "zh" else self.en_how

    def unit_name(self, lang: str) -> str:
        """Give its unit in a language."""
        return UNITS[self.unit][0 if lang == "zh" else 1]


@cache
def measures() -> dict[str, Measure]:
    """Give the measures by id, in the order of ``measures.csv``.

    Examples
    --------
    >>> measures()["wages_per_head"].how("en")
    'class 301 ÷ people in post'
    """
    text = (files(__package__) / "measures.csv").read_text(encoding="utf-8")
    return {row["id"]: Measure(**row) for row in csv.DictReader(text.splitlines())}


def choose_measures(wanted: list[str] | None) -> list[Measure]:
    """Give the measures that were asked for; all of them where that is None.

    Raises
    ------
    UsageError
        There is no such measure; the nearest are named.
    """
    from budgetkit.errors import suggestion

    known = measures()
    for name in wanted or ():
        if name not in known:
            raise UsageError(f"there is no measure '{name}'", remedy=suggestion(name, known))
    return [known[name] for name in (known if wanted is None else wanted)]


def value(measure: str, case: Case) -> Figure | None:
    """Give a measure of a case.

    Parameters
    ----------
    measure
        Id of ``measures.csv``.
    case
        One department, scope and year.

    Returns
    -------
    Figure or None
        In the measure's unit, with the printed figures that it rests on; None where they are
        not disclosed, never zero.
    """
    if measure in HEADS:
        return _head(case, HEADS[measure])
    if measure in AMOUNTS:
        found: Figure | None = getattr(case.money, measure)
        return found
    if measure in THREE_PUBLIC:
        return _of_line(case, "three_public", THREE_PUBLIC[measure])
    return COMPUTED[measure](case)


def _head(case: Case, count: str) -> Figure | None:
    number = case.people.counts.get(count)
    place = (case.people.place,) if case.people.place else ()
    return None if number is None else Figure(float(number), place)


def _of_line(case: Case, group: str, code: str) -> Figure | None:
    line = case.money.line(group, code)
    return line.figure if line else None


def ratio(part: Figure | None, whole: Figure | None, scale: float = 1.0) -> Figure | None:
    """Divide; None where a side is missing, or the whole is zero."""
    if part is None or whole is None or not whole.amount:
        return None
    notes = " ".join(dict.fromkeys(note for note in (part.note, whole.note) if note))
    places = tuple(dict.fromkeys((*part.places, *whole.places)))
    return Figure(part.amount / whole.amount * scale, places, notes)


def _percent(part: Figure | None, whole: Figure | None) -> Figure | None:
    """A share; a part of the general budget alone is no share of the whole budget."""
    if part is not None and whole is not None and part.note == "general_only" != whole.note:
        return None
    return ratio(part, whole, 100.0)


def _vacancy(case: Case) -> Figure | None:
    posts, active = _head(case, "authorized"), _head(case, "active")
    if posts is None or active is None:
        return None
    return Figure(posts.amount - active.amount, posts.places)


def _a_head(case: Case, cost: Figure | None) -> Figure | None:
    return ratio(cost, _head(case, "active"))


def _project_sum(case: Case) -> Figure | None:
    figures = [line.figure for line in case.projects]
    if not figures:
        return None
    places = tuple(place for figure in figures for place in figure.places)
    return Figure(sum(figure.amount for figure in figures), places)


def _project_count(case: Case) -> Figure | None:
    whole = _project_sum(case)
    return Figure(float(len(case.projects)), whole.places) if whole else None


def _largest(case: Case) -> Figure | None:
    return case.projects[0].figure if case.projects else None


def _concentration(case: Case) -> Figure | None:
    whole = _project_sum(case)
    if whole is None or whole.amount <= 0:
        return None
    shares = [line.figure.amount / whole.amount for line in case.projects]
    return Figure(sum(share**2 for share in shares), whole.places)


COMPUTED: dict[str, Callable[[Case], Figure | None]] = {
    "vacancy": _vacancy,
    "basic_share": lambda case: _percent(case.money.basic, case.money.expenditure),
    "project_share": lambda case: _percent(case.money.project, case.money.expenditure),
    "operating_costs": lambda case: _of_line(case, "operating_costs", "operating_costs"),
    "wages_per_head": lambda case: _a_head(case, case.money.wages),
    "family_per_head": lambda case: _a_head(case, case.money.family),
    "projects": _project_count,
    "project_total": _project_sum,
    "project_largest": _largest,
    "project_largest_share": lambda case: ratio(_largest(case), _project_sum(case), 100.0),
    "project_hhi": _concentration,
    "carryover": lambda case: _of_line(case, "carryover", "total"),
    "carryover_share": lambda case: _percent(
        _of_line(case, "carryover", "total"), case.money.revenue
    ),
    "transfers": lambda case: case.transfers,
    "transfer_share": lambda case: _percent(case.transfers, case.money.revenue),
}
