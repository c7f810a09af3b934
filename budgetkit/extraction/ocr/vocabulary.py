"""Words that budget documents print, as the judge of characters that were recognised unsurely.

A label that is read wrongly by one character loses its column or its table.  Where a character is
not sure, another that the recogniser thought of is taken if it makes two neighbouring characters
that stand side by side in the lists, and the one that was read makes none.  Digits, signs and
points are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from budgetkit.codelists import read_codelist
from budgetkit.extraction.ocr.recogniser import Seen, SeenChar

#: Lists whose words documents print, and the columns that hold them.
LISTS = {
    "functional": ("name", "aliases"),
    "economic": ("name", "aliases"),
    "government": ("name",),
    "headers": ("header",),
    "titles": ("pattern",),
    "title_words": ("word",),
    "items": ("pattern",),
}
#: What stands alone in the row below a header where a column has no number.
STAR = "※"
#: What stands alone in a cell that says nothing; a one is rarely taken for it.
STROKE = "/"


def settled(seen: Seen) -> Seen:
    """Return a reading in which unsure ideographs are those of known words.

    Parameters
    ----------
    seen
        A line.

    Returns
    -------
    Seen
        The same where nothing is unsure, or no list knows better.
    """
    if not any(char.others for char in seen.chars):
        return seen
    if len(seen.chars) == 1:
        return _alone(seen)
    chars = list(seen.chars)
    for i, char in enumerate(chars):
        if not (char.others and _is_ideograph(char.text)) or _is_known(chars, i, char.text):
            continue
        for other in filter(_is_ideograph, char.others):
            if _is_known(chars, i, other):
                chars[i] = char._replace(text=other)
                break
    return _with(seen, chars)


def _alone(seen: Seen) -> Seen:
    """A character that stands alone: the star of a column without a number, or a stroke."""
    (char,) = seen.chars
    if STAR in char.others and _is_ideograph(char.text):
        return _with(seen, [char._replace(text=STAR)])
    if char.text == "1" and char.others.startswith(STROKE):
        return _with(seen, [char._replace(text=STROKE)])
    return seen


def _with(seen: Seen, chars: list[SeenChar]) -> Seen:
    return Seen("".join(char.text for char in chars), seen.confidence, tuple(chars))


def _is_ideograph(text: str) -> bool:
    return "\u4e00" <= text <= "\u9fff"


def _is_known(chars: list[SeenChar], place: int, text: str) -> bool:
    """Whether a character makes a pair that the lists know with a neighbour."""
    before = chars[place - 1].text if place else ""
    after = chars[place + 1].text if place + 1 < len(chars) else ""
    return before + text in pairs() or text + after in pairs()


@cache
def pairs() -> frozenset[str]:
    """Return all pairs of ideographs that stand side by side in a word of the lists."""
    return frozenset(
        a + b
        for word in _words()
        for a, b in pairwise(word)
        if _is_ideograph(a) and _is_ideograph(b)
    )


def _words() -> Iterator[str]:
    for name, columns in LISTS.items():
        for row in read_codelist(name):
            yield from (row[column] for column in columns if row.get(column))
