"""An answer may be a number, a text, a cell or several of them, in any shape that pandas gives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from budgetkit.lessons.lesson_data import Cell, LessonData
from budgetkit.lessons.likewise import as_names, as_number, is_cell, matches, same

FACTS = pd.DataFrame(
    {
        "fact_id": ["a:basic:1.2", "a:basic:1.3"],
        "document": "a",
        "table": "basic",
        "code": "301",
        "measure": ["total", "personnel"],
        "amount": [5.0, 5.0],
    }
)
DATA = LessonData(lambda name: FACTS, "a")


@pytest.mark.parametrize(
    "given",
    [17.44, 17.4428, "17.44", " 17.44 万元", Decimal("17.44"), np.float64(17.44), np.array([17.44]),
     pd.Series([17.44]), pd.DataFrame({"a": [17.44]}), [17.44]],
    ids=repr,
)  # fmt: skip
def test_a_number_in_any_shape(given: Any) -> None:
    assert same(17.4428, given, 2, DATA)


@pytest.mark.parametrize(
    "given",
    [17.4, 17.45, None, "", "?", True, pd.NA, float("nan"), [17.44, 1], {}, [], print, "fact",
     np.array([]), pd.DataFrame(), Ellipsis],
    ids=repr,
)  # fmt: skip
def test_what_is_not_that_number(given: Any) -> None:
    assert not same(17.4428, given, 2, DATA)


def test_whole_numbers_and_truth_values() -> None:
    assert same(25, pd.Series([25], dtype="Int64"), 0, DATA)
    assert not same(25, 24, 0, DATA)
    assert same(True, np.True_, 0, DATA)
    assert not same(True, 1, 0, DATA)
    assert as_number("1,234.5 元") == 1234.5
    assert as_number("1,234,567.5") == 1234567.5
    assert as_number("75,93") is None
    assert as_number("1,2345") is None
    assert as_number(object()) is None


def test_a_text_without_regard_to_width_and_spaces() -> None:
    assert same("人员（经费）", " 人员(经费)", 0, DATA)
    assert same("301", 301, 0, DATA)
    assert not same("301", [301, 302], 0, DATA)


@pytest.mark.parametrize(
    "given",
    ["a:basic:1.2", FACTS.iloc[0], FACTS.iloc[[0]], FACTS.to_dict("records")[0]],
    ids=["id", "row", "frame", "dict"],
)
def test_a_cell_by_its_id_or_row(given: Any) -> None:
    assert same(Cell("a", "basic", "301", "total"), given, 0, DATA)
    assert same(Cell("a", "basic"), given, 0, DATA)
    assert not same(Cell("a", "basic", "301", "personnel"), given, 0, DATA)
    assert is_cell("a:basic:9.9", DATA) is None


def test_values_by_name_in_any_order() -> None:
    wanted = {"甲局": 1.0, "乙局": 2.0}
    series = pd.Series([2.0, 1.001, None], ["乙局", "甲局", "丙局"])
    assert same(wanted, series, 2, DATA)
    assert same(wanted, series.to_frame("a"), 2, DATA)
    assert same(wanted, series.rename_axis("b").reset_index(name="a"), 2, DATA)
    assert same(wanted, dict(wanted), 2, DATA)
    assert not same(wanted, {"甲局": 1.0}, 2, DATA)
    assert not same(wanted, wanted | {"丙局": 3.0}, 2, DATA)
    assert matches(wanted, {"甲局": 1.0, "乙局": 9.0}, 2) == (True, 1, 2)
    assert as_names(pd.DataFrame(np.ones((2, 3)))) == {}


def test_sets_have_no_order_and_lists_do() -> None:
    assert same({"301", "303"}, ["303", "301"], 0, DATA)
    assert same({"301", "303"}, pd.Series(["303", "301"]), 0, DATA)
    assert not same({"301", "303"}, ["303", "301", "302"], 0, DATA)
    assert not same({"301", "303"}, ["301", "301"], 0, DATA)
    assert same({"301", "303"}, ["303", "301", "303"], 0, DATA)
    assert same(["301", "303"], pd.Index(["301", "303"]), 0, DATA)
    assert not same(["301", "303"], ["303", "301"], 0, DATA)
