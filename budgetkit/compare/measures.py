"""What is compared: each measure of ``measures.csv`` as a function of a disclosure's summary."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from budgetkit.errors import UsageError, suggestion
from budgetkit.storage.figures import Figure, sum_of
from budgetkit.summary.summarize import DisclosureSummary

#: As frames have them.
UNITS = {
    "people": "人",
    "wan": "万元",
    "percent": "%",
    "wan_a_head": "万元/人",
    "count": "个",
    "index": "0–1",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its name and how it is computed.

    Attributes
    ----------
    id, topic, unit : str
        Stable names.
    source : str
        Where its figure is: ``people.COUNT``, ``money.AMOUNT`` of the headline, ``LINES.CODE`` of
        one of its lists, or ``MEASURE/MEASURE``; empty where a function computes it.
    needs : str
        Tables that it rests on, the usual one first; ``staffing``, and ``active`` where the
        people in post must be known.
    zh, en : str
        Its name.
    zh_how, en_how : str
        How it is computed, in a line.
    """

    id: str
    topic: str
    unit: str
    source: str
    needs: str
    zh: str
    en: str
    zh_how: str
    en_how: str

    def name(self, lang: str) -> str:
        """Return its name in a language."""
        return self.zh if lang == "zh" else self.en

    def how(self, lang: str) -> str:
        """Return how it is computed, in a language."""
        return self.zh_how if lang == "zh" else self.en_how

    @property
    def frame_unit(self) -> str:
        """Its unit as frames have it; pages and figures may show another."""
        return UNITS[self.unit]


@cache
def measures() -> dict[str, Measure]:
    """Return the measures by id, in the order of ``measures.csv``.

    Examples
    --------
    >>> measures()["wages_per_head"].how("en")
    'class 301 ÷ people in post'
    """
    text = (files(__package__) / "measures.csv").read_text(encoding="utf-8")
    return {row["id"]: Measure(**row) for row in csv.DictReader(text.splitlines())}


def choose_measures(wanted: str | Sequence[str] | None = None) -> list[Measure]:
    """Return the measures that were asked for, one or several; all of them where there are none.

    Raises
    ------
    UsageError
        There is no such measure; the nearest are named.
    """
    known = measures()
    names = [wanted] if isinstance(wanted, str) and wanted else wanted or known
    for name in names:
        if name not in known:
            raise UsageError(f"there is no measure '{name}'", remedy=suggestion(name, known))
    return [known[name] for name in names]


def value(measure: str, summary: DisclosureSummary) -> Figure | None:
    """Compute a measure of a disclosure.

    Those of a budget and its final account are computed in
    :mod:`budgetkit.compare.execution_measures`.

    Parameters
    ----------
    measure
        Id of ``measures.csv``.
    summary
        One department, scope and year.

    Returns
    -------
    Figure or None
        In the measure's unit, with the printed figures that it is computed from; None where they
        are not disclosed, never zero.
    """
    group, _, name = measures()[measure].source.partition(".")
    if not group:
        return COMPUTED[measure](summary)
    if group == "execution":
        return None
    if not name:
        part, whole = (value(side, summary) for side in group.split("/"))
        return _ratio(part, whole, 100.0 if measures()[measure].unit == "percent" else 1.0)
    if group == "people":
        return summary.people.figure(name)
    if group == "money":
        amount: Figure | None = getattr(summary.money, name)
        return amount
    line = summary.money.line(group, name)
    return line.figure if line else None


def _ratio(part: Figure | None, whole: Figure | None, scale: float) -> Figure | None:
    """Divide; None where a side is missing or the whole is zero.

    A part of the general budget alone is no share of the whole budget.
    """
    if part is None or whole is None or not whole.amount:
        return None
    if part.note == "general_only" != whole.note:
        return None
    notes = " ".join(dict.fromkeys(note for note in (part.note, whole.note) if note))
    places = tuple(dict.fromkeys((*part.places, *whole.places)))
    return Figure(part.amount / whole.amount * scale, places, notes)


def _vacancy(summary: DisclosureSummary) -> Figure | None:
    posts, active = value("authorized", summary), value("active", summary)
    if posts is None or active is None:
        return None
    return Figure(posts.amount - active.amount, posts.places)


def _project_count(summary: DisclosureSummary) -> Figure | None:
    whole = sum_of(summary.projects)
    return Figure(float(len(summary.projects)), whole.places) if whole else None


def _concentration(summary: DisclosureSummary) -> Figure | None:
    whole = sum_of(summary.projects)
    if whole is None or whole.amount <= 0:
        return None
    shares = [project.amount / whole.amount for project in summary.projects]
    return Figure(sum(share**2 for share in shares), whole.places)


COMPUTED: dict[str, Callable[[DisclosureSummary], Figure | None]] = {
    "vacancy": _vacancy,
    "projects": _project_count,
    "project_total": lambda summary: sum_of(summary.projects),
    "project_largest": lambda summary: next(iter(summary.projects), None),
    "project_hhi": _concentration,
    "transfers": lambda summary: summary.transfers,
}
