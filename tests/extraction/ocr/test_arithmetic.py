"""Sums confirm recognised digits, and propose the one digit that would mend them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from budgetkit.extraction.ocr.arithmetic import judge
from budgetkit.extraction.tables.table_content import Fact, TableContent
from budgetkit.geometry import Box

BOX = Box(0, 0, 9, 9)


def fact(row: int, code: str, measure: str, printed: str) -> Fact:
    return Fact("expenditure", "", code, "", None, "", measure, Decimal(printed.replace(",", "")),
                printed, "万元", 1, BOX, "recognised", row, 0, seen=printed,
                confidence=0.99)  # fmt: skip


def table(rows: Mapping[str, tuple[str, str, str]]) -> list[Fact]:
    return [
        fact(i, code, measure, printed)
        for i, (code, figures) in enumerate(rows.items())
        for measure, printed in zip(("total", "basic", "project"), figures, strict=True)
    ]


ROWS = {
    "total": ("1,234.50", "1,000.00", "234.50"),
    "201": ("1,000.00", "900.00", "100.00"),
    "20101": ("1,000.00", "900.00", "100.00"),
    "2010101": ("700.00", "700.00", "0.00"),
    "2010102": ("300.00", "200.00", "100.00"),
    "208": ("234.50", "100.00", "134.50"),
}


def judged(facts: list[Fact]) -> list[Fact]:
    (content,) = judge([TableContent(facts, [], [])])
    return content.facts


def test_sums_that_hold_confirm_their_figures() -> None:
    found = judged(table(ROWS))
    assert all(one.confirmed_by for one in found)
    assert {one.confirmed_by for one in found} <= {
        "total-of-classes", "class-of-subclasses", "subclass-of-items", "expenditure-columns",
    }  # fmt: skip
    assert {one.certainty for one in found} == {"recognised"}


def test_one_digit_that_would_mend_all_sums_is_proposed_and_not_taken() -> None:
    found = judged(table(ROWS | {"2010102": ("300.00", "280.00", "100.00")}))
    (wrong,) = [one for one in found if one.proposed]
    assert (wrong.code, wrong.measure, wrong.printed) == ("2010102", "basic", "280.00")
    assert (wrong.proposed, wrong.certainty, wrong.amount) == ("200.00", "doubtful", 280)


def test_nothing_is_proposed_where_several_figures_would_mend_the_sum() -> None:
    facts = [fact(0, "208", measure, printed)
             for measure, printed in (("total", "30.00"), ("basic", "10.00"), ("project", "10.00"))
             ]  # fmt: skip
    found = judged(facts)
    assert not any(one.proposed or one.confirmed_by for one in found)


def test_more_than_a_digit_is_no_proposal() -> None:
    found = judged(table(ROWS | {"2010102": ("300.00", "281.00", "100.00")}))
    assert not any(one.proposed for one in found)


def test_a_figure_that_nobody_is_sure_of_is_doubtful_unless_a_sum_confirms_it() -> None:
    facts = [replace(one, confidence=0.5) for one in table(ROWS)]
    assert {one.certainty for one in judged(facts)} == {"recognised"}
    assert [one.certainty for one in judged(facts[:1])] == ["doubtful"]


def test_figures_of_the_text_layer_are_not_judged() -> None:
    facts = [replace(one, seen="", confidence=None, certainty="read") for one in table(ROWS)]
    assert judged(facts) == facts


def test_classes_by_unit_are_no_tree() -> None:
    facts = table({"201": ("10.00", "10.00", "0.00")}) * 2
    assert {one.confirmed_by for one in judged(facts)} <= {"", "expenditure-columns"}
