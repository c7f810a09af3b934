"""Files whose pages are only a cover, and files that are locked, say so."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from budgetkit.errors import UnreadableDocument
from budgetkit.extraction.document import read_file
from budgetkit.extraction.pdf.opening import catalog_keys
from budgetkit.extraction.pdf.pages import Pdf

LOCKED = b"""%PDF-1.7
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Count 1 /Kids [3 0 R]>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99]>> endobj
4 0 obj <</Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Length 128>> endobj
trailer <</Root 1 0 R /Encrypt 4 0 R /ID [<00><00>] /Size 5>>
%%EOF
"""


@pytest.fixture
def cover(tmp_path: Path) -> Path:
    path = tmp_path / "cover.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(50, 700, "Please wait")
    canvas.save()
    return path


def problem(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as raised:
        read_file(path)
    return str(raised.value)


def test_a_portfolio_names_the_files_inside(cover: Path) -> None:
    with pikepdf.open(cover, allow_overwriting_input=True) as pdf:
        pdf.attachments["budget.pdf"] = b"%PDF-1.7"
        pdf.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)
        pdf.save(cover)

    assert "is a portfolio" in problem(cover)
    assert "budget.pdf" in problem(cover)


def test_a_file_with_an_attachment_is_no_portfolio(cover: Path) -> None:
    with pikepdf.open(cover, allow_overwriting_input=True) as pdf:
        pdf.attachments["budget.pdf"] = b"%PDF-1.7"
        pdf.save(cover)

    with Pdf(cover) as opened:
        assert opened.container() is None


def test_an_xfa_form_says_what_it_is(cover: Path) -> None:
    with pikepdf.open(cover, allow_overwriting_input=True) as pdf:
        packet = pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=packet)
        pdf.save(cover)

    assert "is an XFA form" in problem(cover)


def test_a_file_that_a_certificate_locks_is_not_damaged(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(LOCKED)

    assert "encrypted for certain readers" in problem(path)


def test_a_library_says_nothing_of_a_damaged_file(
    cover: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Its terms, and the bytes that it quotes, would reach the user's terminal."""
    cover.write_bytes(cover.read_bytes().replace(b"/Catalog", b"/DCatalog"))
    catalog_keys(cover)
    assert caplog.records == []
