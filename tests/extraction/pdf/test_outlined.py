"""Figures drawn as shapes are characters without a name; seals, bullets and codes are none."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.pdf.characters import UNKNOWN
from budgetkit.extraction.pdf.outlined import with_outlined
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.tables.cells import fill_grid
from budgetkit.extraction.tables.grids import find_grids

LEFT, TOP, WIDE, HIGH = 60, 500, 90, 22
ROWS = [["code", "total", "basic"], ["201", "150.00", ""], ["202", "1,234.56", "234.56"]]


def read(path: Path, draw: Callable[[Canvas], None]) -> Page:
    canvas = Canvas(str(path), pagesize=(400, 600))
    canvas.setFont("Helvetica", 9)
    for i, row in enumerate(ROWS):
        for j, text in enumerate(row):
            canvas.drawRightString(LEFT + (j + 1) * WIDE - 3, TOP - (i + 1) * HIGH + 7, text)
    canvas.grid([LEFT + j * WIDE for j in range(4)], [TOP - i * HIGH for i in range(4)])
    draw(canvas)
    canvas.save()
    with Pdf(path) as pdf:
        page = pdf.page(1)
    (grid,) = find_grids(page)
    return with_outlined(page, [cell.box for cell in fill_grid(grid, page).cells])


def cells(page: Page) -> list[list[str]]:
    (grid,) = find_grids(page)
    return [[cell.text for cell in row] for row in fill_grid(grid, page).by_row()]


def shape(canvas: Canvas, x: float, y: float, wide: float = 4.2, high: float = 6.4) -> None:
    """A shape with the points and the size of a digit, that starts left of x and above y."""
    path = canvas.beginPath()
    path.moveTo(x, y + 1)
    path.curveTo(x, y, x + wide, y, x + wide, y + 1)
    path.lineTo(x + wide, y + high - 1)
    path.curveTo(x + wide, y + high, x, y + high, x, y + high - 1)
    path.lineTo(x, y + 2)
    path.lineTo(x, y + 1.5)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def figure(canvas: Canvas, x: float = LEFT + 2 * WIDE + 50, y: float = TOP - 2 * HIGH + 7) -> None:
    for i in range(3):
        shape(canvas, x + 5 * i, y)
    shape(canvas, x + 15.5, y, 1, 1)
    for i in range(2):
        shape(canvas, x + 18 + 5 * i, y)


def test_a_figure_drawn_as_shapes_has_a_character_for_each(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[1][2] = 5 * UNKNOWN  # a point is a dot, and no character
    assert cells(read(tmp_path / "a.pdf", figure)) == rows


def in_one_path(canvas: Canvas) -> None:
    path = canvas.beginPath()
    for i in range(5):
        x, y = LEFT + 2 * WIDE + 30 + 5 * i, TOP - 2 * HIGH + 7
        path.moveTo(x, y)
        for dx, dy in ((4, 0), (4, 3), (3.5, 6.4), (0.5, 6.4), (0, 3)):
            path.lineTo(x + dx, y + dy)
        path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def test_the_shapes_of_a_figure_may_be_one_path(tmp_path: Path) -> None:
    assert cells(read(tmp_path / "a.pdf", in_one_path))[1][2] == 5 * UNKNOWN


def picture(canvas: Canvas, wide: float, x: float = LEFT + 2 * WIDE + 50) -> None:
    black = ImageReader(Image.new("L", (8, 8), 0))
    canvas.drawImage(black, x, TOP - 2 * HIGH + 6, wide, 8)


@pytest.mark.parametrize(("wide", "count"), [(24, 5), (30, 6)])
def test_a_figure_that_is_a_picture_has_as_many_characters_as_may_stand_in_it(
    wide: float, count: int, tmp_path: Path
) -> None:
    page = read(tmp_path / "a.pdf", lambda canvas: picture(canvas, wide))
    assert cells(page)[1][2] == count * UNKNOWN


def test_its_digits_may_be_a_picture_each(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for i in range(4):
            picture(canvas, 4, LEFT + 2 * WIDE + 50 + 5 * i)

    assert cells(read(tmp_path / "a.pdf", draw))[1][2] == 4 * UNKNOWN


def icon(canvas: Canvas) -> None:
    picture(canvas, 8)


def picture_beside_text(canvas: Canvas) -> None:
    picture(canvas, 24, LEFT + WIDE + 10)


def bullet(canvas: Canvas) -> None:
    canvas.circle(LEFT + 2 * WIDE + 20, TOP - 2 * HIGH + 10, 2.5, stroke=0, fill=1)


def on_text(canvas: Canvas) -> None:
    figure(canvas, LEFT + 2 * WIDE - 29)


def outside(canvas: Canvas) -> None:
    figure(canvas, LEFT, TOP + 40)


def seal(canvas: Canvas) -> None:
    canvas.translate(LEFT + 2 * WIDE + 40, TOP - HIGH - 8)
    canvas.circle(0, 0, 40, fill=0)
    for i in range(12):
        angle = 30 * i
        canvas.saveState()
        canvas.translate(28 * sin(radians(angle)), 28 * cos(radians(angle)))
        canvas.rotate(-angle)
        shape(canvas, -4, -4, 8, 8)
        canvas.restoreState()


def code_of_squares(canvas: Canvas) -> None:
    random = Random(7)
    for i in range(16):
        for j in range(16):
            x, y, side = LEFT + 2 * WIDE + 30 + i, TOP - 2 * HIGH + 3 + j, random.choice((1, 2, 3))
            if random.random() < 0.5:
                path = canvas.beginPath()
                path.moveTo(x, y)
                for dx, dy in ((side, 0), (side, 1), (1, 1), (1, side), (0, side)):
                    path.lineTo(x + dx, y + dy)
                path.close()
                canvas.drawPath(path, stroke=0, fill=1)


def logo(canvas: Canvas) -> None:
    x, y = LEFT + 2 * WIDE + 20, TOP - 2 * HIGH + 2
    for i in range(4):
        shape(canvas, x + 14 * i, y, 12, 17)


OTHERS = [bullet, on_text, outside, seal, code_of_squares, logo, icon, picture_beside_text]


@pytest.mark.parametrize("draw", OTHERS)
def test_other_shapes_are_no_characters(tmp_path: Path, draw: Callable[[Canvas], None]) -> None:
    page = read(tmp_path / "a.pdf", draw)
    assert UNKNOWN not in {char.text for char in page.chars}
