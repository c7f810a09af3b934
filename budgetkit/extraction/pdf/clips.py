"""What the clips of a page leave of its text objects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from budgetkit.extraction.pdf import plain
from budgetkit.extraction.pdf.page_objects import Matrix, Segment, moved

#: A clip of more points is no rectangle.
RECTANGLE = 5
#: So much of a text's height a clip may cut off at each side: type leaves room above and below.
EDGE = 0.15
#: A clip without points: what it leaves is not known.
_ANYWHERE: Segment = (-1e6, -1e6, 1e6, 1e6)
#: Boxes that hold every text, and none.
_ALL, _NONE = (-np.inf, -np.inf, np.inf, np.inf), (np.inf, np.inf, -np.inf, -np.inf)
_POINT = plain.Floats(2)


class Clip(NamedTuple):
    """The box that holds all that clips leave; ``exact`` where they leave all of it."""

    box: Segment
    exact: bool

    def moved(self, matrix: Matrix) -> Clip:
        """Return the clip where a form puts it."""
        return Clip(moved(self.box, matrix), self.exact)

    def holds(self, box: Segment) -> bool:
        """Whether it leaves all of a text."""
        edge = EDGE * (box[3] - box[1])
        x0, y0, x1, y1 = self.box
        return self.exact and (
            x0 <= box[0] + edge
            and y0 <= box[1] + edge
            and x1 >= box[2] - edge
            and y1 >= box[3] - edge
        )

    def hides(self, box: Segment) -> bool:
        """Whether it leaves nothing of a text."""
        x0, y0, x1, y1 = self.box
        return x0 >= box[2] or y0 >= box[3] or x1 <= box[0] or y1 <= box[1]


def clip_of(handle: int) -> Clip | None:
    """Return what clips an object, in its own frame; None where nothing does."""
    path = plain.get_clip(handle)
    boxes, exact = [], True
    for index in range(plain.count_clips(path)):
        count = plain.count_clip_segments(path, index)
        points = []
        for i in range(count):
            plain.get_point(plain.get_clip_segment(path, index, i), *_POINT.at)
            points.append(_POINT())
        exact = exact and 0 < count <= RECTANGLE
        if points:
            xs, ys = zip(*points, strict=True)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    if not boxes:
        return None if exact else Clip(_ANYWHERE, exact=False)
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Clip((max(x0), max(y0), min(x1), min(y1)), exact)


class Clips(NamedTuple):
    """The clips of many objects: the different ones, and which of them is that of each object."""

    different: list[Clip | None]
    which: NDArray[np.intp]

    def of(self, number: int) -> Clip | None:
        """Return the clip of an object."""
        return self.different[int(self.which[number])]

    def hold(self, boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell for each object whether its clip leaves all of its box (x0, y0, x1, y1)."""
        own = [
            _ALL if clip is None else clip.box if clip.exact else _NONE for clip in self.different
        ]
        clip = np.array(own)[self.which]
        edge = EDGE * (boxes[:, 3:] - boxes[:, 1:2])
        inside = (clip[:, :2] <= boxes[:, :2] + edge) & (clip[:, 2:] >= boxes[:, 2:] - edge)
        return np.asarray(inside.all(axis=1))


def clips_of(handles: Sequence[int]) -> Clips:
    """Return what clips objects, each in its own frame."""
    paths = list(map(plain.get_clip, handles))
    last = [count - 1 for count in map(plain.count_clips, paths)]
    # Clips are only ever added, and objects share their points: the last tells them all.
    starts = np.array(list(map(plain.get_clip_start, paths, last, repeat(0))), np.uint64)
    different, first, which = np.unique(starts, return_index=True, return_inverse=True)
    clips = [
        clip_of(handles[i]) if start else None
        for start, i in zip(different.tolist(), first.tolist(), strict=True)
    ]
    return Clips(clips, which)
