"""Sums of the prose and their parts."""

from __future__ import annotations

from decimal import Decimal

from tests.helpers.cases import case, fails, said


def test_procurement_is_the_sum_of_what_is_named() -> None:
    rows = [
        said("政府采购预算22.08万元，", "政府采购", kind="procurement", amount=22.08),
        said("货物10.93万元，", "政府采购货物", kind="procurement", amount=10.93),
        said("工程0.00万元，", "政府采购工程", kind="procurement", amount=0.0),
        said("服务7.45万元。", "政府采购服务", kind="procurement", amount=7.45),
    ]
    (finding,) = fails(case(narrative=rows), "procurement-sum")
    assert (finding.table, finding.code, finding.measure) == ("procurement", "total", "total")
    assert finding.expected == Decimal("18.38")


def test_a_reserve_is_within_the_procurement() -> None:
    rows = [
        said("政府采购18.38万元。", "政府采购", kind="procurement", amount=18.38),
        said("预留20万元，", "面向中小企业预留政府采购", kind="procurement", amount=20.0),
        said("预留9万元。", "小微企业预留政府采购", kind="procurement", amount=9.0),
    ]
    (finding,) = fails(case(narrative=rows), "procurement-reserve")
    assert finding.code == "面向中小企业预留政府采购"
