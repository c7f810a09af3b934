"""The prose of a final account: it says what was planned beside what was spent.

年初预算为620.00万元，支出决算为615.40万元: the first amount is of the budget.  No table of the
account prints it where a check looks for what was spent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from budgetkit.checks.quoted import quoted_amount
from budgetkit.extraction.prose.wordings import folded
from budgetkit.storage.records import Row

_OF_BUDGET = re.compile(r"(?<!完成)(?:年初|年度|全年|调整)?预算(?:数|安排|资金)?(?:数|为|是|共)*$")
#: Longer words do not stand between 预算 and its amount.
_WORDS = 12


def with_budgets_apart(rows: Mapping[str, list[Row]]) -> Mapping[str, list[Row]]:
    """Return the rows of a final account, with what its prose says was planned as ``budget``.

    Parameters
    ----------
    rows
        By table.

    Returns
    -------
    mapping of str to list of dict
        Rows of ``narrative`` about a planned amount have it as ``budget``, and no ``amount``.
    """
    said = [
        {**row, "amount": None, "budget": row["amount"]} if _is_of_budget(row) else row
        for row in rows["narrative"]
    ]
    return defaultdict(list, {**rows, "narrative": said})


def _is_of_budget(row: Row) -> bool:
    quoted = quoted_amount(row, "amount")
    if quoted is None:
        return False
    before = folded(row["text"])[max(quoted.start - _WORDS, 0) : quoted.start]
    return _OF_BUDGET.search(before) is not None
