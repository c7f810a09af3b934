"""Duties, offices, units and glossary."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.profile import ProfileLine, read_glossary, read_profile
from tests.helpers.prose import (
    needs_samples,
    paragraph,
    real_prose,
    sample_names,
    sample_prose,
    section,
)


def texts(lines: Iterable[ProfileLine], kind: str) -> list[str]:
    return [line.text for line in lines if line.kind == kind]


def read(parts: list[Paragraph], kind: str) -> list[str]:
    return texts(read_profile(parts), kind)


def test_duties_one_a_row() -> None:
    rows = read_profile(
        section(
            "一、主要职能",
            "某局负责某事，主要职责是：",
            "（一）甲工作。",
            "另有说明。",
            "（二）乙工作。",
            "联系人：某人",
        )
    )
    assert [row.text for row in rows] == ["甲工作。另有说明。", "乙工作。"]
    assert {row.kind for row in rows} == {"function"}


def test_offices_of_a_sentence() -> None:
    names = read(
        section(
            "二、机构设置及人员情况",
            "某局无下属预算单位，下设3个处室，分别是：办公室（人事科、组织科）、甲科、乙中心。",
        ),
        "office",
    )
    assert names == ["办公室（人事科、组织科）", "甲科", "乙中心"]


def test_offices_and_units_under_headings() -> None:
    parts = [
        paragraph("二、部门机构设置", (), 3),
        paragraph("（一）机关内设机构", (), 4),
        paragraph("1.办公室", (), 5),
        paragraph("2.甲处", (), 5),
        paragraph("（二）下属事业单位", (), 4),
        paragraph("1.某杂志社", (), 5),
    ]
    assert read(parts, "office") == ["办公室", "甲处"]
    assert read(parts, "unit") == ["某杂志社"]


def test_units_leave_the_department_itself_out() -> None:
    names = read(
        section(
            "二、机构设置",
            "从预算单位构成看，纳入编制范围的预算单位共计2家，具体包括：某院本级、某分院。",
        ),
        "unit",
    )
    assert names == ["某分院"]


def test_glossary() -> None:
    rows = read_glossary(
        section(
            "名词解释",
            "一、财政拨款：指甲。",
            "（二）、基本支出:包括乙。",
            "其中，另有丙。",
            "某局2025年2月14日",
        )
    )
    assert [(row.term, row.definition) for row in rows] == [
        ("财政拨款", "指甲。"),
        ("基本支出", "包括乙。其中，另有丙。"),
    ]


@needs_samples
@pytest.mark.parametrize("name", sample_names())
def test_samples(name: str) -> None:
    prose = sample_prose(name)
    assert texts(prose.profile, "function")
    assert texts(prose.profile, "office")


def test_published_offices() -> None:
    assert len(texts(real_prose("jiangsu-procuratorate-2018").profile, "office")) == 19
    assert len(texts(real_prose("shanghai-putuo-commerce-2025").profile, "office")) == 9
    assert len(texts(real_prose("shanghai-putuo-justice-2026").profile, "function")) == 10
