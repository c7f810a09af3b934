"""What a user's list may say of a column: labels, measures, and facets with their values.

What there is comes from the shipped lists and from the user's own ``facets.csv``,
``measures.csv`` and ``tables.csv``, so that a new source of funds is a row and not code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from budgetkit.errors import nearest

#: Roles of columns that say what a row is, not how much.
LABELS = frozenset(
    {"code", "code1", "code2", "code3", "name", "project_name", "group", "text", "year", "ignore",
     "unit_code", "unit_name", "government_code", "government_name"}
)  # fmt: skip
#: The role of a word of headers that says nothing of its own: 合计, 金额.
NEUTRAL = "neutral"
#: Facets in the order in which a composed measure names them.
ORDER = ("block", "use", "fund", "detail", "class", "qualifier")
#: Measures of columns that only 本年, 收入 or 增减 tells from another one.
_OF_THEIR_OWN = frozenset({"change", "current_year", "revenue", "percent"})
_PREFIX = re.compile(r"^(previous|change|current|revenue)_")
_YEAR = re.compile(r"20\d\d")

Rows = Iterable[Mapping[str, str]]


class Roles:
    """The roles, facets, measures and tables that the lists know.

    Parameters
    ----------
    rows_of
        Gives the rows of a list by its name.
    """

    def __init__(self, rows_of: Callable[[str], Rows]) -> None:
        self._rows_of = rows_of

    @cached_property
    def facets(self) -> dict[str, set[str]]:
        """Values by facet, as the words of the shipped headers and ``facets.csv`` have them."""
        found: dict[str, set[str]] = {"year": {"current", "previous"}}
        for row in self._rows_of("headers"):
            for said in row["role"].split():
                facet, equals, value = said.partition("=")
                if equals:
                    found.setdefault(facet, set()).add(value)
        found.setdefault("item", set()).update(row["code"] for row in self._rows_of("items"))
        classes = (*self._rows_of("economic"), *self._rows_of("government"))
        found["class"] = {row["code"] for row in classes}
        for row in self._rows_of("facets"):
            if row["facet"] in found:
                found[row["facet"]] |= {row["value"], row["parent"]} - {""}
        return found

    @cached_property
    def measures(self) -> set[str]:
        """Measures that have an id of their own; facets compose others."""
        bases = {row[key] for row in self._rows_of("tables") for key in ("base", "revenue_base")}
        bases -= {""}
        found = {row["measure"] for row in self._rows_of("measures")} | _OF_THEIR_OWN | bases
        qualifiers = self.facets.get("qualifier", ())
        found |= {f"{base}_{qualifier}" for base in bases for qualifier in qualifiers}
        for facet in ORDER:
            found |= self.facets.get(facet, set())
        return found

    @cached_property
    def tables(self) -> set[str]:
        """Canonical ids of tables."""
        titled = {row["table"] for row in self._rows_of("titles")}
        return titled | {row["table"] for row in self._rows_of("tables")}

    def is_measure(self, role: str) -> bool:
        """Whether a role is a measure, one composed of facets too."""
        plain = _PREFIX.sub("", role)
        return plain in self.measures or self._is_composed(plain, 0)

    def _is_composed(self, rest: str, first: int) -> bool:
        for place in range(first, len(ORDER)):
            for value in self.facets.get(ORDER[place], ()):
                if rest == value:
                    return True
                head = f"{value}_"
                if rest.startswith(head) and self._is_composed(rest[len(head) :], place + 1):
                    return True
        return False

    def facets_problem(self, text: str) -> str:
        """What is wrong with facets such as ``fund=fiscal use=basic``; empty where nothing is."""
        for said in text.split():
            facet, equals, value = said.partition("=")
            if not equals or facet not in self.facets:
                known = ", ".join(sorted(self.facets))
                return f"has '{said}', which is no facet with its value; the facets are {known}"
            known_values = self.facets[facet]
            if value not in known_values and not (facet == "year" and _YEAR.fullmatch(value)):
                return (
                    f"has '{said}', a value that the facet '{facet}' does not have; it has "
                    f"{', '.join(sorted(known_values))}, and rows of facets.csv add others"
                )
        return ""

    def role_problem(self, role: str) -> str:
        """What is wrong with a role of ``headers.csv``; empty where nothing is.

        Examples
        --------
        >>> roles = Roles(lambda name: ())
        >>> roles.role_problem("ignore"), roles.role_problem("percent")
        ('', '')
        >>> roles.role_problem("totl")[:35]
        "has the role 'totl', which is not k"
        """
        if role in LABELS or role == NEUTRAL:
            return ""
        if "=" in role:
            return self.facets_problem(role)
        if self.is_measure(role):
            return ""
        near = nearest(role, self.measures | LABELS)
        return (
            f"has the role '{role}', which is not known{near}; a role is a label "
            f"({', '.join(sorted(LABELS))}), '{NEUTRAL}', a measure "
            f"({', '.join(sorted(self.measures - self.facets['class']))}, an economic class, or "
            "several of them composed), or facets such as 'fund=general_budget use=basic' "
            f"(of {', '.join(sorted(self.facets))})"
        )
