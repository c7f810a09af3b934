"""One disclosure as a comparison sees it: what its report says, gathered once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from budgetkit.disclosure import Figure, Subject, figure_of, select, text
from budgetkit.summary.lines import Line
from budgetkit.summary.money import Headline, headline
from budgetkit.summary.people import Staff, staff

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader

#: Slugs of the summary that are money from a higher government.
TRANSFERS = ("general_transfer", "government_fund_transfer", "state_capital_transfer")


@dataclass(frozen=True)
class Case:
    """One department, scope and year.

    Attributes
    ----------
    subject : Subject
        Its rows.
    money : Headline
        Its amounts, 万元.
    people : Staff
        Its head counts.
    """

    subject: Subject
    money: Headline
    people: Staff

    @property
    def key(self) -> tuple[str, str, int]:
        """Department, scope and year."""
        return self.subject.key

    @property
    def notice(self) -> str:
        """What a cover says of its document; empty where it says nothing."""
        return next((text(r.get("notice")) for r in self.subject.documents if r.get("notice")), "")

    @cached_property
    def projects(self) -> tuple[Line, ...]:
        """Projects of the project table by name, the largest first (万元)."""
        found: dict[str, Figure] = {}
        for row in self.subject.rows("facts", table="project_expenditure", measure="total"):
            name, figure = text(row["project"]), figure_of(row)
            if name and figure is not None:
                before = found.get(name, Figure(0.0))
                places = (*before.places, *figure.places)
                found[name] = Figure(before.amount + figure.amount, places)
        lines = [Line("", name, figure) for name, figure in found.items()]
        return tuple(sorted(lines, key=lambda line: -line.figure.amount))

    @cached_property
    def transfers(self) -> Figure | None:
        """Money from a higher government, as the summary prints it; None where it prints none."""
        found = [
            figure
            for row in self.subject.rows("facts", table="summary", section="revenue")
            if row["code"] in TRANSFERS and row["measure"] in ("amount", "total")
            if (figure := figure_of(row)) is not None
        ]
        return total(found)

    @cached_property
    def unread(self) -> frozenset[str]:
        """Tables with amounts that were not understood."""
        return frozenset(text(row["table"]) for row in self.subject.rows("unmapped"))

    @cached_property
    def tables(self) -> frozenset[str]:
        """Tables that it holds, the empty ones too."""
        return frozenset(text(row["table"]) for row in self.subject.rows("tables"))


def total(figures: list[Figure]) -> Figure | None:
    """Add figures up; None where there are none."""
    if not figures:
        return None
    places = tuple(place for figure in figures for place in figure.places)
    return Figure(sum(figure.amount for figure in figures), places)


def gather(dataset: DatasetReader, keys: list[tuple[str, str, int]]) -> list[Case]:
    """Gather the cases of some keys."""
    cases = []
    for key in keys:
        subject = select(dataset, *key)
        cases.append(Case(subject, headline(subject), staff(subject)))
    return cases
