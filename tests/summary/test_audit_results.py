"""What the audit found, in a report."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.disclosure import select
from budgetkit.storage.answers import Answer, read_answers, write_answers
from budgetkit.summary.audit_results import AuditResults, audit_results, failures
from tests.helpers.truth import NAMES, read, truth


def findings_of(dataset: Path, name: str, lang: str) -> AuditResults:
    told, ds = truth(name), read(dataset)
    return audit_results(ds, select(ds, told["department"], told["scope"], told["year"]), lang)


@pytest.mark.parametrize(("lang", "words"), [("zh", "不一致"), ("en", "do not agree")])
def test_a_finding_says_both_figures_and_shows_both_places(
    sample_dataset: Path, lang: str, words: str
) -> None:
    found = findings_of(sample_dataset, "changji-kjj-2025", lang)
    (one,) = (f for f in found.fails if "9.21" in f.message)
    assert "9.22" in one.message
    assert words in one.message
    assert [place.printed for place in one.figure.places] == ["9.21", "9.22"]
    assert [place.table for place in one.figure.places] == ["performance_project", "carryover"]


def test_rounding_is_told_apart(sample_dataset: Path) -> None:
    found = findings_of(sample_dataset, "changji-kjj-2025", "en")
    assert any("436.07" in finding.message for finding in found.roundings)
    assert not any("436.07" in finding.message for finding in found.fails)
    assert found.counts["fail"] >= len(found.fails)
    assert found.compared == sum(found.counts.values()) - found.counts.get("skipped", 0)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "changji-kjj-2025"])
def test_an_invented_bureau_whose_figures_hold_is_not_accused(
    sample_dataset: Path, name: str
) -> None:
    found = findings_of(sample_dataset, name, "en")
    assert [finding.message for finding in found.fails] == []
    assert found.compared > 100


def test_what_was_refuted_is_quiet_wherever_findings_are_shown(
    sample_dataset: Path, tmp_path: Path
) -> None:
    ds = bk.read_dataset(shutil.copytree(sample_dataset, tmp_path / "dataset"))
    checks = bk.audit(ds)
    told = truth("changji-kjj-2025")
    key = (told["department"], told["scope"], told["year"])
    before = audit_results(ds, select(ds, *key), "zh")
    listed = failures(ds, "zh")
    standing = len(ds.standing_checks())
    assert standing == len(checks)
    own = checks[(checks["document"] == "changji-kjj-2025") & (checks["status"] == "fail")]
    # The evidence of one cause is answered with it.
    refuted = own[own["cause"] == own["cause"].iloc[0]].to_dict("records")
    known = read_answers(ds)
    ids = tuple(known.id_of(row) for row in refuted)
    write_answers(ds.folder, [Answer(ids, "refuted", "口径不同")])
    after = audit_results(ds, select(ds, *key), "zh")
    assert len(after.fails) == len(before.fails) - 1
    assert after.quiet == len(refuted)
    assert after.compared == before.compared
    assert len(failures(ds, "zh")) == len(listed) - len(refuted)
    assert len(ds.standing_checks()) == standing - len(refuted)
    assert len(ds.checks()) == len(checks)
    write_answers(ds.folder, [Answer(ids, "accepted", "")])
    assert audit_results(ds, select(ds, *key), "zh") == before
