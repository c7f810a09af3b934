"""Minus signs that are drawn, and short rules that are none."""

from __future__ import annotations

import pytest

from budgetkit.extraction.pdf.drawn_signs import with_drawn_signs
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.pdf.ruled_lines import Rule
from tests.helpers.drawn import text

#: Half the height of a digit above the baseline.
Y = 96.0
SIGN = Rule(93, Y, 97, Y)


def page_of(*rules: Rule, before: str = "") -> Page:
    chars = [*text("50.00", 100, 100), *text(before, 80, 100)]
    return Page(1, 400, 600, tuple(chars), rules, 0, 0)


@pytest.mark.parametrize("sign", [SIGN, Rule(40, Y, 44, Y)], ids=["before it", "far left"])
def test_a_short_rule_before_a_figure_is_an_unsure_minus(sign: Rule) -> None:
    page = with_drawn_signs(page_of(sign, Rule(30, 80, 30, 120)))
    assert {c.text for c in page.unsure} == {"-"}
    assert page.chars[-1].baseline == 100


@pytest.mark.parametrize(
    "rules",
    [
        (Rule(93, 99.8, 97, 99.8),),
        (SIGN, Rule(85, Y, 89, Y), Rule(77, Y, 81, Y)),
        (SIGN, Rule(98, 80, 98, 120)),
        (Rule(60, Y, 64, Y), Rule(80, 80, 80, 120)),
        (Rule(101, Y, 108, Y),),
        (Rule(40, Y, 97, Y),),
    ],
    ids=["underline", "dashes", "at a rule", "next cell", "struck out", "long"],
)
def test_other_short_rules_are_no_signs(rules: tuple[Rule, ...]) -> None:
    page = page_of(*rules)
    assert with_drawn_signs(page) is page


def test_a_dash_between_two_numbers_is_no_sign() -> None:
    page = page_of(SIGN, before="21")
    assert with_drawn_signs(page) is page
