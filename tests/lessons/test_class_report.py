"""What a class wrote on its sheets, held against a key; the figures are invented."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import budgetkit as bk
from budgetkit.lessons.game.class_sheets import Line, read_key, read_sheets
from budgetkit.lessons.game.hits import hits, is_mended, same_figure, strength
from budgetkit.plant.key import KEY, SHEET, write_csv

TOTAL = {
    "student": "student-01", "document": "a-2025", "kind": "total", "page": "5",
    "table": "表1 部门收支总体情况表", "row": "支出总计", "column": "支出＞预算数",
    "printed": "885.51", "true": "881.36", "error_zh": "总计写错", "error_en": "a total is wrong",
}  # fmt: skip
TWICE = TOTAL | {
    "kind": "doubled_row", "page": "9", "table": "表6", "row": "30202 印刷费", "printed": "2.13",
    "true": "", "error_zh": "重复列示", "error_en": "a row is printed twice",
}  # fmt: skip
YUAN = TOTAL | {"page": "7", "row": "20601 科学", "printed": "544,040.00", "true": "554,040.00"}


def line(
    page: str = "", row: str = "", printed: str = "", should_be: str = "", **more: str
) -> Line:
    return Line("student-01", page, more.get("table", ""), row, "", printed, should_be, "")


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        (line("5", "支出总计", "885.51", "881.36"), True),
        (line("第 5 页", "", "885.51"), False),
        (line("", "", "885.51 万元"), False),
        (line("5", "支出总计"), False),
        (line("5", "", "", "881.36"), True),
        (line("6", "支出总计", "885.51", "800"), False),
        # The place that shows it: it prints what is true.
        (line("7", "支出合计", "881.36", "885.51"), True),
    ],
)
def test_a_line_tells_an_error_in_many_ways(written: Line, mended: bool) -> None:
    assert hits([written], [TOTAL]) == {0: written}
    assert is_mended(written, TOTAL) is mended


@pytest.mark.parametrize(
    "written",
    [line("5"), line("", "支出总计"), line("6", "", "885.51"), line("7", "", "881.36"),
     line("5", "总", "1", "2"), line("5", "支出总计", "1", "2"), line()],
)  # fmt: skip
def test_what_tells_too_little_is_no_hit(written: Line) -> None:
    assert hits([written], [TOTAL]) == {}


def test_a_row_that_should_not_be_there_has_no_right_figure() -> None:
    written = line("9", "印刷费", "", "")
    assert is_mended(written, TWICE)
    assert hits([written], [TOTAL, TWICE]) == {1: written}


def test_one_line_is_one_error_and_the_surest_pair_counts() -> None:
    sure, vague = line("5", "支出总计", "885.51", "881.36"), line("", "", "885.51")
    assert hits([vague, sure], [TOTAL]) == {0: sure}
    assert strength(sure, TOTAL) > strength(vague, TOTAL)
    assert hits([sure], [TOTAL, dict(TOTAL)]) == {0: sure}


def test_either_unit_is_the_same_figure() -> None:
    assert same_figure("54.404", YUAN["printed"])
    assert same_figure("544040", YUAN["printed"])
    assert not same_figure("5.4404", YUAN["printed"])
    assert same_figure("科学技术 支出", "科学技术支出")
    assert not same_figure("", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    key = [TOTAL, TWICE, *(TOTAL | {"student": f"student-0{n}"} for n in (2, 3))]
    write_csv(tmp_path / "key.csv", KEY, key)
    for n in (1, 2):
        (tmp_path / f"student-0{n}").mkdir()
    rows = [
        ["5", "", "", "", "885.51", "881.36", "加总"],
        ["3", "", "x", "", "1", "2", ""],
        [""] * 7,
    ]
    sheet = [dict(zip(SHEET, row, strict=True)) for row in rows]
    write_csv(tmp_path / "student-01" / "findings.csv", SHEET, sheet)
    write_csv(tmp_path / "student-02" / "findings.csv", SHEET, [dict.fromkeys(SHEET, "")])
    return tmp_path


def test_the_report_of_a_class(folder: Path) -> None:
    report = bk.lessons.report(folder, lang="en")
    assert report.errors["result"].tolist() == ["mended", "missed", "missed", "missed"]
    assert report.students["sheet"].tolist() == ["filled", "empty", "missing"]
    assert report.students["found"].tolist() == [1, 0, 0]
    assert report.others["row"].tolist() == ["x"]
    assert repr(report).startswith("3 students found 1 of 4 errors")
    assert report.kinds().index.tolist() == ["a row is printed twice", "a total is wrong"]
    with bk.style():
        figure, ax = plt.subplots()
        assert report.draw(ax) is ax
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "found and mended", "found", "missed",
    ]  # fmt: skip
    plt.close(figure)
    before = plt.get_fignums()
    shown = report._repr_html_()
    assert "data:image/png" in shown
    assert "student-03" in shown
    assert plt.get_fignums() == before
    assert "总计写错" in bk.lessons.report(folder).kinds().index


def test_a_spreadsheet_saves_sheets_in_its_own_ways(folder: Path) -> None:
    from openpyxl import Workbook

    text = (folder / "student-01" / "findings.csv").read_text(encoding="utf-8-sig")
    (folder / "student-01" / "findings.csv").write_bytes(text.encode("gb18030"))
    book = Workbook()
    book.active.append(list(SHEET))
    book.active.append([5, None, "支出总计", None, 885.51, 881.36, None])
    (folder / "student-03").mkdir()
    book.save(folder / "student-03" / "findings.xlsx")
    students = [row["student"] for row in read_key(folder)]
    sheets = read_sheets(folder, list(dict.fromkeys(students)))
    assert [len(sheet.lines) for sheet in sheets] == [2, 0, 1]
    assert bk.lessons.report(folder).students["mended"].tolist() == [1, 0, 1]


def test_a_folder_without_a_class_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(bk.UsageError, match=r"has no key\.csv; give the folder"):
        bk.lessons.report(folder / "student-01")
    write_csv(folder / "key.csv", KEY, [TOTAL | {"student": ""}])
    with pytest.raises(bk.UsageError, match="key without students"):
        bk.lessons.report(folder)
