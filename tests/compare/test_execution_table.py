"""Final accounts in a comparison: against their own budgets, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from budgetkit.api import Dataset, read_dataset
from budgetkit.compare.comparison import BureauComparison
from budgetkit.compare.overview import main_year
from budgetkit.compare.write_comparison import write_comparison
from budgetkit.extraction.extract import extract
from budgetkit.report.render_reports import tasks
from budgetkit.report.sections import DepartmentReport
from tests.helpers.finals import DEPARTMENT, FUNCTIONS, THREE, YEAR, Pair, typeset_pair

CIVIL = "云汀市民政局"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bureaus with both documents, and one of them with the budget of the next year."""
    out = tmp_path_factory.mktemp("finals")
    civil = Pair(department=CIVIL, adjusted=False, spent=FUNCTIONS[:-1],
                 three_stated=("15.00", *THREE[1:]))  # fmt: skip
    later, _ = typeset_pair(out / "pdfs", Pair(year=YEAR + 1), stem="later")
    pdfs = [*typeset_pair(out / "pdfs"), *typeset_pair(out / "pdfs", civil, stem="civil"), later]
    extract(pdfs, out / "dataset", jobs=0)
    return out


@pytest.fixture(scope="module")
def ds(folder: Path) -> Dataset:
    return read_dataset(folder / "dataset")


def test_final_accounts_are_in_no_other_figure(ds: Dataset) -> None:
    frame = ds.compare(years=YEAR)
    assert frame[frame["measure"] == "expenditure"]["value"].tolist() == [1000.0, 1000.0]
    others = frame[~frame["measure"].str.startswith(("execution", "final"))]
    assert not others["documents"].str.contains("final").any()
    assert not others["fact_ids"].str.contains("final").any()
    assert len(frame.attrs["left_out"]["final_accounts"]) == 2


def test_compare_gives_rates_of_execution(ds: Dataset) -> None:
    frame = ds.compare(["execution_rate", "execution_three_public", "final_expenditure"])
    found = {(row.department, row.year, row.measure): row for row in frame.itertuples()}
    rate = found[DEPARTMENT, YEAR, "execution_rate"]
    assert rate.value == pytest.approx(96.7)
    assert "final" in rate.fact_ids
    assert found[DEPARTMENT, YEAR, "final_expenditure"].value == pytest.approx(967.0)
    later = found[DEPARTMENT, YEAR + 1, "execution_rate"]
    assert pd.isna(later.value)
    assert later.flags == "no_final_account"
    assert found[CIVIL, YEAR, "execution_three_public"].flags == "budget_restated"


def test_every_line_is_in_the_frame(ds: Dataset) -> None:
    frame = ds.execution(bureaus=DEPARTMENT, lang="en")
    assert set(frame["kind"]) == {"functional", "economic", "three_public"}
    whole = frame[(frame["code"] == "213") & (frame["table"] == "expenditure")].iloc[0]
    assert (whole["budget"], whole["final"]) == (920.0, 891.0)
    assert whole["rate_pct"] == pytest.approx(891 / 9.2)
    new = frame[(frame["code"] == "2130314")].iloc[0]
    assert new["flags"] in ("no_budget", "budget_not_read")
    assert frame.attrs["units"]["final"] == "万元"
    gone = ds.execution(bureaus=CIVIL)
    assert pd.isna(gone[gone["code"] == "2130305"].iloc[0]["rate_pct"])


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_comparison_has_a_section_a_figure_and_a_sheet(
    ds: Dataset, tmp_path: Path, lang: str
) -> None:
    out = tmp_path / "out"
    write_comparison(ds, out, years=[YEAR], lang=lang)
    assert (out / "figures" / "execution.png").is_file()
    name = {"zh": "预算与决算", "en": "Budget and final account"}[lang]
    sheet = pd.read_excel(out / "compare.xlsx", sheet_name=name)
    assert len(sheet) == len(pd.read_csv(out / "execution.csv")) > 20
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "96.7%" in page
    assert {"zh": "15.00", "en": "million yuan"}[lang] in page


def test_without_a_pair_the_section_says_so(sample_dataset: Path) -> None:
    comparison = BureauComparison(read_dataset(sample_dataset), 2025)
    assert "没有部门同时有" in comparison.execution()
    assert comparison.gallery.picture("execution") is None


def test_each_kind_has_its_report(ds: Dataset) -> None:
    work = tasks(ds, CIVIL, year=YEAR)
    assert [task.kind for task in work] == ["budget", "final_account"]
    every = tasks(ds)
    assert len({task.file for task in every}) == len(every) == 5
    assert {task.file for task in work} <= {task.file for task in every}
    (alone,) = tasks(ds, CIVIL, kind="final_account")
    assert alone in work


def test_the_report_of_either_shows_both(ds: Dataset) -> None:
    for kind, title in (("budget", "预算报告"), ("final_account", "决算报告")):
        report = DepartmentReport(ds, DEPARTMENT, YEAR, kind=kind)
        assert title in report.view.title
        assert "96.7%" in report.first()
        section = report.execution()
        assert "96.0%" in section  # of the adjusted budget: 967 of 1,007
        assert "预算与决算" in section
    assert report.view.earlier is None
    later = DepartmentReport(ds, DEPARTMENT)
    assert (later.view.now.disclosure.year, later.view.execution) == (YEAR + 1, None)
    assert later.view.earlier is not None
    assert not later.view.earlier.disclosure.is_final_account


def test_the_year_compared_is_the_latest_that_enough_bureaus_have(ds: Dataset) -> None:
    summaries = BureauComparison(ds).chosen.summaries
    assert main_year(summaries) == YEAR + 1
    past = [one for one in summaries if one.disclosure.year == YEAR]
    assert main_year([*summaries, *past]) == YEAR
