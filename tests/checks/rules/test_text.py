"""The text: what is wrong on the page, and the false alarms that stay out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from budgetkit.checks.messages import sentence_of
from budgetkit.checks.rules.punctuation import stray_mark
from tests.helpers.cases import beyond_tables, case, cases_in, fails, para, run


def page(number: int, **fields: Any) -> dict[str, Any]:
    row = {"document": "d", "page": number, "role": "table", "n_chars": 500, "n_cell_chars": 400}
    return row | {"n_amounts": 20, "n_grids": 1, "digest": f"{number}"} | fields


def test_a_page_that_is_only_an_empty_grid_is_found() -> None:
    empty = page(3, n_chars=0, n_cell_chars=0, n_amounts=0, digest="")
    (finding,) = fails(case(pages=[page(1), page(2), empty]), "text-empty-grid")
    assert finding.place is not None
    assert finding.place.page == 3
    titled = page(3, n_chars=60, n_cell_chars=0, n_amounts=0)
    assert not fails(case(pages=[titled]), "text-empty-grid")


def test_a_page_printed_twice_is_found_and_a_continuation_is_not() -> None:
    twice = [page(1), page(2, digest="1")]
    (finding,) = fails(case(pages=twice), "text-page-twice")
    assert finding.place is not None
    assert finding.place.page == 2
    assert not fails(case(pages=[page(1), page(2)]), "text-page-twice")
    # A repeated header over nothing but an empty grid is another matter.
    header = [page(n, digest="h", n_amounts=0, n_chars=90) for n in (1, 2)]
    assert not fails(case(pages=header), "text-page-twice")


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["公务接待费5万元，增加1万元，主要原因是。"], True),
        (["公务接待费5万元，增加1万元，主要原因是：", "二、机关运行经费"], True),
        (["公务接待费5万元，增加1万元，主要原因是"], True),
        (["公务接待费5万元，增加1万元，主要原因是", "来访批次增加。"], False),  # a line break
        (["公务接待费5万元，主要原因是来访增加。"], False),
        (["原因：机构改革。"], False),
    ],
)
def test_a_sentence_that_breaks_off(texts: list[str], found: bool) -> None:
    one = case(paragraphs=[para(text) for text in texts])
    assert bool(fails(one, "text-sentence-cut")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("信息化建设支出。。2025年", True),
        ("共计2500元。.支付网费", True),
        ("用于甲，，乙", True),
        ("一、甲，；乙", True),
        ("目录……………12", False),
        ("收支总表.......................3", False),
        ("（一）、因公出国（境）费", False),
        ("“甲”、“乙”。", False),
        ("第1.2.3条", False),
    ],
)
def test_doubled_marks(text: str, found: bool) -> None:
    assert bool(fails(case(paragraphs=[para(text)]), "text-doubled-mark")) is found


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("优秀案例”活动", "”"),
        ("（一）甲（乙", "（"),
        ("行政单位医疗（款)", None),  # half and full width are one pair
        ("1）甲；2）乙", None),
        ("《甲（乙）丙》", None),
        ("“甲‘乙’丙”", None),
        ("a)甲", None),
    ],
)
def test_stray_marks(text: str, mark: str | None) -> None:
    assert stray_mark(text) == mark


#: Texts whose marks stand in pairs.
BALANCED = st.recursive(
    st.text("甲乙", max_size=4),
    lambda inner: (
        st.tuples(st.sampled_from(["（{}）", "《{}》", "“{}”"]), inner).map(
            lambda pair: pair[0].format(pair[1])
        )
        | st.tuples(inner, inner).map("".join)
    ),
    max_leaves=6,
)


@given(BALANCED)
def test_brackets_around_a_balanced_text_are_balanced(text: str) -> None:
    assert stray_mark(text) is None
    assert stray_mark(f"某（{text}）") is None
    assert stray_mark(f"某（{text}") is not None


def test_a_bracket_that_closes_in_the_next_paragraph_is_the_readers_doing() -> None:
    rows = [para("用于（人民调解、"), para("社区矫正）等工作。")]
    assert not fails(case(paragraphs=rows), "text-unbalanced")
    assert fails(case(paragraphs=[para("用于（人民调解。"), para("其他。")]), "text-unbalanced")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收入预算5万元，比2025年预算增加1万元", True),  # its own year as the year before
        ("与2025年预算持平", True),
        ("纳入本部门2024年部门汇总预算编制范围的单位", True),
        ("2024年部门预算编制说明", True),
        ("一、2024年“三公”经费预算情况说明", True),
        ("比2024年预算增加1万元", False),
        ("2025年“三公”经费预算数为1万元，与2024年预算持平", False),
        ("2024年当年预算执行数为5万元", False),
        ("根据《关于2017年省级部门预算的批复》编制", False),
        ("（沪财预〔2016〕143号）", False),
        ("支出20765.62万元，占2026.5平方米", False),
        ("截至2023年8月31日，共有车辆3辆", False),
        ("2024年政府采购预算执行情况", False),
    ],
)
def test_the_wrong_year_of_a_budget(text: str, found: bool) -> None:
    assert bool(fails(case(paragraphs=[para(text)]), "text-year")) is found


def test_a_note_or_title_of_another_year_is_found() -> None:
    row = {"document": "d", "table": "government_fund", "title": "2025年部门收入预算总表"}
    wrong = {**row, "note": "注：本部门2024年无政府性基金预算。"}
    assert len(fails(case(tables=[wrong]), "text-year")) == 1
    carried = {**row, "title": "2024年上年结转情况表", "note": ""}
    assert not fails(case(tables=[carried]), "text-year")


def test_a_note_about_the_other_fund_is_found() -> None:
    row = {"document": "d", "table": "state_capital", "title": "国有资本经营预算支出表"}
    wrong = {**row, "note": "注:无政府性基金预算财政拨款安排的预算，故本表为空表。"}
    right = {**row, "note": "注:无国有资本经营预算，故本表为空表。"}
    assert fails(case(tables=[wrong]), "text-fund")
    assert not fails(case(tables=[right]), "text-fund")
    section = para("没有使用国有资本经营预算安排的支出。", "八、政府性基金预算拨款情况")
    assert fails(case(tables=[right], paragraphs=[section]), "text-fund")


@pytest.mark.parametrize(
    ("scope", "text", "found"),
    [
        ("unit", "2025年本部门政府采购预算5万元", True),
        ("unit", "编制部门：某局单位：元", True),
        ("unit", "2025年本单位政府采购预算5万元", False),
        ("unit", "按部门预算经济分类编制，纳入部门预算管理", False),
        ("department", "2025年度本单位政府采购预算5万元", True),
        ("department", "我单位严格落实制度", False),
        ("department", "2025年本部门政府采购预算5万元", False),
    ],
)
def test_department_and_unit_are_kept_apart(scope: str, text: str, found: bool) -> None:
    one = case(scope=scope, paragraphs=[para(text)])
    assert bool(fails(one, "text-scope")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("预算XX万元", True),
        ("与上年相比增加（减少）0万元", True),
        ("项目×××工程", True),
        ("2025年政府性基金支出万元。", True),
        ("比上年增加%，", True),
        ("2025年政府性基金支出0万元。", False),
        ("金额单位：万元", False),
        ("收入预算（万元）", False),
        ("一、收支总表……………………5", False),
        ("一、收支总表............5", False),
        ("X光机2台", False),
        ("比上年增加（减少的部分已扣除）", False),
    ],
)
def test_placeholders(text: str, found: bool) -> None:
    assert bool(fails(case(paragraphs=[para(text)]), "text-placeholder")) is found


def test_every_placeholder_is_counted() -> None:
    text = "比上年增加（减少）0万元，增长（降低）0%。"
    (finding,) = fails(case(paragraphs=[para(text), para(text)]), "text-placeholder")
    assert "4处" in sentence_of(finding).zh


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["某局财政拨款的机关运行经费预算为464.64万元", "三、政府采购预算情况"], True),
        (["财政拨款收入支出增加的主要原因是工作量增加", "支出主要内容如下："], True),
        (["某局财政拨款的机关运行经费预算为464.64万元，", "比上年增加。"], False),
        (["某局财政拨款的机关运行经费预算为464.64万元", "主要是人员增加。"], False),  # a line break
        (["资金执行时间：2025年1月1日—2025年12月31日", "（二）项目名称：甲"], False),
    ],
)
def test_a_missing_full_stop_is_not_a_line_break(texts: list[str], found: bool) -> None:
    one = case(paragraphs=[para(text) for text in texts])
    assert bool(fails(one, "text-no-stop")) is found


def test_a_project_of_the_year_runs_in_the_year() -> None:
    row = {
        "document": "d",
        "project": "甲",
        "name": "甲",
        "where": "narrative",
        "funding": "general",
        "pages": "1",
        "period_start": "2024-01-01",
        "period_end": "2024-12-31",
    }
    paragraphs = [para("2024年1月1日-2024年12月31日")]
    assert fails(case(projects=[row], paragraphs=paragraphs), "text-project-period")
    for fields in ({"period_end": "2025-12-31"}, {"funding": "carryover"}, {"period_end": None}):
        one = case(projects=[row | fields], paragraphs=paragraphs)
        assert not fails(one, "text-project-period")


def test_the_numbers_of_units_agree() -> None:
    rows = [
        para("包括局本部以及下属1家预算单位的综合收支计划。"),
        para("行政单位1家，参公单位1家，事业单位2家"),
    ]
    assert fails(case(paragraphs=rows), "text-unit-count")
    rows[1] = para("行政单位1家，参公单位1家，事业单位0家")
    assert not fails(case(paragraphs=rows), "text-unit-count")


def test_the_text_of_the_bundled_documents_is_clean(corpus: Path) -> None:
    clean = [path for path in sorted(corpus.glob("*.pdf")) if "changji" not in path.name]
    cases = cases_in(*clean)
    assert len(cases) > 20
    for one in cases:
        checks = [name for name in beyond_tables() if name.startswith("text-")]
        assert run(one, *checks)
        assert not fails(one, *checks), one.document


def test_pages_are_found_in_a_file_that_repeats_one(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "twice.pdf"
    canvas = Canvas(str(tmp_path / "grid.pdf"), pagesize=(595, 842))
    canvas.grid([60, 200, 340, 480], [300, 340, 380, 420])
    canvas.showPage()
    canvas.save()
    with (
        pikepdf.open(corpus / "yanping-sfj-2025.pdf") as pdf,
        pikepdf.open(tmp_path / "grid.pdf") as grid,
    ):
        last = len(pdf.pages)
        pdf.pages.append(pdf.pages[last - 1])
        pdf.pages.extend(grid.pages)
        pdf.save(path)
    (one,) = cases_in(path)
    (twice,) = fails(one, "text-page-twice")
    (empty,) = fails(one, "text-empty-grid")
    assert twice.place is not None
    assert empty.place is not None
    assert (twice.place.page, empty.place.page) == (last + 1, last + 2)
