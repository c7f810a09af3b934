"""One disclosure as the reports and the comparisons see it: its money and its people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from budgetkit.disclosure import DisclosureRows
from budgetkit.storage.figures import Figure, figure_of, sum_of
from budgetkit.summary.money import Headline, headline
from budgetkit.summary.people import Staff, staff
from budgetkit.summary.projects import project_amounts

#: Slugs of the summary that are money from a higher government.
TRANSFERS = ("general_transfer", "government_fund_transfer", "state_capital_transfer")


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


def summarize(disclosure: DisclosureRows) -> DisclosureSummary:
    """Return the summary of a disclosure."""
    return DisclosureSummary(disclosure, headline(disclosure), staff(disclosure))
