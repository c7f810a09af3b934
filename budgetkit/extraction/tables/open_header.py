"""The header of a table without rules: which text stands above which column.

Used where open tables are found.  The lowest texts are the leaves, one a column; the others are
parents and stand centred above their columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from budgetkit.amounts import parse_number, squeeze
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.lines import box_around, type_size
from budgetkit.geometry import Box

#: A text is centred above its columns to this share of their width, or so many type sizes.
OFF_CENTRE, OFF_CENTRE_SIZES = 0.12, 1.5
#: A column left without a parent costs as much as being so many type sizes off the centre.
BARE_COLUMN = 0.75
#: Two ways to place the parents that are this near (type sizes) can't be told apart.
UNDECIDED = 0.5
#: A figure ends this far (points) before the edge of its column.
PADDING = 3.0
#: Header texts of two ideographs that are set wide, and how far apart these stand (type sizes).
SPACED_WORDS, SPACED = frozenset({"收入", "支出", "项目", "合计", "金额", "科目", "名称"}), 6.0
#: Edges of words in a column that differ by no more than this (points) are aligned.
ALIGNED = 1.5


class Unclear(Exception):
    """Why a table without rules can't be read."""


class Word:
    """Characters of a line that stand close together."""

    def __init__(self, chars: Sequence[Char], text: str, baseline: float) -> None:
        self.chars, self.text, self.baseline = chars, text, baseline
        self.box: Box = box_around(chars)

    @classmethod
    def of(cls, chars: Sequence[Char], baseline: float) -> Word:
        """Return a word of some characters.

        Parameters
        ----------
        chars
            Left to right.
        baseline
            Of its line (points).

        Returns
        -------
        Word
        """
        return cls(chars, squeeze("".join(char.text for char in chars)), baseline)

    @cached_property
    def size(self) -> float:
        """Type size (points)."""
        return type_size(self.chars)

    @property
    def centre(self) -> float:
        """Middle of its width (points)."""
        return (self.box.x0 + self.box.x1) / 2

    def over(self, x0: float, x1: float) -> bool:
        """Whether it overlaps a stretch of the page's width.

        Parameters
        ----------
        x0, x1
            Points.

        Returns
        -------
        bool
        """
        return min(self.box.x1, x1) - max(self.box.x0, x0) > 1.0


class Column:
    """Words of the body that stand below each other, and the leaf of the header above them."""

    def __init__(self, words: Sequence[Word], leaf: Word | None = None) -> None:
        self.words = words
        self._leaf = leaf

    @property
    def leaf(self) -> Word:
        """Its header text."""
        assert self._leaf is not None
        return self._leaf

    def headed(self, leaf: Word) -> Column:
        """Return the column with its header."""
        return Column(self.words, leaf)

    @cached_property
    def body_x0(self) -> float:
        """Left edge of the words of its body."""
        return min(word.box.x0 for word in self.words)

    @cached_property
    def body_x1(self) -> float:
        """Right edge of the words of its body."""
        return max(word.box.x1 for word in self.words)

    @property
    def x0(self) -> float:
        """Left edge of all that it prints, its header included."""
        return min([self.leaf.box.x0, *([self.body_x0] if self.words else [])])

    @property
    def x1(self) -> float:
        """Right edge of all that it prints, its header included."""
        return max([self.leaf.box.x1, *([self.body_x1] if self.words else [])])

    @property
    def right_edge(self) -> float | None:
        """Where its figures end, where they are set to the right."""
        edges = [word.box.x1 for word in self.words if parse_number(word.text) is not None]
        if not edges or max(edges) - min(edges) > ALIGNED:
            return None
        return max(edges) if len(edges) * 2 > len(self.words) else None

    @property
    def left_edge(self) -> float | None:
        """Where its words begin, where they are set to the left."""
        edges = [word.box.x0 for word in self.words]
        return min(edges) if edges and max(edges) - min(edges) <= ALIGNED else None


