"""A PDF into pages of placed characters and ruled lines.

Start of a document's path.  pdfium says what is written and where.  Everything downstream works
on the frozen :class:`Page`, in its *reading frame*: points from the top left of the page turned
so that its text reads upright.  :meth:`Page.as_shown` maps a box back to the page as a viewer
shows it, which is what a dataset carries.

Longer than other modules: what is read of a page and how it is drawn share how it is opened.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from budgetkit.errors import UnreadableDocument
from budgetkit.extraction.pdf.actual_text import drop_actual_text
from budgetkit.extraction.pdf.annotations import with_annotations
from budgetkit.extraction.pdf.characters import Char, read_text, struck_once
from budgetkit.extraction.pdf.opening import catalog_keys, container, open_document
from budgetkit.extraction.pdf.page_objects import PageObjects, Segment
from budgetkit.extraction.pdf.painted import Paint, look_at
from budgetkit.extraction.pdf.problems import LOCKED
from budgetkit.extraction.pdf.ruled_lines import Rule, read_drawing
from budgetkit.extraction.pdf.stamps import tell_stamps
from budgetkit.geometry import Box, tilt_box, turn_box

#: Permission bit 5 of a PDF: copy or extract text (ISO 32000-1, table 22).
MAY_EXTRACT = 1 << 4
#: A picture of a page has no more pixels: a page of one metre by two, at two pixels a point.
MOST_PIXELS = 36_000_000
#: How sure a character of the text layer is among those that were recognised.
FROM_TEXT = 2.0


@dataclass(frozen=True, slots=True)
class Page:
    """What one page prints, in its reading frame (points).

    ``chars`` are in the order of the file, spaces included, line breaks left out; what nobody sees
    (white on white, covered, clipped away, in a layer that is off) is not among them.  ``unsure``
    are those of which it can't be told, as the text that goes with a scan; ``outside`` are those
    that the file places off the page: the hidden rest of an embedded spreadsheet; ``stamps`` those
    of stamps, seals and watermarks.  ``turns`` are the quarter turns clockwise that the shown page
    was turned to read upright.  ``pictures`` are the boxes of its ``images``: a scan holds one and
    no characters; ``marks`` those of filled shapes of the size of a character, as of text turned
    into curves.  Of a scan that was recognised, ``tilt`` is the angle (degrees counterclockwise)
    that set it straight, and ``confidences`` are those of its characters: 0 to 1, or ``FROM_TEXT``.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    turns: int
    images: int
    outside: tuple[Char, ...] = ()
    unsure: frozenset[Char] = frozenset()
    pictures: tuple[Box, ...] = ()
    marks: tuple[Box, ...] = ()
    tilt: float = 0.0
    confidences: tuple[float, ...] = ()
    stamps: tuple[Char, ...] = ()
    scraps: tuple[Box, ...] = ()

    def is_on(self, box: Box) -> bool:
        """Whether the middle of a box (points, reading frame) stands on the page."""
        return _is_on_page(box, self.width, self.height)

    def with_chars(self, found: Sequence[Char]) -> Page:
        """Add characters that the text layer lacks; the same page where there are none."""
        if not found:
            return self
        known = (*self.confidences, *[FROM_TEXT] * len(found)) if self.confidences else ()
        return replace(self, chars=(*self.chars, *found), confidences=known)

    def as_shown(self, box: Box) -> Box:
        """Map a box from the reading frame to the page as a viewer shows it."""
        if self.tilt:
            box = tilt_box(box, self.width, self.height, self.tilt)
        return turn_box(box, self.width, self.height, -self.turns)

    def chars_outside(self, boxes: Iterable[Box]) -> list[Char]:
        """Return the characters whose middle stands in no box (points, reading frame)."""
        free = list(self.chars)
        for x0, top, x1, bottom in boxes:
            free = [
                char
                for char in free
                if not (
                    top <= (char[2] + char[4]) / 2 <= bottom and x0 <= (char[1] + char[3]) / 2 <= x1
                )
            ]
        return free


