"""Findings as highlights: opened again, they stand on their figures."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

import budgetkit as bk
from budgetkit.checks.audit.annotate import Mark, annotate, mark_pdf
from budgetkit.errors import UsageError
from budgetkit.geometry import Box


def contents(annotation: Any) -> str:
    length = pdfium_c.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium_c.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, length)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def highlights(page: pdfium.PdfPage) -> list[tuple[str, tuple[float, ...]]]:
    """Words and quad (user space: left, bottom, right, top) of each highlight."""
    found = []
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        if pdfium_c.FPDFAnnot_GetSubtype(annotation) == pdfium_c.FPDF_ANNOT_HIGHLIGHT:
            quad = pdfium_c.FS_QUADPOINTSF()
            pdfium_c.FPDFAnnot_GetAttachmentPoints(annotation, 0, quad)
            xs, ys = (quad.x1, quad.x4), (quad.y1, quad.y4)
            found.append((contents(annotation), (min(xs), min(ys), max(xs), max(ys))))
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return found


def test_a_highlight_stands_on_the_printed_figure(
    sample_dataset: Path, corpus: Path, tmp_path: Path
) -> None:
    """Also on turned pages (yunting-mzj-2024), the text under it is the figure."""
    facts = bk.read_dataset(sample_dataset).facts
    own = facts[(facts["document"] == "yunting-mzj-2024") & (facts["table"] == "revenue")]
    marks = [
        Mark(row.page, Box(row.x0, row.top, row.x1, row.bottom), "fail", row.printed)
        for row in own.head(20).itertuples()
    ]
    mark_pdf(corpus / "yunting-mzj-2024.pdf", marks, tmp_path / "marked.pdf")
    document = pdfium.PdfDocument(tmp_path / "marked.pdf")
    seen = []
    for page in document:
        text = page.get_textpage()
        for words, (left, bottom, right, top) in highlights(page):
            under = text.get_text_bounded(left, bottom, right, top)
            assert "".join(under.split()) == words
            seen.append(words)
    assert sorted(seen) == sorted(mark.text for mark in marks)
    assert {page.get_rotation() for page in document} == {0, 90}


def test_a_copy_carries_its_findings_and_a_note_each(sample_dataset: Path, tmp_path: Path) -> None:
    dataset = bk.read_dataset(sample_dataset)
    row = {"status": "fail", "check": "three-public-total", "document": "changji-kjj-2025"}
    fact = dataset.facts[dataset.facts["document"] == "changji-kjj-2025"].iloc[0]
    row |= {"message_zh": "不一致", "message_en": "do not agree", "fact_id": fact["fact_id"]}
    row |= {edge: fact[edge] for edge in ("page", *Box._fields)}
    row |= {f"other_{edge}": None for edge in ("page", "document", *Box._fields)}
    (path,) = annotate(dataset, [row, row, row | {"status": "pass"}], tmp_path / "out")
    page = pdfium.PdfDocument(path)[int(fact["page"]) - 1]
    ((words, _),) = highlights(page)
    assert words == "[three-public-total] 不一致"
    assert pdfium_c.FPDFPage_GetAnnotCount(page.raw) == 2
    with pytest.raises(UsageError, match="overwritten"):
        annotate(dataset, [row], dataset.pdf_of("changji-kjj-2025").parent)
