"""Text objects of a page that may not be painted as they are written.

Stands between the objects of a page and its ink.  What is cheap to ask of each object is asked
here (its ink, mode, clip, layer, what lies over it); only where something is odd is the page
drawn to see.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c

from budgetkit.extraction.pdf import plain
from budgetkit.extraction.pdf.clips import Clip, clip_of, clips_of
from budgetkit.extraction.pdf.overlaps import Meeting, Rgb, Shape, meetings, overprints, twins
from budgetkit.extraction.pdf.page_objects import (
    IDENTITY,
    IMAGE,
    PATH,
    SHADING,
    Matrix,
    PageObject,
    PageObjects,
    Segment,
    own_matrix,
    times,
)

#: An ink whose darkest channel is at least this (of 255) may be lost on white paper.
LIGHT = 150
#: A shape thinner than this (points) is a rule; it covers no text.
THIN = 3.0
#: Nobody reads type below the first of these (points); below the second it can't be told.
TINY, SMALL = 1.5, 2.5
#: Nor type that is squeezed to less than this share of its width; a text is no narrower (points).
SQUEEZED, NARROW = 0.1, 1.0

_STROKE_ONLY, _INVISIBLE = 1, 3
#: Modes that fill the text.
_WHOLE = (0, 2)
#: What holds a group itself, and not a list of groups.
_ONE = (pdfium_c.FPDF_OBJECT_REFERENCE, pdfium_c.FPDF_OBJECT_DICTIONARY)
_SHAPES = (IMAGE, SHADING, PATH)
_WHITE: Rgb = (255, 255, 255)


class Why(Enum):
    """Why a text may not be seen as it is written."""

    NO_INK = "its mode paints nothing"
    CUT_OUT = "its mode cuts out what is painted after it"
    OUTLINED = "it is painted as an outline"
    LIGHT = "it has a light ink"
    ON_ITS_INK = "it has the ink of what lies below it"
    ON_PICTURE = "it is on a picture"
    THROUGH = "it is transparent"
    COVERED = "something is painted over it"
    CLIPPED = "a clip may cut it"
    CLIPPED_AWAY = "a clip leaves nothing of it"
    LAYER = "it is in a layer, which may be off"
    POLICY = "it is in a layer that may show it when it is off"
    TINY = "it is too small to be read"
    SMALL = "it is hardly large enough to be read"


_MET = {
    Meeting.COVERED: Why.COVERED,
    Meeting.ON_PICTURE: Why.ON_PICTURE,
    Meeting.ON_ITS_INK: Why.ON_ITS_INK,
}


class Suspect(NamedTuple):
    """A text object that may not be seen: its address, its box (y goes up), and why.

    ``pictured`` says that a picture lies over or below it.
    """

    handle: int
    box: Segment
    why: Why
    pictured: bool = False


class Suspects(NamedTuple):
    """The suspected texts of a page, and pairs of texts that stand over each other.

    ``shadows`` are those of which the first, which is paler, may be the other's shadow;
    ``overprints`` those of which one is printed over the other, the paler one first.
    """

    texts: list[Suspect]
    shadows: list[tuple[int, int]]
    overprints: list[tuple[int, int]]


def find_suspects(objects: PageObjects, has_layers: Callable[[], bool]) -> Suspects:
    """List the text objects that may not be seen as they are written.

    Parameters
    ----------
    objects
        Of a page, in the order of painting.
    has_layers
        Tells whether its document has layers.

    Returns
    -------
    Suspects
        Empty for most pages.
    """
    texts = objects.texts
    if not texts.handles:
        return Suspects([], [], [])
    look = _Look(objects, has_layers())
    found = look.odd_texts()
    on_pictures: set[int] = set()
    for index, meeting, pictured in meetings(texts, list(look.shapes())):
        found.setdefault(index, _MET[meeting])
        if pictured:
            on_pictures.add(index)
    boxes: list[Segment] = list(map(tuple, texts.boxes[sorted(found)].tolist()))
    handles = texts.handles
    suspected = [
        Suspect(handles[i], box, found[i], i in on_pictures)
        for i, box in zip(sorted(found), boxes, strict=True)
    ]
    shadows, overprinted = (
        [(handles[pale], handles[dark]) for pale, dark in pairs]
        for pairs in (twins(texts), overprints(texts))
    )
    return Suspects(suspected, shadows, overprinted)


class _Look:
    """What is asked of one object after the other; what they share, once."""

    def __init__(self, objects: PageObjects, layered: bool) -> None:
        self._objects = objects
        self._layered = layered
        self._channels = (ctypes.c_uint * 4)()
        at = ctypes.addressof(self._channels)
        self._at = [at + ctypes.sizeof(ctypes.c_uint) * i for i in range(4)]
        self._marks: dict[int, Why | None] = {}
        self._forms: dict[int, tuple[Why | None, Clip | None]] = {}

    def odd_texts(self) -> dict[int, Why]:
        """Return what is odd about some texts, looked at for themselves.

        Most texts of most pages are black and whole, which is told of all at once.
        """
        texts = self._objects.texts
        handles, boxes, inks, orders, has_ink = texts
        modes = np.array(list(map(plain.get_text_mode, handles)))
        clips = clips_of(handles)
        is_light = ~has_ink | (inks[:, :3].min(axis=1) >= LIGHT)
        is_low = boxes[:, 3] - boxes[:, 1] < SMALL
        is_low |= boxes[:, 2] - boxes[:, 0] < NARROW
        is_odd = is_light | ~np.isin(modes, _WHOLE)
        is_odd |= np.array(list(map(plain.has_transparency, handles)), bool)
        is_odd |= self._objects.are_in_forms[orders] | self._layered
        is_odd |= ~clips.hold(boxes)
        found: dict[int, Why] = {}
        for i in np.flatnonzero(is_odd | is_low).tolist():
            if not is_odd[i]:  # a full stop, mostly
                if small := _small(handles[i], IDENTITY):
                    found[i] = small
                continue
            box: Segment = tuple(boxes[i].tolist())
            why = self._why(self._objects[int(orders[i])], box, int(modes[i]), clips.of(i))
            if why or is_light[i]:
                found[i] = why or Why.LIGHT
        return found

    def shapes(self) -> Iterator[Shape]:
        """Return the pictures and filled shapes; those that are thin are rules."""
        objects = self._objects
        orders = objects.of(*_SHAPES)
        boxes = objects.boxes[orders].tolist()
        for order, (x0, y0, x1, y1) in zip(orders.tolist(), boxes, strict=True):
            if x1 - x0 <= THIN or y1 - y0 <= THIN:
                continue
            handle = objects.handles[order]
            if objects.kinds[order] != PATH:
                yield Shape((x0, y0, x1, y1), None, order)
                continue
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            plain.get_draw_mode(handle, ctypes.byref(fill), ctypes.byref(stroke))
            if fill.value:
                known = plain.get_fill_color(handle, *self._at)
            elif stroke.value:
                known = plain.get_stroke_color(handle, *self._at)
                if min(self._channels[:3]) < LIGHT and not self._is_thick(order):
                    continue  # a rule, or a frame of rules
            else:
                continue
            red, green, blue, _ = self._channels
            yield Shape((x0, y0, x1, y1), (red, green, blue) if known else _WHITE, order)

    def _is_thick(self, order: int) -> bool:
        """Whether a path is stroked so thick that it covers text."""
        width = ctypes.c_float()
        obj = self._objects[order]
        plain.get_stroke_width(obj.handle, ctypes.byref(width))
        a, b, *_ = times(own_matrix(obj.handle), obj.matrix)
        return width.value * math.hypot(a, b) > THIN

    def _why(self, obj: PageObject, box: Segment, mode: int, clip: Clip | None) -> Why | None:
        """What is odd about a text besides its ink."""
        if mode >= _INVISIBLE:
            return Why.NO_INK if mode == _INVISIBLE else Why.CUT_OUT
        is_small = box[3] - box[1] < SMALL or box[2] - box[0] < NARROW
        if is_small and (small := _small(obj.handle, obj.matrix)):
            return small
        if clip and (cut := _cut(clip.moved(obj.matrix) if obj.forms else clip, box)):
            return cut
        if obj.forms and (why := self._form(obj.forms, box)):
            return why
        if self._layered and (layer := self._layer(obj.handle)):
            return layer
        if plain.has_transparency(obj.handle):
            return Why.THROUGH
        return Why.OUTLINED if mode == _STROKE_ONLY else None

    def _form(self, forms: tuple[PageObject, ...], box: Segment) -> Why | None:
        """What is odd about the forms around a text; their dictionaries may name a layer."""
        for form in forms:
            handle = form.handle
            if handle not in self._forms:
                why = Why.THROUGH if plain.has_transparency(handle) else None
                clip = clip_of(handle)
                self._forms[handle] = why, clip and clip.moved(form.matrix)
            why, clip = self._forms[handle]
            if clip and (cut := _cut(clip, box)):
                return cut
            if why or self._layered:
                return why or Why.LAYER
        return None

    def _layer(self, handle: int) -> Why | None:
        """What is odd about a text that is marked as part of a layer."""
        for i in range(plain.count_marks(handle)):
            mark = plain.get_mark(handle, i)
            if mark not in self._marks:
                is_layer = plain.mark_name(mark) == "OC"
                self._marks[mark] = _policy(mark) if is_layer else None
            if why := self._marks[mark]:
                return why
        return None


def _policy(mark: int) -> Why:
    """Whether pdfium knows if a layer shows: it passes over the policy of a single group."""
    has_policy = plain.get_mark_kind(mark, b"P") == pdfium_c.FPDF_OBJECT_NAME
    return Why.POLICY if has_policy and plain.get_mark_kind(mark, b"OCGs") in _ONE else Why.LAYER


def _cut(clip: Clip, box: Segment) -> Why | None:
    """What a clip does to a text."""
    if clip.holds(box):
        return None
    return Why.CLIPPED_AWAY if clip.hides(box) else Why.CLIPPED


def _small(handle: int, matrix: Matrix) -> Why | None:
    """Whether the type of a text is too small; a full stop alone is low, not small."""
    size = ctypes.c_float()
    plain.get_font_size(handle, ctypes.byref(size))
    a, b, c, d, _, _ = own_matrix(handle)
    points = size.value * math.hypot(c, d) * math.hypot(matrix[2], matrix[3])
    wide = size.value * math.hypot(a, b) * math.hypot(matrix[0], matrix[1])
    if wide < SQUEEZED * points:
        return Why.TINY
    return Why.TINY if points < TINY else Why.SMALL if points < SMALL else None
