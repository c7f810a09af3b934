"""What the audit found in one disclosure, as its report shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from budgetkit.disclosure import Figure, Place, Subject, place_of, text
from budgetkit.geometry import Box
from budgetkit.storage.reader import DatasetReader


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that disagrees.

    Attributes
    ----------
    check : str
        Id of the check, as in the catalogue.
    message : str
        Both figures and the difference, in the language of the report.
    figure : Figure
        Its places: the figure that is judged, then the one that it is held against.
    """

    check: str
    message: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of the checks of one disclosure.

    Attributes
    ----------
    fails, roundings : tuple of Finding
        What does not agree, and what differs by rounding only; the weightiest first.
    counts : dict of str to int
        Number of comparisons by status: ``pass``, ``rounding``, ``fail``, ``skipped``.
    """

    fails: tuple[Finding, ...]
    roundings: tuple[Finding, ...]
    counts: dict[str, int]

    @property
    def compared(self) -> int:
        """Number of comparisons that could be made."""
        return sum(n for status, n in self.counts.items() if status != "skipped")


def findings(dataset: DatasetReader, subject: Subject, lang: str) -> Findings:
    """Take what the audit said of a disclosure.

    Parameters
    ----------
    dataset
        Its ``checks`` are read, or run where they are not there.
    subject
        One department, scope and year.
    lang
        Language of the messages.

    Returns
    -------
    Findings
        One that is told of several places with the same words is listed once.
    """
    rows = dataset.by_document("checks").rows(row["document"] for row in subject.documents)
    facts = {row["fact_id"]: row for row in subject.rows("facts")}
    told: dict[str, dict[str, Finding]] = {"fail": {}, "rounding": {}}
    for row in sorted(rows, key=_heaviness):
        if row["status"] in told:
            message = text(row[f"message_{lang}"])
            places = (_place(row, other, facts, message) for other in ("", "other_"))
            figure = Figure(0.0, tuple(place for place in places if place is not None))
            told[row["status"]].setdefault(message, Finding(text(row["check"]), message, figure))
    return Findings(
        tuple(told["fail"].values()),
        tuple(told["rounding"].values()),
        dict(Counter(text(row["status"]) for row in rows)),
    )


def _heaviness(row: dict[str, Any]) -> tuple[int, float]:
    return -(row["weight"] or 0), -abs(row["difference"] or 0.0)


def _place(
    row: dict[str, Any], other: str, facts: dict[str, dict[str, Any]], message: str
) -> Place | None:
    """The figure's own place where it is a fact, else the box that the finding names."""
    fact = facts.get(text(row[f"{other}fact_id"]))
    if fact is not None:
        return place_of(fact)
    if row[f"{other}page"] is None:
        return None
    document = text(row["other_document"]) if other else text(row["document"])
    return Place(
        document=document or text(row["document"]),
        page=int(row[f"{other}page"]),
        box=Box(*(float(row[f"{other}{edge}"]) for edge in Box._fields)),
        printed=message,
    )
