"""Damaged documents go all the way through: none stops a report, a comparison or an audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.checks.audit.run import audit
from budgetkit.compare.write_comparison import write_comparison
from budgetkit.dataset import Dataset
from budgetkit.extraction.extract import extract
from budgetkit.report.render_reports import render_reports
from tests.helpers.damage import make

#: Damaged files; `python -m tests.helpers.damage FOLDER 2000` writes more for a longer run.
COUNT = 72


@pytest.mark.slow
def test_damaged_documents_never_fail_a_report(corpus: Path, tmp_path: Path) -> None:
    make(tmp_path / "in", sorted(corpus.glob("*.pdf")), COUNT)
    done = extract([tmp_path / "in"], tmp_path / "ds", jobs=2)
    assert len(done.documents) - done.failed > 0
    audit(tmp_path / "ds")
    dataset = Dataset(tmp_path / "ds")
    assert not dataset.checks()["message_en"].str.contains("please report").any()
    reports = render_reports(dataset, tmp_path / "reports", jobs=2)
    assert (reports.failed, reports.problems) == (0, {})
    assert write_comparison(dataset, tmp_path / "compared").index.is_file()
