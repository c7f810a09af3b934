"""Windows on pages: the header of a table and the row of a figure."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pandas as pd
from PIL import Image

from budgetkit.errors import UsageError
from budgetkit.geometry import Box
from budgetkit.render.page_parts import HeaderEnd, PageParts, header_ends, webp_address
from budgetkit.storage.figures import Place

FIRST, FAR = Box(300.0, 200.0, 340.0, 210.0), Box(300.0, 600.0, 340.0, 610.0)


def place(box: Box, page: int = 5, fact: str = "a:summary:9.2") -> Place:
    return Place("a", page, box, "1.00", fact_id=fact)


def parts(corpus: Path, *places: Place) -> PageParts:
    headers = {"a:summary": HeaderEnd(5, 200.0)}
    return PageParts(places, lambda _: corpus / "changji-kjj-2025.pdf", headers)


def test_a_row_far_below_its_header_has_a_window_for_each(corpus: Path) -> None:
    far = place(FAR)
    header, row = parts(corpus, far).windows(far)
    assert header.box.bottom < 200.0 < row.box.top < FAR.top
    assert (header.outline, row.outline) == (None, Box(297.0, 597.0, 343.0, 613.0))
    assert header.sheet == row.sheet


def test_a_row_near_its_header_and_prose_have_one_window(corpus: Path) -> None:
    near, prose = place(FIRST), place(FAR, fact="")
    made = parts(corpus, near, prose)
    (one,) = made.windows(near)
    assert one.box.top < 100.0
    assert one.box.bottom > FIRST.bottom
    assert len(made.windows(prose)) == 1
    assert len(made.sheets) == 1  # both stand on one page, which is drawn once


def test_a_page_after_the_first_shows_the_header_of_the_first(corpus: Path) -> None:
    later = place(FIRST, page=6)
    header, row = parts(corpus, later).windows(later)
    assert header.sheet != row.sheet
    assert row.outline is not None


def test_what_cannot_be_drawn_has_no_window(corpus: Path) -> None:
    def gone(document: str) -> Path:
        raise UsageError("the PDF is not where it was", file=document)

    here, off = place(FIRST), place(Box(10.0, 9000.0, 20.0, 9010.0))
    assert PageParts([here], gone, {}).windows(here) == ()
    assert parts(corpus, off).windows(off) == ()


def test_the_first_figure_of_each_table_ends_its_header() -> None:
    rows = [("a:x:2.1", 3, 150.0), ("a:x:1.1", 3, 120.0), ("a:x:9.1", 4, 20.0), ("b:x:1.1", 1, 7.0)]
    found = header_ends(pd.DataFrame(rows, columns=["fact_id", "page", "top"]))
    assert found == {"a:x": HeaderEnd(3, 120.0), "b:x": HeaderEnd(1, 7.0)}
    assert header_ends(pd.DataFrame(columns=["fact_id", "page", "top"])) == {}


def test_what_no_window_shows_of_a_page_is_white(corpus: Path) -> None:
    far = place(FAR)
    made = parts(corpus, far)
    header, row = made.windows(far)
    (sheet,) = made.sheets
    data = base64.b64decode(sheet.address.partition(",")[2])
    picture = Image.open(io.BytesIO(data)).convert("L")
    scale = picture.height / (sheet.box.bottom - sheet.box.top)
    between = [round((edge - sheet.box.top) * scale) for edge in (header.box.bottom, row.box.top)]
    assert picture.crop((0, between[0] + 1, picture.width, between[1] - 1)).getextrema() == (
        255,
        255,
    )
    assert picture.getextrema()[0] == 0


def test_a_picture_has_few_shades_and_keeps_black_and_white() -> None:
    grey = Image.linear_gradient("L")
    head, _, data = webp_address(grey).partition(",")
    assert head == "data:image/webp;base64"
    shades = {
        shade
        for _, shade in Image.open(io.BytesIO(base64.b64decode(data))).convert("L").getcolors()
    }
    assert {0, 255} <= shades
    assert len(shades) == 4
