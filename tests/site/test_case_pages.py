"""The case files of a site, and the findings that it searches."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.checks.audit.run import audit
from budgetkit.extraction.extract import extract
from budgetkit.site.case_pages import CasePage, case_pages, kept_page
from budgetkit.storage.answers import ACCEPTED, REFUTED, Answer, read_answers, write_answers
from budgetkit.storage.records import records
from budgetkit.work.journal import Journal
from tests.helpers.runs import GOOD, Seen

DEPARTMENT = "昌吉回族自治州科学技术局"


@pytest.fixture(scope="module")
def audited(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases") / "dataset"
    extract([corpus / GOOD], folder, jobs=0)
    audit(folder)
    return folder


def made(folder: Path, journal: Path, watch: Seen | None = None) -> CasePage:
    pages = case_pages(bk.read_dataset(folder), Journal(journal), "zh", jobs=0, watch=watch)
    assert list(pages) == [DEPARTMENT]
    return pages[DEPARTMENT]


def test_each_finding_stands_in_the_page_under_its_anchor(audited: Path, tmp_path: Path) -> None:
    case = made(audited, tmp_path / "site")
    assert case.findings
    assert not case.page, "the pages of all departments are in memory"
    page = kept_page(Journal(tmp_path / "site"), case)
    assert all(f'id="{one.anchor}"' in page for one in case.findings)
    assert any(one.is_certain for one in case.findings)


def test_a_case_file_is_kept_until_an_answer_changes_it(audited: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    shutil.copytree(audited, folder)
    before = made(folder, tmp_path / "site")
    seen = Seen()
    assert made(folder, tmp_path / "site", seen) == before
    assert (seen.kept, seen.names) == (1, [])
    dataset = bk.read_dataset(folder)
    failed = [row for row in records(dataset.checks()) if row["status"] == "fail"]
    first, second = before.findings[0].anchor, before.findings[1].anchor
    known = {read_answers(dataset).id_of(row) for row in failed}
    assert {first, second} <= known
    write_answers(folder, [Answer((first,), REFUTED, "合并列示"), Answer((second,), ACCEPTED, "")])
    after = made(folder, tmp_path / "site")
    # What was refuted is not told again; what was accepted is, and needs no answer any more.
    assert len(after.findings) == len(before.findings) - 1
    assert [one.message for one in after.findings if not one.anchor] == [before.findings[1].message]
