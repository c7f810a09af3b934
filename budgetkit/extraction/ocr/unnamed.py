"""Characters without a name, named by their picture.

A font may paint a glyph and say nothing of what it is: see ``extraction.pdf.glyph_names``.
Each word that holds one is read from its picture, twice; its glyphs are named where both readings
are the same, have as many characters as the word, and agree with those that have a name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from budgetkit.extraction.ocr.recogniser import Reader, Seen, SeenChar, read_lines
from budgetkit.extraction.ocr.two_readings import read_twice
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.glyph_names import UNKNOWN
from budgetkit.extraction.pdf.lines import box_around
from budgetkit.extraction.pdf.pages import FROM_TEXT, Page, Pdf
from budgetkit.extraction.pdf.words import words_of

#: A reading with a character less sure than this names nothing.
LEAST = 0.6


def name_unknown(pdf: Pdf, page: Page, read: Reader = read_lines) -> Page:
    """Name the characters of a page that have no name.

    Parameters
    ----------
    pdf
        The open file.
    page
        As read.
    read
        Reads pictures of lines.

    Returns
    -------
    Page
        The same where all have a name; else ``confidences`` are those of the names that were
        found.
    """
    if not any(char.text == UNKNOWN for char in page.chars):
        return page
    words = [
        word
        for word in words_of(page, page.chars, _is_between)
        if any(char.text == UNKNOWN for char in word)
    ]
    if not words:
        return page
    _, _, first, second = read_twice(pdf, page, [box_around(word) for word in words], read)
    named: dict[Char, SeenChar] = {}
    for word, one, other in zip(words, first, second, strict=True):
        if _bare(one) == _bare(other) and _fits(word, one):
            inked = [char for char in one.chars if char.text != " "]
            named |= {c: s for c, s in zip(word, inked, strict=True) if c.text == UNKNOWN}
    if not named:
        return page
    return replace(
        page,
        chars=tuple(
            char._replace(text=named[char].text) if char in named else char for char in page.chars
        ),
        confidences=tuple(
            named[char].confidence if char in named else FROM_TEXT for char in page.chars
        ),
    )


def _bare(seen: Seen) -> str:
    return "".join(char.text for char in seen.chars if char.text != " ")


def _fits(word: Sequence[Char], seen: Seen) -> bool:
    """Whether a reading has as many characters as a word, and agrees with those that are named."""
    text = _bare(seen)
    return (
        len(text) == len(word)
        and seen.confidence >= LEAST
        and all(char.text in (UNKNOWN, read) or _alike(char.text, read)
                for char, read in zip(word, text, strict=True))
    )  # fmt: skip


def _alike(char: str, other: str) -> bool:
    return unicodedata.normalize("NFKC", char) == unicodedata.normalize("NFKC", other)


def _is_between(x: float, before: Char, char: Char) -> bool:
    """Whether a rule lies between the middles of two characters."""
    return (before.x0 + before.x1) / 2 < x < (char.x0 + char.x1) / 2
