"""A glyph without a name keeps its place; one that has a name in another form gets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.pdf.characters import UNKNOWN
from budgetkit.extraction.pdf.glyph_names import of_ink
from budgetkit.extraction.pdf.lines import read_lines
from budgetkit.extraction.pdf.pages import Pdf
from tests.helpers.fonts import rename_glyphs


def lines(path: Path) -> list[str]:
    with Pdf(path) as pdf:
        return [line.text for line in read_lines(pdf.page(1).chars)]


def drawn(path: Path, draw: Callable[[Canvas], None]) -> Path:
    canvas = Canvas(str(path), pagesize=(400, 600))
    draw(canvas)
    canvas.save()
    return path


@pytest.fixture
def two_lines(tmp_path: Path) -> Path:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 500, "-12,345.60")
        canvas.drawString(100, 400, "after")

    return drawn(tmp_path / "a.pdf", draw)


@pytest.mark.parametrize("name", ["0000", "0004", "000D", "F02C", "FFFD", "E011", "200B", "D842"])
@pytest.mark.parametrize("char", ["-", ",", ".", "3", "0"])
def test_a_sign_or_digit_without_a_name_stays_in_its_place(
    two_lines: Path, char: str, name: str
) -> None:
    path = rename_glyphs(two_lines, {char: name})
    assert lines(path) == ["-12,345.60".replace(char, UNKNOWN), "after"]


def test_all_glyphs_of_a_figure_without_a_name(two_lines: Path) -> None:
    path = rename_glyphs(two_lines, dict.fromkeys("-,.0123456", "0000"))
    assert lines(path) == [UNKNOWN * 10, "after"]


@pytest.mark.parametrize("text", ["150.00-", "-150.00"])
def test_a_soft_hyphen_that_is_painted_is_a_minus(tmp_path: Path, text: str) -> None:
    path = drawn(tmp_path / "a.pdf", lambda c: c.drawString(100, 500, text))
    assert lines(rename_glyphs(path, {"-": "00AD"})) == [text]


def test_a_minus_behind_a_figure_at_the_end_of_a_line_stays(two_lines: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 500, "150.00-")
        canvas.drawString(100, 480, "28")

    assert lines(drawn(two_lines, draw)) == ["150.00-", "28"]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_the_characters_of_a_ligature_stand_side_by_side(tmp_path: Path, angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(200, 300)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "1A.B5")

    path = rename_glyphs(drawn(tmp_path / "a.pdf", draw), {"A": "00300030", "B": "003200330034"})
    assert lines(path) == ["100.2345"]


def test_an_ideograph_of_two_codes_is_one_character(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", lambda c: c.drawString(100, 500, "A5"))
    assert lines(rename_glyphs(path, {"A": "D842DFB7"})) == ["\U00020bb7" + "5"]


def test_a_glyph_without_ink_is_no_character() -> None:
    assert of_ink(0x04, 0, 0) is None
    assert of_ink(0x09, 10, 0) is None
