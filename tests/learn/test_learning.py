"""A disclosure in a template that no list knows, taught step by step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.codelists.own_lists import FOLDER_VARIABLE, check_own_lists
from budgetkit.render.highlight import CELLS
from tests.conftest import ROOT, RunCli
from tests.typesetter.corpus import NEW_PROVINCE, build_province

TITLES = {
    "收支总览": "summary", "来款明细": "revenue", "用款去向": "expenditure",
    "人员和公用明细": "basic_expenditure", "专项明细": "project_expenditure",
    "三项开支": "three_public",
}  # fmt: skip


@pytest.fixture(scope="module")
def untaught(tmp_path_factory: pytest.TempPathFactory) -> bk.Dataset:
    out = tmp_path_factory.mktemp("province") / "dataset"
    bk.extract([NEW_PROVINCE], out)
    return bk.read_dataset(out)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    check_own_lists()


def test_the_document_is_as_the_typesetter_sets_it(tmp_path: Path) -> None:
    assert build_province(tmp_path / NEW_PROVINCE.name).read_bytes() == NEW_PROVINCE.read_bytes()


def test_without_lists_all_that_is_unknown_is_a_title(untaught: bk.Dataset) -> None:
    lessons = bk.learn(untaught)
    assert untaught.facts.empty
    assert {one.unknown.text for one in lessons.proposals} == set(TITLES)
    assert (lessons.waiting, lessons.others) == (len(untaught.unmapped), 0)
    assert lessons.frame()["amounts"].sum() == lessons.waiting
    assert lessons.frame()["amounts"].is_monotonic_decreasing
    assert repr(lessons) == "<Lessons: 6 not understood, 238 amounts wait>"
    with pytest.raises(bk.UsageError, match="no proposals were written"):
        lessons.accept(TITLES)


def test_the_page_shows_the_columns(untaught: bk.Dataset) -> None:
    lessons = bk.learn(untaught)
    picture = lessons.page(0).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1 << 20)}
    assert CELLS in colours
    with pytest.raises(bk.UsageError, match="there is no proposal 6; there are 6"):
        lessons.page(6)


def test_titles_that_are_accepted_lead_to_the_headers(
    untaught: bk.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bk.learn(untaught, tmp_path / "lists").accept(TITLES)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "lists"))
    bk.extract([NEW_PROVINCE], tmp_path / "dataset", jobs=0)
    taught = bk.read_dataset(tmp_path / "dataset")
    assert set(taught.tables["table"]) >= set(TITLES.values())
    assert set(taught.unmapped["cause"]) == {"header"}
    lessons = bk.learn(taught, tmp_path / "lists")
    words = {one.unknown.word: one.unknown.amounts for one in lessons.proposals}
    assert words["用款"] == (taught.unmapped["table"] == "expenditure").sum()
    assert {"全年", "专项", "人员和公用", "本级财力", "用途名称", "来路"} <= set(words)


def test_the_lists_of_the_province_leave_nothing_to_learn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(ROOT / "tests" / "provinces" / "haiyu"))
    bk.extract([NEW_PROVINCE], tmp_path / "dataset", jobs=0)
    assert bk.learn(bk.read_dataset(tmp_path / "dataset")).proposals == ()


def test_the_command(untaught: bk.Dataset, run_cli: RunCli, tmp_path: Path) -> None:
    done = run_cli("learn", untaught.folder, "--out", tmp_path / "lists")
    assert done.returncode == 0, done.stderr
    assert "6 things were not understood; 238 amounts wait for them" in done.stdout
    assert [path.name for path in (tmp_path / "lists").iterdir()] == ["proposals.csv"]
    assert run_cli("learn", tmp_path).returncode == 2
    helped = run_cli("learn", "--help")
    assert "Example: budgetkit learn" in " ".join(helped.stdout.split())
