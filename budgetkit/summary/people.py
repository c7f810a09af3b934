"""Who a department is, and how many people it has."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkit.disclosure import DisclosureRows
from budgetkit.storage.figures import Figure, Place, place_of
from budgetkit.storage.records import text

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

    def figure(self, count: str) -> Figure | None:
        """Return one of the counts with its place; None where it is not disclosed."""
        number = self.counts.get(count)
        places = (self.place,) if self.place else ()
        return None if number is None else Figure(float(number), places)

    @property
    def counted_in_total(self) -> tuple[str, ...]:
        """What 实有 counts, where its parts add up to it; else empty."""
        parts = [key for key in ("active", "retired", "special_retired") if key in self.counts]
        for upto in range(1, len(parts) + 1):
            if sum(self.counts[key] for key in parts[:upto]) == self.counts.get("total"):
                return tuple(key for key in parts[:upto] if self.counts[key] or key == "active")
        return ()


def profile(disclosure: DisclosureRows) -> Profile:
    """Return functions, offices and units."""
    rows = disclosure.rows["profile"]
    kinds = {
        kind: tuple(text(row["text"]) for row in rows if row["kind"] == kind)
        for kind in ("function", "office", "unit")
    }
    place = next((place_of(row) for row in rows if row["kind"] == "function"), None)
    return Profile(kinds["function"], kinds["office"], kinds["unit"], place)


def staff(disclosure: DisclosureRows) -> Staff:
    """Return the head counts; none where the disclosure does not print them."""
    rows = disclosure.rows["staffing"]
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
