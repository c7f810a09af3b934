"""Whose document it is: a department or a unit, of how many, and by which name.

What these checks say must be plain to see on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.findings import found_or_none, remark, told
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.prose import paragraphs
from budgetkit.extraction.prose.wordings import folded, matcher

_BELOW = re.compile(r"本(?:部|级)(?:以及|及|和)(?:其)?下属(\d+)家")
_KINDS = re.compile(r"(?:行政|参公|参照公务员法管理的?事业|(?<!参公)事业)单位(\d+)家")
_MAKER = re.compile(
    r"(?:编[制报]|填报)?(?:部门|单位)(?:名称)?[：:](?P<name>[\u4e00-\u9fff（）()]{4,40}?)(?:金额)?单位[：:]"
)


def scopes(case: Case) -> Iterator[Finding]:
    """Find 本部门 in a unit's document and 本单位 in a department's, in set phrases alone."""
    if case.key is None:
        return
    role = "unit" if case.key.scope == "unit" else "department"
    own, other = ("单位", "部门") if role == "unit" else ("部门", "单位")
    found: dict[str, tuple[Row, int]] = {}
    for row in paragraphs(case):
        for match in matcher("scope", role).finditer(row["text"]):
            first, count = found.get(match.group(), (row, 0))
            found[match.group()] = (first, count + 1)
    findings = [
        remark(
            case,
            row,
            FAIL,
            f"{own}预算中写作“{words}”（{count}处），应为{own}而非{other}",
            f"'{words}' ({count} times) in the document of a {role}",
            "scope",
        )
        for words, (row, count) in found.items()
    ]
    yield from found_or_none(
        case, findings, "部门与单位的称谓一致", "department and unit are kept apart"
    )


def unit_counts(case: Case) -> Iterator[Finding]:
    """Hold the units below a department, and itself, against the units by kind."""
    below: tuple[Row, int] | None = None
    kinds: tuple[Row, int] | None = None
    for row in paragraphs(case):
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
    status = PASS if below[1] == kinds[1] else FAIL
    yield told(
        status,
        f"本部及下属预算单位共{below[1]}家，按类型合计{kinds[1]}家",
        f"{below[1]} budget units with the department's own office, {kinds[1]} by their kinds",
        kinds[0],
        table="text",
        code="units",
        other_row=below[0],
    )


def department_names(case: Case) -> Iterator[Finding]:
    """Find captions of tables with the name of somebody else."""
    if case.key is None:
        return
    own = _bare(case.key.department)
    found: dict[str, Row] = {}
    captions = 0
    for row in paragraphs(case):
        match = _MAKER.match(row["text"])
        if match is None:
            continue
        captions += 1
        name = _bare(match["name"])
        if name not in own and own not in name and not _subsequence(name, own):
            found.setdefault(match["name"], row)
    # Where most captions name somebody else, the name on the cover was not understood.
    if len(found) > 2 or captions < 3:
        return
    findings = [
        remark(
            case,
            row,
            FAIL,
            f"报表的编制部门写作“{name}”，本部门为“{case.key.department}”",
            f"a table names '{name}', the document is of '{case.key.department}'",
            "department",
        )
        for name, row in found.items()
    ]
    yield from found_or_none(case, findings, "编制部门一致", "the tables name the department")


def _bare(name: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]|本级|本部|机关$", "", name)


def _subsequence(one: str, other: str) -> bool:
    """Whether a name is the other with words left out, either way."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


CHECKS: Checks = {
    "text-scope": scopes,
    "text-unit-count": unit_counts,
    "text-department-name": department_names,
}
