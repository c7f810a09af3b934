"""A table that is turned within an upright page: read, or listed, but never wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from budgetkit.corpus.paper import font
from budgetkit.extraction.document import Reading, read_file

ROWS = [
    ["功能分类科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["201", "一般公共服务支出", "1,234.56", "1,000.00", "234.56"],
    ["20103", "政府办公厅及相关机构事务", "1,234.56", "1,000.00", "234.56"],
    ["2010301", "行政运行", "1,000.00", "1,000.00", "0.00"],
    ["", "合计", "1,234.56", "1,000.00", "234.56"],
]
WIDTHS = [90, 140, 70, 70, 70]
PROSE = (
    "第一部分　县水务站概况　本部门负责辖区内的水务管理工作，组织实施水利工程建设。",
    "第二部分　本年收支情况说明　各项收支按照有关规定编报，具体情况见附表。",
)


def typeset(path: Path, turn: int, prose: int) -> list[Reading]:
    """A cover, and a page of upright prose with a table that is turned."""
    pdfmetrics.registerFont(font())
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont(font().fontName, 20)
    canvas.drawString(100, 600, "县水务站2025年部门预算公开")
    canvas.showPage()
    canvas.setFont(font().fontName, 11)
    for i in range(prose):
        canvas.drawString(60, 800 - 16 * i, PROSE[i % 2])
    canvas.translate(*((420, 150) if turn == 90 else (180, 600)))
    canvas.rotate(turn)
    canvas.setFont(font().fontName, 9)
    canvas.drawString(0, 20, "一般公共预算支出情况表")
    canvas.drawString(380, 6, "单位：万元")
    edges = [sum(WIDTHS[:i]) for i in range(len(WIDTHS) + 1)]
    canvas.grid(edges, [-20 * i for i in range(len(ROWS) + 1)])
    for i, row in enumerate(ROWS):
        for j, text in enumerate(row):
            if j < 2:
                canvas.drawString(edges[j] + 3, -20 * i - 14, text)
            else:
                canvas.drawRightString(edges[j + 1] - 3, -20 * i - 14, text)
    canvas.save()
    return read_file(path)


@pytest.mark.parametrize("turn", [90, 270])
@pytest.mark.parametrize("prose", [2, 11])
def test_no_figure_of_a_turned_table_is_lost_or_wrong(
    tmp_path: Path, turn: int, prose: int
) -> None:
    (read,) = typeset(tmp_path / "a.pdf", turn, prose)
    printed = sorted(text for row in ROWS[1:] for text in row[2:])
    measures = dict(zip(("total", "basic", "project"), (2, 3, 4), strict=True))
    by_code = {row[0] or "total": row for row in ROWS[1:]}
    for fact in read.rows["facts"]:
        assert fact["printed"] == by_code[fact["code"]][measures[fact["measure"]]], fact
    found = [row["printed"] for row in read.rows["facts"]]
    listed = [row["text"] for row in read.rows["unmapped"]]
    assert sorted(found + [text for text in listed if "." in text]) == printed
