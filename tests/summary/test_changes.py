"""What changed against the year before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.disclosure import select, year_before
from budgetkit.summary.changes import Changes, changes
from budgetkit.summary.summarize import summarize
from tests.helpers.rewritten import rewrite
from tests.helpers.truth import NAMES, amount, read, truth

WITH_BEFORE = [name for name in NAMES if name.endswith(("2024", "2025")) and "changji" not in name]


def changes_of(dataset: Path, name: str) -> Changes:
    ds, told = read(dataset), truth(name)
    disclosure = select(ds, told["department"], told["scope"], told["year"])
    before = year_before(ds, disclosure)
    return changes(summarize(disclosure), summarize(before) if before else None)


@pytest.mark.parametrize("name", WITH_BEFORE)
def test_the_change_is_the_difference_of_both_documents(sample_dataset: Path, name: str) -> None:
    found = changes_of(sample_dataset, name)
    older = f"{name[:-4]}{int(name[-4:]) - 1}"
    now, then = (amount(n, "expenditure", "total", code="total") for n in (name, older))
    assert now is not None
    assert then is not None
    assert found.basis == "tables"
    assert found.total is not None
    assert found.total.by == pytest.approx(now - then, abs=1e-6)
    assert found.total.percent == pytest.approx((now - then) / then * 100)


def test_a_code_of_one_year_alone_is_no_change_from_zero(sample_dataset: Path) -> None:
    lines = [line for name in WITH_BEFORE for line in changes_of(sample_dataset, name).lines]
    alone = [line for line in lines if None in (line.now, line.before)]
    assert 0 < len(alone) < len(lines)
    assert [line for line in lines if line.by is None] == alone


def test_without_the_year_before_the_prose_speaks(sample_dataset: Path) -> None:
    found = changes_of(sample_dataset, "changji-kjj-2025")
    assert found.basis == "narrative"
    told = {(row[1], row[3]) for row in truth("changji-kjj-2025")["narrative"]}
    said = {
        (round(line.now.amount, 2), line.by) for line in found.of("prose") if line.now and line.by
    }
    assert said
    assert said <= told


def test_a_stated_change_is_one_line_and_no_more_than_its_amount(
    sample_dataset: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(sample_dataset, tmp_path / "copy")
    told = pd.read_parquet(folder / "narrative.parquet")
    mine = told["document"] == "changji-kjj-2025"
    row = told[mine & told["change"].notna() & (told["kind"] == "amount")].iloc[[0]]
    said = [("①某项支出", 50.0, 20.0), ("某项支出", 50.0, 20.0), ("另一项支出", 0.0, 20.0)]
    rows = [row.assign(item=item, amount=now, change=by) for item, now, by in said]
    rewrite(folder, "narrative", pd.concat([told[~mine], *rows], ignore_index=True))
    lines = changes_of(folder, "changji-kjj-2025").of("prose")
    assert [(line.name, line.by) for line in lines] == [("某项支出", 20.0)]


def test_the_change_of_the_whole_is_the_sum_of_its_two_uses(sample_dataset: Path) -> None:
    found = changes_of(sample_dataset, "changji-kjj-2025")
    told = {row[0]: row for row in reversed(truth("changji-kjj-2025")["narrative"])}
    assert found.derived
    assert found.total is not None
    assert found.total.by == pytest.approx(told["基本支出"][3] + told["项目支出"][3])


def test_the_housing_fund_that_moved_class_is_said(real_dataset: Path) -> None:
    dataset = bk.read_dataset(real_dataset)
    disclosure = select(dataset, "江苏省人民检察院", "department", 2018)
    before = year_before(dataset, disclosure)
    assert before is not None
    assert changes(summarize(disclosure), summarize(before)).regrouped
