"""Tables that are pictures on a page with text, and pictures that are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.ocr.page_pictures import is_picture, pictured_tables
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.unread_pages import name_pages, unread_pictures
from budgetkit.geometry import Box
from budgetkit.render.fonts import font_path
from tests.helpers.drawn import text

WIDTH, HEIGHT = 600, 240
Paint = Callable[[ImageDraw.ImageDraw], None]


def table(draw: ImageDraw.ImageDraw) -> None:
    for y in range(10, 231, 44):
        draw.line((10, y, 590, y), fill=0, width=2)
    for x in (10, 250, 420, 590):
        draw.line((x, 10, x, 230), fill=0, width=2)


def open_table(draw: ImageDraw.ImageDraw) -> None:
    for y in (10, 60, 230):
        draw.line((10, y, 590, y), fill=0, width=2)


def chart(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((2, 2, 597, 237), outline=0, width=2)
    draw.rectangle((60, 20, 570, 210), outline=0, width=2)
    for y in range(40, 210, 30):
        draw.line((60, y, 570, y), fill=0)
    for i, high in enumerate((60, 140, 90)):
        draw.rectangle((110 + 150 * i, 210 - high, 170 + 150 * i, 210), fill=90)


def seal(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((200, 20, 400, 220), outline=80, width=8)


def found_on(path: Path, picture: Image.Image, *, above: str = "", over: str = "") -> list[Box]:
    pdfmetrics.registerFont(TTFont("noto", str(font_path())))
    canvas = Canvas(str(path), pagesize=(500, 700))
    canvas.setFont("noto", 10)
    for i in range(8):
        canvas.drawString(50, 100 + 20 * i, "some prose of the page")
    canvas.drawImage(ImageReader(picture), 100, 400, 300, 120)
    canvas.drawString(300, 530, above)
    for i in range(4):
        canvas.drawString(120, 410 + 22 * i, over)
    canvas.save()
    with Pdf(path) as pdf:
        return pictured_tables(pdf, pdf.page(1))


def painted(paint: Paint, turn: float = 0) -> Image.Image:
    picture = Image.new("L", (WIDTH, HEIGHT), 255)
    paint(ImageDraw.Draw(picture))
    return picture.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("turn", [0, 0.7], ids=["straight", "askew"])
def test_a_picture_with_the_rules_of_a_table_is_one(turn: float, tmp_path: Path) -> None:
    (box,) = found_on(tmp_path / "a.pdf", painted(table, turn))
    assert tuple(map(round, box)) == (100, 180, 400, 300)
    page = Page(7, 500, 700, (), (), 0, 1)
    (problem,) = name_pages(unread_pictures(page, [box]))
    assert problem.startswith("page 7 was not read: its table is a picture")


def test_a_picture_below_a_unit_is_a_table(tmp_path: Path) -> None:
    picture = painted(open_table)
    assert not found_on(tmp_path / "a.pdf", picture, above="某局")
    assert found_on(tmp_path / "b.pdf", picture, above="单位：万元")


@pytest.mark.parametrize("paint", [chart, seal])
def test_charts_and_seals_are_no_tables(paint: Paint, tmp_path: Path) -> None:
    assert found_on(tmp_path / "a.pdf", painted(paint)) == []


def test_photos_and_grids_behind_text_are_no_tables(tmp_path: Path) -> None:
    photo = Image.effect_noise((WIDTH, HEIGHT), 90).filter(ImageFilter.GaussianBlur(3))
    assert found_on(tmp_path / "a.pdf", photo) == []
    assert found_on(tmp_path / "b.pdf", painted(table), over="150.00 100.00") == []


def test_a_page_is_a_picture_where_nothing_is_seen_on_it_but_in_its_margins() -> None:
    whole = (Box(0, 0, 600, 800),)
    number, word = text("7", 290, 790), text("12345", 290, 400)
    page = Page(1, 600, 800, tuple(number), (), 0, 1, pictures=whole)
    assert is_picture(page)
    layer = Page(1, 600, 800, tuple(word), (), 0, 1, unsure=frozenset(word), pictures=whole)
    assert is_picture(layer)
    assert not is_picture(Page(1, 600, 800, tuple(word), (), 0, 1, pictures=whole))
    assert not is_picture(Page(1, 600, 800, (), (), 0, 1, pictures=(Box(0, 0, 90, 90),)))
    assert not is_picture(Page(1, 600, 800, (), (), 0, 0))