def join_spaced(words: Sequence[Word]) -> list[Word]:
    """Join two ideographs of a header line that are set wide (项　　目) into one text."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else word
        is_near = 0 < word.box.x0 - last.box.x1 <= SPACED * word.size
        if is_near and last.text + word.text in SPACED_WORDS:
            joined[-1] = Word.of([*last.chars, *word.chars], last.baseline)
        else:
            joined.append(word)
    return joined


def match_leaves(
    texts: Sequence[Word], clusters: Sequence[Column], size: float
) -> tuple[list[Column], list[Word]]:
    """Find the header text of each column.

    Parameters
    ----------
    texts
        All texts of the header.
    clusters
        Columns of the body, left to right.
    size
        Type size (points).

    Returns
    -------
    columns : list of Column
        Left to right, each with its header; a column may have no words.
    parents : list of Word
        The other texts.

    Raises
    ------
    Unclear
        A column has no text of its own, or more than one.
    """
    leaves = [
        w
        for w in texts
        if not any(v.baseline > w.baseline + 1 and v.over(w.box.x0, w.box.x1) for v in texts)
    ]
    leaves.sort(key=lambda word: word.centre)
    low = [leaf for i, leaf in enumerate(leaves) if not _stands_higher(leaves, i)]
    try:
        pairs = _pairs(leaves, clusters)
    except Unclear:
        if len(low) != len(clusters):
            raise
        # Each column has a leaf of its own: a text that stands higher is a parent of several.
        pairs = {j: leaves.index(low[i]) for j, i in _pairs(low, clusters).items()}
    taken = set(pairs.values())
    orphans = [i for i in range(len(leaves)) if i not in taken and _stands_higher(leaves, i)]
    columns = {i: Column((), leaves[i]) for i in range(len(leaves)) if i not in orphans}
    for j, i in pairs.items():
        columns[i] = clusters[j].headed(leaves[i])
    ordered = [columns[i] for i in sorted(columns)]
    if len(ordered) < 2 or any(b.x0 <= a.x1 for a, b in pairwise(ordered)):
        raise Unclear("its columns and the texts of its header do not stand apart")
    parents = [w for w in texts if w not in leaves] + [leaves[i] for i in orphans]
    return ordered, parents


def _stands_higher(leaves: Sequence[Word], i: int) -> bool:
    """Whether a text stands above the line of the leaves on both of its sides."""
    beside = leaves[max(i - 1, 0) : i] + leaves[i + 1 : i + 2]  # type: ignore[operator]
    return len(beside) == 2 and all(w.baseline > leaves[i].baseline + 1 for w in beside)


def _pairs(leaves: Sequence[Word], clusters: Sequence[Column]) -> dict[int, int]:
    """The leaf of each cluster: the one above it, else in the order that they stand."""
    pairs: dict[int, int] = {}
    for j, cluster in enumerate(clusters):
        above = [i for i, leaf in enumerate(leaves) if leaf.over(cluster.body_x0, cluster.body_x1)]
        if len(above) > 1:
            above = [i for i in above if not _stands_higher(leaves, i)] or above
        if len(above) > 1:
            names = "' and '".join(leaves[i].text for i in above[:2])
            raise Unclear(f"one column of figures stands below '{names}'")
        if above:
            pairs[j] = above[0]
    if len(set(pairs.values())) < len(pairs):
        raise Unclear("one text of its header stands above two columns")
    known = [(-1, -1), *sorted(pairs.items()), (len(clusters), len(leaves))]
    for (j0, i0), (j1, i1) in pairwise(known):
        between, free = range(j0 + 1, j1), list(range(i0 + 1, i1))
        if between and len(free) != len(between):
            free = [i for i in free if not _stands_higher(leaves, i)]
        if i1 <= i0 or (between and len(free) != len(between)):
            raise Unclear("a column of figures has no text of the header above it")
        pairs.update(zip(between, free, strict=False) if between else ())
    # A text that stands higher between two leaves is a parent of both.
    low = {i for i in range(len(leaves)) if not _stands_higher(leaves, i)} | set(pairs.values())
    for j, i in pairs.items():
        left = max((leaves[k].centre for k in low if k < i), default=float("-inf"))
        right = min((leaves[k].centre for k in low if k > i), default=float("inf"))
        if not left < (clusters[j].body_x0 + clusters[j].body_x1) / 2 < right:
            raise Unclear("a column of figures has no text of the header above it")
    return pairs


def column_edges(columns: Sequence[Column], size: float) -> tuple[float, ...]:
    """Estimate the edges of columns, from how their words are set.

    Parameters
    ----------
    columns
        Left to right.
    size
        Type size (points).

    Returns
    -------
    tuple of float
        One more than there are columns.
    """
    inner = [_edge(a, b) for a, b in pairwise(columns)]
    first, last = columns[0], columns[-1]
    right = last.right_edge
    return (first.x0 - 0.4 * size, *inner, last.x1 + (PADDING if right else 0.4 * size))


def _edge(left: Column, right: Column) -> float:
    """Where one column ends and the next begins, within the gap between their words."""
    if left.right_edge is not None:
        edge = left.right_edge + PADDING
    elif right.right_edge is not None:
        edge = 2 * right.leaf.centre - right.right_edge - PADDING
    elif right.left_edge is not None:
        edge = right.left_edge - PADDING
    else:
        edge = (left.x1 + right.x0) / 2
    slack = min(0.5, (right.x0 - left.x1) / 4)
    return min(max(edge, left.x1 + slack), right.x0 - slack)


def parent_spans(
    parents: Sequence[Word], columns: Sequence[Column], edges: Sequence[float], size: float
) -> list[tuple[Word, tuple[int, int]]]:
    """Find the columns that each parent stands above: those that it is centred on.

    Parameters
    ----------
    parents
        Texts of the header that are no leaves.
    columns
        Left to right, each with its leaf.
    edges
        Of the columns.
    size
        Type size (points).

    Returns
    -------
    list of tuple
        Parent, and the first and the end of its columns.

    Raises
    ------
    Unclear
        None fits, or several do.
    """
    found: list[tuple[Word, tuple[int, int]]] = []
    for baseline in sorted({word.baseline for word in parents}):
        line = sorted((w for w in parents if w.baseline == baseline), key=lambda w: w.centre)
        below = [i for i, c in enumerate(columns) if c.leaf.baseline > baseline + 1]
        ways = sorted(_ways(line, below, edges, size), key=lambda way: way[0])
        if not ways or (len(ways) > 1 and ways[1][0] - ways[0][0] < UNDECIDED * size):
            names = "', '".join(word.text for word in line)
            raise Unclear(f"it is not clear which columns '{names}' stands above")
        found += zip(line, ways[0][1], strict=True)
    return found


def _ways(
    line: Sequence[Word], below: Sequence[int], edges: Sequence[float], size: float, least: int = 0
) -> Iterator[tuple[float, list[tuple[int, int]]]]:
    """Each way to place the texts of a line above columns, with how bad it is (points)."""
    if not line:
        yield BARE_COLUMN * size * sum(i >= least for i in below), []
        return
    word = line[0]
    for start in (i for i in below if i >= least):
        if edges[start] > word.box.x0 + size:
            break
        end = start + 1
        while end - 1 in below:
            x0, x1 = edges[start], edges[end]
            off = abs((x0 + x1) / 2 - word.centre)
            holds = x1 > word.box.x1 - size
            if holds and off <= max(OFF_CENTRE_SIZES * size, OFF_CENTRE * (x1 - x0)):
                bare = BARE_COLUMN * size * sum(least <= i < start for i in below)
                for rest, spans in _ways(line[1:], below, edges, size, end):
                    yield off + bare + rest, [(start, end), *spans]
            end += 1
            if end >= len(edges):
                break
