"""Who a department is, how many people it has, and what one of them costs.

实有 may count retired people, contract staff or survivors, so that a cost a head
divides wages and benefits (301) by those in post (在职) and shows 303 apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from budgetkit.disclosure import Figure, Place, Subject, place_of, text
from budgetkit.summary.money import Headline

#: Head counts of ``staffing``, in the order of a report.
COUNTS = ("authorized", "total", "active", "retired", "special_retired")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a department does and what it is made of, as printed.

    Attributes
    ----------
    functions, offices, units : tuple of str
        主要职能, 内设机构, 下属单位.
    place : Place or None
        Where the functions stand.
    """

    functions: tuple[str, ...]
    offices: tuple[str, ...]
    units: tuple[str, ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Staff:
    """How many people; a count that is not disclosed is absent, never zero.

    Attributes
    ----------
    counts : dict of str to int
        Of :data:`COUNTS`.
    changes : dict of str to int
        Against the year before, negative for fewer, as the sentence says it.
    offices : int or None
        Number of offices.
    place : Place or None
        The sentence.
    """

    counts: dict[str, int]
    changes: dict[str, int]
    offices: int | None
    place: Place | None

    @property
    def counted_in_total(self) -> tuple[str, ...]:
        """What 实有 counts, where its parts add up to it; else empty."""
        parts = [key for key in ("active", "retired", "special_retired") if key in self.counts]
        for upto in range(1, len(parts) + 1):
            if sum(self.counts[key] for key in parts[:upto]) == self.counts.get("total"):
                return tuple(key for key in parts[:upto] if self.counts[key] or key == "active")
        return ()


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


def profile(subject: Subject) -> Profile:
    """Gather functions, offices and units."""
    rows = subject.rows("profile")
    kinds = {
        kind: tuple(text(row["text"]) for row in rows if row["kind"] == kind)
        for kind in ("function", "office", "unit")
    }
    place = next((place_of(row) for row in rows if row["kind"] == "function"), None)
    return Profile(kinds["function"], kinds["office"], kinds["unit"], place)


def staff(subject: Subject) -> Staff:
    """Gather the head counts.

    Returns
    -------
    Staff
        Without any count where the disclosure says nothing of its people.
    """
    rows = subject.rows("staffing")
    if not rows:
        return Staff({}, {}, None, None)
    row = rows[0]
    counts = {key: int(row[key]) for key in COUNTS if row[key] is not None}
    changes = {
        key: int(row[f"{key}_change"])
        for key in COUNTS
        if key in counts and row[f"{key}_change"] is not None
    }
    return Staff(counts, changes, row["offices"], place_of(row))


def per_head(money: Headline, people: Staff) -> PerHead | None:
    """Divide wages and benefits by the people in post.

    Returns
    -------
    PerHead or None
        None where those in post or the cost are not disclosed.
    """
    active = people.counts.get("active")
    if not active or (cost := money.wages or money.personnel) is None:
        return None
    note = "" if money.wages else "from_personnel"
    where = (people.place,) if people.place else ()
    family = money.family if money.wages else None
    return PerHead(
        Figure(cost.amount / active, (*cost.places, *where), note),
        Figure(family.amount / active, (*family.places, *where)) if family else None,
    )
