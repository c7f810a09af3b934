"""Parts of figures that are drawn among written digits, and shapes beside them that are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.pdf.characters import UNKNOWN
from budgetkit.extraction.pdf.drawn_parts import with_drawn_parts
from budgetkit.extraction.pdf.lines import read_lines
from budgetkit.extraction.pdf.pages import Pdf

Draw = Callable[[Canvas], None]
#: Where "150" and "00" stand, with room for a point between them, on the line of the second.
X, Y, SIZE = 200.0, 300.0, 10.0
AFTER = X + 19.5


def read(path: Path, draw: Draw) -> str:
    canvas = Canvas(str(path), pagesize=(400, 600))
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(X, Y, "150")
    canvas.drawString(AFTER, Y, "00")
    canvas.line(50, Y - 10, 350, Y - 10)
    draw(canvas)
    canvas.save()
    with Pdf(path) as pdf:
        page = with_drawn_parts(pdf.page(1))
    (line,) = read_lines(page.chars)
    return "".join(char.text for char in line.chars)


def polygon(*points: tuple[float, float], fill: int = 0) -> Draw:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        canvas.drawPath(path, stroke=1 - fill, fill=fill)

    return draw


def square_point(canvas: Canvas) -> None:
    canvas.rect(X + 17.4, Y, 1.2, 1.2, stroke=0, fill=1)


def round_point(canvas: Canvas) -> None:
    canvas.circle(X + 18, Y + 0.6, 0.6, stroke=0, fill=1)


def upright(x: float) -> Draw:
    return lambda canvas: canvas.line(x, Y, x, Y + 7)


def bracket(canvas: Canvas) -> None:
    canvas.bezier(X - 2, Y + 8, X - 4, Y + 6, X - 4, Y + 1, X - 2, Y - 1)


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (10, 14), 0)), X - 6, Y, 5, 7)


@pytest.mark.parametrize(
    ("draw", "text"),
    [
        (square_point, f"150{UNKNOWN}00"),
        (round_point, f"150{UNKNOWN}00"),
        (upright(X - 2), f"{UNKNOWN}15000"),
        (bracket, f"{UNKNOWN}15000"),
        (picture, f"{UNKNOWN}15000"),
        (polygon((X - 7, Y), (X - 1, Y), (X - 4, Y + 6)), f"{UNKNOWN}15000"),
        (polygon((X - 7, Y), (X - 1, Y), (X - 4, Y + 6), fill=1), f"{UNKNOWN}15000"),
    ],
    ids=["square", "round", "one", "bracket", "picture", "triangle", "full triangle"],
)
def test_a_drawn_part_is_a_character(draw: Draw, text: str, tmp_path: Path) -> None:
    assert read(tmp_path / "a.pdf", draw) == text


def ring(canvas: Canvas) -> None:
    canvas.circle(X + 14, Y + 3, 18)


def dot_before(canvas: Canvas) -> None:
    canvas.circle(X - 3, Y + 3, 0.8, stroke=0, fill=1)


def corner(canvas: Canvas) -> None:
    polygon((X + 32, Y - 10), (X + 32, Y - 6), (X + 28, Y - 10), fill=1)(canvas)


def icon_far_left(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (10, 10), 0)), X - 20, Y, 7, 7)


def column(canvas: Canvas) -> None:
    canvas.line(X - 2, Y - 10, X - 2, Y + 40)


@pytest.mark.parametrize("draw", [ring, dot_before, corner, icon_far_left, column])
def test_other_shapes_beside_a_figure_are_none(draw: Draw, tmp_path: Path) -> None:
    assert read(tmp_path / "a.pdf", draw) == "15000"
