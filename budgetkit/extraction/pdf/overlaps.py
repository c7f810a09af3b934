"""Which texts of a page lie under, over or beside which of its other objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

import numpy as np

from budgetkit.extraction.pdf.page_objects import Segment, Texts

#: Inks of which no channel differs more than this may be lost on each other.
SAME_INK = 90
#: A shape meets a text that it overlaps by more than this share of the text's height.
EDGE = 0.15
#: A second painting of a text, its shadow, is at most this far off: points, and shares of its box.
SHADOW, SHADOW_WIDTH, SHADOW_HEIGHT = 4.0, 0.45, 0.45
#: A text is printed over another where both stand in one line, as high but for the first of these
#: shares, and share more than the second of the narrower one's width.
AS_HIGH, OVERPRINT = 0.25, 0.5
#: Height (points) of the bands in which such texts are sought, and how many neighbours are asked.
BAND, NEIGHBOURS = 4.0, 3
#: So many pairs of texts and shapes are compared at a time.
PAIRS = 2_000_000

Rgb = tuple[int, int, int]


class Shape(NamedTuple):
    """A filled shape or picture: its box, its ink (None for a picture), and its turn."""

    box: Segment
    ink: Rgb | None
    order: int


class Meeting(Enum):
    """How a text and a shape meet."""

    COVERED = "something is painted over it"
    ON_PICTURE = "it is on a picture"
    ON_ITS_INK = "it has the ink of what lies below it"


def meetings(texts: Texts, shapes: Sequence[Shape]) -> Iterator[tuple[int, Meeting, bool]]:
    """Find the texts that a later shape covers, or that lie on a picture or on their own ink.

    Parameters
    ----------
    texts, shapes
        Of one page.

    Returns
    -------
    iterator of (int, Meeting, bool)
        The number of the text, and whether a picture is among the shapes that it meets.
    """
    if not texts.handles or not shapes:
        return
    step = max(1, PAIRS // len(shapes))
    for start in range(0, len(texts.handles), step):
        part = Texts._make(column[start : start + step] for column in texts)
        yield from ((start + i, how, picture) for i, how, picture in _meetings(part, shapes))


def _meetings(texts: Texts, shapes: Sequence[Shape]) -> Iterator[tuple[int, Meeting, bool]]:
    box = texts.boxes[:, None, :]
    shape = np.array([shape.box for shape in shapes])[None, :, :]
    edge = EDGE * (box[..., 3] - box[..., 1])
    meets = (
        (shape[..., 0] < box[..., 2] - edge)
        & (shape[..., 2] > box[..., 0] + edge)
        & (shape[..., 1] < box[..., 3] - edge)
        & (shape[..., 3] > box[..., 1] + edge)
    )
    turn = texts.orders[:, None]
    later = np.array([shape.order for shape in shapes])[None, :] > turn
    over, below = np.logical_and(meets, later), np.logical_and(meets, ~later)
    covered, lies = np.asarray(over.any(axis=1)), np.asarray(below.any(axis=1))
    last = len(shapes) - 1 - np.argmax(below[:, ::-1], axis=1)
    pictured = np.any(meets & np.array([shape.ink is None for shape in shapes]), axis=1)
    for i in map(int, np.flatnonzero(covered | lies)):
        ground = shapes[last[i]].ink
        if covered[i]:
            yield i, Meeting.COVERED, bool(pictured[i])
        elif ground is None:
            yield i, Meeting.ON_PICTURE, True
        elif _alike(ground, texts.inks[i, :3].tolist()):
            yield i, Meeting.ON_ITS_INK, bool(pictured[i])


def _alike(ink: Rgb, other: Sequence[int]) -> bool:
    return max(abs(a - b) for a, b in zip(ink, other, strict=True)) <= SAME_INK


def twins(texts: Texts) -> Iterator[tuple[int, int]]:
    """Find pairs of texts of one size, one a little beside the other and paler: its shadow.

    Parameters
    ----------
    texts
        Of one page.

    Returns
    -------
    iterator of (int, int)
        The number of the paler one, and of the other.
    """
    colours = texts.inks[:, :3]
    if not len(colours) or (colours == colours[0]).all():
        return
    inks = colours.tolist()
    box = texts.boxes
    sizes = np.round((box[:, 2:] - box[:, :2]) * 10).astype(np.int64)
    order = np.lexsort((box[:, 1], sizes[:, 1], sizes[:, 0]))
    box, sizes = box[order], sizes[order]
    up_most = np.minimum(SHADOW, SHADOW_HEIGHT * sizes[:, 1] / 10)
    across_most = np.minimum(SHADOW, SHADOW_WIDTH * sizes[:, 0] / 10)
    for step in range(1, len(inks)):
        up = box[step:, 1] - box[:-step, 1]
        near = (sizes[step:] == sizes[:-step]).all(axis=1) & (up <= up_most[step:])
        if not near.any():
            return
        across = np.abs(box[step:, 0] - box[:-step, 0])
        for k in map(int, np.flatnonzero(near & (across <= across_most[step:]))):
            pair = int(order[k]), int(order[k + step])
            dark, pale = sorted(pair, key=lambda i: sum(inks[i]))
            if inks[dark] != inks[pale]:
                yield pale, dark


def overprints(texts: Texts) -> Iterator[tuple[int, int]]:
    """Find pairs of texts in two inks, one printed over the other in one line.

    Parameters
    ----------
    texts
        Of one page.

    Returns
    -------
    iterator of (int, int)
        The number of the paler one, and of the other; a pair may come twice.
    """
    inks = texts.inks[:, :3]
    if not len(inks) or (inks == inks[0]).all():
        return
    box, lightness = texts.boxes, inks.sum(axis=1)
    for shift in (0.0, BAND / 2):
        band = np.floor((box[:, 1] + shift) / BAND)
        order = np.lexsort((box[:, 0], band))
        for step in range(1, min(NEIGHBOURS, len(order) - 1) + 1):
            one, other = order[:-step], order[step:]
            a, b = box[one], box[other]
            shared = np.minimum(a[:, 2], b[:, 2]) - b[:, 0]
            narrower = np.minimum(a[:, 2] - a[:, 0], b[:, 2] - b[:, 0])
            highs = a[:, 3] - a[:, 1], b[:, 3] - b[:, 1]
            high = np.maximum(*highs)
            meet = (band[one] == band[other]) & (shared > OVERPRINT * narrower)
            meet &= np.abs(highs[0] - highs[1]) <= AS_HIGH * high
            meet &= np.abs(a[:, 1] - b[:, 1]) <= AS_HIGH * high
            meet &= (inks[one] != inks[other]).any(axis=1)
            for k in np.flatnonzero(meet).tolist():
                pair = int(one[k]), int(other[k])
                dark, pale = sorted(pair, key=lambda i: int(lightness[i]))
                yield pale, dark
