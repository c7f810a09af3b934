"""Words of characters, or of shapes that stand for some: side by side, with no rule between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.lines import read_lines, split_line, type_size
from budgetkit.extraction.pdf.pages import Page

#: Characters of a word are no further apart than this share of its type size; a point that is no
#: shape of its own leaves a gap.
WORD_GAP = 0.6


def words_of(
    page: Page, chars: Iterable[Char], is_between: Callable[[float, Char, Char], bool]
) -> Iterator[list[Char]]:
    """Find words: characters that stand side by side, with no rule between them.

    Parameters
    ----------
    page
        As read: an upright rule of a table ends a word.
    chars
        Its characters, or shapes that stand for some.
    is_between
        Tells of the place of a rule (points) whether it lies between two neighbours.

    Returns
    -------
    iterator of list of Char
    """
    upright = [rule for rule in page.rules if rule.x0 == rule.x1]
    for line in read_lines(chars):
        gap = WORD_GAP * type_size(line.chars)
        middle = (line.box.top + line.box.bottom) / 2
        edges = [rule.x0 for rule in upright if rule.top <= middle <= rule.bottom]

        def are_apart(
            before: Char, char: Char, gap: float = gap, edges: Sequence[float] = edges
        ) -> bool:
            return char.x0 - before.x1 > gap or any(is_between(x, before, char) for x in edges)

        yield from split_line(line.chars, are_apart)
