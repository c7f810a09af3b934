"""What is painted is read, and what nobody sees is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.pdf.pages import Page, Pdf

Draw = Callable[[Canvas], None]
SIZE = (400.0, 300.0)
FIGURE = "180.00"


def page_of(path: Path, draw: Draw, *, rotate: int = 0) -> Page:
    canvas = Canvas(str(path), pagesize=SIZE)
    canvas.drawString(20, 20, "plain text")
    draw(canvas)
    canvas.setPageRotation(rotate)
    canvas.save()
    with Pdf(path) as pdf:
        return pdf.page(1)


def read(page: Page) -> str:
    return "".join(c.text for c in page.chars if c.text != " ").removeprefix("plaintext")


def unsure(page: Page) -> str:
    return "".join(char.text for char in page.chars if char in page.unsure)


def at(canvas: Canvas, text: str = FIGURE, x: float = 100, y: float = 150) -> None:
    canvas.drawString(x, y, text)


def text_mode(mode: int) -> Draw:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(100, 150)
        text.setTextRenderMode(mode)
        text.textOut(FIGURE)
        canvas.drawText(text)

    return draw


def ink(grey: float, ground: float | None = None) -> Draw:
    def draw(canvas: Canvas) -> None:
        if ground is not None:
            canvas.setFillGray(ground)
            canvas.rect(80, 130, 120, 50, stroke=0, fill=1)
        canvas.setFillGray(grey)
        at(canvas)

    return draw


def box_over(grey: float, alpha: float = 1, x: float = 80, width: float = 120) -> Draw:
    def draw(canvas: Canvas) -> None:
        at(canvas)
        canvas.setFillGray(grey, alpha)
        canvas.rect(x, 130, width, 50, stroke=0, fill=1)

    return draw


def clip(x: float, width: float, y: float = 140, height: float = 40) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(x, y, width, height)
        canvas.clipPath(path, stroke=0, fill=0)
        at(canvas)
        canvas.restoreState()

    return draw


def clip_with_a_hole(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(50, 100, 200, 20)
    path.rect(50, 200, 200, 20)
    canvas.clipPath(path, stroke=0, fill=0)
    at(canvas)
    canvas.restoreState()


def typed(size: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        at(canvas)

    return draw


def opacity(alpha: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillAlpha(alpha)
        at(canvas)

    return draw


def squeezed(canvas: Canvas) -> None:
    text = canvas.beginText(100, 150)
    text.setHorizScale(1)
    text.textOut(FIGURE)
    canvas.drawText(text)


def in_a_clipped_form(canvas: Canvas) -> None:
    canvas.beginForm("part", 0, 0, 60, 60)
    canvas.drawString(5, 10, FIGURE)
    canvas.drawString(5, 80, "77.00")
    canvas.endForm()
    canvas.translate(100, 150)
    canvas.doForm("part")


def picture(canvas: Canvas, grey: int, digits: str = "") -> None:
    image = Image.new("L", (240, 100), grey)
    if digits:
        image.paste(0, (60, 40, 120, 60))
    canvas.drawImage(ImageReader(image), 80, 130, 120, 50)


def stroke_over(grey: float, width: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        at(canvas)
        canvas.setStrokeGray(grey)
        canvas.setLineWidth(width)
        canvas.line(95, 154, 145, 154)

    return draw


def over_by_picture(canvas: Canvas) -> None:
    at(canvas)
    picture(canvas, 255)


@pytest.mark.parametrize(
    "draw",
    [
        text_mode(3),
        text_mode(7),
        ink(1),
        ink(0.97),
        ink(0, ground=0),
        ink(0.5, ground=0.5),
        box_over(1),
        box_over(0),
        stroke_over(1, 16),
        stroke_over(0, 16),
        over_by_picture,
        clip(300, 20),
        clip(80, 120, y=10, height=20),
        clip_with_a_hole,
        typed(0.5),
        squeezed,
        opacity(0),
    ],
)
def test_a_figure_that_nobody_sees_is_not_read(draw: Draw, tmp_path: Path) -> None:
    assert read(page_of(tmp_path / "a.pdf", draw)) == ""


@pytest.mark.parametrize(
    "draw",
    [
        at,
        text_mode(1),
        text_mode(2),
        ink(1, ground=0.2),
        ink(0.6),
        ink(0, ground=0.6),
        box_over(0.9, alpha=0.4),
        box_over(1, x=150),
        clip(80, 120),
        typed(4),
        opacity(0.6),
    ],
)
@pytest.mark.parametrize("rotate", [0, 90, 180])
def test_a_figure_that_is_seen_is_read(draw: Draw, rotate: int, tmp_path: Path) -> None:
    page = page_of(tmp_path / "a.pdf", draw, rotate=rotate)

    assert read(page) == FIGURE
    assert not page.unsure


def test_a_hidden_figure_of_a_turned_page_is_not_read(tmp_path: Path) -> None:
    page = page_of(tmp_path / "a.pdf", box_over(1), rotate=90)

    assert read(page) == ""


@pytest.mark.parametrize(
    "draw",
    [clip(80, 37), clip(80, 120, y=140, height=14), box_over(1, x=117), ink(0.88), typed(2)],
)
def test_a_figure_is_unsure_where_a_part_of_it_is_hidden(draw: Draw, tmp_path: Path) -> None:
    page = page_of(tmp_path / "a.pdf", draw)

    assert read(page) == FIGURE
    assert unsure(page)


def test_a_figure_is_unsure_where_a_clip_hides_a_digit_of_its_own(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(106, 100, 200, 100)
        canvas.saveState()
        canvas.clipPath(path, stroke=0, fill=0)
        for i, digit in enumerate("57.00"):
            at(canvas, digit, x=99 + 6.7 * i)
        canvas.restoreState()

    page = page_of(tmp_path / "a.pdf", draw)

    assert read(page) == "7.00"
    assert unsure(page) == "7"


def test_a_correction_is_read_and_what_it_covers_is_not(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        box_over(1)(canvas)
        canvas.setFillGray(0)
        at(canvas, "100.00")

    assert read(page_of(tmp_path / "a.pdf", draw)) == "100.00"


def test_a_cover_over_one_figure_of_a_row_hides_that_figure(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        at(canvas, "180.00      75.00")
        canvas.setFillGray(1)
        canvas.rect(80, 130, 62, 50, stroke=0, fill=1)

    page = page_of(tmp_path / "a.pdf", draw)

    assert read(page) == "75.00"
    assert not page.unsure


def test_of_a_text_and_its_shadow_one_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.7)
        at(canvas, x=101.2, y=148.8)
        canvas.setFillGray(0)
        at(canvas)

    page = page_of(tmp_path / "a.pdf", draw)

    assert read(page) == FIGURE
    assert page.chars[-1].baseline == pytest.approx(150)


def test_of_a_text_and_its_shadow_on_a_dark_ground_one_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(80, 130, 120, 50, stroke=0, fill=1)
        at(canvas, x=101.2, y=148.8)
        canvas.setFillGray(1)
        at(canvas)

    assert read(page_of(tmp_path / "a.pdf", draw)) == FIGURE


@pytest.mark.parametrize("first", [0.6, 0.0])
def test_a_figure_printed_over_another_in_a_second_ink_is_unsure(
    first: float, tmp_path: Path
) -> None:
    def draw(canvas: Canvas) -> None:
        for grey, text in ((first, "180.00"), (0.6 - first, "100.00")):
            canvas.setFillGray(grey)
            at(canvas, text)
        canvas.setFillGray(0)
        at(canvas, "7.00", x=200)

    page = page_of(tmp_path / "a.pdf", draw)
    over = "180.00" if first == 0 else "100.00"
    assert read(page) == over + "7.00"
    assert unsure(page) == over


def test_a_text_over_its_white_halo_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        at(canvas)
        canvas.setFillGray(0)
        at(canvas)

    assert read(page_of(tmp_path / "a.pdf", draw)) == FIGURE


def test_what_a_form_cuts_off_is_not_read(tmp_path: Path) -> None:
    assert read(page_of(tmp_path / "a.pdf", in_a_clipped_form)) == FIGURE


@pytest.mark.parametrize("below", [True, False])
def test_a_layer_of_text_on_a_picture_of_text_is_unsure(below: bool, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        if below:
            at(canvas)
        picture(canvas, 255, digits="a block of ink in their place")
        if not below:
            text_mode(3)(canvas)

    page = page_of(tmp_path / "a.pdf", draw)

    assert read(page) == unsure(page) == FIGURE


def layered(path: Path, *, on: bool, wrap: str) -> Page:
    """A page with a figure in a layer: marked, or in a form, named itself or by a membership."""
    canvas = Canvas(str(path), pagesize=SIZE)
    canvas.drawString(20, 20, "plain text")
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        group = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("draft"))
        )
        layer = group
        if "member" in wrap:
            policy = pikepdf.Name.AllOff if "policy" in wrap else pikepdf.Name.AllOn
            groups = group if "policy" in wrap else [group]
            layer = pdf.make_indirect(
                pikepdf.Dictionary(Type=pikepdf.Name.OCMD, OCGs=groups, P=policy)
            )
        off = [] if on else [group]
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[group], D=pikepdf.Dictionary(OFF=off, Order=[group])
        )
        shown = f"BT /F1 12 Tf 100 150 Td ({FIGURE}) Tj ET".encode()
        if "form" in wrap:
            form = pdf.make_stream(shown)
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox = [0, 0, *map(int, SIZE)]
            form.Resources = pikepdf.Dictionary(Font=page.Resources.Font)
            form.OC = layer
            page.Resources.XObject = pikepdf.Dictionary(Part=form)
            content = b"/Part Do"
        else:
            page.Resources.Properties = pikepdf.Dictionary(MC0=layer)
            content = b"/OC /MC0 BDC " + shown + b" EMC"
        page.contents_add(content, prepend=False)
        pdf.save(path)
    with Pdf(path) as opened:
        return opened.page(1)


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("wrap", ["mark", "form", "member mark", "member form"])
def test_a_layer_is_read_where_it_is_on(on: bool, wrap: str, tmp_path: Path) -> None:
    page = layered(tmp_path / "a.pdf", on=on, wrap=wrap)

    assert read(page) == (FIGURE if on else "")
    assert not page.unsure


@pytest.mark.parametrize("on", [True, False])
def test_a_layer_is_unsure_whose_policy_may_turn_it_around(on: bool, tmp_path: Path) -> None:
    page = layered(tmp_path / "a.pdf", on=on, wrap="policy member mark")

    assert read(page) == unsure(page) == FIGURE
