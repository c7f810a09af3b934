"""Figures that are drawn as shapes are read where both readings agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.ocr.drawn import read_drawn
from budgetkit.extraction.pdf.pages import FROM_TEXT, Page, Pdf
from budgetkit.geometry import Box
from tests.helpers.pictures import FakeReader

#: Twelve shapes in two words of one line.
MARKS = tuple(
    Box(left + 6 * i, 100, left + 6 * i + 5, 108) for left in (100, 200) for i in range(6)
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    out = tmp_path / "drawn.pdf"
    canvas = Canvas(str(out), pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 700, "12")
    for x0, top, x1, bottom in MARKS:
        canvas.rect(x0, 842 - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
    canvas.save()
    return out


def read(file: Path, reader: FakeReader, marks: tuple[Box, ...] = MARKS) -> Page:
    with Pdf(file) as pdf:
        return read_drawn(pdf, replace(pdf.page(1), marks=marks), reader)


def test_words_of_shapes_become_characters(file: Path) -> None:
    reader = FakeReader(lambda _: "1234.56")
    page = read(file, reader)
    assert reader.asked == 4
    assert "".join(char.text for char in page.chars) == "12" + 2 * "1234.56"
    assert page.confidences == (FROM_TEXT, FROM_TEXT, *(0.99,) * 14)
    drawn = page.chars[2:9]
    assert all(90 < char.x0 < char.x1 < 140 for char in drawn)
    assert all(98 < char.top < char.bottom < 110 for char in drawn)


def test_readings_that_lose_a_shape_or_differ_are_none(file: Path) -> None:
    assert len(read(file, FakeReader(lambda _: "1.5")).chars) == 2
    answers = iter(["123456", "123456", "123450", "123450"])
    assert len(read(file, FakeReader(lambda _: next(answers))).chars) == 2


def test_a_few_shapes_are_no_text(file: Path) -> None:
    reader = FakeReader(lambda _: "1")
    read(file, reader, MARKS[:6])
    assert reader.asked == 0


def test_shapes_behind_characters_are_no_text(file: Path) -> None:
    reader = FakeReader(lambda _: "1")
    with Pdf(file) as pdf:
        char = next(char for char in pdf.page(1).chars if char.text == "1")
    read(file, reader, (Box(*char[1:5]),) * 12)
    assert reader.asked == 0
