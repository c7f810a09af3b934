"""Which known text an unknown one is like, by the characters that they share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from budgetkit.amounts import squeeze
from budgetkit.codelists import read_codelist

#: Texts that share less than this (0 to 1) are not like each other.
ALIKE = 0.6
_SIGNS = re.compile(r"[\W_]+|[的和及与]")


class Likeness(NamedTuple):
    """A known text that another one is like."""

    text: str
    score: float
    shared: str


@cache
def _plain_signs() -> dict[int, str]:
    return {ord(row["variant"]): row["plain"] for row in read_codelist("spellings")}


def spelling(text: str) -> str:
    """Fold what is mere spelling: signs, 的 and 和, traditional characters.

    Examples
    --------
    >>> spelling("合計"), spelling("结转和结余（资金）") == spelling("结转、结余资金")
    ('合计', True)
    """
    return _SIGNS.sub("", squeeze(text).translate(_plain_signs()))


def alike(text: str, known: Iterable[str], count: int = 5) -> list[Likeness]:
    """Find the known texts that a text is like.

    Parameters
    ----------
    text
        As printed.
    known
        Texts to look among.
    count
        How many to give.

    Returns
    -------
    list of Likeness
        The likest first; a score of 1 means that they differ in spelling alone.

    Examples
    --------
    >>> alike("村级基本支出", ["项目支出", "基本支出"])[0]
    Likeness(text='基本支出', score=0.8, shared='基本支出')
    """
    plain = spelling(text)
    found = []
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(plain)
    for one in dict.fromkeys(known):
        matcher.set_seq1(spelling(one))
        if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
            continue
        if (score := matcher.ratio()) >= ALIKE:
            blocks = matcher.get_matching_blocks()
            shared = [plain[block.b : block.b + block.size] for block in blocks if block.size]
            found.append(Likeness(one, round(score, 2), "…".join(shared)))
    return sorted(found, key=lambda one: (-one.score, one.text))[:count]
