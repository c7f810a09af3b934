"""One disclosure as the reports and the comparisons see it: its money and its people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from budgetkit.codelists import read_codelist
from budgetkit.disclosure import DisclosureRows
from budgetkit.storage.figures import Figure, figure_of, sum_of
from budgetkit.summary.money import Headline, headline
from budgetkit.summary.people import Staff, staff
from budgetkit.summary.projects import project_amounts

#: Slugs of the summary that are money from a higher government.
TRANSFERS = ("general_transfer", "government_fund_transfer", "state_capital_transfer")
#: What a comparison asks of every summary, and of its rows.
OF_SUMMARIES = ("projects", "transfers", "has_old_classes")
OF_ROWS = ("unread", "unread_pages", "doubtful", "tables")


@dataclass(frozen=True, slots=True)
class PerHead:
    """Cost of one person in post.

    Attributes
    ----------
    wages : Figure
        301 by those in post, 万元 a head; where no economic table is printed the whole
        personnel cost, and its ``note`` says so.
    family : Figure or None
        303 by those in post, for information: 退休费 is in it.
    """

    wages: Figure
    family: Figure | None


@dataclass(frozen=True)
class DisclosureSummary:
    """One department, scope and year.

    Attributes
    ----------
    disclosure : DisclosureRows
        Its rows.
    money : Headline
        Its amounts, 万元.
    people : Staff
        Its head counts.
    """

    disclosure: DisclosureRows
    money: Headline
    people: Staff

    @cached_property
    def per_head(self) -> PerHead | None:
        """Cost of one person in post; None where it or those in post are not disclosed.

        实有 may count retired people, contract staff or survivors, so that wages and benefits (301)
        are divided by those in post (在职), and 303 is shown apart.
        """
        money, active = self.money, self.people.counts.get("active")
        if not active or (cost := money.wages or money.personnel) is None:
            return None
        where = (self.people.place,) if self.people.place else ()

        def divided(figure: Figure, note: str = "") -> Figure:
            return Figure(figure.amount / active, (*figure.places, *where), note)

        if not money.wages:
            return PerHead(divided(cost, "from_personnel"), None)
        return PerHead(divided(cost), divided(money.family) if money.family else None)

    @cached_property
    def projects(self) -> tuple[Figure, ...]:
        """Amounts of the projects of the project table, the largest first (万元)."""
        return tuple(project_amounts(self.disclosure).values())

    @cached_property
    def transfers(self) -> Figure | None:
        """Money from a higher government, as the summary prints it; None where it prints none."""
        rows = self.disclosure.rows_where("facts", table="summary", section="revenue")
        figures = [
            figure_of(row)
            for row in rows
            if row["code"] in TRANSFERS and row["measure"] in ("amount", "total")
        ]
        return sum_of(figure for figure in figures if figure is not None)

    @cached_property
    def moved_to_301(self) -> Figure | None:
        """What is printed in 303 and belongs to 301 since 2018 (万元); None where nothing is."""
        moved = {(row["before"], row["name"]) for row in read_codelist("regrouped")}
        lines = self.money.economic
        return sum_of(line.figure for line in lines if (line.code, line.name) in moved)

    @cached_property
    def has_old_classes(self) -> bool:
        """Whether it still has the economic classes of before 2018, by what it prints."""
        if self.moved_to_301 is not None:
            return True
        rows = read_codelist("regrouped")
        if any(line.code == rows[0]["after"] for line in self.money.economic):
            return False
        return self.disclosure.year < int(rows[0]["year"])

    def prepared(self) -> Self:
        """Return itself, with all that a comparison asks of its rows, while they are in memory.

        Where many are compared, rows that are asked for later are read again.
        """
        for name in OF_SUMMARIES:
            getattr(self, name)
        for name in OF_ROWS:
            getattr(self.disclosure, name)
        return self


def summarize(disclosure: DisclosureRows) -> DisclosureSummary:
    """Return the summary of a disclosure."""
    return DisclosureSummary(disclosure, headline(disclosure), staff(disclosure))
