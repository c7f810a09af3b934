"""The sheet that everything is drawn on: one font, pages, strings, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from budgetkit.render.fonts import font_path

FONT = "NotoSansSC"
PORTRAIT = (595.28, 841.89)
LANDSCAPE = (841.89, 595.28)
MARGIN = (56.0, 60.0, 56.0, 56.0)  # left, top, right, bottom
_TOKENS = re.compile(r"[0-9A-Za-z.,%=＝]+|.", re.DOTALL)
_CLOSERS = "，。；：、）》”！？】〕"


@cache
def font() -> TTFont:
    """Register the font, once in a process."""
    face = TTFont(FONT, str(font_path()))
    pdfmetrics.registerFont(face)
    return face


@cache
def _char_width(char: str) -> float:
    face = font().face
    return float(face.charWidths.get(ord(char), face.defaultWidth))


def text_width(text: str, size: float) -> float:
    """Return the width of a string in points.

    Parameters
    ----------
    text
        One line.
    size
        Of the type, points.

    Returns
    -------
    float
    """
    return sum(map(_char_width, text)) * size / 1000


def wrap(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    """Break a text into lines that fit a width; a number stays whole where it can.

    Parameters
    ----------
    text : str
    width, size, indent : float
        Points; ``indent`` is what the first line has less.

    Returns
    -------
    list of str
    """
    lines: list[str] = []
    line, room = "", width - indent
    for token in _TOKENS.findall(text):
        for piece in _pieces(token, width, size):
            if line and text_width(line + piece, size) > room and piece not in _CLOSERS:
                lines.append(line)
                line, room = "", width
            line += piece
    lines.append(line)
    return lines


def _pieces(token: str, width: float, size: float) -> Iterator[str]:
    if text_width(token, size) <= width:
        yield token
        return
    yield from token


class Paper:
    """Pages of a PDF with a cursor that goes down.

    Parameters
    ----------
    target : Path or file
        Where the PDF goes.
    title : str
        In the document's properties.
    footer : str
        At the foot of each page, with the page's number.
    landscape : bool
        Pages lie on their side where nothing else is said.
    """

    def __init__(
        self, target: Path | BinaryIO, title: str, footer: str, landscape: bool = False
    ) -> None:
        font()
        rl_config.useA85 = 0  # a quarter smaller
        self.canvas = Canvas(
            str(target) if isinstance(target, Path) else target,
            pagesize=PORTRAIT,
            invariant=1,
            pageCompression=1,
        )
        self.canvas.setTitle(title)
        self.canvas.setCreator("budgetkit tests.typesetter")
        self.footer = footer
        self.landscape = landscape
        self.number = 0
        #: What each page prints, string by string.
        self.texts: list[list[str]] = []
        self.size = PORTRAIT
        self.y = 0.0

    @property
    def left(self) -> float:
        """Where the text starts."""
        return MARGIN[0]

    @property
    def width(self) -> float:
        """Of the text, points."""
        return self.size[0] - MARGIN[0] - MARGIN[2]

    @property
    def room(self) -> float:
        """What is left of the page below the cursor, points."""
        return self.y - MARGIN[3]

    @property
    def height(self) -> float:
        """Of the text on an empty page, points."""
        return self.size[1] - MARGIN[1] - MARGIN[3]

    @property
    def fresh(self) -> bool:
        """Nothing stands on the page yet."""
        return self.number > 0 and self.y == self.size[1] - MARGIN[1]

    def page(self, landscape: bool | None = None, turned: bool = False) -> None:
        """Start a page; a turned one is portrait with /Rotate 90 and shows as landscape.

        Parameters
        ----------
        landscape
            Lying on its side; the family's own where not given.
        turned
            With /Rotate 90.
        """
        if self.number:
            self._close()
        self.number += 1
        self.texts.append([])
        lying = self.landscape if landscape is None else landscape
        self.size = LANDSCAPE if lying or turned else PORTRAIT
        # reportlab swaps the sides of a turned page itself
        self.canvas.setPageSize(self.size)
        self.canvas.setPageRotation(90 if turned else 0)
        if turned:
            self.canvas.transform(0, 1, -1, 0, PORTRAIT[0], 0)
        self.y = self.size[1] - MARGIN[1]

    def _close(self) -> None:
        note = f"{self.footer}　— {self.number} —" if self.footer else f"— {self.number} —"
        self.text((self.size[0] - text_width(note, 8)) / 2, 28, note, 8)
        self.canvas.showPage()

    def save(self) -> None:
        """Close the last page and write the file."""
        self._close()
        self.canvas.save()

    def text(self, x: float, y: float, text: str, size: float, bold: str = "none") -> None:
        """Set a string with its baseline at (x, y).

        Parameters
        ----------
        x
            Points from the left.
        y
            Points from the bottom.
        text
            What is set.
        size
            Of the type, points.
        bold
            ``none``, ``weight`` or ``strike``.
        """
        if not text.strip():
            return
        self.texts[-1].append(text)
        face = self.canvas.beginText(x, y)
        face.setFont(FONT, size)
        if bold == "weight":
            face.setTextRenderMode(2)
            self.canvas.setLineWidth(size * 0.022)
        face.textOut(text)
        if bold == "weight":
            face.setTextRenderMode(0)
        if bold == "strike":
            face.setTextOrigin(x + 0.25, y)
            face.textOut(text)
        self.canvas.drawText(face)

    def centered(self, text: str, size: float, bold: str = "none", gap: float = 1.7) -> None:
        """Set a line in the middle and go below it; lines too long are broken.

        Parameters
        ----------
        text
            What is set.
        size
            Of the type, points.
        bold
            ``none``, ``weight`` or ``strike``.
        gap
            Lines of the type's size from one to the next.
        """
        for line in wrap(text, self.width, size):
            self.y -= size * gap
            x = self.left + (self.width - text_width(line, size)) / 2
            self.text(x, self.y, line, size, bold)

    def paragraph(
        self, text: str, size: float = 12.0, bold: str = "none", indent: float = 2.0
    ) -> None:
        """Set a paragraph, first line indented by so many characters, over pages if need be.

        Parameters
        ----------
        text
            What is set.
        size
            Of the type, points.
        bold
            ``none``, ``weight`` or ``strike``.
        indent
            Of the first line, in characters.
        """
        leading = size * 1.75
        for number, line in enumerate(wrap(text, self.width, size, indent * size)):
            if self.room < leading:
                self.page()
            self.y -= leading
            x = self.left + (indent * size if number == 0 else 0)
            self.text(x, self.y, line, size, bold)
