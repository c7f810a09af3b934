"""A dataset cut into departments, and an audit that others read or write at the same time."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.extraction.extract import extract
from budgetkit.report.subsets import Subsets
from budgetkit.storage.answers import Answer, read_answers, write_answers
from budgetkit.work.journal import Journal
from tests.conftest import RunCli
from tests.helpers.partitioned import partition

YEARS = ("yunting-jyj-2024.pdf", "yunting-jyj-2025.pdf")


@pytest.fixture
def dataset(corpus: Path, tmp_path: Path) -> Path:
    """Two years of one department and one of another, never audited."""
    extract([corpus / name for name in (*YEARS, "yunting-wjw-2023.pdf")], tmp_path / "dataset")
    return tmp_path / "dataset"


def test_a_part_of_a_dataset_without_an_audit_is_audited_before_it_is_handed_out(
    dataset: Path, tmp_path: Path
) -> None:
    whole = bk.read_dataset(dataset)
    (department,) = set(whole.documents.query("document == 'yunting-jyj-2025'")["department"])
    part = Subsets(whole, tmp_path / "parts").write(department, "digest")
    held = pd.read_parquet(part / "checks.parquet", dtype_backend="numpy_nullable")
    assert not (dataset / "checks.parquet").exists()
    own = bk.audit(dataset).query("department == @department").reset_index(drop=True)
    pd.testing.assert_frame_equal(held, own)
    assert set(held["year"]) == {2024, 2025}


def test_a_part_holds_what_an_audit_found(dataset: Path, tmp_path: Path) -> None:
    shown = bk.audit(dataset)
    whole = bk.read_dataset(dataset)
    departments = sorted(set(whole.documents["department"]))
    assert len(departments) == 2
    for department in departments:
        part = Subsets(whole, tmp_path / "parts").write(department, department)
        held = pd.read_parquet(part / "checks.parquet", dtype_backend="numpy_nullable")
        own = shown[shown["department"] == department].reset_index(drop=True)
        pd.testing.assert_frame_equal(held, own)


@pytest.mark.slow
def test_an_answer_goes_with_the_part_of_its_department_and_makes_it_anew(
    dataset: Path, tmp_path: Path
) -> None:
    whole = bk.read_dataset(dataset)
    one, other = sorted(set(whole.documents["department"]))
    journal = Journal(tmp_path / "journal")
    before = Subsets(whole, tmp_path / "parts").digests(journal)
    write_answers(dataset, [Answer(("x-1",), "refuted", "口径不同", (one, *[""] * 6))])
    parts = Subsets(bk.read_dataset(dataset), tmp_path / "parts")
    after = parts.digests(journal)
    assert after[one] != before[one]
    assert after[other] == before[other]
    held = read_answers(bk.read_dataset(parts.write(one, after[one])))
    assert [answer.reason for answer in held.answers] == ["口径不同"]
    assert not (parts.write(other, after[other]) / "answers.csv").exists()


def test_a_department_of_a_dataset_in_partitions_is_the_same(
    sample_dataset: Path, tmp_path: Path
) -> None:
    department = "云汀自治州教育局"
    whole, apart = (
        Subsets(bk.read_dataset(folder), tmp_path / "parts" / folder.name)
        for folder in (sample_dataset, partition(sample_dataset, tmp_path / "apart"))
    )
    assert set(whole.documents[department]) == set(apart.documents[department])
    assert department in apart.digests(Journal(tmp_path / "journal"))
    parts = [bk.read_dataset(one.write(department, "0")) for one in (whole, apart)]
    for name in ("facts", "unmapped", "paragraphs"):
        pd.testing.assert_frame_equal(*(part.frame(name) for part in parts))


@pytest.mark.slow
def test_audits_at_the_same_time_leave_whole_files(
    dataset: Path, run_process: RunCli, tmp_path: Path
) -> None:
    alone = Path(shutil.copytree(dataset, tmp_path / "alone"))
    bk.audit(alone)
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda _: run_process("audit", dataset), range(3)))
    assert {one.returncode for one in done} <= {0, 1}, done[0].stderr
    for name in ("checks.csv", "checks.parquet", "datapackage.json"):
        assert (dataset / name).read_bytes() == (alone / name).read_bytes()
    assert not list(dataset.glob(".*.part"))
