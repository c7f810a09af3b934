"""The sections of a department's report."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.errors import UsageError
from budgetkit.render.html import loads
from budgetkit.render.labels import Labels
from budgetkit.report.sections import DepartmentReport
from tests.conftest import ROOT
from tests.helpers.rewritten import rewrite
from tests.helpers.truth import amount, read, truth

SECTIONS = (
    "first", "who", "revenue", "expenditure", "cost", "projects", "other", "targets", "before",
    "gaps", "sources",
)  # fmt: skip


def report(dataset: Path, name: str, lang: str = "zh") -> DepartmentReport:
    told = truth(name)
    return DepartmentReport(
        read(dataset), told["department"], told["year"], told["scope"], lang=lang
    )


def words(html: str) -> str:
    """What a person reads: no tags, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "name", ["changji-kjj-2025", "yunting-jyj-2025", "yanping-sfj-office-2025", "yunting-wjw-2024"]
)
def test_each_family_gets_every_section(sample_dataset: Path, name: str, lang: str) -> None:
    made = report(sample_dataset, name, lang)
    html = "".join(getattr(made, section)() for section in SECTIONS)
    assert loads(html) == []
    # Each underlined figure opens a card that is there, with a window on a page that is there.
    cited = set(re.findall(r'popovertarget="(e\d+)"', html))
    assert cited
    assert cited == set(re.findall(r'<div class="evidence" popover id="(e\d+)"', html))
    assert html.count('class="crop"') >= len(cited)
    seen = set(re.findall(r'<use href="#(p\d+)"', html))
    assert seen == set(re.findall(r'<image id="(p\d+)"', html))


def test_the_first_screen_answers_the_three_questions(sample_dataset: Path) -> None:
    name = "yunting-jyj-2025"
    shown = words(report(sample_dataset, name, "en").first())
    total = amount(name, "expenditure", "total", code="total")
    older = amount("yunting-jyj-2024", "expenditure", "total", code="total")
    wages = amount(name, "basic_expenditure", "total", code="301")
    assert total is not None
    assert older is not None
    assert wages is not None
    staff = truth(name)["staff"]
    say = Labels("en")
    assert say.with_unit(total) in shown
    assert f"In post {staff['active']}" in shown
    assert f"Wages and benefits per person in post {wages / staff['active'] * 10_000:,.0f}" in shown
    assert f"up {say.with_unit(total - older)}" in shown
    assert "amounts read, 0 not classified" in shown
    assert "虚构" in shown


def test_a_note_that_all_lines_have_stands_once(sample_dataset: Path) -> None:
    shown = words(report(sample_dataset, "yunting-jyj-2025", "en").other())
    procurement = shown[shown.index("Government procurement") : shown.index("Carried over")]
    assert procurement.count("from the narrative") == 1


def test_what_is_not_disclosed_is_said_and_never_zero(sample_dataset: Path) -> None:
    made = report(sample_dataset, "yanping-sfj-2025", "en")
    assert "Staffing not disclosed, so no cost per head" in words(made.first())
    assert "no cost per head" in words(made.cost())


def test_markup_in_a_document_is_shown_as_text(sample_dataset: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    shutil.copytree(sample_dataset, folder)
    hostile = '<script>alert("x")</script><img src=x onerror=y>'
    for path in folder.glob("*.parquet"):
        table = pd.read_parquet(path)
        if "name" in table:
            table["name"] = hostile
        for column in ("department", "text", "goal", "reason", "notice", "basis", "error"):
            if column in table:
                table[column] = hostile
        rewrite(folder, path.stem, table)
    made = DepartmentReport(bk.read_dataset(folder))
    html = "".join(getattr(made, section)() for section in SECTIONS)
    assert "&lt;script&gt;" in html
    assert loads(html) == []


def test_a_wrong_name_gets_the_nearest(sample_dataset: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 云汀自治州教育局"):
        DepartmentReport(read(sample_dataset), "云汀自治州教育")
    with pytest.raises(UsageError, match="there is no year '2031'"):
        DepartmentReport(read(sample_dataset), "云汀自治州教育局", 2031)


def test_the_default_is_the_latest_year_of_the_first_department(sample_dataset: Path) -> None:
    made = DepartmentReport(read(sample_dataset), "云汀自治州教育局")
    assert made.view.now.disclosure.year == 2025


def test_a_dataset_that_was_not_audited_is_audited_for_its_report(tmp_path: Path) -> None:
    bk.extract([ROOT / "data" / "sample" / "changji-kjj-2025.pdf"], tmp_path / "dataset", jobs=0)
    dataset = bk.read_dataset(tmp_path / "dataset")
    assert not dataset.audited
    assert "昌吉" in str(bk.DepartmentReport(dataset).first())
    assert dataset.audited
