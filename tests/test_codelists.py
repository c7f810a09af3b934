"""The lists, and a user's own lists beside the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetkit import codelists
from budgetkit.codelists import classification, header_rules, item_rules, title_rules
from budgetkit.codelists.english import english_name
from budgetkit.codelists.office_names import english_office
from budgetkit.codelists.own_lists import (
    FOLDER_VARIABLE,
    PROPOSALS,
    check_own_lists,
    list_names,
    roles,
    shipped,
)
from budgetkit.codelists.patterns import COLUMNS, EXPRESSIONS, pattern_of, pattern_problem
from budgetkit.codelists.pinyin import CHINESE
from budgetkit.codelists.place_names import english_place
from budgetkit.errors import UsageError


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    check_own_lists()


def lists(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, name: str = "titles.csv"
) -> None:
    (folder / name).write_text(text, encoding="utf-8-sig")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))


def test_a_users_rows_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped_first = title_rules()[0]
    lists(tmp_path, monkeypatch, "table,pattern\ngeneral_expenditure,分项用款表\n")
    check_own_lists()
    first, second = title_rules()[:2]
    assert (first.table, first.pattern.pattern) == ("general_expenditure", "分项用款表")
    assert first.ends.pattern == codelists.TITLE_ENDS.strip("/")
    assert second == shipped_first


def test_lists_that_changed_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for table in ("revenue", "summary"):
        lists(tmp_path, monkeypatch, f"table,pattern\n{table},分项用款表\n")
        check_own_lists()
        assert title_rules()[0].table == table


HEAD = "table,within,header,role\n"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("titles.csv", "table\nrevenue\n", "titles.csv: the list has no column 'pattern'"),
        ("titles.csv", "table,pattern\nrevenue,/收入(表/\n", r"'/收入.表/'.*no pattern"),
        ("titles.csv", "table,pattern\nrevenue,收入(总)?表\n", "line 2 .*regular expr.*slash"),
        ("titles.csv", "table,pattern\nrevenue,\n", "line 2 says nothing that it could match"),
        ("titles.csv", "table,pattern\nrevenu,来款表\n", "is 'revenue' meant?.*tables.csv"),
        ("headers.csv", HEAD + "*,,甲,total\n*,,乙,totl\n", "line 3 .*'totl'.*'total'"),
        ("headers.csv", HEAD + "*,,乙,nothing\n", r"label \(code, .*ignore.*fund=general_budget"),
        ("headers.csv", HEAD + "*,,乙,fund=village\n", "facet 'fund' does not have.*facets.csv"),
        ("headers.csv", HEAD + "*,,乙,found=fiscal\n", "facets are .*fund"),
        ("headers.csv", HEAD + "*,,/乙|丙/,fund=fiscal\n", "word of headers.*without slashes"),
        ("headers.csv", HEAD + "*,甲,乙,use=basic\n", "word of headers.*without 'within'"),
        ("measures.csv", "table,facets,measure\n*,fund=x,x\n", "measures.csv: line 2 has 'fund=x'"),
        ("tables.csv", "table,facets,base\nvillage,use=x,total\n", "line 2 has 'use=x'"),
        ("funds.csv", "pattern,fund\n村级资金,village\n", "funds.csv: line 2 has 'fund=village'"),
        ("facets.csv", "facet,value,parent\nfond,a,\n", "facets.csv: line 2 has the facet 'fond'"),
        ("sections.csv", "pattern,section\n来路,income\n", "sections.csv: line 2 .*'income'"),
        ("items.csv", "table,section,pattern,code\n*,use_,甲,total\n", "line 2 .*'use_'"),
        ("title_words.csv", "word,facet\n村级,fund=x\n", "line 2 has the facet 'fund=x'"),
        ("header.csv", HEAD, "header.csv: is the name of no list .is 'headers' meant"),
    ],
)  # fmt: skip
def test_a_slip_in_a_list_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, says: str
) -> None:
    lists(tmp_path, monkeypatch, text, name)
    with pytest.raises(UsageError, match=says):
        check_own_lists()


def test_a_folder_that_is_none_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "none"))
    with pytest.raises(UsageError, match=r"none: is no folder, and .*BUDGETKIT_CODELISTS"):
        check_own_lists()


def test_a_list_that_a_spreadsheet_saved_is_read_and_one_in_another_encoding_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "table,pattern\nrevenue,来款表\n"
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    (tmp_path / "titles.csv").write_bytes(text.encode("gb18030"))
    check_own_lists()
    assert title_rules()[0].pattern.fullmatch("来款表")
    (tmp_path / "titles.csv").write_bytes(text.encode("utf-16"))
    with pytest.raises(UsageError, match=r"titles.csv: can't be read.*UTF-8"):
        check_own_lists()


def test_a_user_adds_values_tables_and_measures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists(tmp_path, monkeypatch, "facet,value,parent\nfund,village,nonfiscal\n", "facets.csv")
    lists(tmp_path, monkeypatch, "table,facets,base\nvillages,fund=village,total\n", "tables.csv")
    lists(tmp_path, monkeypatch, "table,facets,measure\n*,fund=village,village_money\n",
          "measures.csv")  # fmt: skip
    lists(tmp_path, monkeypatch, HEAD + "villages,,村款,village_money\n*,,村级,fund=village\n",
          "headers.csv")  # fmt: skip
    check_own_lists()
    assert [rule.role for rule in header_rules()[:2]] == ["village_money", "fund=village"]
    assert roles().is_measure("carryover_village")


def test_only_accepted_proposals_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = "accept,list,table,section,within,text,ends,says\n"
    rows = (
        "x,titles,,,,用款去向,去向,expenditure\n,titles,,,,来款明细,明细,revenue\n"
        "是,headers,*,,,村级资金,,fund=unit_funds\nno,headers,*,,,往来,,neutral\n"
        "X,items,summary,revenue,,本级财力,,general_own\n"
    )
    before = len(header_rules())
    lists(tmp_path, monkeypatch, head + rows, f"{PROPOSALS}.csv")
    check_own_lists()
    assert [rule.table for rule in title_rules()[:2]] == ["expenditure", "performance_overall"]
    assert title_rules()[0].ends.search("用款去向")
    assert (len(header_rules()), header_rules()[0].word) == (before + 1, "村级资金")
    assert (item_rules()[0].code, item_rules()[0].section) == ("general_own", "revenue")
    lists(tmp_path, monkeypatch, head + "x,headers,*,,,村级,,village\n", f"{PROPOSALS}.csv")
    with pytest.raises(UsageError, match=r"proposals.csv: line 2 has the role 'village'"):
        check_own_lists()


@pytest.mark.parametrize("name", list_names())
def test_every_shipped_pattern_is_marked_and_compiles(name: str) -> None:
    rows = shipped(name)
    entries = [row[column] for row in rows for column in COLUMNS & set(rows[0])]
    wrong = [
        (entry, problem)
        for entry in entries
        if (problem := pattern_problem(entry, expression=name in EXPRESSIONS))
    ]
    assert wrong == []


@pytest.mark.parametrize("row", shipped("headers"), ids=lambda row: row["header"])
def test_every_shipped_role_is_known(row: dict[str, str]) -> None:
    assert roles().role_problem(row["role"]) == ""


@pytest.mark.parametrize(
    "role", ["carryover_general_budget", "basic_general_budget", "previous_total", "301", "30101",
             "change_total", "total_excluding_construction", "fiscal_personnel"]
)  # fmt: skip
def test_composed_measures_are_roles(role: str) -> None:
    assert roles().role_problem(role) == ""


def test_plain_text_is_text() -> None:
    assert pattern_of("增减（%）").fullmatch("增减(%)")
    assert not pattern_of("收.表").fullmatch("收入表")
    assert pattern_of("/收.表/").fullmatch("收入表")
    assert re.fullmatch(pattern_of("/"), "/")


def test_every_class_has_its_parent() -> None:
    for kind in ("functional", "economic"):
        codes = classification(kind)
        assert len(codes) > 100
        for code, entry in codes.items():
            assert entry.name, code
            if entry.level > 1:
                assert code[:-2] in codes, code


@pytest.mark.parametrize("kind", ["functional", "economic", "government"])
def test_every_class_has_an_english_name(kind: str) -> None:
    nameless = [code for code in classification(kind).values() if not english_name(code.name)]
    assert nameless == []


def test_english_names_hold_no_chinese() -> None:
    names = [row["name_en"] for row in shipped("english")]
    assert [name for name in names if re.search(r"[\u3000-\u9fff]", name)] == []


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("云汀自治州审计局", "Audit Bureau of Yunting Autonomous Prefecture"),
        ("西安市发展和改革委员会", "Development and Reform Commission of Xi'an City"),
        ("重庆市渝北区财政局", "Finance Bureau of Yubei District, Chongqing"),
        ("江苏苏州市人民检察院", "People's Procuratorate of Suzhou City, Jiangsu"),
        ("江苏省政协办公厅", "General Office, CPPCC Committee of Jiangsu Province"),
        ("中共云河县委组织部", "Organization Department, CPC Committee of Yunhe County"),
        ("政协云河县委员会", "CPPCC Committee of Yunhe County"),
        ("云河县人民政府云岭街道办事处",
         "Office of Yunling Subdistrict, People's Government of Yunhe County"),
        ("云河县公安局交通警察大队",
         "Traffic Police Brigade, Public Security Bureau of Yunhe County"),
        ("云河县安全生产监督管理局", "Work Safety Administration of Yunhe County"),
        ("云河县市场监督管理局/知识产权局",
         "Market Regulation Bureau/Intellectual Property Bureau of Yunhe County"),
        ("云河县财政局（本级）", "Finance Bureau of Yunhe County (own office)"),
        ("云河县财政局机关", "Finance Bureau of Yunhe County (own office)"),
        ("国家信访局", "National Petitions Administration"),
        ("财政部", "Finance Ministry"),
        ("新疆生产建设兵团", "Xinjiang Production and Construction Corps"),
    ],
)  # fmt: skip
def test_an_office_has_an_english_name(printed: str, english: str) -> None:
    assert english_office(printed) == english


def test_what_no_list_knows_is_written_in_pinyin() -> None:
    assert english_office("云河县丽来局") == "Lilai Bureau of Yunhe County"
    assert english_office("某某") == "Moumou"
    assert english_office("Bureau of Nowhere") == "Bureau of Nowhere"


@pytest.mark.parametrize(
    "printed", ["", "（）", "：*？|", "局", "县", "云河县", "X局/", "和", "\u3400"]
)
def test_no_name_is_too_odd_to_be_written(printed: str) -> None:
    assert english_office(printed) == english_office(printed).strip()


def test_every_place_and_word_of_the_lists_has_latin_letters() -> None:
    counties = (name for row in shipped("counties") for name in row["counties"].split())
    places = {*counties, *(row["name"] for row in shipped("regions"))}
    assert not [name for name in places if CHINESE.search(english_place(name))]
    assert not [row for row in shipped("office_words") if CHINESE.search(row["english"])]
    assert len({row["word"] + row["kind"] for row in shipped("office_words")}) == len(
        shipped("office_words")
    )
