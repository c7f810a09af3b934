"""Subordinate units that a department names, and that publish nothing in the dataset.

A dataset that holds none of a department's units proves nothing: nobody put them there.  Where it
holds some, one that is missing is worth a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, about_sentence, skipped
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.extraction.prose.departments import department_id

#: A name of fewer characters is that of an institution only together with its place.
SHORTEST = 5
#: How the names of units end.
_INSTITUTION = re.compile(
    r"(?:局|院|中心|站|所|队|校|学|园|馆|社|会|处|团|场|库|厂|台|监狱|基地|分局|办公室|编辑部|俱乐部)$"
)
#: Two names in one, or a unit that has no budget of its own.
_NOT_ONE = re.compile(r".{4,}(?:和|与|及|以及|、).{4,}")
_NO_BUDGET = re.compile(
    r"(?:非|未|不)(?:是)?(?:单独|独立|实行|纳入)|合并|代管|挂靠|统一(?:核算|编制)|并入|已撤"
)
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")


def units_published(case: Case) -> Iterator[Finding]:
    """Find units that the prose names, and of which the dataset holds no disclosure of the year."""
    if case.key is None or case.key.scope != "department":
        return
    year, kind = case.key.year, case.key.kind
    own = department_id(case.key.department)
    here = {id for id, *of in case.published if of == [year, kind]} - {own}
    there: dict[str, bool] = {}
    rows: dict[str, Row] = {}
    for row in case.rows["profile"]:
        name = _IN_BRACKETS.sub("", row["text"])
        if row["kind"] == "unit" and _is_unit(row["text"], name) and department_id(name) != own:
            rows.setdefault(name, row)
            there[name] = any(_is_same(department_id(name), name, other) for other in here)
    if not there:
        return
    if not any(there.values()):
        yield skipped(case, "skipped-no-units-here")
        return
    for name, row in rows.items():
        status = PASS if there[name] else FAIL
        words = {"name": name}
        found = about_sentence(row, status, "unit-published", words, table="text", code=name)
        yield found._replace(facts=(), certain=False)


def _is_unit(text: str, name: str) -> bool:
    """Whether a row names one institution that has a budget of its own."""
    is_one = _INSTITUTION.search(name) and not _NOT_ONE.search(name)
    return bool(is_one) and not _NO_BUDGET.search(text)


def _is_same(id: str, name: str, other: str) -> bool:
    """Whether a name is that of an id, which may leave out or add the place before it."""
    if id == other:
        return True
    return len(name) >= SHORTEST and (other.endswith(name) or id.endswith(other))


CHECKS: Checks = {"unit-published": units_published}
