"""The closing project: one notebook for each bureau and both years, and one page to hand in."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import budgetkit as bk
from budgetkit.errors import UsageError
from budgetkit.lessons.lesson_list import LANGUAGES, lessons
from budgetkit.render.engine import register
from budgetkit.render.execute import run_notebook
from tests.conftest import ROOT
from tests.helpers.truth import read

(PROJECT,) = (lesson for lesson in lessons().values() if lesson.is_project)
BUREAUS = ("云汀自治州教育局", "云汀自治州民政局")
YEARS = (2024, 2025)


def run_all(dataset: Path, out: Path, lang: str) -> list[Any]:
    """Run the notebook for each bureau and both years, as papermill does on a command line."""
    notebook = ROOT / "notebooks" / "lessons" / lang / f"{PROJECT.stem}.ipynb"
    given = {"dataset": str(dataset), "out": str(out)}
    return [
        run_notebook(notebook, {**given, "department": name, "year": year}, engine=register())
        for name in BUREAUS
        for year in YEARS
    ]


@pytest.mark.parametrize("lang", [LANGUAGES[1], pytest.param(LANGUAGES[0], marks=pytest.mark.slow)])
def test_it_runs_for_each_bureau_and_both_years(
    lang: str, sample_dataset: Path, tmp_path: Path
) -> None:
    for ran in run_all(sample_dataset, tmp_path / "out", lang):
        outputs = [out for cell in ran.cells for out in cell.get("outputs", [])]
        assert [out for out in outputs if out.get("name") == "stderr"] == []
    page = unescape((tmp_path / "out" / "page.html").read_text(encoding="utf-8"))
    dataset = read(sample_dataset)
    for name in BUREAUS:
        for year in YEARS:
            found = dataset.compare("project_share", years=year, bureaus=name)
            assert f"{found['value'].iloc[0]:.1f} %" in page
            for id_ in found["fact_ids"].iloc[0].split():
                cell = dataset.fact(id_)
                assert cell["printed"] in page
    assert page.count("<img") == 1
    assert "default-src 'none'" in page
    assert re.findall(r'(?:src|href)="(?!data:)', page) == []


def test_what_is_not_there_is_said_and_scopes_are_not_drawn_together(
    sample_dataset: Path, tmp_path: Path
) -> None:
    dataset = read(sample_dataset)

    def asked(**parameters: Any) -> Any:
        return bk.lessons.ask(dataset, "project_share", lang="en", **parameters)

    words: Any = {"question": "How much?", "lang": "en"}
    nothing = asked(department=BUREAUS[0], year=2019)
    assert nothing["value"].isna().all()
    page = bk.lessons.hand_in(dataset, nothing, tmp_path, **words)
    assert "no budget of this bureau for 2019" in page
    assert "<img" not in page
    found = asked(department=BUREAUS[0], year=2025)
    assert "<img" in bk.lessons.hand_in(dataset, found, tmp_path, **words)
    office = asked(department=BUREAUS[1], year=2025).assign(scope="unit")
    page = bk.lessons.hand_in(dataset, office, tmp_path, conclusion="More.", **words)
    assert "<img" not in page
    assert "differ in scope" in page
    assert page.count("still to be written") == 1
    assert page.path.is_file()


def test_a_run_again_replaces_its_figure_and_another_question_begins_anew(
    sample_dataset: Path, tmp_path: Path
) -> None:
    dataset = read(sample_dataset)
    for measure, rows in (("project_share", 1), ("project_share", 1), ("wages_per_head", 1)):
        found = bk.lessons.ask(dataset, measure, department=BUREAUS[0], year=2025)
        page = bk.lessons.hand_in(dataset, found, tmp_path, question="?")
        assert page.count(f"<td>{BUREAUS[0]}</td>") == rows
    # The number of people stands in a sentence: it has a page, and no cell.
    assert "正文" in page


def test_wrong_use_is_said(sample_dataset: Path, tmp_path: Path) -> None:
    dataset = read(sample_dataset)
    with pytest.raises(UsageError, match="no bureau"):
        bk.lessons.ask(dataset, "project_share", department="教育局", year=2025)
    several = dataset.compare("project_share")
    with pytest.raises(UsageError, match="one figure a run"):
        bk.lessons.hand_in(dataset, several, tmp_path, question="?")
    found = bk.lessons.ask(dataset, "project_share", department=BUREAUS[0], year=2025)
    (tmp_path / "answers.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(UsageError, match=r"answers\.json"):
        bk.lessons.hand_in(dataset, found, tmp_path, question="?")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="can't be written"):
        bk.lessons.hand_in(dataset, found, tmp_path / "file", question="?")


@pytest.mark.browser
@pytest.mark.slow
def test_it_is_one_page_of_paper(sample_dataset: Path, tmp_path: Path, browser: Any) -> None:
    import pypdfium2

    dataset = read(sample_dataset)
    for name in BUREAUS:
        for year in YEARS:
            found = bk.lessons.ask(dataset, "wages_per_head", department=name, year=year)
            bk.lessons.hand_in(dataset, found, tmp_path, question="人均？", conclusion="甲" * 100,
                               unfair="乙" * 300)  # fmt: skip
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    page.close()
    assert (
        shutil.which("chromium") is None or len(pypdfium2.PdfDocument(tmp_path / "page.pdf")) == 1
    )
