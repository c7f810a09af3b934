"""Pieces of ink: what looks alike has one number."""

from __future__ import annotations

import numpy as np

from budgetkit.extraction.ocr.glyphs import Shapes, contrast, inked, pieces
from budgetkit.extraction.ocr.recogniser import Grey


def paper(*bars: tuple[int, int, int, int], size: tuple[int, int] = (30, 60)) -> Grey:
    """A white picture with black bars: left, upper, right and lower edge of each."""
    picture = np.full(size, 255, dtype=np.uint8)
    for x0, top, x1, bottom in bars:
        picture[top:bottom, x0:x1] = 0
    return picture


ONE, SEVEN = (10, 5, 14, 25), ((20, 5, 30, 9), (26, 9, 30, 25))


def test_each_character_has_its_ink() -> None:
    found = pieces(paper(ONE, *SEVEN), [("1", 12), ("7", 25)], Shapes())
    assert found is not None
    assert [piece.name for piece in found] == ["1", "7"]
    assert found[0].shape != found[1].shape


def test_ink_without_a_character_and_a_character_without_ink_have_no_name() -> None:
    assert pieces(paper(ONE, *SEVEN), [("1", 12)], Shapes()) is None
    assert pieces(paper(ONE), [("1", 12), ("7", 25)], Shapes()) is None
    assert pieces(paper(), [("1", 12)], Shapes()) is None
    assert pieces(np.zeros((0, 0), dtype=np.uint8), [], Shapes()) is None


def test_white_on_a_dark_band_is_ink_too() -> None:
    dark = 255 - paper(ONE)
    assert (inked(contrast(dark)) == inked(contrast(paper(ONE)))).all()


def test_a_rule_at_the_rim_is_no_ink() -> None:
    ruled = paper(ONE, (58, 0, 60, 30), (0, 0, 60, 2))
    assert (inked(contrast(ruled)) == inked(contrast(paper(ONE)))).all()


def test_a_shape_moved_by_part_of_a_pixel_is_the_same() -> None:
    shapes = Shapes()
    sharp = 255 - paper((4, 4, 8, 20), (8, 4, 14, 8), size=(24, 18))
    moved = sharp.astype(np.float32)
    moved = (0.6 * moved + 0.4 * np.roll(moved, 1, axis=1)).astype(np.uint8)
    other = 255 - paper((4, 4, 8, 20), (8, 16, 14, 20), size=(24, 18))
    number = shapes.number(sharp[4:20, 4:14], 0)
    assert shapes.number(moved[4:20, 4:15], 0) == number
    assert shapes.number(other[4:20, 4:14], 0) != number


def test_the_same_shape_higher_above_the_line_is_another() -> None:
    dot = np.full((3, 3), 255, dtype=np.uint8)
    shapes = Shapes()
    assert shapes.number(dot, 0) == shapes.number(dot, 1)
    assert shapes.number(dot, 0) != shapes.number(dot, 9)


def test_what_is_too_large_to_be_laid_out_is_known_by_its_pixels() -> None:
    shapes = Shapes()
    large = np.full((60, 50), 255, dtype=np.uint8)
    assert shapes.number(large, 0) == shapes.number(large.copy(), 0)
    assert shapes.number(large[:-1], 0) != shapes.number(large, 0)
