"""Reports of a dataset, and their index."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.errors import UsageError
from budgetkit.extract import extract
from budgetkit.report.html import loads
from budgetkit.report.labels import Labels
from budgetkit.report.site import index_page, render_reports, tasks
from tests.sample_truth import NAMES, amount, truth


@pytest.fixture(scope="module")
def dataset(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One good file and one that is none."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "broken.pdf").write_bytes(b"no PDF")
    out = folder / "dataset"
    extract([corpus / "changji-kjj-2025.pdf", folder / "broken.pdf"], out)
    return out


def test_the_same_dataset_gives_the_same_bytes(dataset: Path, tmp_path: Path) -> None:
    digests = []
    for run in ("one", "two"):
        done = render_reports(bk.read_dataset(dataset), tmp_path / run, lang="en")
        assert (done.rendered, done.failed) == (1, 0)
        pages = sorted((tmp_path / run).glob("*.html"))
        assert [page.name for page in pages] == ["changji-kjj-2025.html", "index.html"]
        digests.append([hashlib.sha256(page.read_bytes()).hexdigest() for page in pages])
    assert digests[0] == digests[1]
    index = (tmp_path / "one" / "index.html").read_text(encoding="utf-8")
    assert 'href="changji-kjj-2025.html"' in index
    assert "is not a PDF" in index


def test_there_is_a_report_for_every_department_scope_and_year(sample_dataset: Path) -> None:
    work = tasks(bk.read_dataset(sample_dataset))
    told = {(t["department"], t["scope"], t["year"]) for t in map(truth, NAMES)}
    assert {(task.department, task.scope, task.year) for task in work} == told
    assert len({task.file for task in work}) == len(work)


def test_the_index_lists_each_with_its_total_and_what_failed(sample_dataset: Path) -> None:
    dataset = bk.read_dataset(sample_dataset)
    work = tasks(dataset)
    page = index_page(dataset, work, {work[0].file: "cell 3 stopped <with> it"}, Labels("zh"))
    assert "cell 3 stopped &lt;with&gt; it" in page
    assert f'href="{work[0].file}"' not in page
    assert all(f'href="{task.file}"' in page for task in work[1:])
    for name in NAMES:
        assert f"{amount(name, 'expenditure', 'total', code='total'):,.2f}" in page
    assert loads(page) == []


def test_a_folder_that_can_not_be_written_is_said(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a file, not a folder"):
        render_reports(bk.read_dataset(dataset), tmp_path / "file")
    with pytest.raises(UsageError, match="no year '2031'"):
        render_reports(bk.read_dataset(dataset), tmp_path / "out", year=2031)
