"""Descriptions of projects."""

from __future__ import annotations

import pytest

from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.projects import read_projects
from tests.helpers.prose import (
    needs_samples,
    paragraph,
    real_prose,
    sample_names,
    sample_prose,
    truth,
)

GENERAL = ("第三部分说明", "七、一般公共预算项目支出情况说明")
CARRIED = ("第三部分说明", "十一、上年结转结余预算情况说明")
LABELLED = [
    "（一）项目名称：某财教【2024】94号关于提前下达2025年甲专项资金预算的通知",
    "设立的政策依据：某决定，每年10万元。",
    "预算安排规模：14.00万元",
    "项目承担单位：某县某局",
    "资金分配情况：商品和服务支出14万元。",
    "资金执行时间：2025年1月1日—2025年12月31日",
]


def labelled(*texts: str) -> list[Paragraph]:
    return [paragraph(text, GENERAL) for text in texts]


@pytest.mark.parametrize("glued", [False, True])
def test_labelled_descriptions(glued: bool) -> None:
    texts = ["".join(LABELLED)] if glued else LABELLED
    first, second = read_projects(
        [*labelled(*texts), *labelled("（二）项目名称：乙工程", "预算安排规模：8万元")]
    )
    assert first.name == "某财教【2024】94号关于提前下达2025年甲专项资金预算的通知"
    assert (first.amount, first.funding) == (14.0, "general")
    assert first.basis == "某决定，每年10万元"
    assert first.allocation == "商品和服务支出14万元"
    assert (first.period_start, first.period_end) == ("2025-01-01", "2025-12-31")
    assert (second.name, second.amount, second.basis) == ("乙工程", 8.0, "")


def test_a_heading_ends_a_description() -> None:
    parts = [
        *labelled("项目名称：乙工程", "预算安排规模：8万元"),
        paragraph("八、政府性基金", GENERAL[:1], 3),
        paragraph("资金分配情况：别的。", GENERAL[:1]),
    ]
    (row,) = read_projects(parts)
    assert row.allocation == ""


def test_contact_persons_are_not_read() -> None:
    (row,) = read_projects(
        labelled("项目名称：乙工程项目负责人：某人", "预算安排规模：8万元联系电话：0000")
    )
    assert (row.name, row.amount) == ("乙工程", 8.0)


def test_a_page_of_its_own() -> None:
    head = "乙专项经费情况说明"
    parts = [paragraph(head, (), 2)]
    for at, (title, body) in enumerate(
        [
            ("项目概述", "做乙事。"),
            ("立项依据", "《乙办法》"),
            ("实施周期", "2025.1.1-2025.12.31"),
            ("年度预算安排", "2025年度项目总预算30.00万，其中甲10.00万，乙20.00万。"),
        ]
    ):
        parts += [
            paragraph(f"{'一二三四'[at]}、{title}", (head,), 3),
            paragraph(body, (head, title)),
        ]
    (row,) = read_projects(parts)
    assert (row.name, row.amount, row.basis) == ("乙专项经费", 30.0, "《乙办法》")
    assert row.period_end == "2025-12-31"


def test_a_list_of_what_was_carried_over() -> None:
    rows = read_projects(
        [
            paragraph("1．2024年度补助费16.71万元，主要用于：召开会议。", CARRIED),
            paragraph("2．某财建【2024】105号-第二批前期费9.22万元，主要用于：前期。", CARRIED),
        ]
    )
    assert [(row.name, row.amount, row.funding, row.allocation) for row in rows] == [
        ("2024年度补助费", 16.71, "carryover", "召开会议"),
        ("某财建【2024】105号-第二批前期费", 9.22, "carryover", "前期"),
    ]


def test_functions_are_no_projects() -> None:
    assert read_projects([paragraph("1．公共安全（类）支出5万元，主要用于工资。", GENERAL)]) == []


@needs_samples
@pytest.mark.parametrize("name", sample_names())
def test_samples(name: str) -> None:
    found = {row.name: row.amount for row in sample_prose(name).projects}
    told = dict(truth(name)["projects"])
    assert {said: found.get(said) for said in told} == told


def test_published_pages() -> None:
    rows = real_prose("shanghai-putuo-commerce-2025").projects
    assert [row.amount for row in rows] == [1720.0, 1170.0, 1410.0, 2921.0]
    assert all(row.period_end == "2025-12-31" and row.basis for row in rows)
