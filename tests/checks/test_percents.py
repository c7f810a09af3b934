"""Percents that are rounded from their amounts."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgetkit.checks.percents import compare_percent, percent_range
from budgetkit.checks.quoted import (
    QuotedAmount,
    QuotedPercent,
)


@given(
    st.decimals("0.01", "99999", places=2),
    st.decimals("0.01", "99999", places=2),
)
def test_a_share_rounded_from_its_amounts_never_fails(part: Decimal, rest: Decimal) -> None:
    whole = part + rest
    share = round(part / whole * 100, 2)
    half = Decimal("0.005")
    ends = percent_range(QuotedAmount(part, half, "", 0, 0), QuotedAmount(whole, half, "", 0, 0))
    assert ends is not None
    assert compare_percent(QuotedPercent(share, half), ends) != "fail"
