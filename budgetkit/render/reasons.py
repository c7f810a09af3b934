"""Why a document was not read, or not in full, in the language of a page.

``documents.error`` is in English; the list ``reasons.csv`` has each of its sentences in Chinese.  A
sentence that it doesn't know is quoted as it is.
"""

from __future__ import annotations

import re
from functools import cache

from budgetkit.codelists.pinyin import CHINESE
from budgetkit.render.labels import Labels, rows_of

#: Between the parts of a reason, in English and in Chinese.
_BETWEEN, _CHINESE_BETWEEN = "; ", "；"
#: The file, and perhaps the page, that a reason begins with.
_PLACE = re.compile(r"^(?P<file>[^;:]+\.\w{3,4})(?:, page (?P<page>\d+))?: ")


def reason(text: str, say: Labels) -> str:
    """Write the reason of a document in the language of a page.

    Parameters
    ----------
    text
        As ``documents`` has it, or the failure of a report.
    say
        The words of the page.

    Returns
    -------
    str

    Examples
    --------
    >>> reason("a.pdf: is not a PDF; save it as PDF first.", Labels("zh"))
    'a.pdf：不是PDF文件；请先另存为PDF'
    >>> reason("its department stands in its running text", Labels("zh"))
    '部门名称取自正文'
    >>> reason("the moon is full", Labels("zh")), reason("is not a PDF", Labels("en"))
    ('“the moon is full”', 'is not a PDF')
    >>> reason("its department stands in its running text", Labels("en"))
    'The name of the department was taken from its running text'
    """
    if not text:
        return ""
    if say.lang != "zh":
        said = _BETWEEN.join(_translated(part, "en") or part for part in text.split(_BETWEEN))
        return said if said == text else said[:1].upper() + said[1:]
    place = _PLACE.match(text)
    parts = text[place.end() :] if place else text
    written = _CHINESE_BETWEEN.join(map(_sentence, parts.removesuffix(".").split(_BETWEEN)))
    if place is None:
        return written
    page = f"第{place['page']}页" if place["page"] else ""
    return f"{place['file']}{page}：{written}"


def _sentence(text: str) -> str:
    known = _translated(text, "zh")
    # What is Chinese already, as the note of a page, stays.
    return known or (text if CHINESE.search(text) else f"“{text}”")


def _translated(text: str, lang: str) -> str:
    for pattern, template in _patterns(lang):
        if found := pattern.fullmatch(text):
            parts = (_translated(part, lang) or part for part in found.groups(""))
            return template.format(text, *parts)
    return ""


@cache
def _patterns(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = rows_of("budgetkit.render", "reasons.csv")
    return tuple((re.compile(row["pattern"]), row[lang]) for row in rows if row[lang])
