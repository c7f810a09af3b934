"""A page that is a trap is a figure without its picture, and stops nothing else."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path

import pikepdf
import pytest

from budgetkit.errors import UnreadableDocument
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.geometry import Box
from budgetkit.render import drawing
from budgetkit.render.drawing import draw_page
from budgetkit.render.evidence import Evidence
from budgetkit.storage.figures import Place
from tests.helpers.runs import SMALL


def page_of(path: Path, *, size: list[float], content: bytes = b"", **resources: object) -> Path:
    """Write a PDF of one page."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        page = pdf.pages[0]
        page.MediaBox = pikepdf.Array(size)
        page.Contents = pdf.make_stream(content)
        if resources:
            page.Resources = pikepdf.Dictionary(resources)
        pdf.save(path)
    return path


def pattern(path: Path) -> Path:
    """Write a page that is filled with a pattern of very many tiles."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(2000, 2000))
        tile = pdf.make_stream(
            b"0 0 m 0.001 0.001 l S " * 200_000,
            Type=pikepdf.Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
            BBox=[0, 0, 0.01, 0.01], XStep=0.01, YStep=0.01, Resources=pikepdf.Dictionary(),
        )  # fmt: skip
        page = pdf.pages[0]
        page.Resources = pikepdf.Dictionary(Pattern=pikepdf.Dictionary(P=tile))
        page.Contents = pdf.make_stream(b"/Pattern cs /P scn 0 0 2000 2000 re f " * 50)
        pdf.save(path)
    return path


def test_a_page_is_drawn_as_in_this_process(corpus: Path) -> None:
    drawn, scale = draw_page(corpus / SMALL, 2, 1.7, 1000)
    with Pdf(corpus / SMALL) as pdf:
        expected, wanted = pdf.fitted(2, 1.7, 1000)
    assert scale == wanted
    assert drawn.tobytes() == expected.tobytes()


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="no process is forked there")
def test_the_process_that_draws_is_none_that_a_kernel_waits_for_at_its_end(corpus: Path) -> None:
    """A kernel ends what is of its own group, and waits seconds for what it can't collect."""
    draw_page(corpus / SMALL, 1, 1.0, 1000)
    assert os.getpgid(drawing._painters[-1]._pid) != os.getpgrp()


@pytest.mark.parametrize("size", [[0, 0, 0.0001, 0.0001], [0, 0, 1e9, 1e9], [0, 0, 1e9, 0.01]])
def test_a_page_of_odd_size_is_drawn_or_a_sentence(size: list[float], tmp_path: Path) -> None:
    path = page_of(tmp_path / "a.pdf", size=size)
    with contextlib.suppress(UnreadableDocument):
        picture, _ = draw_page(path, 1, 2.0)
        assert picture.width * picture.height <= 36_000_000
    shown = Evidence(lambda _: path).picture(Place("a", 1, Box(1, 1, 5, 5), "1.00"))
    assert shown == "" or shown.startswith("data:image/png")


def test_a_pattern_that_takes_minutes_is_given_up(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pattern(tmp_path / "a.pdf")
    monkeypatch.setattr(drawing, "SECONDS", 0.5)
    with pytest.raises(UnreadableDocument, match=r"a\.pdf, page 1: the page was not drawn within"):
        draw_page(path, 1, 2.0)
    with pytest.raises(UnreadableDocument, match="another page of it"):
        draw_page(path, 1, 2.0)
    monkeypatch.undo()
    assert draw_page(corpus / SMALL, 1, 1.0)[0].mode == "RGB"


def test_a_page_that_ends_the_process_is_a_sentence(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing.draw_page(corpus / SMALL, 1, 1.0)

    def end(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(drawing, "_painters", [])
    monkeypatch.setattr(Pdf, "fitted", end)
    with pytest.raises(UnreadableDocument, match="ends the process that draws it"):
        draw_page(corpus / SMALL, 1, 1.0)


@pytest.mark.slow
def test_a_place_beyond_all_bounds_has_no_picture(corpus: Path) -> None:
    far = float("inf")
    for box in (Box(1, 1, far, far), Box(5e9, 1, 6e9, 2), Box(50, 50, 10, 10), Box(1, 1, 1e9, 1e9)):
        shown = Evidence(lambda _: corpus / SMALL).picture(Place("a", 2, box, "1.00"))
        assert shown == "" or shown.startswith("data:image/png")
