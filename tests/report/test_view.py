"""How a report writes numbers and names."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.render.page import number
from budgetkit.report.view import View, view
from budgetkit.storage.figures import Figure
from budgetkit.summary.amount_lines import AmountLine
from tests.helpers.truth import amount, truth


@pytest.fixture(scope="module")
def education(sample_dataset: Path) -> View:
    told = truth("yunting-jyj-2025")
    return view(bk.read_dataset(sample_dataset), told["department"], "department", 2025, lang="en")


def test_numbers_and_shares(education: View) -> None:
    assert number(1234.5) == "1,234.50"
    assert number(-3, 0, "+") == "-3"
    assert education.share(Figure(25.0), Figure(200.0)) == "12.5%"
    assert education.share(Figure(25.0), Figure(0.0)) == "—"
    assert education.share(Figure(25.0), None) == "—"


def test_the_year_before_is_found_by_code(education: View) -> None:
    line = next(line for line in education.now.money.functions if line.code == "205")
    older = education.older("functional", line)
    assert older is not None
    assert older.amount == amount("yunting-jyj-2024", "expenditure", "total", code="205")
    assert education.older("functional", AmountLine("999", "没有", Figure(1.0))) is None


def test_people_against_the_year_before(education: View) -> None:
    now, then = (truth(f"yunting-jyj-{year}")["staff"]["active"] for year in (2025, 2024))
    assert education.posts_change == now - then


def test_names_in_english_where_there_is_a_word(education: View) -> None:
    assert education.name("functional", AmountLine("205", "教育支出", Figure(1.0))) == "Education"
    assert education.name("carryover", AmountLine("", "某项目", Figure(1.0))) == "某项目"
    assert education.say.table("summary") == "Summary of revenue and expenditure"
    assert education.say.table("unheard_of") == "unheard_of"
