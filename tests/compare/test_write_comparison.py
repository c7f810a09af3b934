"""``budgetkit compare``: a folder with a page, tables and figures, whole or not at all."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from budgetkit.api import read_dataset
from budgetkit.compare.comparison import BureauComparison
from budgetkit.compare.write_comparison import NOTEBOOK, write_comparison
from budgetkit.errors import UsageError
from budgetkit.render.execute import run_notebook
from budgetkit.render.html import loads
from budgetkit.storage.spreadsheet import plain
from tests.conftest import RunCli


@pytest.fixture(scope="module")
def written(
    sample_dataset: Path, run_cli: RunCli, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("compare") / "out"
    done = run_cli("compare", sample_dataset, "--out", out, "--year", "2025", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert f"7 bureaus, 18 figures: {out / 'index.html'}" in done.stdout
    return out


def test_the_page_is_self_contained(written: Path) -> None:
    page = (written / "index.html").read_text(encoding="utf-8")
    assert loads(page) == []
    assert page.count('class="chart"') == 18


def test_the_first_screen_answers_with_links_to_cells(written: Path) -> None:
    page = (written / "index.html").read_text(encoding="utf-8")
    first = page[: page.index("<h2>Wages and benefits per person in post</h2>")]
    for words in ("Who pays most per person?", "What changed most?", "Whose figures to doubt?",
                  "yuan per person", "+10.79 million yuan",
                  "1 with published figures, 6 invented ones",
                  "(昌吉回族自治州科学技术局) 2025",
                  "Civil Affairs Bureau of Yunting Autonomous Prefecture",
                  "(云汀自治州民政局) (invented)"):  # fmt: skip
        assert words in re.sub(r"<[^>]+>", "", first)
    anchors = re.findall(r'popovertarget="(e\d+)"', first)
    assert len(anchors) >= 6
    for anchor in anchors:
        card = page[page.index(f'popover id="{anchor}"') :]
        assert card.index('class="crop"') < card.index("</div>")


def test_details_are_folded_and_a_section_without_data_is_one_line(written: Path) -> None:
    page = (written / "index.html").read_text(encoding="utf-8")
    assert page.count('<details class="fold">') == 7
    assert '<details class="fold" open>' not in page
    assert "<strong>Budget against final account: rates of execution</strong>" in page
    # What every figure rests on is said once.
    assert page.count("listed in compare.csv") == 1


def test_the_tables_are_what_compare_gives(written: Path, sample_dataset: Path) -> None:
    raw = (written / "compare.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    frame = read_dataset(sample_dataset).compare(years=2025, lang="en")
    assert len(rows) == len(frame)
    for row, (_, expected) in zip(rows, frame.iterrows(), strict=True):
        assert row["measure"] == expected["measure"]
        if pd.isna(expected["value"]):
            assert row["value"] == ""
        else:
            assert float(row["value"]) == pytest.approx(expected["value"])
    sheets = pd.read_excel(written / "compare.xlsx", sheet_name=None)
    assert list(sheets) == ["Measures", "Comparison", "By function", "By economic class",
                            "Budget and final account", "Sources", "Columns"]  # fmt: skip
    factors = frame["unit"].map({"万元": 0.01, "万元/人": 10_000.0}).fillna(1.0)
    shown = (frame["value"] * factors).sum()
    assert sheets["Measures"]["Value"].sum() == pytest.approx(shown)
    assert set(sheets["Measures"]["Unit"]) >= {"million yuan", "yuan per person", "people"}
    assert set(sheets["Columns"]["Sheet"]) == set(list(sheets)[:-1])
    assert sheets["Columns"]["Meaning"].notna().all()


def test_each_figure_is_there_as_svg_png_and_data(written: Path) -> None:
    text = (written / "figures" / "figures.csv").read_text(encoding="utf-8-sig")
    listed = list(csv.DictReader(text.splitlines()))
    assert len(listed) == 18
    for row in listed:
        assert row["alt"]
        assert row["source"]
        for kind in ("svg", "png", "csv"):
            assert (written / "figures" / f"{row['figure']}.{kind}").stat().st_size > 50


def test_what_is_in_the_way_stays(sample_dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds files that are not a comparison"):
        write_comparison(read_dataset(sample_dataset), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_wrong_use_writes_nothing(run_cli: RunCli, sample_dataset: Path, tmp_path: Path) -> None:
    done = run_cli("compare", sample_dataset, "--out", tmp_path / "out", "--year", "1999")
    assert done.returncode == 2
    assert "there is no year '1999'; did you mean" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_parameter_that_the_notebook_does_not_know_is_an_error() -> None:
    with pytest.raises(UsageError, match="no parameter 'year'; did you mean years"):
        run_notebook(NOTEBOOK, {"year": 2025})


def test_the_notebook_shows_every_section() -> None:
    notebook = nbformat.read(NOTEBOOK, 4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    names = ("staffing", "cost", "money", "changes", "years", "distributions", "projects",
             "functions", "classes", "three_public", "dependence")  # fmt: skip
    assert [name for name in names if f'show("{name}")' not in code] == []


def test_one_unit_alone_can_be_compared(sample_dataset: Path) -> None:
    page = BureauComparison(read_dataset(sample_dataset), scope="unit")
    assert "19 份部门预算" in page.first()
    assert page.pays == []
    assert [round(item.by, 4) for item in page.changed] == [-20.3322]


def test_a_cell_that_a_spreadsheet_would_run_is_text() -> None:
    table = pd.DataFrame({"a": ["=1+1", "@x", "甲", "", 3]}, dtype=object)
    assert plain(table)["a"].tolist() == ["'=1+1", "'@x", "甲", "", 3]


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    table = plain(pd.DataFrame({"text": ["=1+1", "@x", "甲"], "value": [-1.0, 2.0, 3.0]}))
    assert list(table["text"]) == ["'=1+1", "'@x", "甲"]
    assert list(table["value"]) == [-1.0, 2.0, 3.0]


def test_a_part_of_a_dataset_is_compared_alone(sample_dataset: Path, tmp_path: Path) -> None:
    done = write_comparison(read_dataset(sample_dataset, year=2024), tmp_path / "out")
    page = done.index.read_text(encoding="utf-8")
    # Once in its title, once where the notebook says what it compares.
    assert re.findall(r"部门预算比较 [\d–]+", page) == ["部门预算比较 2024"] * 2
    frame = pd.read_csv(tmp_path / "out" / "compare.csv")
    assert set(frame["year"]) == {2024}
