"""Characters into lines."""

from __future__ import annotations

import random

from budgetkit.extraction.pdf.lines import read_lines
from tests.helpers.drawn import text


def test_low_characters_stay_in_their_line() -> None:
    chars = text("1,234.50", 10, 100)
    random.Random(1).shuffle(chars)
    assert [line.text for line in read_lines(chars)] == ["1,234.50"]


def test_lines_come_top_to_bottom() -> None:
    assert [line.text for line in read_lines(text("乙", 0, 60) + text("甲", 0, 40))] == ["甲", "乙"]


def test_a_space_counts_only_where_a_gap_is_printed() -> None:
    from budgetkit.extraction.pdf.characters import Char

    close = [*text("12", 0, 50), Char(" ", 5, 50, 5, 50, 50)]
    assert read_lines(close)[0].text == "12"
    wide = [*text("合", 0, 50), Char(" ", 12, 50, 12, 50, 50), *text("计", 30, 50)]
    assert read_lines(wide)[0].text == "合 计"
