"""What a reader gets wrong without noticing is never certain; a printed slip is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from budgetkit.checks.audit.checks_table import by_status
from budgetkit.checks.case import Case
from tests.helpers.cases import case, fact, said, table

MEASURES = ("total", "basic", "project")
#: Total, basic and project expenditure by code.
ROWS = {
    "total": ("100.37", "60.14", "40.23"),
    "206": ("70.25", "40.11", "30.14"),
    "20601": ("44.92", "25.60", "19.32"),
    "20604": ("25.33", "14.51", "10.82"),
    "208": ("30.12", "20.03", "10.09"),
    "20805": ("30.12", "20.03", "10.09"),
}
Facts = list[dict[str, Any]]


def printed() -> Facts:
    """Two tables that agree, each figure with its row and column in its id."""
    facts = [
        fact("expenditure", code, text, measure=measure)
        | {"fact_id": f"d:expenditure:{code}.{measure}"}
        for code, texts in ROWS.items()
        for measure, text in zip(MEASURES, texts, strict=True)
    ]
    facts += [
        fact("summary", code, ROWS[code][0], section=section, measure="amount")
        | {"fact_id": f"d:summary:{section}-{code}.amount"}
        for section, codes in (("expenditure", ("206", "208", "total")), ("revenue", ("total",)))
        for code in codes
    ]
    return facts


def certain(facts: Facts, **fields: Any) -> set[str]:
    """Checks that are certain of an error."""
    tables = [table("expenditure"), table("summary")]
    one = case(facts=facts, tables=tables, **fields)
    document = one.documents[0] | {"department": "某局", "scope": "department", "year": 2025}
    rows = by_status([Case(one.key, (document,), one.rows)])["fail"].to_pylist()
    return {row["check"] for row in rows if row["certain"]}


def change(code: str, measure: str, text: str) -> Facts:
    id = f"d:expenditure:{code}.{measure}"
    return [one | {"printed": text} if one["fact_id"] == id else one for one in printed()]


def is_of(one: dict[str, Any], *codes: str) -> bool:
    return one["table"] == "expenditure" and one["code"] in codes


def moved(one: dict[str, Any], measures: dict[str, str]) -> dict[str, Any]:
    measure = measures.get(one["measure"], one["measure"])
    return one | {"measure": measure} if one["table"] == "expenditure" else one


def without_row(code: str) -> Facts:
    return [one for one in printed() if not is_of(one, code)]


def without_column(measure: str) -> Facts:
    return [one for one in printed() if one["measure"] != measure]


def neighbour() -> Facts:
    """Project expenditure filed under basic expenditure, which is lost."""
    return [moved(one, {"project": "basic"}) for one in without_column("basic")]


def exchanged() -> Facts:
    return [moved(one, {"total": "basic", "basic": "total"}) for one in printed()]


def shifted() -> Facts:
    """The project expenditure of two rows one row down; that of the first is lost."""
    new = {"20604": ROWS["20601"][2], "208": ROWS["20604"][2]}
    facts = [one for one in printed() if one["fact_id"] != "d:expenditure:20601.project"]
    return [
        one | {"printed": new[one["code"]]}
        if one["measure"] == "project" and is_of(one, *new)
        else one
        for one in facts
    ]


def without_cell() -> Facts:
    return [one for one in printed() if one["fact_id"] != "d:expenditure:20601.project"]


def cell_beside() -> Facts:
    """An amount of a row that has no project expenditure, in the next column."""
    facts = [one for one in without_cell() if one["fact_id"] != "d:expenditure:20601.total"]
    return [one | {"measure": "project"} if is_of(one, "20601") else one for one in facts]


def other_unit() -> Facts:
    """A whole table read in 元 for 万元."""
    return [one | {"unit": "元"} if one["table"] == "expenditure" else one for one in printed()]


MISREAD: Sequence[Callable[[], Facts]] = (
    lambda: without_row("20604"),
    lambda: without_row("208"),
    lambda: without_row("total"),
    lambda: without_column("project"),
    lambda: without_column("total"),
    neighbour,
    exchanged,
    shifted,
    without_cell,
    cell_beside,
    other_unit,
)


@pytest.mark.parametrize("facts", MISREAD)
def test_what_a_reader_may_have_misread_is_not_certain(facts: Callable[[], Facts]) -> None:
    assert certain(facts()) == set()


def test_a_figure_that_breaks_its_row_and_its_column_is_certain() -> None:
    assert certain(change("20604", "project", "18.02")) >= {"class-of-subclasses"}
    assert certain(change("206", "basic", "41.11"))


def test_a_figure_of_the_row_beside_may_be_shifted() -> None:
    assert certain(change("20604", "project", ROWS["20601"][2])) == set()


def test_two_sums_without_a_figure_in_common_are_not_certain() -> None:
    facts = change("20604", "project", "18.02")
    alone = [one for one in facts if one["measure"] == "project" and one["table"] != "summary"]
    assert certain(alone) == set()  # only one column: a row may be missing as well


def test_sentences_that_disagree_with_a_whole_column_are_not_certain() -> None:
    spoken = [
        said(f"2025年{name}预算{amount}万元，", name, amount=amount)
        for name, amount in (("支出总", 101.37), ("收入总", 110.37))
    ]
    assert "narrative-amount" not in certain(printed(), narrative=spoken)
