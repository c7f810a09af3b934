"""Figures held against their pictures: agreement is silent, disagreement is doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.ocr.recogniser import Grey
from budgetkit.extraction.ocr.verify import agrees, verify
from budgetkit.extraction.pdf.lines import box_around
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.tables.table_content import Fact
from budgetkit.geometry import Box
from tests.helpers.pictures import FakeReader, needs_recogniser

#: Where the figures of the file stand: points from the left and from the bottom.
LEFT, HEIGHT = 100.0, 842.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "figures.pdf"


def draw(file: Path, figures: Sequence[str], cover: Sequence[str] = ()) -> None:
    """Figures one below the other; of some, another one is painted over it."""
    canvas = Canvas(str(file), pagesize=(595, HEIGHT))
    canvas.setFont("Helvetica", 10)
    for i, figure in enumerate(figures):
        canvas.drawString(LEFT, 700 - 20 * i, figure)
        if i < len(cover) and cover[i]:
            canvas.setFillGray(1)
            canvas.rect(LEFT - 1, 698 - 20 * i, 70, 12, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.drawImage(_as_picture(file, cover[i]), LEFT, 698 - 20 * i, 70, 12)
    canvas.save()


def _as_picture(file: Path, figure: str) -> str:
    """A picture of a figure, which no text layer holds."""
    source = file.with_name(f"{figure}.pdf")
    canvas = Canvas(str(source), pagesize=(70, 12))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(0, 2, figure)
    canvas.save()
    with Pdf(source) as pdf:
        pdf.picture(1, 6).save(source.with_suffix(".png"))
    return str(source.with_suffix(".png"))


def facts_of(page: Page, figures: Sequence[str], certainty: str = "read") -> list[Fact]:
    boxes = [
        Box(LEFT - 1, HEIGHT - 709 + 20 * i, LEFT + 70, HEIGHT - 697 + 20 * i)
        for i in range(len(figures))
    ]
    return [
        Fact("summary", "", "", "", None, "", "amount", Decimal(figure.replace(",", "")), figure,
             "万元", page.number, box, certainty, i, 0)
        for i, (figure, box) in enumerate(zip(figures, boxes, strict=True))
    ]  # fmt: skip


def verified(file: Path, figures: Sequence[str], reader: FakeReader | None = None) -> list[Fact]:
    with Pdf(file) as pdf:
        page = pdf.page(1)
        facts = facts_of(page, figures)
        return verify(pdf, [page], facts, reader) if reader else verify(pdf, [page], facts)


def test_what_looks_like_what_was_read_is_not_read_again(file: Path) -> None:
    figures = ["123.45", "321.54", "1,234.50", "543.21"]
    draw(file, figures)
    asked: list[Grey] = []

    def say(picture: Grey) -> str:
        asked.append(picture)
        return ["123.45", "1,234.50"][len(asked) - 1]

    reader = FakeReader(say)
    found = verified(file, figures, reader)
    assert [fact.certainty for fact in found] == ["read"] * 4
    assert [fact.seen for fact in found] == figures
    assert [fact.confidence for fact in found] == [0.99] * 4
    assert reader.asked == 2


def test_a_reading_that_disagrees_is_asked_twice_and_doubted(file: Path) -> None:
    draw(file, ["180.00"])
    reader = FakeReader(lambda _: "100.00")
    (found,) = verified(file, ["180.00"], reader)
    assert (found.certainty, found.seen, found.printed) == ("doubtful", "100.00", "180.00")
    assert reader.asked == 2


def test_a_second_reading_that_agrees_is_believed(file: Path) -> None:
    draw(file, ["180.00"])
    answers = iter(["1B0.00", "180.00"])
    (found,) = verified(file, ["180.00"], FakeReader(lambda _: next(answers)))
    assert (found.certainty, found.seen) == ("read", "180.00")


def test_glyphs_of_a_figure_that_was_read_otherwise_are_not_believed(file: Path) -> None:
    draw(file, ["180.00", "180.00", "18.00"])
    found = verified(file, ["180.00", "180.00", "18.00"], FakeReader(lambda _: "777.77"))
    assert [fact.certainty for fact in found] == ["doubtful"] * 3


def test_a_figure_over_two_lines_is_read_line_by_line(file: Path) -> None:
    canvas = Canvas(str(file), pagesize=(595, HEIGHT))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(LEFT, 700, "14,348,85")
    canvas.drawString(LEFT, 688, "3.34")
    canvas.save()
    lines = iter(["14,348,85", "3.34"])
    with Pdf(file) as pdf:
        page = pdf.page(1)
        (fact,) = facts_of(page, ["14,348,853.34"])
        box = fact.box._replace(bottom=fact.box.bottom + 12)
        wrapped = [Fact(**{**_fields(fact), "box": box, "certainty": "repaired"})]
        (found,) = verify(pdf, [page], wrapped, FakeReader(lambda _: next(lines)))
    assert (found.certainty, found.seen) == ("repaired", "14,348,853.34")


def _fields(fact: Fact) -> dict[str, object]:
    return {name: getattr(fact, name) for name in Fact.__dataclass_fields__}


def test_what_came_from_a_picture_is_no_witness_of_itself(file: Path) -> None:
    draw(file, ["180.00"])
    reader = FakeReader(lambda _: "100.00")
    with Pdf(file) as pdf:
        page = pdf.page(1)
        facts = [replace(fact, confidence=0.9) for fact in facts_of(page, ["180.00"], "recognised")]
        assert verify(pdf, [page], facts, reader) == facts
    assert reader.asked == 0


@pytest.mark.parametrize(
    ("seen", "printed", "same"),
    [
        ("1234.5", "1,234.50", True),
        ("1。50", "1.50", True),
        ("-3.00", "−3.00", True),
        ("3.00", "-3.00", False),
        ("", "3.00", False),
        ("150.001", "150.00", False),
        ("1,234,50", "1,234.50", True),
        ("1,500", "1.500", False),
        ("#####", "#####", True),
    ],
)
def test_amounts_are_compared_and_not_their_spelling(seen: str, printed: str, same: bool) -> None:
    assert agrees(seen, printed) is same


@pytest.mark.slow
@needs_recogniser
def test_the_recogniser_sees_what_is_painted(file: Path) -> None:
    figures = ["1,234.56", "907.80", "180.00", "35.10"]
    draw(file, figures, cover=["", "", "100.00", ""])
    found = verified(file, figures)
    assert [fact.certainty for fact in found] == ["read", "read", "doubtful", "read"]
    assert found[2].seen == "100.00"


def test_what_is_written_beside_a_figure_is_not_read_with_it(file: Path) -> None:
    canvas = Canvas(str(file), pagesize=(595, HEIGHT))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(LEFT, 700, "x50.00y")
    canvas.save()
    widths = []

    def say(picture: Grey) -> str:
        widths.append(picture.shape[1])
        return "50.00"

    with Pdf(file) as pdf:
        page = pdf.page(1)
        inked = [char for char in page.chars if char.text in "50."]
        (fact,) = facts_of(page, ["50.00"])
        own = replace(fact, box=box_around(inked))
        (found,) = verify(pdf, [page], [own], FakeReader(say))
        scale = 200 / 72
        assert found.certainty == "read"
        assert widths[0] <= (inked[-1].x1 - inked[0].x0) * scale + 6


def test_narrow_type_is_stretched_to_be_read_again(file: Path) -> None:
    canvas = Canvas(str(file), pagesize=(595, HEIGHT))
    text = canvas.beginText(LEFT, 700)
    text.setFont("Helvetica", 10)
    text.setHorizScale(30)
    text.textOut("1,234.50")
    canvas.drawText(text)
    canvas.save()
    shapes = []

    def say(picture: Grey) -> str:
        shapes.append(picture.shape)
        return "1" if len(shapes) == 1 else "1,234.50"

    with Pdf(file) as pdf:
        page = pdf.page(1)
        (fact,) = facts_of(page, ["1,234.50"])
        own = replace(fact, box=box_around(c for c in page.chars if c.text != " "))
        (found,) = verify(pdf, [page], [own], FakeReader(say))
    assert found.certainty == "read"
    assert shapes[1][1] / shapes[1][0] > 2 * shapes[0][1] / shapes[0][0] * 0.9
