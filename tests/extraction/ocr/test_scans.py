"""A page that is a picture is read like any other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.document import read_file
from budgetkit.extraction.ocr.scans import read_scan, recognised
from budgetkit.extraction.ocr.straighten import straight, take_rules, tilt_of
from budgetkit.extraction.ocr.written import Ink, PixelBox, chars_of
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.tables.table_content import Fact, TableContent
from budgetkit.geometry import Box
from budgetkit.render.fonts import font_path
from tests.helpers.pictures import FakeReader, needs_recogniser, seen

WIDTH, HEIGHT = 595.0, 842.0
ROWS = [
    ["项目", "合计", "基本支出", "项目支出"],
    ["合计", "1,234.56", "900.00", "334.56"],
    ["201 一般公共服务支出", "1,000.06", "789.50", "210.56"],
    ["208 社会保障和就业支出", "234.50", "110.50", "124.00"],
]


def draw_table(file: Path) -> Path:
    """A page with a table, in text."""
    pdfmetrics.registerFont(TTFont("noto", str(font_path())))
    canvas = Canvas(str(file), pagesize=(WIDTH, HEIGHT))
    canvas.setFont("noto", 16)
    canvas.drawString(230, 760, "部门支出总体情况表")
    canvas.setFont("noto", 10)
    canvas.drawString(60, 735, "编制部门：云亭县档案局")
    canvas.drawString(480, 735, "单位：万元")
    edges = [50, 230, 330, 430, 540]
    for i, row in enumerate(ROWS):
        for j, text in enumerate(row):
            if j and i:
                canvas.drawRightString(edges[j + 1] - 5, 712 - 22 * i, text)
            else:
                canvas.drawString(edges[j] + 5, 712 - 22 * i, text)
    for i in range(len(ROWS) + 1):
        canvas.line(edges[0], 727 - 22 * i, edges[-1], 727 - 22 * i)
    for x in edges:
        canvas.line(x, 727, x, 727 - 22 * len(ROWS))
    canvas.save()
    return file


def scan(file: Path, degrees: float = 0.0) -> Path:
    """The same page as a picture, laid on the glass askew."""
    with Pdf(file) as pdf:
        picture = pdf.picture(1, 200 / 72)
    turned = picture.rotate(degrees, fillcolor="white", expand=abs(degrees) > 45)
    turned.save(file.with_suffix(".png"))
    out = file.with_name("scan.pdf")
    width, height = (HEIGHT, WIDTH) if abs(degrees) == 90 else (WIDTH, HEIGHT)
    canvas = Canvas(str(out), pagesize=(width, height))
    canvas.drawImage(str(file.with_suffix(".png")), 0, 0, width, height)
    canvas.save()
    return out


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    return draw_table(tmp_path / "text.pdf")


def grey(file: Path) -> np.ndarray:
    with Pdf(file) as pdf:
        return np.asarray(pdf.grey(1, 200 / 72))


@pytest.mark.parametrize("degrees", [-2.4, 0.0, 0.7])
def test_a_page_askew_is_set_straight(text_file: Path, degrees: float) -> None:
    scale = 200 / 72
    picture = grey(scan(text_file, degrees))
    tilt = tilt_of(picture, scale)
    assert tilt == pytest.approx(-degrees, abs=0.06)
    rules, cleared = take_rules(straight(picture, tilt), scale)
    flat = sorted(round(rule.top / scale) for rule in rules if rule.top == rule.bottom)
    upright = [rule for rule in rules if rule.x0 == rule.x1]
    assert len(flat) == 5
    assert np.diff(flat) == pytest.approx([22] * 4, abs=1)
    assert len(upright) == 5
    assert (cleared < 128).sum() < (picture < 128).sum()


def test_lines_of_a_cell_are_cut_and_specks_start_none() -> None:
    picture = np.full((100, 120), 255, dtype=np.uint8)
    picture[20:40, 30:60] = 0
    picture[60:80, 30:90] = 0
    picture[5:7, 100:102] = 0
    lines = list(Ink(picture, 2.8).lines(PixelBox(0, 0, 120, 100)))
    assert lines == [(30, 20, 60, 40), (30, 60, 90, 80)]


def test_an_empty_cell_has_no_line() -> None:
    picture = np.full((40, 60), 255, dtype=np.uint8)
    assert list(Ink(picture, 2.8).lines(PixelBox(0, 0, 60, 40))) == []


def test_characters_stand_within_the_ink_in_their_order() -> None:
    ink = PixelBox(100, 50, 200, 75)
    found = chars_of(seen("0.00"), PixelBox(96, 46, 204, 79), ink, 2.5)
    assert "".join(char.text for char in found) == "0.00"
    assert all(40 <= char.x0 < char.x1 <= 80 for char in found)
    assert [char.x0 for char in found] == sorted(char.x0 for char in found)
    assert {(char.top, char.bottom) for char in found} == {(20, 30)}


def page_of(chars: Sequence[Char], images: int, confidences: Sequence[float] = ()) -> Page:
    blank = Page(1, WIDTH, HEIGHT, tuple(chars), (), 0, images)
    return replace(blank, confidences=tuple(confidences))


@pytest.mark.parametrize(("before", "certainty"), [("read", "recognised"), ("doubtful",) * 2])
def test_facts_of_a_scan_say_how_sure_they_are(before: str, certainty: str) -> None:
    chars = [Char(c, 10 * i, 10, 10 * i + 8, 20, 20) for i, c in enumerate("3.50")]
    page = page_of(chars, 1, [0.99, 0.99, 0.4, 0.99])
    fact = Fact("summary", "", "", "", None, "", "amount", Decimal("3.50"), "3.50", "万元", 1,
                Box(0, 10, 38, 20), before, 0, 0)  # fmt: skip
    (found,) = recognised([page], [TableContent([fact], [], [])])
    assert found.facts == [replace(fact, certainty=certainty, seen="3.50", confidence=0.4)]


def test_facts_of_a_text_layer_stay_as_they_are() -> None:
    contents = [TableContent([], [], [])]
    assert recognised([page_of([], 0)], contents) == contents


@pytest.mark.slow
@needs_recogniser
@pytest.mark.parametrize("degrees", [0.0, 1.3, 90.0, 180.0])
def test_a_scan_gives_the_figures_of_its_text(
    text_file: Path, degrees: float, drawn: Callable[[Path], list[tuple[str, ...]]]
) -> None:
    (reading,) = read_file(scan(text_file, degrees))
    facts = reading.rows["facts"]
    assert [(row["code"], row["measure"], row["printed"]) for row in facts] == drawn(text_file)
    assert {row["certainty"] for row in facts} == {"recognised"}
    assert all(row["confirmed_by"] for row in facts)
    assert reading.document["department"] == "云亭县档案局"


@pytest.fixture
def drawn() -> Callable[[Path], list[tuple[str, ...]]]:
    def read(file: Path) -> list[tuple[str, ...]]:
        (reading,) = read_file(file)
        return [(r["code"], r["measure"], r["printed"]) for r in reading.rows["facts"]]

    return read


@pytest.mark.slow
@needs_recogniser
def test_a_figure_of_a_scan_is_found_on_the_page_as_shown(text_file: Path) -> None:
    (reading,) = read_file(scan(text_file, 1.3))
    (fact,) = [row for row in reading.rows["facts"] if row["printed"] == "124.00"]
    (straight_up,) = [
        row for row in read_file(text_file)[0].rows["facts"] if row["printed"] == "124.00"
    ]
    # Turned by 1.3 degrees counterclockwise around the middle of the page.
    angle = np.radians(-1.3)
    x = (straight_up["x0"] + straight_up["x1"]) / 2 - WIDTH / 2
    y = (straight_up["top"] + straight_up["bottom"]) / 2 - HEIGHT / 2
    there = (x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle))
    here = ((fact["x0"] + fact["x1"] - WIDTH) / 2, (fact["top"] + fact["bottom"] - HEIGHT) / 2)
    assert here == pytest.approx(there, abs=2.0)


@pytest.mark.slow
@needs_recogniser
def test_a_page_that_was_read_is_no_picture_any_more(text_file: Path) -> None:
    with Pdf(scan(text_file)) as pdf:
        page = pdf.page(1)
        found = read_scan(pdf, page, FakeReader(lambda _: "12"))
    assert page.pictures
    assert found.pictures == ()
    assert found.chars
    assert len(found.confidences) == len(found.chars)
