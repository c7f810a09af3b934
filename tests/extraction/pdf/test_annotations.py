"""What annotations and form fields show is on the page."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.pdf.pages import Page, Pdf

HIDDEN, NO_VIEW, PRINT = 2, 32, 4
FIGURE = "180.00"


def annotated(path: Path, subtype: Name, flags: int) -> Page:
    canvas = Canvas(str(path), pagesize=(400, 300))
    canvas.drawString(20, 20, "plain")
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        shown = pdf.make_stream(f"BT /F1 12 Tf 2 5 Td ({FIGURE}) Tj ET".encode())
        shown.Type, shown.Subtype = Name.XObject, Name.Form
        shown.BBox, shown.Resources = [0, 0, 80, 20], Dictionary(Font=page.Resources.Font)
        look = Dictionary(N=shown)
        annotation = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=subtype, Rect=[100, 150, 180, 170], F=flags, AP=look
            )
        )
        page.Annots = pdf.make_indirect([annotation])
        if subtype == Name.Widget:
            annotation.FT, annotation.T, annotation.V = Name.Tx, "figure", FIGURE
            pdf.Root.AcroForm = Dictionary(Fields=[annotation])
        pdf.save(path)
    with Pdf(path) as opened:
        return opened.page(1)


def figure_of(page: Page) -> str:
    return "".join(char.text for char in page.chars if char.text != " ").removeprefix("plain")


@pytest.mark.parametrize("subtype", [Name.FreeText, Name.Stamp, Name.Widget])
def test_an_annotation_is_read_where_it_is_shown(subtype: Name, tmp_path: Path) -> None:
    page = annotated(tmp_path / "a.pdf", subtype, PRINT)

    assert figure_of(page) == FIGURE
    assert not page.unsure
    assert 100 < page.chars[-1].x0 < 180


@pytest.mark.parametrize("flags", [HIDDEN, NO_VIEW])
def test_an_annotation_that_no_viewer_shows_is_not_read(flags: int, tmp_path: Path) -> None:
    assert figure_of(annotated(tmp_path / "a.pdf", Name.FreeText, flags)) == ""
