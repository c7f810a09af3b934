"""Stamps, seals and watermarks enter no cell; turned text of the page is read."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.pdf.lines import read_lines
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.tables.cells import fill_grid
from budgetkit.extraction.tables.grids import find_grids

LEFT, TOP, WIDE, HIGH = 60, 500, 90, 22
HEAD = ["code", "total", "basic"]
ROWS = [["201", "150.00", "100.00"], ["202", "1,234.56", "234.56"], ["203", "50.00", "0.00"]]


def read(path: Path, stamp: Callable[[Canvas], None], head: list[str] | None = None) -> Page:
    """A page with a ruled table, and a stamp on it."""
    canvas = Canvas(str(path), pagesize=(400, 600))
    rows = [HEAD if head is None else head, *ROWS]
    canvas.setFont("Helvetica", 9)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            right = LEFT + (j + 1) * WIDE - 3
            canvas.drawRightString(right, TOP - (i + 1) * HIGH + 7, text)
    canvas.grid([LEFT + j * WIDE for j in range(4)], [TOP - i * HIGH for i in range(len(rows) + 1)])
    canvas.saveState()
    stamp(canvas)
    canvas.restoreState()
    canvas.save()
    with Pdf(path) as pdf:
        return pdf.page(1)


def cells(page: Page) -> list[list[str]]:
    (grid,) = find_grids(page)
    return [[cell.text for cell in row] for row in fill_grid(grid, page).by_row()]


def pale_upright(canvas: Canvas) -> None:
    canvas.setFillGray(0.85)
    canvas.setFont("Helvetica", 14)
    canvas.drawString(LEFT + WIDE + 60, TOP - 2 * HIGH + 5, "2")
    canvas.drawString(LEFT + WIDE + 5, TOP - 3 * HIGH + 5, "2025")


def see_through(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.2)
    canvas.setFont("Helvetica", 14)
    canvas.drawString(LEFT + WIDE + 50, TOP - 3 * HIGH + 5, "88")


def slanted(canvas: Canvas) -> None:
    canvas.setFillGray(0.5)
    canvas.translate(100, 400)
    canvas.rotate(45)
    canvas.drawString(0, 0, "COPY 2025 COPY 2025")


def seal(canvas: Canvas, *, red: float = 1) -> None:
    canvas.setFillColorRGB(red, 0, 0)
    canvas.setFont("Helvetica", 9)
    for i, char in enumerate("SEAL2025OFTHEBUREAU1234"):
        angle = 180 - 15 * i
        canvas.saveState()
        canvas.translate(200 + 40 * cos(radians(angle)), 440 + 40 * sin(radians(angle)))
        canvas.rotate(angle - 90)
        canvas.drawString(0, 0, char)
        canvas.restoreState()


def black_seal(canvas: Canvas) -> None:
    seal(canvas, red=0)


def sideways(canvas: Canvas) -> None:
    canvas.translate(LEFT + 2 * WIDE - 20, TOP - 4 * HIGH + 5)
    canvas.rotate(90)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(0, 0, "checked 2025 0218")


def large_red(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 0, 0)
    canvas.setFont("Helvetica", 20)
    canvas.drawString(LEFT + WIDE + 10, TOP - 3 * HIGH, "VOID 9")


@pytest.mark.parametrize(
    "stamp", [pale_upright, see_through, slanted, seal, black_seal, sideways, large_red]
)
def test_a_stamp_enters_no_cell(tmp_path: Path, stamp: Callable[[Canvas], None]) -> None:
    page = read(tmp_path / "a.pdf", stamp)
    assert cells(page) == [HEAD, *ROWS]
    assert page.stamps


def red_figure(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 0, 0)
    canvas.setFont("Helvetica", 9)
    canvas.drawRightString(LEFT + WIDE - 40, TOP - 2 * HIGH + 7, "7")


def test_a_figure_in_colour_is_no_stamp(tmp_path: Path) -> None:
    page = read(tmp_path / "a.pdf", red_figure)
    assert cells(page)[1][0].startswith("7")
    assert page.stamps == ()


@pytest.mark.parametrize("angle", [90, -90, 180])
def test_a_turned_header_is_read_in_its_direction(tmp_path: Path, angle: int) -> None:
    def turned(canvas: Canvas) -> None:
        middle = LEFT + 2.5 * WIDE, TOP - HIGH / 2
        canvas.translate(*middle)
        canvas.rotate(angle)
        canvas.setFont("Helvetica", 6)
        canvas.drawCentredString(0, 1, "ba")
        canvas.drawCentredString(0, -6, "sic")

    page = read(tmp_path / "a.pdf", turned, ["code", "total", ""])
    assert cells(page)[0][2].replace(" ", "") == "basic"
    assert page.stamps == ()


def test_oblique_type_is_not_turned(tmp_path: Path) -> None:
    def oblique(canvas: Canvas) -> None:
        text = canvas.beginText()
        text.setFont("Helvetica", 9)
        text.setTextTransform(1, 0, 0.33, 1, 60, 200)
        text.textOut("12.50")
        canvas.drawText(text)

    page = read(tmp_path / "a.pdf", oblique)
    assert read_lines(page.chars)[-1].text == "12.50"
