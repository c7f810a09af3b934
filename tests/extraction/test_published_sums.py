"""Published documents of other places: parents are the sums of their children.

Where they are not, the publisher erred or prints no row for a level; each was seen on its page.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from budgetkit.amounts import parse_number
from budgetkit.extraction.document import read_file
from tests.conftest import ROOT

PUBLISHED = ROOT.parent / "shared" / "published"
#: By file: the parents whose printed children do not add up to them, with their measure.
KNOWN = {
    # Page 24: 差旅费 is 4.50 in the column before and 5.50 in that of the general budget.
    "yantai-civil-2026.pdf": {("basic_expenditure", "302", "general_budget")},
    "xian-audit-2026.pdf": set(),
    "chongqing-water-2026.pdf": set(),
    "shenzhen-audit-2026.pdf": set(),
    "hangzhou-justice-2026.pdf": set(),
}

pytestmark = pytest.mark.slow


def sums_off(path: Path) -> set[tuple[str, str, str]]:
    """Parents of coded tables that miss the sum of their children by more than rounding."""
    off: set[tuple[str, str, str]] = set()
    compared = 0
    for reading in read_file(path):
        trees: dict[tuple[str, ...], dict[str, Decimal]] = defaultdict(dict)
        for row in reading.rows["facts"]:
            number = parse_number(row["printed"])
            if row["budget_unit"] or row["project"] or not row["code"].isdigit() or number is None:
                continue
            where = (row["fact_id"].partition(":")[0], row["table"], row["section"], row["measure"])
            tree = trees[where]
            # A code that stands once for each of the government's classes is their sum.
            before = tree.get(row["code"], Decimal(0)) if row["government_code"] else Decimal(0)
            tree[row["code"]] = before + number
        for (_, table, _, measure), tree in trees.items():
            for code, amount in tree.items():
                below = [v for c, v in tree.items() if len(c) == len(code) + 2 and c[:-2] == code]
                compared += bool(below)
                if below and abs(sum(below) - amount) > Decimal("0.005") * (len(below) + 1):
                    off.add((table, code, measure))
    assert compared > 5
    return off


@pytest.mark.skipif(
    not PUBLISHED.is_dir(), reason="the development documents (../shared) are not beside this clone"
)
@pytest.mark.parametrize("name", KNOWN)
def test_parents_are_the_sums_of_their_children(name: str) -> None:
    assert sums_off(PUBLISHED / name) == KNOWN[name]
