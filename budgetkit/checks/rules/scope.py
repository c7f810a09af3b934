"""Whose document it is: a department's or a unit's, of how many units, and by which name.

What these checks find is plain to see on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, about_sentence, found_or_none
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.prose_findings import is_subsequence, text_finding
from budgetkit.extraction.prose.wordings import folded, matcher

_BELOW = re.compile(r"本(?:部|级)(?:以及|及|和)(?:其)?下属(\d+)家")
_KINDS = re.compile(r"(?:行政|参公|参照公务员法管理的?事业|(?<!参公)事业)单位(\d+)家")
_CAPTION = re.compile(
    r"(?:编[制报]|填报)?(?:部门|单位)(?:名称)?[：:](?P<name>[\u4e00-\u9fff（）()]{4,40}?)(?:金额)?单位[：:]"
)
#: What a document calls its department or unit, by scope.
_ROLES = {"department": "部门", "unit": "单位"}


def scopes(case: Case) -> Sequence[Finding]:
    """Find 本部门 in a unit's document and 本单位 in a department's, in set phrases alone."""
    if case.key is None:
        return ()
    role = "unit" if case.key.scope == "unit" else "department"
    places: dict[str, list[Row]] = {}
    for row in case.rows["paragraphs"]:
        for match in matcher("scope", role).finditer(row["text"]):
            places.setdefault(match.group(), []).append(row)
    found = [
        text_finding(
            rows[0],
            "text-scope",
            "scope",
            words=words,
            count=len(rows),
            own=_ROLES[role],
            role=role,
        )
        for words, rows in places.items()
    ]
    return found_or_none(case, found, "text-scope")


def unit_counts(case: Case) -> Iterator[Finding]:
    """Compare the units below a department, and itself, with the units by kind."""
    below: tuple[Row, int] | None = None
    kinds: tuple[Row, int] | None = None
    for row in case.rows["paragraphs"]:
        if "家" not in row["text"]:
            continue
        text = folded(row["text"])
        match = _BELOW.search(text)
        if match and below is None:
            below = (row, int(match[1]) + 1)
        numbers = [int(number) for number in _KINDS.findall(text)]
        if len(numbers) > 1 and kinds is None:
            kinds = (row, sum(numbers))
    if below is None or kinds is None:
        return
    yield about_sentence(
        kinds[0],
        PASS if below[1] == kinds[1] else FAIL,
        "text-unit-count",
        {"below": below[1], "kinds": kinds[1]},
        table="text",
        code="units",
        other_row=below[0],
    )


def department_names(case: Case) -> Sequence[Finding]:
    """Find captions of tables with the name of another department."""
    if case.key is None:
        return ()
    own = _bare(case.key.department)
    captions = 0
    others: dict[str, Row] = {}
    for row in case.rows["paragraphs"]:
        match = _CAPTION.match(row["text"])
        captions += match is not None
        if match and not _is_same(_bare(match["name"]), own):
            others.setdefault(match["name"], row)
    # Where most captions have another name, the name on the cover was not understood.
    if len(others) > 2 or captions < 3:
        return ()
    found = [
        text_finding(
            row, "text-department-name", "department", name=name, department=case.key.department
        )
        for name, row in others.items()
    ]
    return found_or_none(case, found, "text-department-name")


def _bare(name: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]|本级|本部|机关$", "", name)


def _is_same(one: str, other: str) -> bool:
    return one in other or other in one or is_subsequence(one, other)


CHECKS: Checks = {
    "text-scope": scopes,
    "text-unit-count": unit_counts,
    "text-department-name": department_names,
}
