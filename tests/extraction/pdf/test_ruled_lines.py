"""Ruled lines, however a printer draws them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.pdf.ruled_lines import Rule

WIDTH, HEIGHT = 400.0, 600.0


def drawn(path: Path, draw: Callable[[Canvas], None]) -> Page:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    canvas.drawString(10, 10, "x")
    draw(canvas)
    canvas.save()
    with Pdf(path) as pdf:
        return pdf.page(1)


def dotted(canvas: Canvas) -> None:
    for i in range(60):
        canvas.rect(50 + 5 * i, 399.5, 2, 1, stroke=0, fill=1)


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("frame")
    canvas.line(0, 0, 297, 0)
    canvas.endForm()
    canvas.translate(50, 400)
    canvas.doForm("frame")


@pytest.mark.parametrize(
    "draw",
    [
        lambda canvas: canvas.line(50, 400, 347, 400),
        lambda canvas: canvas.rect(50, 399.5, 297, 1, stroke=0, fill=1),
        dotted,
        in_a_form,
    ],
    ids=["stroke", "thin shape", "dots", "form"],
)
def test_a_line_is_one_rule_however_it_is_drawn(
    tmp_path: Path, draw: Callable[[Canvas], None]
) -> None:
    (rule,) = drawn(tmp_path / "page.pdf", draw).rules
    assert rule == pytest.approx(Rule(50, 200, 347, 200), abs=1)


def test_a_stroked_box_is_four_rules(tmp_path: Path) -> None:
    rules = drawn(tmp_path / "page.pdf", lambda canvas: canvas.rect(50, 300, 200, 100)).rules
    assert len(rules) == 4
    assert sum(rule.top == rule.bottom for rule in rules) == 2


def test_a_background_is_no_rule(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 300, 200, 100, stroke=0, fill=1)

    assert drawn(tmp_path / "page.pdf", draw).rules == ()


def test_a_few_dots_are_no_rule(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for x in (50, 55, 60):
            canvas.rect(x, 400, 2, 2, stroke=0, fill=1)

    assert drawn(tmp_path / "page.pdf", draw).rules == ()
