"""Two readings of a line: what they agree on is sure."""

from __future__ import annotations

import pytest

from budgetkit.extraction.ocr.second_reading import either, without_specks
from tests.helpers.pictures import seen


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("4617.07.", "4617.07"),
        ("·0.00", "0.00"),
        ("-3.50", "-3.50"),
        ("0.00 '", "0.00"),
        ("208.", "208."),
        ("合计.", "合计."),
        ("3.", "3."),
        ("1.2.3", "1.2.3"),
    ],
)
def test_specks_beside_a_figure_are_left_out(text: str, kept: str) -> None:
    found = without_specks(seen(text))
    assert found.text == kept
    assert "".join(char.text for char in found.chars) == kept


def test_readings_that_agree_are_as_sure_as_the_surer_one() -> None:
    assert either(seen("1,234.5", 0.7), seen("1234.5", 0.98)).confidence == 0.98
    assert either(seen("1,234.5", 0.99), seen("1234.5", 0.98)).text == "1,234.5"


def test_readings_that_differ_are_not_sure() -> None:
    found = either(seen("180.00", 0.99), seen("100.00", 0.97))
    assert (found.text, found.confidence) == ("180.00", 0.5)
    assert max(char.confidence for char in found.chars if char.text.isdigit()) == 0.5


def test_a_reading_that_is_an_amount_is_taken_but_not_sure() -> None:
    found = either(seen("18O.00", 0.99), seen("180.00", 0.9))
    assert (found.text, found.confidence) == ("180.00", 0.5)


def test_a_lost_sign_is_a_difference() -> None:
    assert either(seen("-3.00"), seen("3.00")).confidence == 0.5
