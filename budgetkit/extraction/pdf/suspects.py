"""Text objects of a page that may not be painted as they are written.

Stands between the objects of a page and its ink.  What is cheap to ask of each object is asked
here (its ink, mode, clip, layer, what lies over it); only where something is odd is the page
drawn to see.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c

from budgetkit.extraction.pdf.page_objects import (
    IMAGE,
    PATH,
    SHADING,
    TEXT,
    PageObject,
    Segment,
    bounds,
    moved,
    own_matrix,
)

#: An ink whose darkest channel is at least this (of 255) may be lost on white paper.
LIGHT = 150
#: Inks of which no channel differs more than this may be lost on each other.
SAME_INK = 90
#: A shape thinner than this (points) is a rule; it covers no text.
THIN = 3.0
#: Text counts as under a shape from this share of its box on, at each side; so much a clip may cut.
EDGE = 0.15
#: Nobody reads type below the first of these (points); below the second it can't be told.
TINY, SMALL = 1.5, 2.5
#: A second painting of a text, its shadow, is at most this far off: points, and shares of its box.
SHADOW, SHADOW_WIDTH, SHADOW_HEIGHT = 4.0, 0.45, 0.45
#: Nearer than this (points) it is bold by striking twice, which is told by its characters.
STRUCK = 0.25
#: A clip of more points is no rectangle: its bounds do not say what it leaves.
RECTANGLE = 5
#: So many pairs of texts and shapes are compared at a time.
PAIRS = 2_000_000

_STROKE_ONLY, _INVISIBLE = 1, 3
Rgb = tuple[int, int, int]
#: What an empty clip leaves.
NOTHING: Segment = (0.0, 0.0, 0.0, 0.0)


class Why(Enum):
    """Why a text may not be seen as it is written."""

    MODE = "a text mode that paints nothing"
    OUTLINED = "painted as an outline"
    CUT_OUT = "a text mode that cuts out what is painted after it"
    LIGHT = "a light ink"
    SAME_INK = "the ink of what lies below it"
    ON_PICTURE = "on a picture"
    THROUGH = "transparent"
    COVERED = "something painted over it"
    CLIPPED = "clipped"
    LAYER = "a layer that can be off"
    TINY = "too small to be read"
    SMALL = "hardly large enough to be read"
    SHADOW = "the same text beside it"


class Suspect(NamedTuple):
    """A text object that may not be seen: its handle, its box (y goes up), and why.

    ``pictured`` says that a picture lies over or below it.  ``twin`` is the handle of a text of its
    size in its place or a little beside it, ``shadow`` that it is the paler of the two.
    """

    handle: Any
    box: Segment
    why: Why
    pictured: bool = False
    twin: Any = None
    shadow: bool = False


class _Text(NamedTuple):
    handle: Any
    box: Segment
    ink: Rgb
    order: int


class _Shape(NamedTuple):
    """A filled shape or picture: its box, its ink (None for a picture), and its turn."""

    box: Segment
    ink: Rgb | None
    order: int


def find_suspects(objects: Sequence[PageObject], has_layers: Callable[[], bool]) -> list[Suspect]:
    """List the text objects that may not be seen as they are written.

    Parameters
    ----------
    objects
        Of a page, in the order of painting.
    has_layers
        Tells whether its document has layers; asked only where it matters.

    Returns
    -------
    list of Suspect
        Empty for most pages.
    """
    look = _Look(has_layers)
    texts: list[_Text] = []
    shapes: list[_Shape] = []
    found: dict[int, Suspect] = {}
    for order, obj in enumerate(objects):
        if obj.kind == TEXT:
            text = _Text(obj.handle, bounds(obj.handle, obj.matrix), look.ink(obj.handle), order)
            if why := look.why(obj, text):
                found[len(texts)] = Suspect(text.handle, text.box, why)
            texts.append(text)
        elif obj.kind in (IMAGE, SHADING, PATH) and (shape := look.shape(obj, order)):
            shapes.append(shape)
    for index, why, pictured in _met(texts, shapes):
        text, known = texts[index], found.get(index)
        found[index] = Suspect(text.handle, text.box, known.why if known else why, pictured)
    for pale, dark, shadow in _twins(texts):
        if shadow and pale not in found:
            found[pale] = Suspect(texts[pale].handle, texts[pale].box, Why.SHADOW)
        if pale in found:
            found[pale] = found[pale]._replace(twin=texts[dark].handle, shadow=shadow)
        if dark in found:
            found[dark] = found[dark]._replace(twin=texts[pale].handle)
    return [found[index] for index in sorted(found)]


class _Look:
    """What is asked of one object after the other; clips and marks that they share, once."""

    def __init__(self, has_layers: Callable[[], bool]) -> None:
        self._has_layers = has_layers
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._refs = [ctypes.byref(channel) for channel in self._channels]
        self._clips: dict[int, Segment] = {}
        self._marks: dict[int, bool] = {}
        self._forms: dict[int, tuple[Why | None, Segment | None]] = {}

    def ink(self, handle: Any) -> Rgb:
        if not pdfium_c.FPDFPageObj_GetFillColor(handle, *self._refs):
            return (255, 255, 255)  # a pattern: look
        red, green, blue, _ = self._channels
        return red.value, green.value, blue.value

    def shape(self, obj: PageObject, order: int) -> _Shape | None:
        box = bounds(obj.handle, obj.matrix)
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            return None
        if obj.kind != PATH:
            return _Shape(box, None, order)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDFPath_GetDrawMode(obj.handle, fill, stroke)
        return _Shape(box, self.ink(obj.handle), order) if fill.value else None

    def why(self, obj: PageObject, text: _Text) -> Why | None:
        """Return what is odd about a text object, looked at for itself."""
        handle, box = text.handle, text.box
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(handle)
        if mode == _INVISIBLE:
            return Why.MODE
        if mode > _INVISIBLE:
            return Why.CUT_OUT
        if box[3] - box[1] < SMALL and box[2] > box[0] and (small := _small(obj)):
            return small
        if pdfium_c.FPDFPageObj_CountMarks(handle) and self._in_layer(handle):
            return Why.LAYER
        if obj.forms and (why := self._form(obj.forms, box)):
            return why
        if pdfium_c.FPDFPageObj_HasTransparency(handle):
            return Why.THROUGH
        clip = self._clip(handle)
        if clip is not None and _cuts(moved(clip, obj.matrix) if obj.forms else clip, box):
            return Why.CLIPPED
        if mode == _STROKE_ONLY:
            return Why.OUTLINED
        return Why.LIGHT if min(text.ink) >= LIGHT else None

    def _form(self, forms: tuple[PageObject, ...], box: Segment) -> Why | None:
        """What is odd about the forms around a text."""
        for form in forms:
            key = _address(form.handle)
            if key not in self._forms:
                why = None
                if self._has_layers():
                    why = Why.LAYER
                elif pdfium_c.FPDFPageObj_HasTransparency(form.handle):
                    why = Why.THROUGH
                clip = self._clip(form.handle)
                self._forms[key] = why, moved(clip, form.matrix) if clip else None
            why, clip = self._forms[key]
            if why or (clip and _cuts(clip, box)):
                return why or Why.CLIPPED
        return None

    def _in_layer(self, handle: Any) -> bool:
        for i in range(pdfium_c.FPDFPageObj_CountMarks(handle)):
            mark = pdfium_c.FPDFPageObj_GetMark(handle, i)
            key = _address(mark)
            if key not in self._marks:
                name = ctypes.create_string_buffer(16)
                size = ctypes.c_ulong()
                pdfium_c.FPDFPageObjMark_GetName(
                    mark, ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), 16, size
                )
                self._marks[key] = name.raw[:4].decode("utf-16-le") == "OC" and size.value == 6
            if self._marks[key]:
                return True
        return False

    def _clip(self, handle: Any) -> Segment | None:
        """Box that all clips of an object share, in its own frame; None where nothing clips it."""
        path = pdfium_c.FPDFPageObj_GetClipPath(handle)
        count = pdfium_c.FPDFClipPath_CountPaths(path)
        if count <= 0:
            return None
        boxes = [self._clip_box(path, i) for i in range(count)]
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        return max(x0), max(y0), min(x1), min(y1)

    def _clip_box(self, path: Any, index: int) -> Segment:
        """Box around one clip; objects share its points, so that it is measured once."""
        first = pdfium_c.FPDFClipPath_GetPathSegment(path, index, 0)
        if not first:
            return NOTHING
        key = _address(first)
        if key not in self._clips:
            self._clips[key] = _clip_bounds(path, index)
        return self._clips[key]


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _clip_bounds(path: Any, index: int) -> Segment:
    count = pdfium_c.FPDFClipPath_CountPathSegments(path, index)
    if count > RECTANGLE:
        return NOTHING
    x, y = ctypes.c_float(), ctypes.c_float()
    xs, ys = [], []
    for i in range(count):
        segment = pdfium_c.FPDFClipPath_GetPathSegment(path, index, i)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        xs.append(x.value)
        ys.append(y.value)
    return min(xs), min(ys), max(xs), max(ys)


def _cuts(clip: Segment, box: Segment) -> bool:
    """Whether a clip leaves less of a box than it may."""
    edge = EDGE * (box[3] - box[1])
    return (
        clip[0] > box[0] + edge
        or clip[1] > box[1] + edge
        or clip[2] < box[2] - edge
        or clip[3] < box[3] - edge
    )


def _small(obj: PageObject) -> Why | None:
    """Whether the type of a text is too small; a full stop alone is low, not small."""
    size = ctypes.c_float()
    pdfium_c.FPDFTextObj_GetFontSize(obj.handle, size)
    _, _, c, d, _, _ = own_matrix(obj.handle)
    scale = float(np.hypot(c, d) * np.hypot(obj.matrix[2], obj.matrix[3]))
    points = size.value * scale
    return Why.TINY if points < TINY else Why.SMALL if points < SMALL else None


def _met(texts: Sequence[_Text], shapes: Sequence[_Shape]) -> Iterator[tuple[int, Why, bool]]:
    """Texts that a later shape covers, or that lie on a picture or on a shape of their own ink.

    The last value tells whether a picture is among the shapes.
    """
    if not texts or not shapes:
        return
    step = max(1, PAIRS // len(shapes))
    for start in range(0, len(texts), step):
        yield from _met_some(texts[start : start + step], shapes, start)


def _met_some(
    texts: Sequence[_Text], shapes: Sequence[_Shape], start: int
) -> Iterator[tuple[int, Why, bool]]:
    box = np.array([text.box for text in texts])[:, None, :]
    cover = np.array([shape.box for shape in shapes])[None, :, :]
    margin = EDGE * (box[:, :, 3] - box[:, :, 1])
    meets = (
        (cover[..., 0] < box[..., 2] - margin)
        & (cover[..., 2] > box[..., 0] + margin)
        & (cover[..., 1] < box[..., 3] - margin)
        & (cover[..., 3] > box[..., 1] + margin)
    )
    turn = np.array([text.order for text in texts])[:, None]
    later = np.array([shape.order for shape in shapes])[None, :] > turn
    over = meets & later
    below = meets & ~later
    picture = np.array([shape.ink is None for shape in shapes])
    last = below.shape[1] - 1 - below[:, ::-1].argmax(axis=1)
    pictured = (meets & picture).any(axis=1)
    for i in map(int, np.flatnonzero(meets.any(axis=1))):
        if over[i].any():
            yield start + i, Why.COVERED, bool(pictured[i])
        elif (ink := shapes[last[i]].ink) is None:
            yield start + i, Why.ON_PICTURE, True
        elif _alike(ink, texts[i].ink):
            yield start + i, Why.SAME_INK, bool(pictured[i])


def _alike(ink: Rgb, other: Rgb) -> bool:
    return max(abs(a - b) for a, b in zip(ink, other, strict=True)) <= SAME_INK


def _twins(texts: Sequence[_Text]) -> Iterator[tuple[int, int, bool]]:
    """Pairs of texts of one size in one place, the paler first, and whether they are apart.

    A little apart, the paler is the shadow of the other; of two inks alike it is the one that is
    painted first.
    """
    sized = sorted(
        (round(box[2] - box[0], 1), round(box[3] - box[1], 1), box[0], i)
        for i, (_, box, _, _) in enumerate(texts)
    )
    for (width, height), group in groupby(sized, key=lambda item: item[:2]):
        near = min(SHADOW, SHADOW_WIDTH * width)
        row = list(group)
        for k, (_, _, x0, i) in enumerate(row):
            for _, _, x, j in row[k + 1 :]:
                if x - x0 > near:
                    break
                up = abs(texts[i].box[1] - texts[j].box[1])
                if up <= min(SHADOW, SHADOW_HEIGHT * height):
                    yield *_paler(texts, i, j), max(up, x - x0) > STRUCK


def _paler(texts: Sequence[_Text], i: int, j: int) -> tuple[int, int]:
    pale, dark = sorted((i, j), key=lambda k: (-sum(texts[k].ink), texts[k].order))
    return pale, dark
