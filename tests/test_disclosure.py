"""One department and year out of a dataset."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.disclosure import keys, select, year_before
from budgetkit.errors import UsageError
from budgetkit.extraction.extract import extract
from tests.helpers.runs import SMALL
from tests.helpers.truth import NAMES, truth


def test_every_disclosure_has_its_key(sample_dataset: Path) -> None:
    told = {(t["department"], t["scope"], t["year"]) for t in map(truth, NAMES)}
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
