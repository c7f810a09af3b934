"""Which table a title names, and how a title looks.

Used where sheets are read: ``titles.csv`` lists the titles, whose ending most lines lack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from budgetkit.amounts import printed_unit, squeeze
from budgetkit.codelists import title_rules

#: A title is no longer than this; a sentence is.
LONGEST_TITLE = 60

_PROSE = re.compile(r"[。；;]|[,，].*[,，]")
_PREFIX = "(?:公开|附件|附|预算|决算|财预|财决)?"
_NUMBER = r"[\d一二三四五六七八九十]+(?:[-—－.][\d一二三四五六七八九十]+)?"
_NUMBERED = re.compile(
    rf"^{_PREFIX}表?{_NUMBER}(表[:：、.]?|[:：、.])|^{_PREFIX}表{_NUMBER}[:：、.]?"
)
_NUMBER_ONLY = re.compile(
    rf"^{_PREFIX}表{_NUMBER}[:：]?$|^{_PREFIX}表?[\d一二三四五六七八九十]+表?[:：]?$"
)
_DEPARTMENT = re.compile(
    r"^(?:编制|预算|填报)?(?:部门|单位)(?:名称)?[(（]?(?:盖章|公章)?[)）]?[:：](.+)$"
)
_STATED_UNIT = re.compile(r"(金额)?单位[:：](?=\S{0,3}元)")


class Title(NamedTuple):
    """A title that the lists know, and the table that it names."""

    text: str
    table: str


def find_title(lines: Sequence[str]) -> Title | None:
    """Find the title among the lines above a grid, the nearest first.

    Parameters
    ----------
    lines
        Top to bottom.

    Returns
    -------
    Title or None
        None where no line reads as a title that ``titles.csv`` knows.

    Examples
    --------
    >>> find_title(["表 3", "部门支出总体情况表", "编制部门：某局 单位：万元"])
    Title(text='部门支出总体情况表', table='expenditure')
    >>> find_title(["以上见一般公共预算支出表，不另列。"]) is None
    True
    """
    kept = [line for line in lines if may_be_title(line)]
    for i in range(len(kept) - 1, -1, -1):
        for text in _readings(kept, i):
            if table := title_table(text):
                return Title(re.sub(r"\s+", " ", text).strip(), table)
    return None


def may_be_title(line: str) -> bool:
    """Whether a line is more than a unit, a department or the number of a table."""
    return not (printed_unit(line) or stated_department(line) or _NUMBER_ONLY.match(squeeze(line)))


def _readings(lines: Sequence[str], i: int) -> Iterator[str]:
    """A title of two lines comes before its second line alone: 支出预算表 says too little."""
    line, before = squeeze(lines[i]), squeeze(lines[i - 1]) if i else ""
    if before and not _NUMBERED.match(line) and not _any_ending().search(before):
        yield lines[i - 1] + lines[i]
    yield lines[i]


def title_table(text: str) -> str | None:
    """Return the table that a title names; None for anything else."""
    plain = re.sub(r"[“”\"'《》〈〉]", "", squeeze(text))
    is_sentence = len(plain) > LONGEST_TITLE or _PROSE.search(plain)
    if is_sentence or not _any_ending().search(plain):
        return None
    plain = _NUMBERED.sub("", plain)
    plain = re.sub(r"\d{4}年(度)?", "", plain)
    for rule in title_rules():
        if rule.pattern.search(plain) and rule.ends.search(plain):
            return rule.table
    return None


@cache
def _any_ending() -> re.Pattern[str]:
    """How any title ends, which rules out most lines at once."""
    return re.compile("|".join(sorted({rule.ends.pattern for rule in title_rules()})))


def stated_department(line: str) -> str:
    """Return the department that a line such as ``编制部门：某局`` states, else empty."""
    found = _DEPARTMENT.match(_STATED_UNIT.split(squeeze(line))[0])
    return found.group(1) if found else ""
