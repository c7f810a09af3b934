"""Known words settle ideographs that were read unsurely, and nothing else."""

from __future__ import annotations

from budgetkit.extraction.ocr.recogniser import Seen
from budgetkit.extraction.ocr.vocabulary import pairs, settled
from tests.helpers.pictures import seen


def unsure(text: str, place: int, others: str) -> Seen:
    """A line of which one character may be another."""
    found = seen(text)
    chars = list(found.chars)
    chars[place] = chars[place]._replace(confidence=0.6, others=others)
    return Seen(found.text, 0.6, tuple(chars))


def test_a_character_that_makes_a_known_word_is_taken() -> None:
    assert {"拨款", "基本"} <= pairs()
    assert settled(unsure("财政拔款", 2, "拨")).text == "财政拨款"
    assert settled(unsure("其本支出", 0, "某基")).text == "基本支出"


def test_a_word_that_is_known_stays() -> None:
    assert settled(unsure("财政拨款", 2, "拔")).text == "财政拨款"


def test_names_that_no_list_knows_stay() -> None:
    assert settled(unsure("云亭县", 1, "享")).text == "云亭县"


def test_digits_are_never_touched() -> None:
    assert settled(unsure("180.00", 1, "30")).text == "180.00"


def test_a_star_that_stands_alone_is_one() -> None:
    assert settled(unsure("送", 0, "※必")).text == "※"
    assert settled(unsure("类", 0, "米")).text == "类"


def test_a_stroke_that_stands_alone_is_no_one() -> None:
    assert settled(unsure("1", 0, "/I")).text == "/"
    assert settled(unsure("1", 0, "I/")).text == "1"
    assert settled(unsure("10", 0, "/")).text == "10"


def test_a_sure_line_is_the_same_object() -> None:
    line = seen("财政拔款")
    assert settled(line) is line
