"""What an indicator's target says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.tables.indicators import split_target


@given(st.text(max_size=30))
def test_any_target_splits(printed: str) -> None:
    assert len(split_target(printed)) == 3


@given(
    st.sampled_from(["＞=", "＜=", "=", "≥", "≤", "不低于"]),
    st.decimals(min_value=0, max_value=10**6, places=2),
    st.sampled_from(["人", "万元", "%", "次"]),
)
def test_a_target_with_a_sign_is_read_back(sign: str, number: object, unit: str) -> None:
    operator, target, read_unit = split_target(f"{sign}{number}{unit}")
    assert operator in (">=", "<=", "=")
    assert (target, read_unit) == (str(number), unit)


def test_a_date_is_no_number() -> None:
    assert split_target("2025年11月30日") == ("", "", "")
