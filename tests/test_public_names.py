"""What ``import budgetkit as bk`` shows: public names, each with what a user has to know."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import budgetkit as bk
from tests.conftest import ROOT

#: Public for the layers of the package, not for a user.
INNER = {"by_document", "kept"}


def public() -> Iterator[tuple[str, Any]]:
    for name in bk.__all__:
        found = getattr(bk, name)
        if not inspect.ismodule(found):
            yield name, found
    for package in (bk.lessons, bk.plot):
        for name in package.__all__:
            yield f"{package.__name__.rpartition('.')[2]}.{name}", getattr(package, name)
    for kind in (bk.Dataset, bk.Disclosure):
        for name, found in inspect.getmembers(kind, callable):
            if not name.startswith("_") and name not in INNER:
                yield f"{kind.__name__}.{name}", found


def test_dir_is_all() -> None:
    assert sorted(dir(bk)) == sorted(bk.__all__)
    code = "import budgetkit as bk; print(*dir(bk)); bk.plot, bk.table, bk.style, bk.read_dataset"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split() == sorted(bk.__all__)


@pytest.mark.parametrize(
    ("name", "found"), list(public()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_says_what_it_takes_gives_and_how_it_is_used(name: str, found: Any) -> None:
    text = inspect.getdoc(found) or ""
    assert ">>> " in text or issubclass(found, bk.BudgetkitError)
    assert "see module" not in text.lower()
    if inspect.isclass(found):
        return
    taken = [one for one in inspect.signature(found).parameters if one not in ("self", "dataset")]
    assert not taken or "Parameters\n----------" in text
    assert "Returns\n-------" in text


def test_types_are_shipped() -> None:
    assert (ROOT / "budgetkit" / "py.typed").is_file()


# --- errors of one sentence ---------------------------------------------------------------


def sentence(path: Path) -> str:
    with pytest.raises(bk.BudgetkitError) as caught:
        bk.read_disclosure(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_folder_is_no_disclosure(corpus: Path, sample_dataset: Path, tmp_path: Path) -> None:
    assert "is a folder with 22 PDFs, and read_disclosure() reads one" in sentence(corpus)
    assert "open it: read_dataset()" in sentence(sample_dataset)
    assert "without a PDF (it is empty)" in sentence(tmp_path)
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    assert "without a PDF (it holds .xlsx); save the documents as PDF" in sentence(tmp_path)
    assert "is not a PDF; save it as PDF first" in sentence(tmp_path / "a.xlsx")
    assert "no such file" in sentence(tmp_path / "b.pdf")


def test_what_is_out_of_range_is_said(corpus: Path) -> None:
    disclosure = bk.read_disclosure(corpus / "changji-kjj-2025.pdf")
    with pytest.raises(bk.UsageError, match=r"'summary' is there once, .* no number 3; take 1"):
        disclosure.table("summary", 3)
    with pytest.raises(bk.UsageError, match="there is no table 'fact'; did you mean facts"):
        disclosure.frame("fact")
    with pytest.raises(bk.UsageError, match="there is no page 99"):
        disclosure.page(99)


# --- frames -------------------------------------------------------------------------------


def test_checks_is_the_same_kind_of_thing(corpus: Path, sample_dataset: Path) -> None:
    one = bk.read_disclosure(corpus / "changji-kjj-2025.pdf").checks()
    many = bk.read_dataset(sample_dataset).checks()
    assert list(one.columns) == list(many.columns)
    alone = many[many["document"] == "changji-kjj-2025"]
    assert set(one["check"]) <= set(alone["check"])


def test_frames_join_without_multiplying_and_keep_their_units(sample_dataset: Path) -> None:
    ds = bk.read_dataset(sample_dataset)
    panel = ds.panel(["active", "wages"])
    assert len(panel) == 2 * len(panel.drop_duplicates(["department", "scope", "year"]))
    wide = panel.pivot(
        index=["department", "scope", "year"], columns="measure", values="value"
    ).reset_index()
    joined = panel.merge(wide, on=["department", "scope", "year"])
    assert len(joined) == len(panel)
    both = ds.facts.merge(ds.documents[["document", "issued"]], on="document")
    assert len(both) == len(ds.facts)
    assert both.attrs["units"]["amount"] == "万元"
    assert panel.merge(ds.documents, on=["department", "scope", "year"]).attrs["units"]
    assert "value" not in panel.attrs["units"]
    assert set(panel["unit"]) == {"人", "万元"}


def test_a_code_is_asked_of_one_table(sample_dataset: Path) -> None:
    ds = bk.read_dataset(sample_dataset)
    found = ds.figures("2080505", "general_expenditure", "total")
    assert len(found)
    assert not found.duplicated(["department", "year"]).any()
    assert set(found["table"]) == {"general_expenditure"}
    every = ds.figures("2080505")
    assert len(every) > len(found)
    facts = ds.facts.set_index("fact_id")["amount"]
    assert [facts[one] for one in every["fact_ids"]] == every["amount"].tolist()
    with pytest.raises(bk.UsageError, match="there is no table 'general_expenditur'; did you mean"):
        ds.figures("2080505", "general_expenditur")


def test_projects_have_one_row_and_mentions_several(sample_dataset: Path) -> None:
    ds = bk.read_dataset(sample_dataset)
    projects, mentions = ds.project_list(), ds.project_mentions()
    assert not projects.duplicated(["department", "year", "name"]).any()
    assert {"department", "year", "project", "where"} <= set(mentions.columns)
    assert len(mentions) > len(projects)


def test_streams_add_up_to_the_total_of_each_function(sample_dataset: Path) -> None:
    ds = bk.read_dataset(sample_dataset)
    department = "云汀自治州教育局"
    sums = ds.flow(department, 2025).groupby("code")["amount"].sum()
    for code, whole in sums.items():
        (printed,) = ds.figures(str(code), "revenue", "total", 2025, department)["amount"]
        assert whole == pytest.approx(printed, abs=0.02)


def test_changes_add_up(sample_dataset: Path) -> None:
    lines = bk.read_dataset(sample_dataset).changes("云汀自治州教育局", 2025)
    both = lines.dropna(subset=["before", "now"])
    gap = (both["now"] - both["before"] - both["change"]).astype(float).abs()
    assert float(gap.max()) < 1e-6
    with pytest.raises(bk.UsageError, match="there is no kind 'items'; did you mean item"):
        bk.read_dataset(sample_dataset).changes("云汀自治州教育局", 2025, kind="items")


def test_year_or_years_but_not_both(sample_dataset: Path) -> None:
    ds = bk.read_dataset(sample_dataset)
    pd.testing.assert_frame_equal(ds.compare("active", year=2025), ds.compare("active", years=2025))
    with pytest.raises(bk.UsageError, match="both years and year"):
        ds.compare("active", [2024], year=2025)


def test_a_table_opens_to_the_cells_of_its_figures(sample_dataset: Path) -> None:
    ds = bk.read_dataset(sample_dataset)
    costs = ds.compare(["wages_per_head"], bureaus="昌吉回族自治州科学技术局")
    shown = bk.table(costs, ["department", "value"])._repr_html_()
    assert shown.count("data:image/png") == 2  # the wages, and the people
    assert "17.44" in shown
    with pytest.raises(bk.UsageError, match="no column 'valu'; did you mean value"):
        bk.table(costs, ["valu"])
