"""Tables with three planted errors: one a table, to be found by adding across."""

from __future__ import annotations

import pytest

import budgetkit as bk
from budgetkit.errors import UsageError
from budgetkit.lessons.planted_errors import TABLES, planted_slips

#: Two decimals, in binary.
SAME = 0.005


@pytest.mark.parametrize("student", range(1, 9))
def test_the_lines_that_do_not_add_up_across_are_the_planted_ones(student: int) -> None:
    rows = bk.lessons.planted(student)
    lines = rows.pivot_table(index=["table", "code"], columns="measure", values="amount")
    parts = lines.drop(columns="total").sum(axis=1)
    off = (lines["total"] - parts).abs() > SAME
    slips = planted_slips(student)
    assert tuple(slip.table for slip in slips) == TABLES
    assert set(lines[off].index) == {(slip.table, slip.code) for slip in slips}
    for slip in slips:
        place = (slip.table, slip.code)
        assert round(lines.loc[place, "total"], 2) == float(slip.now or 0)
        assert round(parts[place], 2) == float(slip.was or 0)


def test_another_student_has_other_errors_and_the_same_one_the_same() -> None:
    told = [planted_slips(student) for student in range(1, 9)]
    assert len(set(told)) == len(told)
    assert bk.lessons.planted(1).equals(bk.lessons.planted())


@pytest.mark.parametrize("student", [0, "a", True])
def test_a_student_is_a_number(student: object) -> None:
    with pytest.raises(UsageError, match="from 1"):
        bk.lessons.planted(student)  # type: ignore[arg-type]