class Pdf:
    """An open PDF.  Use as a context manager; pages are read when asked for.

    Parameters
    ----------
    path
        The file.
    password
        User or owner password, where the file has one.
    unlock
        Read a file although its owner locked it against extraction.

    Raises
    ------
    UnreadableDocument
        Not a PDF, damaged, empty, encrypted, or locked.
    """

    def __init__(
        self, path: str | Path, *, password: str | None = None, unlock: bool = False
    ) -> None:
        self.path = Path(path)
        self.password = password
        self._document = open_document(self.path, password)
        allowed = pdfium_c.FPDF_GetDocPermissions(self._document.raw)
        if not (allowed & MAY_EXTRACT or unlock):
            self.close()
            raise UnreadableDocument(
                LOCKED,
                file=path,
                remedy="give the owner's password with --password, or --unlock if you may read it",
            )

    def __enter__(self) -> Pdf:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._document)

    def __iter__(self) -> Iterator[Page]:
        return (self.page(number) for number in range(1, len(self) + 1))

    def close(self) -> None:
        """Release the file."""
        self._document.close()

    def page(self, number: int) -> Page:
        """Read one page (from 1); one that is damaged raises ``UnreadableDocument``."""
        try:
            page = _open_page(self._document, number)
        except pdfium.PdfiumError as error:
            raise UnreadableDocument(
                "the page is damaged", file=self.path, page=number, remedy="get the file again"
            ) from error
        try:
            return _read_page(page, number, self._has_layers)
        finally:
            page.close()

    @cached_property
    def _catalog(self) -> Set[str]:
        return catalog_keys(self.path, self.password)

    def _has_layers(self) -> bool:
        """Whether the document has layers (optional content), of which some may be off."""
        return "OCProperties" in self._catalog

    def container(self) -> str | None:
        """Say what the file is where its pages are only the cover of what it holds."""
        return container(self._document, lambda: self._catalog)

    def picture(self, number: int, scale: float = 2.0) -> Any:
        """Draw one page.

        Parameters
        ----------
        number
            From 1.
        scale
            Pixels a point.

        Returns
        -------
        PIL.Image.Image

        Raises
        ------
        UnreadableDocument
            It is damaged, has no size, or is larger than :data:`MOST_PIXELS`.
        """
        picture, drawn = self.fitted(number, scale, math.inf)
        if drawn < scale:
            raise self._undrawn("the page is too large to draw", number)
        return picture

    def grey(self, number: int, scale: float) -> Any:
        """Draw one page in grey.

        Parameters
        ----------
        number
            From 1.
        scale
            Pixels a point.

        Returns
        -------
        numpy.ndarray
            Rows of pixels, 0 for black to 255 for white.
        """
        page = _open_page(self._document, number)
        try:
            drawn = page.render(scale=scale, grayscale=True)
            return drawn.to_numpy().reshape(drawn.height, -1)[:, : drawn.width].copy()
        finally:
            page.close()

    def fitted(self, number: int, scale: float, widest: float) -> tuple[Any, float]:
        """Draw one page, but not wider than some width.

        Parameters
        ----------
        number
            From 1.
        scale
            Pixels a point, where the width allows it.
        widest
            Pixels.

        Returns
        -------
        picture : PIL.Image.Image
        scale : float
            Pixels a point, as drawn; smaller where there would be more than :data:`MOST_PIXELS`.

        Raises
        ------
        UnreadableDocument
            It is damaged, or has no size.
        """
        try:
            page = _open_page(self._document, number)
        except pdfium.PdfiumError as error:
            raise self._undrawn("the page is damaged", number) from error
        try:
            width, height = page.get_width(), page.get_height()
            if not (0 < width < math.inf and 0 < height < math.inf):
                raise self._undrawn("the page has no size", number)
            scale = min(scale, widest / width, math.sqrt(MOST_PIXELS / (width * height)))
            if scale * min(width, height) < 1:
                raise self._undrawn("the page is too large to draw", number)
            return page.render(scale=scale).to_pil().convert("RGB"), scale
        except (pdfium.PdfiumError, ValueError, MemoryError) as error:
            raise self._undrawn("the page can't be drawn", number) from error
        finally:
            page.close()

    def _undrawn(self, problem: str, number: int) -> UnreadableDocument:
        return UnreadableDocument(problem, file=self.path, page=number)


