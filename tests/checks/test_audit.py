"""The audit of a dataset: its files, its order, its command."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import frictionless
import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.checks.audit.batches import BatchReader, batches, read_rows
from budgetkit.checks.audit.catalogue import KINDS, catalogue, run_checks
from budgetkit.checks.audit.checks_table import checks_of, frame_of
from budgetkit.checks.case import Case
from budgetkit.checks.finding import Finding
from budgetkit.schema import DERIVED
from tests.conftest import RunCli
from tests.helpers.cases import case, para

NAMES = [field.name for field in DERIVED["checks"]]


@pytest.fixture
def dataset(sample_dataset: Path, tmp_path: Path) -> Path:
    """A copy that may be written to."""
    return Path(shutil.copytree(sample_dataset, tmp_path / "dataset"))


def test_rows_kept_by_document_are_those_of_the_last_audit(dataset: Path) -> None:
    ds = bk.read_dataset(dataset)
    bk.audit(ds)
    before = ds.by_document("checks")
    assert ds.by_document("checks") is before
    bk.audit(ds)
    assert ds.by_document("checks") is not before


def test_checks_stand_beside_the_tables_and_in_the_package(dataset: Path) -> None:
    checks = bk.audit(dataset)
    assert list(checks.columns) == NAMES
    pd.testing.assert_frame_equal(
        pd.read_parquet(dataset / "checks.parquet", dtype_backend="numpy_nullable"), checks
    )
    assert (dataset / "checks.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (dataset / "checks.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["message_zh"] for row in rows] == checks["message_zh"].tolist()
    package = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))
    assert package["resources"][-1]["name"] == "checks"
    report = frictionless.validate(str(dataset / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:3]


def test_the_same_dataset_gives_the_same_bytes(dataset: Path) -> None:
    bk.audit(dataset)
    first = [(dataset / f"checks.{kind}").read_bytes() for kind in ("csv", "parquet")]
    bk.audit(dataset)
    assert first == [(dataset / f"checks.{kind}").read_bytes() for kind in ("csv", "parquet")]


def test_what_weighs_most_comes_first(dataset: Path) -> None:
    checks = bk.audit(dataset)
    order = checks["status"].map({"fail": 0, "rounding": 1, "skipped": 2, "pass": 3})
    assert order.is_monotonic_increasing
    assert checks.loc[checks["status"] == "fail", "weight"].is_monotonic_decreasing
    assert set(checks["kind"]) <= set(KINDS)
    own = {check.id for check in catalogue() if check.kind in ("arithmetic", "cross_table")}
    assert own <= set(checks["check"]) <= {check.id for check in catalogue()}


def test_figures_and_places_are_those_of_the_facts(dataset: Path) -> None:
    checks = bk.audit(dataset)
    facts = bk.read_dataset(dataset).facts.set_index("fact_id")
    held = checks[checks["fact_id"].notna()]
    assert held["fact_id"].isin(facts.index).all()
    own = facts.loc[held["fact_id"]].reset_index()
    for column in ("page", "x0", "bottom", "table", "measure"):
        assert (own[column].to_numpy() == held[column].to_numpy()).all(), column


def test_a_dataset_and_a_disclosure_tell_the_same(dataset: Path, corpus: Path) -> None:
    bk.audit(dataset)
    found = bk.read_dataset(dataset).checks(passed=True)
    alone = bk.read_disclosure(corpus / "changji-kjj-2025.pdf").checks()
    keys = ["check", "status", "code", "measure", "message_zh"]
    together = found.loc[found["document"] == "changji-kjj-2025", keys]
    assert sorted(map(str, together.values.tolist())) == sorted(
        map(str, alone[keys].values.tolist())
    )


def test_what_agrees_is_counted_by_check_and_document(dataset: Path) -> None:
    counted = bk.audit(dataset)
    whole = bk.audit(dataset, passed=True)
    assert (whole["comparisons"] == 1).all()
    keys = ["document", "check", "kind", "department", "scope", "year"]
    passed = counted[counted["status"] == "pass"]
    assert not passed.duplicated(keys).any()
    each = whole[whole["status"] == "pass"].groupby(keys).size()
    assert passed.set_index(keys)["comparisons"].to_dict() == each.to_dict()
    others = whole[whole["status"] != "pass"].reset_index(drop=True)
    pd.testing.assert_frame_equal(counted[counted["status"] != "pass"], others)
    assert len(counted) < len(whole) / 4


def test_what_agrees_can_be_listed_without_a_new_audit(dataset: Path) -> None:
    whole = bk.audit(dataset, passed=True)
    bk.audit(dataset)
    before = (dataset / "checks.parquet").read_bytes()
    listed = bk.read_dataset(dataset).checks(passed=True)
    pd.testing.assert_frame_equal(listed, whole, check_dtype=False)
    assert (dataset / "checks.parquet").read_bytes() == before


def test_the_command_counts_comparisons_however_they_are_listed(
    dataset: Path, run_cli: RunCli
) -> None:
    counted = run_cli("audit", dataset, "--lang", "en").stdout
    size = (dataset / "checks.csv").stat().st_size
    assert run_cli("audit", dataset, "--lang", "en", "--passed").stdout == counted
    assert (dataset / "checks.csv").stat().st_size > 4 * size


def test_two_printings_of_one_disclosure_are_both_audited() -> None:
    from budgetkit.checks.case import cases_of

    document = {"department": "某局", "scope": "department", "year": 2025, "n_tables": 1}
    document |= {"status": "ok"}
    tables = [{"document": name, "table": "summary"} for name in ("a", "b")]
    forms = [{"document": "c", "table": "performance_project"}]
    cases = cases_of(
        {
            "documents": [document | {"document": name} for name in ("a", "b", "c")],
            "tables": [*tables, *forms],
        }
    )
    assert [[row["document"] for row in one.documents] for one in cases] == [["a", "c"], ["b"]]


def test_a_fault_in_one_check_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(case: Case) -> list[Finding]:
        raise KeyError("page")

    checks = catalogue()
    broken_one = next(check for check in checks if not check.needs)
    told = [replace(check, rule=broken) if check is broken_one else check for check in checks]
    monkeypatch.setattr("budgetkit.checks.audit.catalogue.catalogue", lambda: told)
    found = list(run_checks(case(paragraphs=[para("预算预算")])))
    said = [finding.message for check, finding in found if check.id == broken_one.id]
    assert said == ["skipped-fault"]
    assert "text-words-twice" in {check.id for check, f in found if f.status == "fail"}


def test_an_empty_dataset_has_no_checks() -> None:
    checks = frame_of(checks_of([]))
    assert checks.empty
    assert list(checks.columns) == NAMES


def test_the_command_lists_what_fails(dataset: Path, run_cli: RunCli, tmp_path: Path) -> None:
    done = run_cli("audit", dataset, "--lang", "en", "--annotate", tmp_path / "marked")
    assert done.returncode == 1, done.stderr
    assert "9.21" in done.stdout
    assert "p. 22" in done.stdout
    assert "comparisons:" in done.stdout
    assert (tmp_path / "marked" / "changji-kjj-2025.pdf").is_file()
    assert done.stderr == ""


def test_the_command_is_content_with_a_clean_dataset(
    corpus: Path, run_cli: RunCli, tmp_path: Path
) -> None:
    bk.extract([corpus / "yunting-sjj-2025.pdf"], tmp_path / "dataset", jobs=0)
    done = run_cli("audit", tmp_path / "dataset", "--all")
    assert done.returncode == 0, done.stdout
    assert "不一致 0" in done.stdout
    assert "未核对" in done.stdout


@pytest.mark.parametrize("arguments", [("nowhere",), (".", "--lang", "fr")])
def test_wrong_use_is_one_sentence(
    arguments: tuple[str, ...], run_cli: RunCli, tmp_path: Path
) -> None:
    done = run_cli("audit", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_rows_are_read_as_they_were_written(dataset: Path) -> None:
    rows = read_rows(dataset)
    facts = bk.read_dataset(dataset).facts
    assert len(rows["facts"]) == len(facts)
    assert rows["facts"][0]["printed"] == facts["printed"].iloc[0]


def test_a_batch_holds_whole_departments(dataset: Path) -> None:
    known = bk.read_dataset(dataset).documents.set_index("document")["department"]
    found = batches(dataset, 3)
    assert sorted(name for ids in found for name in ids) == sorted(known.index)
    held = [set(known[ids]) for ids in found]
    assert sum(map(len, held)) == len(set(known)), "a department stands in two batches"
    assert len(found) > 2
    assert min(len(ids) for ids in found[:-1]) >= 3
    assert [len(ids) for ids in batches(dataset, 1000)] == [len(known)]


def test_batches_hold_every_row_once_document_by_document(dataset: Path) -> None:
    whole, ids = read_rows(dataset), batches(dataset, 3)
    source = BatchReader(dataset, ids)
    assert len(ids) > 2
    for number, own in enumerate(ids):
        for name, rows in source.rows(number).items():
            assert rows == [row for one in own for row in whole[name] if row["document"] == one]


def test_several_processes_and_batches_write_the_same_bytes(
    dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = import_module("budgetkit.checks.audit.run")  # budgetkit.audit is the function, too

    def written(jobs: int, together: int) -> tuple[bytes, bytes]:
        monkeypatch.setattr(run, "TOGETHER", together)
        run.audit(dataset, jobs=jobs)
        return (dataset / "checks.csv").read_bytes(), (dataset / "checks.parquet").read_bytes()

    whole, apart = written(1, 1000), written(1, 4)
    assert written(2, 4) == apart
    assert apart[0] == whole[0]  # Parquet keeps the batches as pages of its own.
