"""Sums by function and class, from the truth files; code lists that cover what was observed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from budgetkit.amounts import squeeze
from budgetkit.api import Dataset, read_dataset
from budgetkit.codelists import bare_name, classification
from budgetkit.compare.classification import level_of, parents
from budgetkit.errors import UsageError
from tests.helpers.truth import NAMES, truth

DEPARTMENTS = [name for name in NAMES if truth(name)["scope"] == "department"]
#: Readings of broken cells in the observed list, which are no names of the class.
BROKEN = {
    "2080505": {"缴费支出", "费支出"}, "2080506": {"支出"}, "30202": {"咨询费"},
    "30204": {"电费"}, "30205": {"邮电费"}, "30206": {"办公设备购置费"}, "30207": {"工会经费"},
    "30108": {"机关事业单位基本养老保险缴"},
    "30208": {"福利费"}, "30211": {"事业单位离退休人员福利费"},
    "30213": {"其他商品和服务支出"}, "303": {"离退休人员经费"}, "30301": {"退休费"},
    "310": {"信息网络及软件购置更"},
}  # fmt: skip


@pytest.fixture(scope="module")
def ds(sample_dataset: Path) -> Dataset:
    return read_dataset(sample_dataset)


def _by_hand(name: str, table: str, measure: str, level: int, width: int = 2) -> dict[str, float]:
    """Sums of the deepest printed rows at a level."""
    rows = {
        fact["code"]: fact["value"]
        for fact in truth(name)["facts"]
        if (fact["table"], fact["measure"]) == (table, measure)
        and fact["code"][:1].isdigit()
        and not fact["project"]
    }
    found: dict[str, float] = {}
    for code, value in rows.items():
        if not any(other != code and other.startswith(code) for other in rows):
            top = code[: 1 + width * level]
            found[top] = found.get(top, 0.0) + value
    return found


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("part", ["total", "basic", "project"])
def test_expenditure_by_function_is_the_sum_of_the_truth(
    ds: Dataset, level: int, part: str
) -> None:
    frame = ds.by_function(level)
    for name in DEPARTMENTS:
        table = "expenditure"
        expected = _by_hand(name, table, part, level)
        if not expected:  # a template without: its general budget
            table, expected = (
                "general_expenditure",
                _by_hand(name, "general_expenditure", part, level),
            )
        own = frame[(frame["department"] == truth(name)["department"])
                    & (frame["year"] == truth(name)["year"]) & (frame["part"] == part)
                    & (frame["amount"] != 0)]  # fmt: skip
        assert dict(zip(own["code"], own["amount"], strict=True)) == pytest.approx(
            {code: value for code, value in expected.items() if value}, abs=0.011
        ), (name, table)
        assert set(own["table"]) == ({table} if expected else set())


@pytest.mark.parametrize("level", [1, 2])
def test_basic_expenditure_by_class_is_the_sum_of_the_truth(ds: Dataset, level: int) -> None:
    frame = ds.by_class(level)
    for name in DEPARTMENTS:
        expected = _by_hand(name, "basic_expenditure", "total", level)
        own = frame[(frame["department"] == truth(name)["department"])
                    & (frame["year"] == truth(name)["year"]) & (frame["part"] == "basic")
                    & (frame["amount"] != 0)]  # fmt: skip
        # 301 of the real document prints 436.07 where its parts sum to 436.06.
        assert dict(zip(own["code"], own["amount"], strict=True)) == pytest.approx(
            {code: value for code, value in expected.items() if value}, abs=0.011
        ), name


def test_project_classes_are_the_columns_of_the_project_table(ds: Dataset) -> None:
    frame = ds.by_class(1, 2025, "云汀自治州教育局")
    own = frame[frame["part"] == "project"].set_index("code")["amount"].to_dict()
    assert own == {"302": 509.46, "303": 759.01, "310": 570.82}
    assert (ds.by_class(2, 2025, "云汀自治州教育局").query("part == 'project'")["flags"]
            == "coarser").all()  # fmt: skip


def test_a_sum_keeps_its_total_at_every_level(ds: Dataset) -> None:
    totals = [
        frame[frame["part"] == "total"].groupby(["department", "year"])["summed"].sum()
        for frame in (ds.by_function(level) for level in (1, 2, 3))
    ]
    assert len(totals[0]) > 10
    for other in totals[1:]:
        assert other.to_dict() == pytest.approx(totals[0].to_dict())


def test_a_level_that_there_is_not_is_wrong_use(ds: Dataset) -> None:
    with pytest.raises(UsageError, match="has no level 4"):
        ds.by_function(4)
    with pytest.raises(UsageError, match="has no level 3"):
        ds.by_class(3)


def test_a_drill_down_adds_up_at_every_step(ds: Dataset) -> None:
    for name in DEPARTMENTS:
        frame = ds.drill(truth(name)["department"], truth(name)["year"])
        amounts = dict(zip(frame["node"], frame["amount"], strict=True))
        sums: dict[str, float] = {}
        for parent, amount in zip(frame["parent"], frame["amount"], strict=True):
            sums[parent] = sums.get(parent, 0.0) + amount
        assert len(sums) > 2, name
        for node, total in sums.items():
            if node:
                assert total == pytest.approx(amounts[node], abs=0.011), (name, node)


def test_a_drill_down_names_the_projects(ds: Dataset) -> None:
    frame = ds.drill("云汀自治州教育局", 2025)
    projects = frame[frame["kind"] == "project"].set_index("name")["amount"].to_dict()
    assert projects == {
        fact["project"]: fact["value"]
        for fact in truth("yunting-jyj-2025")["facts"]
        if (fact["table"], fact["measure"]) == ("project_expenditure", "total") and fact["project"]
    }


def test_every_code_of_the_corpus_is_in_the_lists(ds: Dataset) -> None:
    facts = ds.facts[ds.facts["level"].fillna(0) > 0]
    printed = set(facts[["code", "name"]].itertuples(index=False, name=None))
    assert len(printed) > 50
    unknown, unlisted = [], []
    for code, name in sorted(printed):
        known = classification("economic" if code.startswith(("3", "5")) else "functional").get(
            code
        )
        if known is None:
            unknown.append(code)
        elif bare_name(name) not in {squeeze(word) for word in (known.name, *known.aliases)}:
            unlisted.append((code, name))
    assert unknown == []
    assert unlisted == []


@pytest.mark.parametrize("kind", ["functional", "economic"])
def test_each_code_has_its_parents_and_level(kind: str) -> None:
    known = classification(kind)
    assert len(known) > 100
    for code in known.values():
        assert code.level == level_of(code.code)
        assert [above for above in parents(code.code) if above not in known] == []


@pytest.mark.parametrize("kind", ["functional", "economic"])
def test_no_name_stands_twice_in_one_code(kind: str) -> None:
    known = classification(kind)
    assert len(known) > 100
    for code in known.values():
        names = [code.name, *code.aliases]
        assert len(names) == len({squeeze(name) for name in names}), code


def test_every_observed_code_is_in_the_lists_under_each_of_its_names(shared: Path) -> None:
    text = (shared / "observed_codes.csv").read_text(encoding="utf-8-sig")
    unknown = []
    for row in csv.DictReader(text.splitlines()):
        kind = "functional" if row["kind"] == "func" else "economic"
        code = classification(kind).get(row["code"])
        if code is None:
            unknown.append((row["code"], row["name"]))
            continue
        known = {squeeze(name) for name in (code.name, *code.aliases)}
        others = [name.rpartition("x")[0] for name in row["other_names"].split("|") if name]
        for name in (row["name"], *others):
            if bare_name(name) not in known and name not in BROKEN.get(row["code"], ()):
                unknown.append((row["code"], name))
    assert unknown == []
