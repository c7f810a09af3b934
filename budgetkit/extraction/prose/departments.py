"""Names of departments: the scope that a name adds, one id for all names, names that look alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from budgetkit.codelists import read_codelist
from budgetkit.codelists.patterns import pattern_of
from budgetkit.extraction.prose.regions import region_of, with_region
from budgetkit.extraction.prose.wordings import any_of

#: A short form has at least this many characters behind its region.
SHORTEST = 3


class NameParts(NamedTuple):
    """A department's name, and the scope that a remark behind it states; empty where none does."""

    name: str
    scope: str


def split_scope(printed: str) -> NameParts:
    """Take （本级）, which makes it the department's own unit, or （汇总） off a name.

    Examples
    --------
    >>> split_scope("某市财政局（本级）")
    NameParts(name='某市财政局', scope='unit')
    >>> split_scope("某市审计局(汇总)"), split_scope("某市审计局")
    (NameParts(name='某市审计局', scope='department'), NameParts(name='某市审计局', scope=''))
    """
    for scope in ("unit", "department"):
        name = re.sub(rf"{any_of('identity', f'suffix_{scope}')}$", "", printed)
        if name != printed:
            return NameParts(name, scope)
    return NameParts(printed, "")


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """Patterns of ``aliases.csv``, what replaces each, and whether it is a whole name."""
    return tuple(
        (pattern_of(row["pattern"]), row["name"], not row["pattern"].startswith("/"))
        for row in read_codelist("aliases")
    )


@lru_cache(maxsize=4096)
def department_id(name: str) -> str:
    """Return one id for all names of a department: its full name in one form.

    Each rule of ``aliases.csv`` is applied in turn; a plain name there stands for the other at
    once.  The province of a prefecture is added.

    Examples
    --------
    >>> len({department_id(n) for n in ("中共江苏省委办公厅", "江苏省委办公厅",
    ...                                 "中国共产党江苏省委员会办公厅")})
    1
    >>> department_id("杭州市司法局"), department_id("")
    ('浙江省杭州市司法局', '')
    """
    found = re.sub(r"\s", "", name)
    for pattern, canonical, is_whole in _rules():
        if is_whole:
            found = canonical if pattern.fullmatch(found) else found
        else:
            found = pattern.sub(canonical, found)
    head = re.match(any_of("region", "prefix"), found)
    at = head.end() if head else 0
    return found[:at] + with_region(found[at:])


def alike(ids: Iterable[str]) -> dict[str, str]:
    """Pair ids of one region of which one may be short for another (发改委, 发展和改革委员会).

    Parameters
    ----------
    ids
        As of :func:`department_id`.

    Returns
    -------
    dict of str to str
        The longer name by the shorter one.

    Examples
    --------
    >>> alike(["某市财政局", "某市司法局", "某市退役局", "某市退役军人事务局"])
    {'某市退役局': '某市退役军人事务局'}
    """
    by_region: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted(set(ids)):
        region = region_of(name).name
        rest = name[len(region) :] if name.startswith(region) else name
        if len(rest) >= SHORTEST:
            by_region[region, rest[0]].append(rest)
    return {
        f"{region}{short}": f"{region}{long}"
        for (region, _), names in by_region.items()
        for short in names
        for long in names
        if _is_short_for(short, long)
    }


def _is_short_for(short: str, long: str) -> bool:
    """Whether a name's characters come in another one, in order, and it ends like it."""
    if len(short) >= len(long) or short in long or short[-1] not in long[-3:]:
        return False
    rest = iter(long)
    return all(char in rest for char in short)
