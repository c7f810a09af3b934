"""What the prose says of each amount."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.narrative import NarrativeItem, read_narrative
from tests.helpers.prose import (
    needs_samples,
    paragraph,
    real_prose,
    sample_names,
    sample_prose,
    truth,
)

ABOUT = ("第三部分说明", "三、支出预算情况说明")


def read(text: str, *section: str) -> list[NarrativeItem]:
    return read_narrative([paragraph(text, section or ABOUT)], department="某县某局", year=2025)


def told(text: str, *section: str) -> list[tuple[object, ...]]:
    return [
        (row.item, row.amount, row.share_pct, row.change, row.change_pct)
        for row in read(text, *section)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "项目支出50.00万元，占5.10%，比上年预算减少10.00万元，下降16.67%，主要原因是调整。",
            [("项目支出", 50.0, 5.1, -10.0, -16.67)],
        ),
        (
            "1、某支出（类）某事务（款）行政运行（项）：2025年预算数为9.00万元，"
            "比上年预算增加0.00万元，增长0.00%。",
            [("行政运行", 9.0, None, 0.0, 0.0)],
        ),
        (
            "2.“某支出（类）某事务（款)一般事务（项）”科目1,851.50万元，主要用于甲事务100万元。",
            [("一般事务", 1851.5, None, None, None)],
        ),
        (
            "3、某支出（204类）司法（06款）信息化建设（13项）60万元。主要用于：信息化。"
            "2024年当年预算执行数为50万元，2025年预算安排60万元，比2024年预算执行数增加20%。",
            [("信息化建设", 60.0, None, None, 20.0)],
        ),
        (
            "财政专户管理资金收入预算总计0万元。与上年相比增加（减少）0万元，增长（减少）0%。",
            [("财政专户管理资金收入预算", 0.0, None, 0.0, 0.0)],
        ),
        (
            "2025年“三公”经费预算数为1.00万元，与2024年预算持平。",
            [("“三公”经费", 1.0, None, 0.0, None)],
        ),
        (
            "会议费预算支出13.5万元，本年数小于上年预算数3.5万元，主要是压减。",
            [("会议费", 13.5, None, -3.5, None)],
        ),
        ("单位预留机动经费预算数为34万元，与上年相比增加32万元，增长16倍。", [
            ("单位预留机动经费", 34.0, None, 32.0, 1600.0),
        ]),
        ("本年收入合计12,345.60元，事业收入1.5亿元。", [
            ("收入", 1.23456, None, None, None), ("事业收入", 15000.0, None, None, None),
        ]),
        (
            "公务用车购置及运行费4万元（其中，公务用车购置费0万元，公务用车运行费4万元），与上年持平。",
            [
                ("公务用车购置及运行费", 4.0, None, 0.0, None),
                ("公务用车购置费", 0.0, None, None, None),
                ("公务用车运行费", 4.0, None, None, None),
            ],
        ),
    ],
)  # fmt: skip
def test_wordings(text: str, expected: list[tuple[object, ...]]) -> None:
    assert told(text) == expected


def test_items_listed_with_their_changes_alone() -> None:
    text = (
        "某县某局2025年财政拨款“三公”经费数为5.00万元，其中：因公出国（境）费0.00万元，公务接待费5.00万元。"
        "“三公”经费预算比上年预算增加1.00万元，增长25.00%，其中：因公出国（境）费增加0.00万元，增长0.00%，"
        "主要原因是2025年未安排；公务接待费增加1.00万元，增长25.00%，主要原因是接待增加。"
    )
    rows = {row.item: row for row in read(text)}
    assert len(rows) == 3
    assert rows["“三公”经费"].change == 1.0
    assert rows["因公出国（境）费"].amount == 0.0
    assert rows["因公出国（境）费"].reason == "2025年未安排"
    assert rows["公务接待费"].change_pct == 25.0


def test_a_reason_goes_on_behind_a_semicolon_unless_an_item_follows() -> None:
    rows = read("财政拨款结转4万元，比上年减少1万元，主要原因是甲已实施；乙在2025年实施。")
    assert rows[0].reason == "甲已实施；乙在2025年实施"
    rows = read("甲费支出4万元，比上年减少1万元，主要原因是调整；乙费支出3万元，与上年持平。")
    assert [(row.item, row.change, row.reason) for row in rows] == [
        ("甲费支出", -1.0, "调整"),
        ("乙费支出", 0.0, ""),
    ]


def test_an_item_named_in_the_paragraph_before() -> None:
    rows = read_narrative(
        [
            paragraph("2、某支出（类）某事务（款）一般事务（项）：", ABOUT),
            paragraph("2025年预算数为8.00万元，比上年预算增加1.00万元。", ABOUT),
        ],
        year=2025,
    )
    assert [(row.item, row.amount, row.change) for row in rows] == [("一般事务", 8.0, 1.0)]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("政府性基金预算未安排。", "政府性基金预算"),
        ("某县某局2025年没有使用政府性基金预算拨款安排的支出。", "政府性基金预算"),
        ("2025年无公务用车购置预算安排。", "公务用车购置费"),
        ("2025年本部门无国有资本经营预算收入。", "国有资本经营预算"),
        ("培训费未安排，与上年持平。", "培训费"),
    ],
)
def test_what_is_not_arranged(text: str, item: str) -> None:
    (row,) = read(text)
    assert (row.kind, row.item, row.amount) == ("not_arranged", item, None)


def test_procurement_with_its_reserve() -> None:
    rows = read(
        "2025年，某县某局政府采购预算18.38万元，其中：政府采购货物预算10.93万元，政府采购工程预算0.00万元，"
        "政府采购服务预算7.45万元。面向中小企业预留政府采购项目预算金额18.38万元，其中，小微企业预留9.00万元。",
        "（二）政府采购情况",
    )
    assert {row.kind for row in rows} == {"procurement"}
    assert [row.amount for row in rows] == [18.38, 10.93, 0.0, 7.45, 18.38, 9.0]
    assert len({row.item for row in rows}) == 6


def test_services_are_procurement_only_where_that_is_the_talk() -> None:
    assert [row.kind for row in read("一般公共服务支出10万元。")] == ["amount"]


@pytest.mark.parametrize(
    "text",
    [
        "单价100万元（含）以上设备0台。",
        "上年预算数5万元。",
        "2023年预算数为5万元。",
        "增加部门预算5万元。",
    ],
)
def test_amounts_that_are_not_this_budget_s(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "section",
    [
        ("第四部分名词解释",),
        ("一、主要职能",),
        ("（三）国有资产占用情况",),
        ("第二部分预算公开表",),
    ],
)
def test_other_sections_are_left_alone(section: tuple[str, ...]) -> None:
    assert read("甲经费5万元。", *section) == []


def test_descriptions_of_projects_are_left_alone() -> None:
    parts = [
        paragraph("（一）项目名称：甲工程", ABOUT),
        paragraph("每人补助经费5万元。", ABOUT),
        paragraph("八、其他", ABOUT, 3),
        paragraph("乙经费6万元。", ABOUT),
    ]
    assert [row.amount for row in read_narrative(parts)] == [6.0]


def test_every_row_says_where_it_stands() -> None:
    text = "前言。甲经费5.00万元，比上年增加1.00万元。后语。"
    (row,) = read(text)
    assert row.text == "甲经费5.00万元，比上年增加1.00万元。"
    assert (row.page, row.x0) == (1, text.index("甲"))
    assert row.section == " > ".join(ABOUT)


AMOUNTS = st.decimals(min_value=0, max_value=10**7, places=2)


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.booleans(), st.booleans())
def test_round_trip(amount: object, change: object, share: object, up: bool, comma: bool) -> None:
    printed = f"{amount:,}" if comma else f"{amount}"
    verb = ("增加", "增长") if up else ("减少", "下降")
    (row,) = read(
        f"基本支出{printed}万元，占{share}%，比上年预算{verb[0]}{change}万元，{verb[1]}{share}%。"
    )
    sign = 1 if up else -1
    assert row.amount == float(str(amount))
    assert row.share_pct == float(str(share))
    assert row.change == sign * float(str(change))
    assert row.change_pct == sign * float(str(share))


@given(
    st.text(
        alphabet="基本支出预算增加减少占比上年，。；：（）其中主要原因是未安排与持平12.3,万亿元%、项类",
        min_size=1,
        max_size=80,
    )
)
def test_whatever_is_read_names_its_item(text: str) -> None:
    assert [row for row in read(f"{text}。基本支出3万元。") if not row.item] == []
    assert read(f"{text}。基本支出3万元。")


@needs_samples
@pytest.mark.parametrize("name", sample_names())
def test_samples(name: str) -> None:
    rows = sample_prose(name).narrative
    have = Counter((row.amount, row.change, row.change_pct) for row in rows)
    want = Counter((said[1], said[3], said[4]) for said in truth(name)["narrative"])
    assert not want - have
    items = {(row.item, row.amount, row.share_pct) for row in rows}
    assert {(said[0], said[1], said[2]) for said in truth(name)["narrative"]} <= items


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("jiangsu-renda-2018", ("财政拨款预算支出", 15897.44, 100.0, 2248.37, 16.47)),
        ("jiangsu-procuratorate-2018", ("机关运行经费", 2722.57, None, -3309.98, -54.9)),
        ("shanghai-putuo-justice-2026", ("基层司法业务", 2170.39, None, None, 0.97)),
        ("shanghai-putuo-commerce-2025", ("财政拨款收入", 37151.47, None, 24558.18, None)),
    ],
)
def test_published_documents(stem: str, expected: tuple[object, ...]) -> None:
    rows = real_prose(stem).narrative
    said = [(row.item, row.amount, row.share_pct, row.change, row.change_pct) for row in rows]
    assert expected in said


def test_an_amount_belongs_to_the_words_that_open_its_paragraph() -> None:
    about = ("四、“三公”经费预算情况说明",)
    (row,) = read("（二）公务接待费。2025年预算数6万元，主要用于接待来访。", *about)
    assert (row.item, row.amount, row.kind) == ("公务接待费", 6.0, "three_public")
    assert row.text == "（二）公务接待费。2025年预算数6万元，"
    vehicles = "（三）公务用车购置和运行维护费。2025年预算数5万元，包括公务用车购置费预算3万元。"
    assert [item for item, *_ in told(vehicles, *about)] == [
        "公务用车购置及运行费",
        "公务用车购置费",
    ]


def test_a_heading_names_the_amount_below_it() -> None:
    row = read("2025年预算安排6.00万元，与上年持平。", "四、“三公”经费", "（二）公务接待费")
    assert [(one.item, one.change) for one in row] == [("公务接待费", 0.0)]
    assert not read("2025年预算安排6.00万元。", "二、收入情况说明")
    assert not read("2025年预算安排6.00万元。", "（一）因公出国（境）费、公务接待费")


def test_what_stands_behind_brackets_of_several_clauses_is_of_what_stands_before_them() -> None:
    text = (
        "公务用车购置及运行费40万元（公务用车购置费30万元，比上年增加10万元；"
        "公务用车运行费10万元，比上年减少2万元。）比上年增加8万元，增长25%，主要原因是：更新车辆。"
    )
    rows = {row.item: row for row in read(text)}
    whole, parts = rows["公务用车购置及运行费"], (rows["公务用车购置费"], rows["公务用车运行费"])
    assert (whole.change, whole.change_pct, whole.reason) == (8.0, 25.0, "更新车辆")
    assert [(row.change, row.change_pct, row.reason) for row in parts] == [
        (10.0, None, ""),
        (-2.0, None, ""),
    ]
