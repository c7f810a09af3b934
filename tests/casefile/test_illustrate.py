"""Pictures of findings show the figure, the header of its column and the label of its row."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

import budgetkit as bk
from budgetkit.casefile.crops import WIDE, Band, compose, table_picture
from budgetkit.casefile.illustrate import Illustrator
from budgetkit.casefile.spots import Spot, find_spot, read_leaf
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.geometry import Box
from budgetkit.render.highlight import CELLS, OUTLINE
from budgetkit.storage.figures import place_of
from budgetkit.storage.records import records

#: Tables whose rows have names and whose columns have headers.
TABLES = ("summary", "revenue", "expenditure", "basic_expenditure", "carryover")


@pytest.mark.parametrize("document", ["changji-kjj-2025", "yunting-mzj-2024", "yanping-sfj-2025"])
def test_every_figure_of_a_table_has_header_and_label(sample_dataset: Path, document: str) -> None:
    """Also on turned pages (yunting) and on pages that do not repeat the header."""
    dataset = bk.read_dataset(sample_dataset)
    facts = dataset.facts
    own = facts[(facts["document"] == document) & facts["table"].isin(TABLES)]
    rows = records(own.groupby("table").tail(3))
    assert rows
    with Illustrator(dataset) as illustrator:
        for row in rows:
            place = place_of(row)
            assert place is not None
            picture = illustrator.picture(place)
            assert (picture.has_header, picture.has_label) == (True, True), row["fact_id"]
            assert has_color(picture.png, OUTLINE)
            assert has_color(picture.png, CELLS)


def has_color(png: bytes, color: tuple[int, int, int]) -> bool:
    """Whether many pixels have about this colour."""
    found = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 20) or []
    near = [n for n, seen in found
            if all(abs(a - b) < 60 for a, b in zip(seen, color, strict=True))]  # fmt: skip
    return sum(near) > 50


def test_the_label_is_the_name_of_the_row(sample_dataset: Path, corpus: Path) -> None:
    facts = bk.read_dataset(sample_dataset).facts
    own = facts[(facts["document"] == "changji-kjj-2025") & (facts["table"] == "expenditure")]
    row = next(row for row in records(own) if row["level"] == 3)
    place = place_of(row)
    assert place is not None
    with Pdf(corpus / "changji-kjj-2025.pdf") as pdf:
        leaf = read_leaf(pdf, place.page)
        spot = find_spot(leaf, place.box)
        assert spot is not None
        text = "".join(
            char.text
            for box in spot.labels
            for char in leaf.page.chars
            if box.x0 <= (char.x0 + char.x1) / 2 <= box.x1
            and box.top <= (char.top + char.bottom) / 2 <= box.bottom
        )
    assert "".join(row["name"].split()) in "".join(text.split())


def spot(right: float) -> Spot:
    """A figure at the right of a table, its label at the left, its header far above."""
    return Spot(
        figure=Box(right - 40, 500, right - 10, 510),
        cell=Box(right - 60, 495, right, 515),
        labels=(Box(20, 495, 120, 515),),
        header_page=1,
        header=(Box(right - 60, 60, right, 80),),
        header_rows=Box(20, 60, right, 80),
        width=(20, right),
    )


def test_header_and_row_that_are_far_apart_are_put_together() -> None:
    page = Image.new("RGB", (1200, 1700), "white")
    drawn = table_picture({1: page}, 1, spot(500))
    assert drawn.width == (500 + 8 - 12) * 2
    assert drawn.height < 300


def test_a_wide_table_is_cut_between_label_and_column() -> None:
    wide = WIDE + 400
    page = Image.new("RGB", (round(wide * 2) + 100, 1700), "white")
    drawn = table_picture({1: page}, 1, spot(wide))
    assert drawn.width < WIDE


def test_parts_off_the_page_are_left_out() -> None:
    page = Image.new("RGB", (200, 100), "white")
    drawn = compose({1: page}, [Band(1, -20, 500)], [(-10, 400)], [])
    assert drawn.size == (200, 100)


def test_no_picture_where_the_pdf_is_gone(sample_dataset: Path) -> None:
    dataset = bk.read_dataset(sample_dataset)
    place = place_of(records(dataset.facts.head(1))[0])
    assert place is not None

    def gone(document: str) -> Path:
        from budgetkit.errors import UsageError

        raise UsageError("is gone", file=document)

    dataset.pdf_of = gone  # type: ignore[method-assign]
    with Illustrator(dataset) as illustrator:
        assert illustrator.picture(place).png == b""
