"""Figures: Chinese drawn, nothing loaded, the same each time."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.render.charts import bars, label, paired, people, svg
from budgetkit.render.fonts import missing_glyphs
from tests.helpers.words import WORDS

DATA = pd.DataFrame({"name": ["基本工资", "津贴补贴 & <b>"], "amount": [218.03, 57.5]})


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert svg(bars(DATA), "a", "甲") == svg(bars(DATA), "a", "甲")


def test_a_figure_loads_nothing_and_its_text_is_text_unless_outlines_are_asked_for() -> None:
    text = svg(bars(DATA), "a", '甲 "乙" <c>')
    assert "://" not in text
    assert "基本工资</text>" in text
    assert "<text" not in svg(bars(DATA), "a", "", outlines=True)
    assert 'aria-label="甲 &quot;乙&quot; &lt;c&gt;"' in text
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert ids
    assert all(name.startswith("a-") for name in ids)


def test_every_bar_is_as_long_as_its_amount() -> None:
    (axes,) = bars(DATA).axes
    assert [bar.get_width() for bar in axes.patches] == [218.03, 57.5]
    assert [text.get_text() for text in axes.texts] == ["218.03", "57.50"]


def test_two_years_stand_side_by_side_and_an_empty_cell_draws_no_number() -> None:
    data = pd.DataFrame({"name": ["甲", "乙"], "2024": [1.0, None], "2025": [2.0, 3.0]})
    (axes,) = paired(data, ["2024", "2025"]).axes
    assert [text.get_text() for text in axes.texts] == ["1.00", "2.00", "3.00"]


def test_head_counts_are_whole() -> None:
    data = pd.DataFrame({"name": ["在职"], "people": [25], "color": ["#0072B2"]})
    (axes,) = people(data).axes
    assert [text.get_text() for text in axes.texts] == ["25"]


@given(st.text(max_size=80), st.integers(8, 40))
def test_a_label_has_two_lines_at_most_and_only_glyphs_there_are(text: str, width: int) -> None:
    folded = label(text, width)
    assert folded.count("\n") <= 1
    assert missing_glyphs(folded.replace("\n", "")) == ""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_font_draws_every_word_of_the_reports(lang: str) -> None:
    words = "".join(row[lang] for row in WORDS.values())
    assert missing_glyphs(words) == ""
