"""What pdfium gives of a page: text where it stands, whichever way the page is turned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from budgetkit.errors import UnreadableDocument
from budgetkit.extraction.pdf.glyph_names import UNKNOWN, normal_char
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.geometry import Box

WIDTH, HEIGHT = 400, 600


def drawn(path: Path, draw: Callable[[Canvas], None]) -> Path:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    draw(canvas)
    canvas.save()
    return path


def first_page(path: Path) -> Page:
    with Pdf(path) as pdf:
        return pdf.page(1)


def written(page: Page) -> str:
    return "".join(char.text for char in page.chars).strip()


def test_a_character_stands_where_it_is_printed(tmp_path: Path) -> None:
    page = first_page(drawn(tmp_path / "a.pdf", lambda c: c.drawString(100, 500, "12.50")))
    assert written(page) == "12.50"
    assert [round(char.baseline) for char in page.chars] == [100] * 5
    assert 99 <= page.chars[0].x0 <= 103
    assert [char.x0 for char in page.chars] == sorted(char.x0 for char in page.chars)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_upright_and_its_boxes_are_as_shown(
    tmp_path: Path, turn: int
) -> None:
    path = drawn(tmp_path / "a.pdf", lambda c: c.drawString(100, 500, "12.50"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(path)
    page = first_page(path)
    assert written(page) == "12.50"
    assert len({round(char.baseline) for char in page.chars}) == 1
    shown = [page.as_shown(Box(*char[1:5])) for char in page.chars]
    # On the page as drawn the word runs to the right at 100, 100 from the top left.
    corners = {
        90: (HEIGHT - 100, 100),
        180: (WIDTH - 100, HEIGHT - 100),
        270: (100, WIDTH - 100),
    }
    x, y = corners[turn]
    assert abs(shown[0].x0 - x) < 12
    assert abs(shown[0].top - y) < 12


def test_bold_struck_twice_is_read_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 500, "1155")
        canvas.drawString(100.4, 500, "1155")

    assert written(first_page(drawn(tmp_path / "a.pdf", draw))) == "1155"


def test_what_stands_off_the_page_is_kept_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 500, "12")
        canvas.drawString(WIDTH + 50, 500, "34")

    page = first_page(drawn(tmp_path / "a.pdf", draw))
    assert written(page) == "12"
    assert "".join(char.text for char in page.outside) == "34"


def test_the_glyphs_are_read_not_the_text_given_for_them(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for i, given in enumerate(("(9.99)", "<FEFF4E00>", "()")):
            canvas.drawString(100, 500 - 30 * i, "12.50")
            canvas._code[-1] = f"/Span <</ActualText {given}>> BDC {canvas._code[-1]} EMC"

    # An ideograph may be given: fonts confuse variants of one.
    assert written(first_page(drawn(tmp_path / "a.pdf", draw))) == "12.50一12.50"


def test_a_form_value_without_an_appearance_is_on_the_page(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", lambda c: c.drawString(100, 500, "12.50"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("total"),
                V=pikepdf.String("34.75"),
                Rect=pikepdf.Array([100, 400, 200, 420]),
                DA=pikepdf.String("/Helv 9 Tf 0 g"),
            )
        )
        pdf.pages[0].Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), NeedAppearances=True)
        pdf.save(path)
    assert "34.75" in written(first_page(path))


def test_a_space_that_paints_something_is_unknown(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Courier", 12)
        canvas.drawString(100, 500, "12.5 0")

    path = drawn(tmp_path / "a.pdf", draw)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        (font,) = (f for f in pdf.pages[0].Resources.Font.values() if f.BaseFont == "/Courier")
        rows = "\n".join(f"<{i:02x}> <{32 if i == 46 else i:04x}>" for i in range(32, 58))
        font.ToUnicode = pdf.make_stream(
            f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 26 beginbfchar\n{rows}\n"
            "endbfchar endcmap".encode()
        )
        pdf.save(path)
    assert written(first_page(path)) == f"12{UNKNOWN}5 0"


def test_rules_are_lines_and_thin_shapes(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(50, 400, 350, 400)
        canvas.rect(50, 300, 300, 0.7, stroke=0, fill=1)

    rules = first_page(drawn(tmp_path / "a.pdf", draw)).rules
    tops = sorted({round(rule[1]) for rule in rules})
    assert any(abs(top - 200) <= 1 for top in tops)
    assert any(abs(top - 300) <= 1 for top in tops)


def test_radicals_are_the_ideographs_they_stand_for() -> None:
    assert [normal_char(char) for char in "⾏⼀⽀（１"] == ["行", "一", "支", "（", "１"]


@pytest.mark.parametrize(
    ("data", "says"), [(b"", "empty"), (b"PK\x03\x04", "not a PDF"), (b"%PDF-1.7\n", "damaged")]
)
def test_what_is_no_document_is_said(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=f"a.pdf: .*{says}"):
        Pdf(path)
    with pytest.raises(UnreadableDocument, match="can't be opened"):
        Pdf(tmp_path / "gone.pdf")
