"""Names of departments in a text: behind a label, in a heading, at the beginning of sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from budgetkit.extraction.prose.departments import split_scope
from budgetkit.extraction.prose.regions import region_of
from budgetkit.extraction.prose.wordings import DIGITS, any_of, folded, matcher

#: A name inside of a pattern.
NAME = r"[一-龥“”（）()、]{3,40}?"
#: Running text names a department at least this often.
OFTEN = 2
_LABEL_END = r"(?=金额单位|单位[：:]|公开|填报|日期|$)"
_CHINESE_YEAR = re.compile(r"二[〇○零Oo0][〇○零Oo0一二三四五六七八九]{2}(?=年)")
#: The year of :data:`_CHINESE_YEAR` in digits; its 二 is never 两.
_YEAR_DIGITS: dict[int, int | str] = {**DIGITS, ord("O"): "0", ord("o"): "0"}


def plain_text(text: str) -> str:
    """Return a text without white space, its full-width digits and Chinese years in digits."""
    text = folded(re.sub(r"\s", "", text))
    return _CHINESE_YEAR.sub(lambda m: m[0].translate(_YEAR_DIGITS), text) if "二" in text else text


def commonest(texts: Iterable[str]) -> str:
    """Return the text that comes most often, the first of several; empty where there is none."""
    return next((text for text, _ in Counter(texts).most_common(1)), "")


def is_department(name: str) -> bool:
    """Whether a text can be the name of a department: it ends as such names end.

    Examples
    --------
    >>> [is_department(name) for name in ("某县教育局", "某市某区", "某局（本级）")]
    [True, False, True]
    """
    return (
        3 <= len(name) <= 40
        and matcher("identity", "department").search(name) is not None
        and not matcher("identity", "not_department").search(name)
    )


def is_located(line: str) -> bool:
    """Whether a line is the name of a department, and says where it is."""
    region = region_of(line)
    return is_department(line) and bool(region.name or region.level == "central")


def labelled(texts: Iterable[str], role: str) -> list[str]:
    """Return the names behind a label: 编制部门：某局 单位：万元.

    Parameters
    ----------
    texts
        Lines without white space.
    role
        Of the label, in the topic ``identity``: ``cover`` or ``caption``.

    Returns
    -------
    list of str
    """
    pattern = re.compile(rf"(?:{any_of('identity', role)})[：:](?P<name>.+?){_LABEL_END}")
    return [
        match["name"]
        for text in texts
        if (match := pattern.match(text)) and is_department(match["name"])
    ]


def cell_pairs(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield each cell of a form with the next one, as a caption: 部门名称：某局."""
    for row in rows:
        for label, value in pairwise(filter(None, map(plain_text, row))):
            yield f"{label.rstrip('：:')}：{value}"


def from_headings(headings: Iterable[str]) -> str:
    """Return the department of headings: 关于某局2025年收支预算情况总体说明, 第一部分 某局概况."""
    pattern = re.compile(rf"(?:{any_of('identity', 'heading')})")
    matches = (pattern.search(plain_text(text)) for text in headings)
    names = (next(filter(None, match.groups()), "") for match in matches if match)
    return commonest(filter(is_department, names))


def from_running_text(paragraphs: Iterable[str]) -> str:
    """Return the department that sentences begin with most often, if its name tells a place."""
    pattern = re.compile(any_of("identity", "running"))
    names = (
        next(filter(None, match.groups()), "")
        for text in paragraphs
        for match in pattern.finditer(plain_text(text))
    )
    named = Counter(filter(is_located, (split_scope(name).name for name in names)))
    name, times = next(iter(named.most_common(1)), ("", 0))
    return name if times >= OFTEN else ""
