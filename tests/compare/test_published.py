"""Comparisons over published documents: the changes that an office published itself."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from budgetkit.api import Dataset, read_dataset

WANLI = "上海市普陀区人民政府万里街道办事处"
COMMERCE = "上海市普陀区商务委员会"
#: What the office's own prose says (万元): measure, year, amount, change against the year before.
#: The prose cuts 万元 to two digits and prints none where nothing changed.
PUBLISHED = [
    ("expenditure", 2024, 15621.11, -876.75),
    ("expenditure", 2025, 18976.76, 3355.65),
    ("three_public", 2024, 47.91, 25.00),
    ("three_public", 2025, 37.91, -10.00),
    ("vehicles", 2024, 46.56, 25.00),
    ("vehicles", 2025, 36.56, -10.00),
    ("vehicle_purchase", 2024, 25.00, 25.00),
    ("vehicle_purchase", 2025, 15.00, -10.00),
    ("vehicle_operation", 2024, 21.56, 0.00),
    ("vehicle_operation", 2025, 21.56, 0.00),
    ("reception", 2024, 1.35, 0.00),
    ("reception", 2025, 1.35, 0.00),
    ("abroad", 2025, 0.00, 0.00),
]


@pytest.fixture(scope="module")
def ds(real_dataset: Path) -> Dataset:
    return read_dataset(real_dataset)


@pytest.mark.parametrize(("measure", "year", "amount", "change"), PUBLISHED)
def test_three_years_of_an_office_give_its_published_changes(
    ds: Dataset, measure: str, year: int, amount: float, change: float
) -> None:
    frame = ds.compare(measure, bureaus=WANLI).set_index("year")["value"]
    assert sorted(frame.index) == [2023, 2024, 2025]
    assert frame[year] == pytest.approx(amount, abs=0.0051)
    assert frame[year] - frame[year - 1] == pytest.approx(change, abs=0.0101)


def test_what_is_not_published_is_missing(ds: Dataset) -> None:
    frame = ds.compare(["active", "wages_per_head", "projects", "transfers"], bureaus=WANLI)
    assert frame["value"].isna().all()
    assert (frame["flags"] != "").all()


def test_a_department_and_its_office_are_kept_apart(ds: Dataset) -> None:
    scopes = {scope: ds.compare("expenditure", 2025, COMMERCE, scope) for scope in
              ("department", "unit")}  # fmt: skip
    assert {scope: frame["documents"].tolist() for scope, frame in scopes.items()} == {
        "department": ["shanghai-putuo-commerce-2025"],
        "unit": ["shanghai-putuo-commerce-office-2025"],
    }


def test_classes_of_2017_are_bridged_and_said(ds: Dataset) -> None:
    bureau = "江苏省人民检察院"
    frame = ds.compare(["wages", "family"], bureaus=bureau)
    old = frame[frame["year"] == 2017]
    assert set(old["flags"]) == {"bridged_2018"}
    facts = ds.facts[(ds.facts["document"] == "jiangsu-procuratorate-2017")
                     & (ds.facts["table"] == "basic_expenditure")
                     & (ds.facts["measure"] == "total")].set_index("code")["amount"]  # fmt: skip
    moved = sum(facts.get(code, 0.0) for code in ("30311", "30312", "30313"))
    assert moved > 0
    found = old.set_index("measure")["value"]
    assert found["wages"] == pytest.approx(facts["301"] + moved)
    assert found["family"] == pytest.approx(facts["303"] - moved)
    alone = ds.compare("wages", 2017, bureau).iloc[0]
    assert (alone["value"], alone["flags"]) == (pytest.approx(facts["301"]), "")


def test_text_and_tables_in_two_files_are_one_bureau(ds: Dataset) -> None:
    frame = ds.compare("expenditure", 2019, "江苏省人大常委会办公厅")
    assert frame["documents"].tolist() == ["jiangsu-renda-2019-tables jiangsu-renda-2019-text"]
    assert not pd.isna(frame["value"].iloc[0])