def _open_page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """Open a page (from 1) with what its annotations show."""
    page = document[number - 1]
    if with_annotations(page):
        page.close()
        page = document[number - 1]
    return page


def _read_page(page: pdfium.PdfPage, number: int, layers: Callable[[], bool]) -> Page:
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    rotated = page.get_rotation() // 90
    objects = PageObjects(page)
    drop_actual_text(objects)
    painting = look_at(page, objects, layers)
    text = read_text(page, left, top, objects.texts, painting)
    drawing = read_drawing(objects, left, top)
    chars, rules = text.chars, drawing.rules
    pictures, marks, scraps = ([Box(*box) for box in found] for found in drawing[1:])
    turns = rotated if text.turns is None else text.turns
    starts = text.origins
    if turns:
        turned = [
            _turn_char(char, x, width, height, turns) for char, x in zip(chars, starts, strict=True)
        ]
        chars, starts = [char for char, _ in turned], [start for _, start in turned]
        rules = [Rule(*turn_box(Box(*rule), width, height, turns)) for rule in rules]
        pictures = [turn_box(box, width, height, turns) for box in pictures]
        marks = [turn_box(box, width, height, turns) for box in marks]
        scraps = [turn_box(box, width, height, turns) for box in scraps]
    if turns % 2:
        width, height = height, width
    looks, paints = text.looks, text.paints
    if Paint.UNSEEN in paints:
        # What stands off the page is listed, so that nobody takes its absence for a misreading.
        seen_at = [
            i
            for i, (char, paint) in enumerate(zip(chars, paints, strict=True))
            if paint is not Paint.UNSEEN or not _is_on_page(char, width, height)
        ]
        chars, starts = [chars[i] for i in seen_at], [starts[i] for i in seen_at]
        looks, paints = [looks[i] for i in seen_at], [paints[i] for i in seen_at]
    stamped = frozenset[int]()
    if text.angle is not None and not text.plain:
        chars, stamped = tell_stamps(chars, starts, looks, text.angle, rules)
    unsure = [c for c, paint in zip(chars, paints, strict=False) if paint is Paint.UNSURE]
    stamps = [chars[i] for i in sorted(stamped)]
    if stamps:
        chars = [char for i, char in enumerate(chars) if i not in stamped]
    if text.may_be_struck_twice:
        chars = list(struck_once(chars))
    seen, outside = _on_page(chars, text.span, width, height, turns)
    shown = (turns - rotated) % 4
    return Page(
        number,
        width,
        height,
        tuple(seen),
        tuple(rules),
        shown,
        len(pictures),
        tuple(outside),
        frozenset(unsure),
        tuple(pictures),
        tuple(marks),
        stamps=tuple(stamps),
        scraps=tuple(scraps),
    )


def _is_on_page(char: Char | Box, width: float, height: float) -> bool:
    return 0 <= char.x0 + char.x1 <= 2 * width and 0 <= char.top + char.bottom <= 2 * height


def _on_page(
    chars: Sequence[Char], span: Segment, width: float, height: float, turns: int
) -> tuple[list[Char], list[Char]]:
    """Part the characters whose middle is on the page from the others.

    ``span`` is the box around all of them before the page was turned.
    """
    across, down = (height, width) if turns % 2 else (width, height)
    if span[0] >= 0 and span[1] >= 0 and span[2] <= across and span[3] <= down:
        return list(chars), []  # most pages
    seen: list[Char] = []
    outside: list[Char] = []
    for char in chars:
        (seen if _is_on_page(char, width, height) else outside).append(char)
    return seen, outside


def _turn_char(
    char: Char, origin_x: float, width: float, height: float, turns: int
) -> tuple[Char, float]:
    """Turn a character with its page; its baseline and its start become those of that page."""
    box = turn_box(Box(*char[1:5]), width, height, turns)
    origin = turn_box(Box(origin_x, char.baseline, origin_x, char.baseline), width, height, turns)
    return Char(char.text, *box, baseline=origin.top), origin.x0
