"""One department and year out of a dataset."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.disclosure import disclosures_of, keys, select, year_before
from budgetkit.errors import UsageError
from budgetkit.extraction.extract import extract
from tests.helpers.runs import SMALL
from tests.helpers.truth import NAMES, truth


def test_every_disclosure_has_its_key(sample_dataset: Path) -> None:
    told = {(t["department"], t["scope"], t["year"], "budget") for t in map(truth, NAMES)}
    assert set(keys(bk.read_dataset(sample_dataset))) == told


def test_a_department_and_its_own_unit_are_never_mixed(sample_dataset: Path) -> None:
    dataset = bk.read_dataset(sample_dataset)
    department = truth("yanping-sfj-2025")["department"]
    for scope, name in (("department", "yanping-sfj-2025"), ("unit", "yanping-sfj-office-2025")):
        disclosure = select(dataset, department, scope, 2025)
        assert {row["document"] for row in disclosure.rows["facts"]} == {name}
        before = year_before(dataset, disclosure)
        assert before is not None
        assert {row["document"] for row in before.rows["facts"]} == {name.replace("2025", "2024")}


def test_what_is_not_there_is_said(sample_dataset: Path) -> None:
    dataset = bk.read_dataset(sample_dataset)
    with pytest.raises(UsageError, match="no disclosure of '某局'"):
        select(dataset, "某局", "department", 2025)
    changji = select(dataset, truth("changji-kjj-2025")["department"], "department", 2025)
    assert year_before(dataset, changji) is None


def test_text_and_tables_in_two_files_are_one_disclosure(real_dataset: Path) -> None:
    dataset = bk.read_dataset(real_dataset)
    (key,) = keys(dataset, department="江苏省人大常委会办公厅", year=2019)
    disclosure = select(dataset, *key)
    assert len(disclosure.documents) == 2
    assert disclosure.rows["facts"]
    assert disclosure.rows["profile"]
    assert disclosure.reprints == ()


def _rows(*documents: tuple[str, str, int, str]) -> dict[str, list[dict[str, object]]]:
    """Documents of one department: id, name, year and kind; each has one table."""
    rows = [
        {
            "document": document, "department": name, "department_id": "甲局",
            "scope": "department",
            "year": year, "kind": kind, "status": "ok", "n_tables": 1, "source": f"{document}.pdf",
        }
        for document, name, year, kind in documents
    ]  # fmt: skip
    return {"documents": rows, "tables": [{"document": r["document"], "table": "a"} for r in rows]}


def test_a_budget_and_a_final_account_are_two_disclosures() -> None:
    tables = _rows(("b", "甲局", 2024, "budget"), ("f", "甲局", 2024, "final_account"))
    found = disclosures_of(tables)
    assert [item.key and item.key.kind for item in found] == ["budget", "final_account"]


def test_a_department_keeps_its_newest_name() -> None:
    tables = _rows(("a", "老甲局", 2024, "budget"), ("b", "甲局", 2025, "budget"))
    assert [item.department for item in disclosures_of(tables)] == ["甲局", "甲局"]


def test_a_second_copy_of_the_tables_is_named_and_not_added(corpus: Path, tmp_path: Path) -> None:
    pdf = (corpus / SMALL).read_bytes()
    (tmp_path / "one.pdf").write_bytes(pdf)
    (tmp_path / "two.pdf").write_bytes(pdf + b"\n%")  # other bytes, the same disclosure
    extract([tmp_path / "one.pdf", tmp_path / "two.pdf"], tmp_path / "dataset", jobs=0)
    dataset = bk.read_dataset(tmp_path / "dataset")
    (key,) = keys(dataset)
    disclosure = select(dataset, *key)
    assert {row["document"] for row in disclosure.rows["facts"]} == {"one"}
    assert disclosure.reprints == ("two.pdf",)


def test_a_budget_and_a_final_account_of_one_year_are_two_disclosures() -> None:
    document = {"department": "某局", "scope": "unit", "year": 2025, "status": "ok", "n_tables": 1}
    rows = {
        "documents": [
            document | {"document": "account", "kind": "final_account"},
            document | {"document": "budget", "kind": "budget"},
            document | {"document": "text", "kind": "budget", "n_tables": 0},
        ],
        "tables": [
            {"document": "account", "table": "three_public"},
            {"document": "budget", "table": "summary"},
        ],
    }
    found = disclosures_of(rows)
    assert {one.is_final_account: [row["document"] for row in one.documents] for one in found} == {
        False: ["budget", "text"],
        True: ["account"],
    }
