"""Glyphs without a name are named by their picture, where it agrees with the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.ocr.unnamed import name_unknown
from budgetkit.extraction.pdf.glyph_names import UNKNOWN
from budgetkit.extraction.pdf.pages import FROM_TEXT, Page, Pdf
from tests.helpers.pictures import FakeReader


@pytest.fixture
def file(tmp_path: Path) -> Path:
    out = tmp_path / "figures.pdf"
    canvas = Canvas(str(out), pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(100, 700, "180.00")
    canvas.drawString(200, 700, "35.10")
    canvas.save()
    return out


def forget(page: Page, *places: int) -> Page:
    """The page with some characters that have no name."""
    inked = [char for char in page.chars if char.text != " "]
    chars = [c._replace(text=UNKNOWN) if i in places else c for i, c in enumerate(inked)]
    return replace(page, chars=tuple(chars))


def named(file: Path, reader: FakeReader, *places: int) -> Page:
    with Pdf(file) as pdf:
        return name_unknown(pdf, forget(pdf.page(1), *places), reader)


def words(page: Page) -> str:
    return "".join(char.text for char in page.chars)


def test_a_page_whose_characters_all_have_names_is_not_read(file: Path) -> None:
    reader = FakeReader(lambda _: "1")
    page = named(file, reader)
    assert reader.asked == 0
    assert page.confidences == ()


def test_two_readings_that_agree_name_a_glyph(file: Path) -> None:
    page = named(file, FakeReader(lambda _: "180.00"), 1, 4)
    assert words(page) == "180.0035.10"
    assert page.confidences[:6] == (FROM_TEXT, 0.99, FROM_TEXT, FROM_TEXT, 0.99, FROM_TEXT)
    assert set(page.confidences[6:]) == {FROM_TEXT}


@pytest.mark.parametrize("reading", ["1800.00", "280.00", "80.00", ""])
def test_a_reading_that_disagrees_with_what_has_a_name_names_nothing(
    file: Path, reading: str
) -> None:
    assert words(named(file, FakeReader(lambda _: reading), 1)) == f"1{UNKNOWN}0.0035.10"


def test_two_readings_that_differ_name_nothing(file: Path) -> None:
    answers = iter(["180.00", "130.00"])
    page = named(file, FakeReader(lambda _: next(answers)), 1)
    assert UNKNOWN in words(page)
