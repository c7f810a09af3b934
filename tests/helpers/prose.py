"""Helpers of the prose tests: invented paragraphs, and the samples with their truth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.read_prose import Prose, read_prose
from budgetkit.extraction.tables.grids import find_grids
from tests.conftest import ROOT

SHARED = ROOT.parent / "shared"
#: The type size of the invented pages, in points.
SIZE = 12.0
ONES = "零一二三四五六七八九"
#: Left edge, and characters a line, of the invented pages.
LEFT, WIDTH = 60, 38


def paragraph(text: str, section: tuple[str, ...] = (), rank: int = 0, page: int = 1) -> Paragraph:
    """A paragraph that stands on one line, a point a character."""
    chars = tuple((page, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    return Paragraph(text, chars, section, rank)


def in_chinese(number: int) -> str:
    """A number below a hundred in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{ONES[tens]}十"
    return head + (ONES[ones] if ones else "")


def section(heading: str, *texts: str) -> list[Paragraph]:
    """A heading and the paragraphs under it."""
    return [paragraph(heading, (), 3), *(paragraph(text, (heading,)) for text in texts)]


def char_line(text: str, x0: float, baseline: float, size: float = SIZE) -> Iterator[Char]:
    """Characters set side by side; ASCII half as wide as ideographs."""
    for char in text:
        width = size * (0.5 if char.isascii() else 1.0)
        if char != " ":
            yield Char(char, x0, baseline - 0.85 * size, x0 + 0.95 * width, baseline, baseline)
        x0 += width


def page_of(*lines: tuple[str, float, float], number: int = 1, size: float = SIZE) -> Page:
    """An A4 page of (text, x0, baseline)."""
    chars = [char for text, x0, base in lines for char in char_line(text, x0, base, size)]
    return Page(number, 595.0, 842.0, tuple(chars), (), 0, 0)


def typeset(*paragraphs: str, number: int = 1, indent: int = 2, top: float = 120.0) -> Page:
    """A page of paragraphs, their first lines indented by some characters."""
    lines, base = [], top
    for text in paragraphs:
        room = WIDTH - indent
        start = LEFT + indent * SIZE
        while text:
            lines.append((text[:room], start, base))
            text, room, start, base = text[room:], WIDTH, LEFT, base + 20
    return page_of(*lines, number=number)


def sample_names() -> list[str]:
    """Samples that have a truth file beside them; none where ../shared is absent."""
    folder = SHARED / "samples"
    return sorted(path.stem for path in folder.glob("*.json")) if folder.is_dir() else []


def truth(name: str) -> dict[str, Any]:
    """The truth of one sample."""
    return json.loads((SHARED / "samples" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def prose_of(path: Path) -> Prose:
    """The prose of a PDF, read once a run."""
    with Pdf(path) as pdf:
        return read_prose([(page, [grid.box for grid in find_grids(page)]) for page in pdf])


def sample_prose(name: str) -> Prose:
    """The prose of one sample."""
    return prose_of(SHARED / "samples" / f"{name}.pdf")


def real_prose(stem: str) -> Prose:
    """The prose of one published disclosure; skips where ../shared is absent."""
    path = SHARED / "real" / f"{stem}.pdf"
    if not path.is_file():
        pytest.skip("the development documents (../shared) are not beside this clone")
    return prose_of(path)


needs_samples = pytest.mark.skipif(
    not sample_names(), reason="the development documents (../shared) are not beside this clone"
)
