"""Every measure of the bundled corpus against sums made by hand from its truth files."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from budgetkit.api import Dataset, read_dataset
from budgetkit.compare.execution_measures import MEASURES
from budgetkit.compare.measures import measures
from tests.helpers.truth import NAMES, truth

#: A cell is printed to a hundredth of 万元, or to the yuan.
EXACT = 1e-9


def _sum(name: str, table: str, measure: str, *codes: str, section: str = "") -> float | None:
    """Sum of the printed rows of a table without a project; None where none is printed."""
    found = [
        fact["value"]
        for fact in truth(name)["facts"]
        if (fact["table"], fact["measure"]) == (table, measure)
        and fact["section"] == section
        and fact["code"] in codes
        and not fact["project"]
    ]
    return sum(found) if found else None


def _projects(name: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for fact in truth(name)["facts"]:
        if (fact["table"], fact["measure"]) == ("project_expenditure", "total") and fact["project"]:
            found[fact["project"]] = found.get(fact["project"], 0.0) + fact["value"]
    return found


def _over(part: float | None, whole: float | None, scale: float = 1.0) -> float | None:
    return None if part is None or not whole else part / whole * scale


def by_hand(name: str) -> dict[str, float | None]:
    """What each measure is, from the data that the document was typeset from."""
    data: dict[str, Any] = truth(name)
    staff = data["staff"]
    active, posts = staff["active"], staff["authorized"]
    expenditure = _sum(name, "summary", "amount", "total", section="expenditure")
    revenue = _sum(name, "summary", "amount", "total", section="revenue")
    basic = _sum(name, "expenditure", "basic", "total")
    project = _sum(name, "expenditure", "project", "total")
    wages = _sum(name, "basic_expenditure", "total", "301")
    family = _sum(name, "basic_expenditure", "total", "303")
    personnel = _sum(name, "basic_expenditure", "personnel", "total")
    operating = _sum(name, "basic_expenditure", "operating", "total")
    if data["template"] == "jiangsu12":  # its table prints no split: 301 + 303, 302 + 310
        personnel = _sum(name, "basic_expenditure", "total", "301", "303")
        operating = _sum(name, "basic_expenditure", "total", "302", "310")
    running = {
        "xinjiang11": data["told"]["operating"],
        "shanghai9": _sum(name, "three_public", "total", "operating_costs"),
        "jiangsu12": _sum(name, "operating_costs", "total", "total"),
    }[data["template"]]
    carryover = _sum(name, "carryover", "total", "total")
    transfers = _sum(
        name, "summary", "amount", "general_transfer", "government_fund_transfer",
        "state_capital_transfer", section="revenue",
    )  # fmt: skip
    amounts = _projects(name)
    total = sum(amounts.values()) if amounts else None
    largest = max(amounts.values(), default=None)
    rows = ("abroad", "reception", "vehicles", "vehicle_purchase", "vehicle_operation")
    return {
        "authorized": posts,
        "counted": staff["total"],
        "active": active,
        "retired": staff["retired"],
        "special_retired": staff["special_retired"],
        "vacancy": None if posts is None or active is None else posts - active,
        "revenue": revenue,
        "expenditure": expenditure,
        "basic": basic,
        "project": project,
        "basic_share": _over(basic, expenditure, 100),
        "project_share": _over(project, expenditure, 100),
        "personnel": personnel,
        "operating": operating,
        "operating_costs": running,
        "wages": wages,
        "family": family,
        "wages_per_head": _over(wages, active),
        "family_per_head": _over(family, active),
        "projects": len(amounts) or None,
        "project_total": total,
        "project_largest": largest,
        "project_largest_share": _over(largest, total, 100),
        "project_hhi": sum((value / total) ** 2 for value in amounts.values()) if total else None,
        "three_public": _sum(name, "three_public", "total", "total"),
        **{row: _sum(name, "three_public", "total", row) for row in rows},
        "carryover": carryover,
        "carryover_share": _over(carryover, revenue, 100),
        "transfers": transfers,
        "transfer_share": _over(transfers, revenue, 100),
    }


@pytest.fixture(scope="module")
def compared(sample_dataset: Any) -> pd.DataFrame:
    dataset: Dataset = read_dataset(sample_dataset)
    both = [dataset.compare(scope=scope) for scope in ("department", "unit")]
    return pd.concat(both).set_index(["documents", "measure"])


def test_no_measure_is_without_a_sum_made_by_hand() -> None:
    # Those of a budget and its final account are in test_execution_table.
    assert set(by_hand(NAMES[0])) == set(measures()) - set(MEASURES)


@pytest.mark.parametrize("name", NAMES)
def test_each_measure_is_what_the_truth_says(compared: pd.DataFrame, name: str) -> None:
    wrong = []
    for measure, expected in by_hand(name).items():
        found = compared.loc[(name, measure)]
        value = None if pd.isna(found["value"]) else float(found["value"])
        if expected is None:
            # Truth files leave zeros out; where the document prints them a zero is right.
            if value not in (None, 0.0):
                wrong.append((measure, expected, value))
            if value is None and not found["flags"]:
                wrong.append((measure, "missing, and not said why"))
        elif value is None or abs(value - expected) > EXACT * max(1.0, abs(expected)):
            wrong.append((measure, expected, value))
        elif not found["fact_ids"] and not found["places"]:
            wrong.append((measure, "says not where it stands"))
    assert wrong == []


def test_a_figure_says_its_facts(sample_dataset: Any) -> None:
    dataset = read_dataset(sample_dataset)
    frame = dataset.compare(
        ["wages", "project_total"], years=2025, bureaus="昌吉回族自治州科学技术局"
    )
    assert sorted(frame["measure"]) == ["project_total", "wages"]
    for row in frame.itertuples():
        amounts = [dataset.fact(fact)["amount"] for fact in row.fact_ids.split()]
        assert sum(amounts) == pytest.approx(row.value)
