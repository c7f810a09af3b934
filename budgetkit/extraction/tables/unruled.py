"""Tables without a whole grid of rules, found by how their words are aligned.

Stands beside :mod:`~budgetkit.extraction.tables.grids` and returns the same grids.  A table is
sought below a caption (its title or its unit), or at the head of a page where one goes on from
the page before.  Its rows are the printed lines, its columns the gaps that no line of figures
crosses; :mod:`~budgetkit.extraction.tables.open_header` says which texts of the header stand
above which column.  Where that is not clear the amounts are listed and no grid is returned.
Longer than most, since captions, rows and columns are found in the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from budgetkit.amounts import is_amount, parse_number, printed_unit, squeeze
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.lines import Line, read_lines, split_line, type_size
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.cells import FilledGrid
from budgetkit.extraction.tables.grids import Grid, GridCell
from budgetkit.extraction.tables.open_header import (
    Column,
    Unclear,
    Word,
    column_edges,
    join_spaced,
    match_leaves,
    parent_spans,
)
from budgetkit.extraction.tables.titles import stated_department, title_table
from budgetkit.geometry import Box

#: A header without rules is no deeper than this (lines).
MOST_HEADER_LINES = 10
#: Lines further apart than this many usual distances do not belong to one table.
WIDEST_GAP = 3.5
#: A line without figures nearer to a row than this share of the usual distance belongs to it.
SAME_ROW = 0.7
#: A gap beside a digit wider than this (type sizes) ends a word; ideographs are spaced wider.
BESIDE_DIGIT = 0.5
#: Fewer rows of amounts than this, below no known title, make no table.
FEWEST_ROWS = 2

#: An amount that no unit follows, in the order of the file.
_BARE = re.compile(r"[.,]\d+(?:$|[^\d.,%％万亿元个])")
_OF_PROSE = re.compile(r"万?元|亿元|%|％|个百分点")
_SENTENCE = re.compile(r"[。；]")
_TOTAL = re.compile(r".{0,4}[总合小共累]计.{0,6}|.{0,4}总额")
_CODE = re.compile(r"\d{3,}")
_ORDINAL = re.compile(r"[※*＊×]+|栏次|[甲乙丙丁]|\d{1,2}")


class _Row:
    """One printed line, cut into words."""

    def __init__(self, line: Line, size: float) -> None:
        def are_apart(before: Char, char: Char) -> bool:
            digits = char.text.isdigit() or before.text.isdigit()
            return char.x0 - before.x1 > (BESIDE_DIGIT if digits else 1.0) * size

        runs = split_line(line.chars, are_apart)
        self.words = [Word.of(run, line.chars[-1].baseline) for run in runs]
        self.text, self.box, self.baseline = line.text, line.box, line.chars[-1].baseline
        after = [word.text for word in self.words[1:]] + [""]
        self.amounts = [
            word
            for word, following in zip(self.words, after, strict=True)
            if is_amount(word.text) and not _OF_PROSE.match(following)
        ]

    @property
    def is_data(self) -> bool:
        """Whether it prints a label and amounts, or several amounts, as a row of a table does."""
        return bool(self.amounts) and len(self.words) > 1 and not _SENTENCE.search(self.text)

    @property
    def is_caption(self) -> bool:
        """Whether it states the title, the unit or the department of a table."""
        whole = squeeze(self.text)
        return bool(
            title_table(self.text) or printed_unit(self.text) or stated_department(self.text)
        ) or (len(self.words) == 1 and whole.endswith("表") and len(whole) > 3)

    @property
    def is_prose(self) -> bool:
        """Whether it is a line of running text."""
        return bool(_SENTENCE.search(self.text)) or (len(self.words) == 1 and len(self.text) > 30)

    @property
    def is_ordinals(self) -> bool:
        """Whether it numbers the columns."""
        return len(self.words) > 1 and all(_ORDINAL.fullmatch(word.text) for word in self.words)


def may_hold_open_table(page: Page, grids: Sequence[FilledGrid]) -> bool:
    """Whether amounts stand outside of the grids of a page that no unit follows.

    Parameters
    ----------
    page
        As read.
    grids
        Its ruled grids, filled.

    Returns
    -------
    bool
        A cheap test that rules out most pages.
    """
    if grids:
        points = sum(char.text in ".,，" for char in page.chars)
        held = (cell.text for grid in grids for cell in grid.cells)
        return points > sum(text.count(".") + text.count(",") + text.count("，") for text in held)
    return _BARE.search("".join(char.text for char in page.chars)) is not None


def find_open_grids(
    page: Page, grids: Sequence[FilledGrid], before: Grid | None
) -> tuple[list[Grid], list[tuple[Box, str, str]]]:
    """Find the tables of a page that are not ruled.

    Parameters
    ----------
    page
        As read.
    grids
        Its ruled grids, filled.
    before
        The last grid of the page before, which may go on here.

    Returns
    -------
    grids : list of Grid
        With ``ruled`` false.
    amounts : list of tuple
        Box, text and reason of every amount of a table whose columns are not clear.
    """
    if not may_hold_open_table(page, grids):
        return [], []
    found: list[Grid] = []
    listed: list[tuple[Box, str, str]] = []
    for i, band in enumerate(_bands(page, grids)):
        for head, body in _regions(band):
            known = before if i == 0 and head is None else None
            if head is None and known is None:
                continue
            try:
                found.append(_grid(page, head or [], body, known))
            except Unclear as reason:
                rule = f"stands in a table without rules: {reason}"
                listed += [(word.box, word.text, rule) for row in body for word in row.amounts]
    return found, listed


def _bands(page: Page, grids: Sequence[FilledGrid]) -> list[list[_Row]]:
    """Lines before the first grid, between grids, and after the last; none beside a grid."""
    boxes = [filled.grid.box for filled in grids]
    chars = page.chars_outside(boxes) if boxes else page.chars
    size = type_size(chars)
    bands: list[list[_Row]] = [[] for _ in range(len(boxes) + 1)]
    for line in read_lines(chars):
        middle = (line.box.top + line.box.bottom) / 2
        if not any(box.top <= middle <= box.bottom for box in boxes):
            bands[sum(middle > box.bottom for box in boxes)].append(_Row(line, size))
    return bands


def _regions(rows: Sequence[_Row]) -> list[tuple[list[_Row] | None, list[_Row]]]:
    """Header and body of each table; the header is None where a table has no caption."""
    regions: list[tuple[list[_Row] | None, list[_Row]]] = []
    end = 0
    for i, row in enumerate(rows):
        if i < end or not row.is_data:
            continue
        start = _first_row(rows, i, end)
        caption = _caption(rows, start, end)
        end = _end(rows, i)
        body = list(rows[start:end])
        titled = caption is not None and _is_titled(rows, caption)
        if sum(row.is_data for row in body) < FEWEST_ROWS and not titled:
            continue
        if caption is not None:
            regions.append((list(rows[caption + 1 : start]), body))
        elif start == 0 or (start < 3 and not any(r.is_prose for r in rows[:start])):
            regions.append((None, body))
    return regions


def _first_row(rows: Sequence[_Row], i: int, least: int) -> int:
    """The first row of a body: codes without amounts may stand above its first amounts."""
    while i > least and _CODE.match(rows[i - 1].words[0].text) and not rows[i - 1].is_ordinals:
        i -= 1
    return i


def _caption(rows: Sequence[_Row], start: int, least: int) -> int | None:
    """The nearest line above a body that states its title or its unit."""
    for i in range(start - 1, max(least, start - MOST_HEADER_LINES) - 1, -1):
        if rows[i].is_caption:
            return i
        if rows[i].is_prose:
            return None
    return None


def _is_titled(rows: Sequence[_Row], caption: int) -> bool:
    """Whether a caption is a title that is known, or stands below one: a unit, a department."""
    for row in reversed(rows[: caption + 1]):
        if title_table(row.text) is not None:
            return True
        if not row.is_caption:
            return False
    return False


def _end(rows: Sequence[_Row], first: int) -> int:
    """Where a body ends: after its last row of amounts, before a caption or running text."""
    pitch = median(
        [b.baseline - a.baseline for a, b in pairwise(rows[first:]) if a.is_data and b.is_data]
        or [2 * (rows[first].box.bottom - rows[first].box.top)]
    )
    end = first + 1
    for i in range(first + 1, len(rows)):
        row, above = rows[i], rows[i - 1]
        apart = row.baseline - above.baseline > WIDEST_GAP * pitch
        if apart or row.is_prose or (row.is_caption and not row.amounts):
            break
        if row.is_data or row.amounts:
            end = i + 1
    return end


def _grid(page: Page, head: list[_Row], body: list[_Row], known: Grid | None) -> Grid:
    """The grid of an open table; :class:`Unclear` where its columns are not."""
    rows = _row_groups(body)
    if known is not None and _fits(body, known.cols):
        edges, header = known.cols, []
    else:
        if not head:
            raise Unclear("it goes on from the page before in other columns")
        size = median(word.size for row in body for word in row.words)
        texts = [word for row in head if not row.is_ordinals for word in join_spaced(row.words)]
        columns, parents = match_leaves(texts, _clusters(body), size)
        edges = column_edges(columns, size)
        header = [(word, span) for word, span in parent_spans(parents, columns, edges, size)]
        header += [(column.leaf, (i, i + 1)) for i, column in enumerate(columns)]
    lines = [[row] for row in head] + rows
    tops = [min(row.box.top for row in group) for group in lines]
    bottoms = [max(row.box.bottom for row in group) for group in lines]
    inner = [(a + b) / 2 for a, b in zip(bottoms, tops[1:], strict=False)]
    levels = (tops[0] - 2, *inner, bottoms[-1] + 2)
    if any(b <= a for a, b in pairwise(levels)):
        raise Unclear("its lines stand over each other")
    spans: list[list[tuple[int, int]]] = []
    for row in head:
        own = [span for word, span in header if word.baseline == row.baseline]
        spans.append(_checked(own) if not row.is_ordinals else [])
    for group in rows:
        spans.append(_checked([_span(word, edges) for row in group for word in row.words]))
    cells = tuple(_cells(levels, edges, spans))
    box = Box(edges[0], levels[0], edges[-1], levels[-1])
    return Grid(page.number, box, levels, edges, cells, ruled=False)


def _row_groups(body: Sequence[_Row]) -> list[list[_Row]]:
    """Printed lines as rows: a line of a name that was broken goes to the figures beside it."""
    data = [i for i, row in enumerate(body) if row.is_data or _CODE.match(row.words[0].text)]
    distances = [body[j].baseline - body[i].baseline for i, j in pairwise(data)]
    pitch = min(distances, default=0.0)
    owner = {i: i for i in data}
    for i, row in enumerate(body):
        if i in owner:
            continue
        nearest = min(data, key=lambda j: abs(body[j].baseline - row.baseline))
        near = abs(body[nearest].baseline - row.baseline) < SAME_ROW * pitch
        owner[i] = nearest if near else i
    groups: dict[int, list[_Row]] = {}
    for i, row in enumerate(body):
        groups.setdefault(owner[i], []).append(row)
    return [groups[key] for key in sorted(groups)]


def _clusters(body: Sequence[_Row]) -> list[Column]:
    """Columns of the body: stretches that its words fill, with gaps between them."""
    words = [w for row in body for w in row.words if not _TOTAL.fullmatch(squeeze(w.text))]
    groups: list[list[Word]] = []
    right = 0.0
    for word in sorted(words, key=lambda word: word.box.x0):
        if groups and word.box.x0 < right + 0.2 * word.size:
            groups[-1].append(word)
        else:
            groups.append([word])
            right = 0.0
        right = max(right, word.box.x1)
    columns = [Column(group) for group in groups]
    for column in columns:
        lines = [word.baseline for word in column.words if is_amount(word.text)]
        if len(lines) != len(set(lines)):
            raise Unclear("two amounts of one line stand in one column")
    return columns


def _fits(body: Sequence[_Row], edges: Sequence[float]) -> bool:
    """Whether each figure of a body stands in one of the columns of the page before, alone."""
    for row in body:
        spans = [_span(word, edges) for word in row.words]
        outside = row.words[0].box.x0 < edges[0] - 2 or row.words[-1].box.x1 > edges[-1] + 2
        figures = [s for s, w in zip(spans, row.words, strict=True) if parse_number(w.text)]
        if outside or any(end - start > 1 for start, end in figures):
            return False
        if any(a[1] > b[0] for a, b in pairwise(spans)):
            return False
    return True


def _span(word: Word, edges: Sequence[float]) -> tuple[int, int]:
    """First column and end of the columns that the characters of a word stand in."""
    middles = [(char.x0 + char.x1) / 2 for char in (word.chars[0], word.chars[-1])]
    last = len(edges) - 2
    start, end = (min(max(sum(edge <= x for edge in edges) - 1, 0), last) for x in middles)
    if end > start and is_amount(word.text):
        raise Unclear(f"'{word.text}' stands in two columns")
    return start, end + 1


def _checked(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of one row, wide ones where they overlap narrow ones."""
    wide = sorted(set(spans), key=lambda span: (span[0] - span[1], span))
    kept: list[tuple[int, int]] = []
    for span in wide:
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return kept


def _cells(
    levels: Sequence[float], edges: Sequence[float], spans: Sequence[list[tuple[int, int]]]
) -> list[GridCell]:
    """Cells of each row; columns that no word spans are cells of their own."""
    cells = []
    for row, own in enumerate(spans):
        starts = dict(own)
        col = 0
        while col < len(edges) - 1:
            end = starts.get(col, col + 1)
            box = Box(edges[col], levels[row], edges[end], levels[row + 1])
            cells.append(GridCell(row, col, row + 1, end, box))
            col = end
    return cells
