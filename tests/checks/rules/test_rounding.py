"""Rounding is not an error, and amounts that are cut off are told once."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.checks.audit.catalogue import run_checks
from budgetkit.checks.printed import FAIL, PASS, ROUNDING
from tests.helpers.cases import Case, case, fact

CENT = Decimal("0.01")


def tree(seed: int, mode: str) -> list[dict[str, Any]]:
    """A table whose exact amounts were rounded, or cut off, to two decimals."""
    draw = Random(seed)
    rows, total = [], Decimal(0)
    for group in range(201, 216):
        parts = [Decimal(draw.randrange(10**8)) / 10**4 for _ in range(9)]
        printed = [part.quantize(CENT, mode) for part in parts]
        rows.append(fact("expenditure", str(group), str(sum(parts).quantize(CENT, mode))))
        rows += [fact("expenditure", f"{group}{n:02}", str(p)) for n, p in enumerate(printed, 1)]
        total += sum(parts)
    return [fact("expenditure", "total", str(total.quantize(CENT, mode))), *rows]


def told(one: Case, status: str) -> list[str]:
    return [check.id for check, finding in run_checks(one) if finding.status == status]


@given(st.integers(0, 10**6))
def test_rounded_sums_never_fail_and_are_not_called_cut_off(seed: int) -> None:
    one = case(facts=tree(seed, ROUND_HALF_UP))
    assert FAIL not in {f.status for c, f in run_checks(one) if c.kind == "arithmetic"}
    assert "rounded-not-cut" not in told(one, ROUNDING)


@pytest.mark.parametrize("seed", range(5))
def test_cutting_off_is_said_once(seed: int) -> None:
    one = case(facts=tree(seed, ROUND_DOWN))
    arithmetic = [f for c, f in run_checks(one) if c.kind == "arithmetic"]
    assert [f.status for f in arithmetic].count(ROUNDING) == 1
    assert told(one, ROUNDING) == ["rounded-not-cut"]
    assert not [f for f in arithmetic if f.status == FAIL]


def test_a_slip_among_cut_off_amounts_is_found() -> None:
    rows = tree(1, ROUND_DOWN)
    rows[1]["printed"] = str(Decimal(rows[1]["printed"]) + Decimal("3.70"))
    fails = [f for c, f in run_checks(case(facts=rows)) if f.status == FAIL]
    assert {f.code for f in fails} >= {"201"}


def test_sums_have_the_tolerance_of_their_digits() -> None:
    parts = [fact("expenditure", code, "1.00") for code in ("201", "204", "205")]
    for printed, status in (("3.00", PASS), ("3.02", ROUNDING), ("3.03", FAIL)):
        one = case(facts=[fact("expenditure", "total", printed), *parts])
        found = [f.status for c, f in run_checks(one) if c.id == "total-of-classes"]
        assert found == [status]
