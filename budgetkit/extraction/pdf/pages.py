"""A PDF into pages of placed characters and ruled lines.

Start of a document's path.  pdfium says what is written and where.  Everything downstream works
on the frozen :class:`Page`, in its *reading frame*: points from the top left of the page turned
so that its text reads upright.  :meth:`Page.as_shown` maps a box back to the page as a viewer
shows it, which is what a dataset carries.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from budgetkit.codelists import read_codelist
from budgetkit.errors import UnreadableDocument
from budgetkit.extraction.pdf.ruled_lines import Rule, read_drawing
from budgetkit.geometry import Box, turn_box

#: Struck-twice bold: the same character again within this share of its own height.
STRUCK_TWICE = 0.3
#: Permission bit 5 of a PDF: copy or extract text (ISO 32000-1, table 22).
MAY_EXTRACT = 1 << 4
#: A quarter turn, in the radians that pdfium counts in.
RIGHT_ANGLE = 1.5707963267948966
#: Side (points) of the squares in which a second strike of the same character is sought.
PLACE = 4.0
#: Codes that print nothing: no character, soft hyphen, joiners, byte-order mark, lone surrogates.
_NOT_TEXT = frozenset((0x7F, 0xAD, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xFFFE, 0xFFFF)) | frozenset(
    range(0xD800, 0xE000)
)


class Char(NamedTuple):
    """One printed character: its text, its inked box, and the height of its baseline (points)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Page:
    """What one page prints, in its reading frame (points).

    ``chars`` are in the order of the file, spaces included, line breaks left out; ``outside`` are
    those that the file places off the page, where nobody sees them: the hidden rest of an embedded
    spreadsheet.  ``turns`` are the quarter turns clockwise that the shown page was turned to read
    upright.  A scan holds one image and no characters.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    turns: int
    images: int
    outside: tuple[Char, ...] = ()

    def as_shown(self, box: Box) -> Box:
        """Map a box from the reading frame to the page as a viewer shows it."""
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


@lru_cache(maxsize=1)
def _radicals() -> dict[str, str]:
    return {row["radical"]: row["ideograph"] for row in read_codelist("radicals")}


@cache
def normal_char(char: str) -> str:
    """Return the ideograph that a radical or compatibility form stands for.

    Browsers write 行 as the Kangxi radical ⾏; full-width brackets and digits
    stay as printed.

    Examples
    --------
    >>> normal_char("⾏"), normal_char("⻓"), normal_char("（")
    ('行', '长', '（')
    """
    if char in _radicals():
        return _radicals()[char]
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return " " if char in "\u00a0\u2002\u2003\u2009\u202f\u3000" else char


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
        self._document = _open(self.path, password)
        allowed = pdfium_c.FPDF_GetDocPermissions(self._document.raw)
        if not (allowed & MAY_EXTRACT or unlock):
            self.close()
            raise UnreadableDocument(
                "its owner locked it against extraction of text",
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
            page = self._document[number - 1]
        except pdfium.PdfiumError as error:
            raise UnreadableDocument(
                "the page is damaged", file=self.path, page=number, remedy="get the file again"
            ) from error
        try:
            return _read_page(page, number)
        finally:
            page.close()

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
        """
        return self.fitted(number, scale, math.inf)[0]

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
            Pixels a point, as drawn.
        """
        page = self._document[number - 1]
        try:
            scale = min(scale, widest / page.get_width())
            return page.render(scale=scale).to_pil().convert("RGB"), scale
        finally:
            page.close()


def _open(path: Path, password: str | None) -> pdfium.PdfDocument:
    try:
        with path.open("rb") as handle:
            head = handle.read(1024)
    except OSError as error:
        raise UnreadableDocument(f"can't be opened ({error.strerror})", file=path) from error
    if not head:
        raise UnreadableDocument("the file is empty", file=path, remedy="get it again")
    if b"%PDF-" not in head:
        raise UnreadableDocument("is not a PDF", file=path, remedy="save it as PDF first")
    try:
        document = pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            given = "another" if password else "the"
            raise UnreadableDocument(
                "is encrypted", file=path, remedy=f"give {given} password with --password"
            ) from error
        raise UnreadableDocument(
            "is damaged or cut off", file=path, remedy="get the file again"
        ) from error
    if len(document) == 0:
        document.close()
        raise UnreadableDocument("has no pages", file=path, remedy="get the file again")
    return document


def _read_page(page: pdfium.PdfPage, number: int) -> Page:
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    rotated = page.get_rotation() // 90
    text = _read_text(page, left, top)
    drawing = read_drawing(page, left, top)
    chars, rules = text.chars, drawing.rules
    turns = rotated if text.turns is None else text.turns
    if turns:
        origins = zip(chars, text.origins, strict=True)
        chars = [_turn_char(char, x, width, height, turns) for char, x in origins]
        rules = [Rule(*turn_box(Box(*rule), width, height, turns)) for rule in rules]
    if turns % 2:
        width, height = height, width
    seen: list[Char] = []
    outside: list[Char] = []
    for char in _struck_once(chars):
        on_page = 0 <= char.x0 + char.x1 <= 2 * width and 0 <= char.top + char.bottom <= 2 * height
        (seen if on_page else outside).append(char)
    shown = (turns - rotated) % 4
    return Page(
        number, width, height, tuple(seen), tuple(rules), shown, drawing.images, tuple(outside)
    )


def _turn_char(char: Char, origin_x: float, width: float, height: float, turns: int) -> Char:
    """Turn a character with its page; its baseline becomes that of the turned page."""
    box = turn_box(Box(*char[1:5]), width, height, turns)
    origin = turn_box(Box(origin_x, char.baseline, origin_x, char.baseline), width, height, turns)
    return Char(char.text, *box, baseline=origin.top)


class _Text(NamedTuple):
    """The characters of a page in the frame of the unturned page.

    ``origins`` is where on its baseline each starts (points from the left): on a page that is
    turned sideways, that is its baseline.  ``turns`` are the quarter turns clockwise that set the
    text upright; None for a page without text.
    """

    chars: list[Char]
    origins: list[float]
    turns: int | None


def _read_text(page: pdfium.PdfPage, left: float, top: float) -> _Text:
    textpage = page.get_textpage()
    raw, count = textpage.raw, textpage.count_chars()
    x0, x1, y0, y1, origin_x, origin_y = (ctypes.c_double() for _ in range(6))
    box = [ctypes.byref(value) for value in (x0, x1, y0, y1)]
    origin = [ctypes.byref(origin_x), ctypes.byref(origin_y)]
    make = Char._make
    get_unicode, get_box = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetCharBox
    get_origin, get_angle = pdfium_c.FPDFText_GetCharOrigin, pdfium_c.FPDFText_GetCharAngle
    chars: list[Char] = []
    origins: list[float] = []
    angles: Counter[int] = Counter()
    for i in range(count):
        code = get_unicode(raw, i)
        if code < 32 or code in _NOT_TEXT:
            continue
        get_box(raw, i, *box)
        get_origin(raw, i, *origin)
        if code != 32 and (i % 8 == 0 or not angles):
            angles[round(get_angle(raw, i) / RIGHT_ANGLE) % 4] += 1
        text = normal_char(chr(code))
        a, b, c, d = x0.value - left, top - y1.value, x1.value - left, top - y0.value
        chars.append(make((text, a, b, c, d, top - origin_y.value)))
        origins.append(origin_x.value - left)
    textpage.close()
    # pdfium counts the angle of text clockwise from upright; the page is turned back by it.
    turns = -angles.most_common(1)[0][0] % 4 if angles else None
    return _Text(chars, origins, turns)


def _struck_once(chars: Sequence[Char]) -> Sequence[Char]:
    """Leave out the second strike of bold that was made by printing twice."""
    inked = [char for char in chars if char.text != " "]
    if len({(c.text, round(c.x0), round(c.baseline)) for c in inked}) == len(inked):
        return chars  # no two of a kind in one place: most pages
    kept: list[Char] = []
    places = defaultdict[tuple[str, int, int], list[Char]](list)
    for char in chars:
        column, row = round(char.x0 / PLACE), round(char.baseline / PLACE)
        around = (
            other
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other in places.get((char.text, column + i, row + j), ())
        )
        if char.text != " " and any(_is_second_strike(char, other) for other in around):
            continue
        places[char.text, column, row].append(char)
        kept.append(char)
    return kept


def _is_second_strike(char: Char, other: Char) -> bool:
    near = STRUCK_TWICE * max(char.bottom - char.top, char.x1 - char.x0)
    return abs(char.x0 - other.x0) <= near and abs(char.baseline - other.baseline) <= near
