"""What the prose of a final account says was planned is not held against what was spent."""

from __future__ import annotations

import pytest

from budgetkit.checks.account_prose import with_budgets_apart
from tests.helpers.cases import said


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("行政运行（项）。年初预算为620.00万元，支出决算为615.40万元。", True),
        ("“三公”经费预算数620.00万元，支出决算9.60万元。", True),
        ("因公出国（境）费全年预算安排620.00万元，实际支出9.60万元。", True),
        ("行政运行（项）支出决算为620.00万元，年初预算为615.40万元。", False),
        ("一般公共预算财政拨款支出620.00万元，年初预算为615.40万元。", False),
    ],
)
def test_a_planned_amount_stands_apart(text: str, planned: bool) -> None:
    (row,) = with_budgets_apart({"narrative": [said(text, "行政运行", amount=620.0)]})["narrative"]
    assert (row["amount"], row.get("budget")) == ((None, 620.0) if planned else (620.0, None))
