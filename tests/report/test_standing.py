"""The index of a folder of reports: what stands there is listed, whatever a run is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.report.index import IndexLine, LeftOut
from budgetkit.report.render_reports import render_reports
from budgetkit.report.standing import NOTE, Standing, read_standing, together, write_standing
from tests.helpers.truth import truth

FIRST, SECOND = "yunting-jyj-2025", "yunting-sjj-2025"


def line(name: str, year: int = 2025, file: str = "", problem: str = "") -> IndexLine:
    return IndexLine(name, "department", year, file or f"{name}.html", problem)


def test_a_note_is_read_as_it_was_written(tmp_path: Path) -> None:
    told = IndexLine("甲局", "unit", 2025, "a.html", findings=("两处不一致",))
    standing = Standing((told, line("乙局")), (LeftOut("b.pdf", "is not a PDF"),))
    write_standing(tmp_path, standing)
    assert read_standing(tmp_path) == standing


def test_no_note_or_a_cut_one_is_empty(tmp_path: Path) -> None:
    assert read_standing(tmp_path) == Standing()
    (tmp_path / NOTE).write_text('{"lines": [{"department"', encoding="utf-8")
    assert read_standing(tmp_path) == Standing()


def test_what_a_run_made_replaces_what_it_replaces_alone(tmp_path: Path) -> None:
    for name in ("甲局", "乙局", "old"):
        (tmp_path / f"{name}.html").touch()
    earlier = Standing(
        (line("甲局"), line("乙局"), line("丙局", file="old.html"), line("gone"),
         line("bad", problem="no")),
        (LeftOut("here.pdf", "cut"), LeftOut("elsewhere.pdf", "cut")),
    )  # fmt: skip
    new = [line("甲局", problem="stopped"), line("丙局", file="new.html")]
    found = together(tmp_path, earlier, new, [LeftOut("new.pdf", "x")], ["here.pdf", "new.pdf"])
    assert [(one.department, one.file, one.problem) for one in found.lines] == [
        ("bad", "bad.html", "no"),
        ("丙局", "new.html", ""),
        ("乙局", "乙局.html", ""),
        ("甲局", "甲局.html", "stopped"),
    ]
    assert [one.source for one in found.left_out] == ["elsewhere.pdf", "new.pdf"]


@pytest.mark.slow
def test_a_report_of_one_department_never_shrinks_the_index(
    sample_dataset: Path, tmp_path: Path
) -> None:
    dataset, out = bk.read_dataset(sample_dataset), tmp_path / "reports"
    index = out / "index.html"
    for name in (FIRST, SECOND):
        told = truth(name)
        render_reports(dataset, out, department=told["department"], year=told["year"], jobs=0)
    assert all(f'href="{name}.html"' in index.read_text("utf-8") for name in (FIRST, SECOND))
    # A folder of an older version has no note: what stands there is listed all the same.
    (out / NOTE).unlink()
    render_reports(dataset, out, department=told["department"], year=told["year"], jobs=0)
    assert all(f'href="{name}.html"' in index.read_text("utf-8") for name in (FIRST, SECOND))
    (out / f"{FIRST}.html").unlink()
    render_reports(dataset, out, department=told["department"], year=told["year"], jobs=0)
    assert f'href="{FIRST}.html"' not in index.read_text("utf-8")
