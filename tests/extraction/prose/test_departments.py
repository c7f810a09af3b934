"""One id for all names of a department."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.codelists import read_codelist
from budgetkit.codelists.own_lists import FOLDER_VARIABLE
from budgetkit.extraction.prose import departments
from budgetkit.extraction.prose.departments import alike, department_id, split_scope


@pytest.mark.parametrize(
    "names",
    [
        ("中共江苏省委办公厅", "中国共产党江苏省委员会办公厅", "江苏省委办公厅"),
        ("政协江苏省委员会办公厅", "江苏省政协办公厅", "中国人民政治协商会议江苏省委员会办公厅"),
        ("江苏省人大常委会办公厅", "江苏省人民代表大会常务委员会办公厅"),
        ("上海市普陀区人民政府万里街道办事处", "上海市普陀区万里街道办事处"),
        ("西安市发改委", "陕西省西安市发展和改革委员会", "西安市发展改革委员会"),
        ("苏州市审计局（本级）", "苏州市审计局", "江苏省苏州市审计局（汇总）"),
        ("江苏省检察院", "江苏省人民检察院"),
        ("苏州工业园区管委会", "江苏省苏州市苏州工业园区管理委员会"),
        ("重庆市教委", "重庆市教育委员会"),
        ("上海市普陀区商务委", "上海市普陀区商务委员会"),
        ("中共江苏省委政法委员会", "江苏省委政法委"),
    ],
)
def test_names_of_one_department(names: tuple[str, ...]) -> None:
    assert len(set(map(department_id, names))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某县财政局", "某县司法局"),
        ("苏州市审计局", "杭州市审计局"),
        ("江苏省委办公厅", "江苏省政府办公厅"),
        ("某市人民政府办公室", "某市委办公室"),
        ("江苏省人大常委会办公厅", "江苏省政协办公厅"),
        ("某县人民检察院", "某县人民法院"),
    ],
)
def test_names_of_two_departments(one: str, other: str) -> None:
    assert department_id(one) != department_id(other)


def test_a_user_adds_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "aliases.csv").write_text("pattern,name\n某市老局,某市新局\n", encoding="utf-8")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    caches = (read_codelist, departments.department_id, departments._rules)
    try:
        for cached in caches:
            cached.cache_clear()
        assert department_id("某市老局") == department_id("某市新局") == "某市新局"
    finally:
        monkeypatch.undo()
        for cached in caches:
            cached.cache_clear()


def test_names_that_look_alike_are_named_and_not_joined() -> None:
    names = ["某市退役局", "某市退役军人事务局", "某市财政局", "某市财政局结算中心", "某县退役局"]
    assert alike(names) == {"某市退役局": "某市退役军人事务局"}


def test_a_remark_on_the_scope_is_no_part_of_the_name() -> None:
    assert tuple(split_scope("某市财政局（本级）")) == ("某市财政局", "unit")
    assert tuple(split_scope("某市财政局（某市地税局）")) == ("某市财政局（某市地税局）", "")
