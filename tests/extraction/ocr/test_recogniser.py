"""The recogniser: what to install without it, and what it reads with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from budgetkit.errors import UsageError
from budgetkit.extraction.extract import extract
from budgetkit.extraction.ocr import recogniser
from budgetkit.render.fonts import font_path
from tests.helpers.pictures import needs_recogniser


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(recogniser, "is_installed", lambda: False)
    assert recogniser.version() == ""
    with pytest.raises(UsageError, match=r"pip install 'budgetkit\[ocr\]'"):
        extract([tmp_path], tmp_path / "out", verify=True)


def line(text: str) -> recogniser.Grey:
    """A picture of a line."""
    picture = Image.new("L", (40 * len(text), 56), 255)
    font = ImageFont.truetype(str(font_path()), 32)
    ImageDraw.Draw(picture).text((8, 4), text, fill=0, font=font)
    ink = np.flatnonzero((np.asarray(picture) < 255).any(axis=0))
    return np.asarray(picture)[:, : int(ink[-1]) + 8]


@pytest.mark.slow
@needs_recogniser
def test_lines_of_unlike_widths_are_read_in_their_order() -> None:
    texts = ["1,234.56", "0.00", "社会保障和就业支出", "-35.10"]
    empty = np.zeros((0, 0), dtype=np.uint8)
    found = recogniser.read_lines([*map(line, texts), empty])
    assert [seen.text for seen in found] == [*texts, ""]
    assert min(seen.confidence for seen in found[:-1]) > 0.9
    middles = [char.middle for char in found[2].chars]
    assert middles == sorted(middles)
    assert 0 < middles[0] < 0.15
    assert 0.85 < middles[-1] < 1
