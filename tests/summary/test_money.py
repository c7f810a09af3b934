"""What a report says of the money, against the figures that the documents were typeset from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from budgetkit.disclosure import select
from budgetkit.storage.figures import Figure
from budgetkit.summary.amount_lines import three_public
from budgetkit.summary.lookup import is_total
from budgetkit.summary.money import Headline, headline
from tests.helpers.truth import NAMES, amount, read, truth


def money_of(dataset: Path, name: str) -> Headline:
    told = truth(name)
    return headline(select(read(dataset), told["department"], told["scope"], told["year"]))


def value(figure: Figure | None) -> float | None:
    return None if figure is None else round(figure.amount, 6)


@pytest.mark.parametrize("name", NAMES)
def test_the_headline_amounts_are_those_that_are_printed(sample_dataset: Path, name: str) -> None:
    money = money_of(sample_dataset, name)
    assert value(money.expenditure) == amount(name, "expenditure", "total", code="total")
    assert value(money.revenue) == amount(name, "revenue", "total", code="total")
    for use in ("basic", "project"):
        printed = amount(name, "expenditure", use, code="total")
        if printed is not None:
            assert value(getattr(money, use)) == printed, use
    for kind, code in (("wages", "301"), ("goods", "302"), ("family", "303")):
        assert value(getattr(money, kind)) == amount(name, "basic_expenditure", "total", code=code)
    for use in ("personnel", "operating"):
        printed = amount(name, "basic_expenditure", use, code="total")
        if printed is not None:
            assert value(getattr(money, use)) == printed, use


@pytest.mark.parametrize("name", NAMES)
def test_functions_and_sources_add_up_to_the_whole(sample_dataset: Path, name: str) -> None:
    money = money_of(sample_dataset, name)
    assert money.expenditure is not None
    assert money.revenue is not None
    functions = sum(line.figure.amount for line in money.functions)
    assert functions == pytest.approx(money.expenditure.amount, abs=0.006 * len(money.functions))
    sources = sum(line.figure.amount for line in money.sources)
    assert sources == pytest.approx(money.revenue.amount, abs=0.006 * len(money.sources))


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_says_where_it_stands(sample_dataset: Path, name: str) -> None:
    money = money_of(sample_dataset, name)
    lines = [*money.sources, *money.functions, *money.items, *money.economic, *money.three_public]
    figures = [money.expenditure, money.basic, money.personnel, *(line.figure for line in lines)]
    printed = [figure for figure in figures if figure and figure.note != "from_narrative"]
    assert len(printed) > 5
    assert [figure for figure in printed if not figure.fact_ids] == []
    three = amount(name, "three_public", "total", code="total")
    if three:
        assert value(money.three_public[0].figure) == three


def test_what_is_not_disclosed_is_none_and_not_zero(sample_dataset: Path) -> None:
    money = money_of(sample_dataset, "yanping-sfj-2025")
    assert money.line("carryover", "total") is None
    assert money.reserve is None


def test_what_the_prose_means_by_the_whole() -> None:
    assert is_total("支出预算")
    assert not is_total("项目支出")


def test_three_public_that_the_prose_tells_twice_is_listed_once(sample_dataset: Path) -> None:
    told = truth(NAMES[0])
    found = select(read(sample_dataset), told["department"], told["scope"], told["year"])
    said = [
        {"document": NAMES[0], "kind": "three_public", "item": item, "amount": amount, "text": ""}
        for item, amount in (("公务接待费", 2.5), ("公务用车运行费", 3.0), ("公务接待费", 2.5))
    ]
    alone = replace(found, rows={**found.rows, "facts": [], "narrative": said})
    assert [line.figure.amount for line in three_public(alone)] == [2.5, 3.0]
