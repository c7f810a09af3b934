"""Projects that a table of projects leaves out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.cases import case, fact, fails, run

TABLE = "carryover"


def row(code: str, printed: str, project: str = "", **fields: Any) -> dict[str, Any]:
    return fact(fields.pop("table", TABLE), code, printed, project=project, name=project, **fields)


ROWS = [row("total", "30.00"), row("department", "30.00"), row("", "20.00", "甲"),
        row("", "10.00", "乙")]  # fmt: skip


def test_a_project_that_is_left_out_is_missing_from_the_total() -> None:
    assert not fails(case(facts=ROWS), "project-rows")
    assert run(case(facts=ROWS), "project-rows")
    (found,) = fails(case(facts=ROWS[:-1]), "project-rows")
    assert (found.expected, found.found) == (30, 20)
    assert not found.certain


@pytest.mark.parametrize(
    "facts",
    [
        # More than the total: some may contain others.
        [*ROWS, row("", "30.00", "丙")],
        # The total of several departments or units.
        [*ROWS[:1], row("department", "12.00"), *ROWS[2:3]],
        [*ROWS[:1], row("own", "10.00"), *ROWS[2:3]],
        # A row that is no project.
        [*ROWS[:3], row("", "5.00")],
        # Projects are not listed.
        ROWS[:2],
    ],
)
def test_rows_that_need_not_add_up(facts: list[dict[str, Any]]) -> None:
    assert not fails(case(facts=facts), "project-rows")


def test_a_class_without_a_project_beside_others_has_lost_it() -> None:
    table: dict[str, Any] = {"table": "project_expenditure"}
    tree = [
        row("20601", "8.00", **table), row("2060102", "8.00", "甲", **table),
        row("20604", "14.00", **table), row("2060404", "14.00", "乙", **table),
        row("20605", "50.00", **table),
    ]  # fmt: skip
    (found,) = fails(case(facts=tree), "project-rows")
    assert found.code == "20605"
    whole = [*tree, row("2060599", "50.00", "丙", **table)]
    assert not fails(case(facts=whole), "project-rows")
    assert not fails(case(facts=[*tree[:2], tree[-1]]), "project-rows")
    empty = [*tree[:-1], row("20605", "0.00", **table)]
    assert not fails(case(facts=empty), "project-rows")
