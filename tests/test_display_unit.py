"""The unit that amounts are shown in: nothing is lost, nothing looks like zero."""

from __future__ import annotations

import pytest

from budgetkit.display_unit import UNITS, display_unit
from budgetkit.errors import UsageError
from budgetkit.render.labels import LANGUAGES, Labels


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("yuan", "12,345,600.00"),
        ("wan", "1,234.56"),
        ("million", "12.35"),
        ("yi", "0.123456"),
    ],
)
def test_an_amount_in_each_unit(unit: str, written: str) -> None:
    assert UNITS[unit].written(1234.56) == written


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("wan", [0.0001, 0.004, 0.01, 0.5, 99.99, 123456.78])
def test_no_amount_looks_like_zero(unit: str, wan: float) -> None:
    for amount in (wan, -wan):
        assert float(UNITS[unit].written(amount).replace(",", "")) != 0


@pytest.mark.parametrize("unit", UNITS)
def test_what_is_held_against_each_other_keeps_its_digits(unit: str) -> None:
    one, other = UNITS[unit].exact(123456.78), UNITS[unit].exact(123456.79)
    assert one != other
    assert float(one.replace(",", "")) == UNITS[unit].scaled(123456.78)


def test_another_unit_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no unit 'k'"):
        display_unit("k", "en")
    with pytest.raises(UsageError, match="there is no unit 'k'"):
        Labels("en", "k")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_name_the_unit(lang: str) -> None:
    for unit in UNITS.values():
        say = Labels(lang, unit.id)
        assert say("unit") == unit.name(lang)
        assert unit.name(lang) in say("cap.in")
        assert unit.name(lang) in say("cmp.source", documents="a", dates="b")
    assert Labels("en").value(20.5, "万元/人") == "205,000"
    assert Labels("zh").value(20.5, "万元/人") == "20.50"
