"""Copies of a PDF with one page that nobody can read: a picture, or text drawn as shapes."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from budgetkit.extraction.pdf.pages import Page, Pdf

#: Pixels a point of a scan.
SCALE = 1.2


def scanned(path: Path, number: int, out: Path) -> Path:
    """A copy with one page replaced by its picture."""
    with Pdf(path) as pdf:
        picture = pdf.picture(number, SCALE).convert("L")
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=60)
    with pikepdf.open(path) as document:
        page = document.pages[number - 1]
        image = document.make_stream(
            data.getvalue(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        width, height = (float(edge) for edge in page.mediabox[2:])
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        drawn = f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q"
        page.Contents = document.make_stream(drawn.encode())
        document.save(out)
    return out


def outlined(path: Path, number: int, out: Path) -> Path:
    """A copy with the characters of one page drawn as shapes of their size."""
    with Pdf(path) as pdf:
        drawn = _shapes(pdf.page(number))
    with pikepdf.open(path) as document:
        page = document.pages[number - 1]
        page.Resources = pikepdf.Dictionary()
        page.Contents = document.make_stream(drawn.encode())
        document.save(out)
    return out


def _shapes(page: Page) -> str:
    up = page.height
    rules = (f"{r.x0} {up - r.top} m {r.x1} {up - r.bottom} l S" for r in page.rules)
    chars = (
        f"{c.x0} {up - c.bottom} m {c.x1} {up - c.bottom} l {c.x1} {up - c.top - 1} l "
        f"{c.x1 - 0.5} {up - c.top} l {c.x0 + 0.5} {up - c.top} l {c.x0} {up - c.top - 1} l h f"
        for c in page.chars
        if c.text != " "
    )
    return "\n".join((*rules, *chars))
