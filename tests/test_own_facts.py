"""Rows of units, of other stages and of second classifications are never the department's."""

from __future__ import annotations

from typing import Any

from budgetkit.own_facts import is_split, own_facts, unit_names, units_of


def row(code: str, printed: str, **fields: Any) -> dict[str, Any]:
    """A row of ``facts``."""
    known = {"document": "d", "table": "expenditure", "section": "", "measure": "total"}
    return known | {"code": code, "printed": printed, "project": None} | fields


def amounts(rows: list[dict[str, Any]], kind: str = "") -> list[str]:
    return [fact["printed"] for fact in own_facts(rows, kind)]


def test_rows_of_several_units_are_left_out_and_listed_as_by_unit() -> None:
    lines = [row("201", printed, budget_unit=unit) for printed, unit in (("4", "甲"), ("5", "乙"))]
    rows = [row("total", "9"), *lines]
    assert amounts(rows) == ["9"]
    assert units_of(rows) == {"expenditure": lines}


def test_lines_of_the_only_unit_are_the_departments() -> None:
    rows = [row("total", "9"), row("201", "9", budget_unit="甲")]
    assert amounts(rows) == ["9", "9"]
    assert units_of(rows) == {}


def test_the_departments_own_office_is_a_unit() -> None:
    rows = [
        row("total", "9"),
        row("department", "4", name="某局"),
        row("201", "4"),
        row("unit", "5", budget_unit="甲"),
        row("201", "5", budget_unit="甲"),
    ]
    assert unit_names(rows) == ["", "某局", "某局", "甲", "甲"]
    assert amounts(rows) == ["9"]


def test_a_unit_called_total_is_the_whole() -> None:
    rows = [row("abroad", "9", budget_unit="合计"), row("abroad", "4"),
            row("abroad", "5", budget_unit="甲")]  # fmt: skip
    assert amounts(rows) == ["9"]


def test_projects_listed_by_unit_alone_are_kept_once() -> None:
    rows = [
        row("", "3", project="一", budget_unit="甲"),
        row("", "6", project="二", budget_unit="乙"),
        row("", "6", project="二"),
    ]
    assert amounts(rows) == ["3", "6"]


def test_a_column_is_read_at_its_main_stage() -> None:
    stages = {"adjusted": "4", "budget": "5", "final": "6"}
    rows = [row("201", printed, stage=stage) for stage, printed in stages.items()]
    rows.append(row("201", "7", stage="executed", measure="other"))
    assert amounts(rows) == ["5", "7"]
    assert amounts(rows, "final_account") == ["6", "7"]


def test_a_panel_by_another_classification_repeats_the_amounts() -> None:
    rows = [row("201", "4", section="expenditure"), row("301", "4", section="economic"),
            row("501", "4", section="government")]  # fmt: skip
    assert amounts(rows) == ["4"]


def test_rows_with_different_second_codes_are_the_parts_of_a_code() -> None:
    rows = [row("30199", "4", government_code=code) for code in ("50101", "50199")]
    assert is_split(rows)
    assert not is_split([*rows, row("30199", "8")])
    assert not is_split(rows[:1])
