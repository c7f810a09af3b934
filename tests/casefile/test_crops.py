"""Pictures that are cut out of pages."""

from __future__ import annotations

from PIL import Image

from budgetkit.casefile.crops import SCALE, Band, compose


def _page(*lines: tuple[float, float]) -> Image.Image:
    """A page of 300 points with black lines of type, from one height to another (points)."""
    page = Image.new("RGB", (300, round(300 * SCALE)), "white")
    for top, bottom in lines:
        page.paste("black", (50, round(top * SCALE), 250, round(bottom * SCALE)))
    return page


def test_no_cut_goes_through_a_line_of_type() -> None:
    made = compose({1: _page((50, 60), (100, 110))}, [Band(1, 55.0, 105.0)], [(0.0, 150.0)], [])
    shades = [made.getpixel((100, row)) for row in (0, 1, made.height - 2, made.height - 1)]
    assert shades == [(255, 255, 255), (0, 0, 0), (0, 0, 0), (255, 255, 255)]


def test_a_cut_stays_where_there_is_no_gap_near() -> None:
    made = compose({1: _page((10, 290))}, [Band(1, 55.0, 105.0)], [(0.0, 150.0)], [])
    assert made.height == 50 * SCALE
