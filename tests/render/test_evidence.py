"""Pictures of cells."""

from __future__ import annotations

import base64
import io
from collections.abc import Collection
from pathlib import Path

import pandas as pd
from PIL import Image

from budgetkit.errors import UsageError
from budgetkit.geometry import Box
from budgetkit.render.evidence import Evidence, crop, png_address
from budgetkit.render.highlight import OUTLINE
from budgetkit.storage.figures import Figure, Place

BOX = Box(100, 200, 130, 210)


def test_a_figure_is_shown_once_however_often_it_is_cited() -> None:
    evidence = Evidence(lambda document: Path(document))
    one, two = (Figure(1.0, (Place("a", page, BOX, "1.00"),)) for page in (1, 2))
    assert [evidence.cite(figure) for figure in (one, two, one)] == ["e1", "e2", "e1"]
    assert evidence.cite(None) == evidence.cite(Figure(1.0)) == ""


def test_headers_are_looked_up_in_the_documents_that_are_shown() -> None:
    asked: list[list[str]] = []

    def facts(documents: Collection[str]) -> pd.DataFrame:
        asked.append(list(documents))
        return pd.DataFrame(columns=["fact_id", "page", "top"])

    evidence = Evidence(lambda document: Path(document), facts)
    for document in "bab":
        evidence.cite_place(Place(document, 1, BOX, "1.00"))
    assert evidence.parts is evidence.parts
    assert asked == [["a", "b"]]


def test_the_outline_stands_around_the_figure() -> None:
    page = Image.new("RGB", (600, 800), "white")
    page.paste("black", tuple(int(edge) for edge in BOX))
    band = crop(page, BOX, 1.0)
    pixels = {
        (x, y)
        for x in range(band.width)
        for y in range(band.height)
        if band.getpixel((x, y)) == OUTLINE
    }
    ink = [
        (x, y)
        for x in range(band.width)
        for y in range(band.height)
        if band.getpixel((x, y)) == (0, 0, 0)
    ]
    assert min(x for x, _ in pixels) < min(x for x, _ in ink)
    assert max(x for x, _ in pixels) > max(x for x, _ in ink)
    assert min(y for _, y in pixels) < min(y for _, y in ink)
    assert max(y for _, y in pixels) > max(y for _, y in ink)


def test_a_picture_stands_in_the_page_itself() -> None:
    address = png_address(Image.new("RGB", (3, 2), "white"))
    head, _, data = address.partition(",")
    assert head == "data:image/png;base64"
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (3, 2)


def test_no_picture_where_the_pdf_is_gone() -> None:
    def gone(document: str) -> Path:
        raise UsageError("the PDF is not where it was", file=document)

    place = Place("a", 1, BOX, "1.00")
    assert Evidence(gone).picture(place) == ""
    assert Evidence(gone).why_no_picture(place) == "no_picture"


def test_a_pdf_that_is_there_is_not_called_gone(corpus: Path) -> None:
    far = Place("a", 1, Box(10.0, 9000.0, 20.0, 9010.0), "1.00")
    evidence = Evidence(lambda _: corpus / "changji-kjj-2025.pdf")
    assert evidence.picture(far) == ""
    assert evidence.why_no_picture(far) == "no_picture_here"
