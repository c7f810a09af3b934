"""Answers to findings belong to what is printed, and are not lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from budgetkit.errors import UsageError
from budgetkit.storage.answers import (
    Answer,
    Answers,
    finding_id,
    merged,
    parse,
    read_file,
    write_answers,
)

ROW: dict[str, Any] = {
    "document": "a",
    "department": "某局",
    "scope": "department",
    "year": 2025,
    "check": "summary-columns",
    "table": "summary",
    "code": "total",
    "measure": "total",
    "expected": 12.34,
    "found": 12.43,
    "page": 3,
    "message_zh": "“合计”12.43万元与12.34万元不一致",
}
ABOUT = ("某局", "department", "2025", "summary-columns", "a", "3", "=说明")


def test_an_id_does_not_change_with_document_page_or_words() -> None:
    moved = {"document": "b", "page": 9, "fact_id": "b:summary:7.1", "message_zh": "另一种说法"}
    assert finding_id(ROW | moved, "budget") == finding_id(ROW, "budget")


@pytest.mark.parametrize(
    "change",
    [{"found": 12.44}, {"year": 2024}, {"scope": "unit"}, {"code": "201"}, {"measure": "basic"}],
)
def test_an_id_changes_with_what_is_printed(change: dict[str, Any]) -> None:
    assert finding_id(ROW | change, "budget") != finding_id(ROW, "budget")


def test_the_final_account_of_a_year_is_another_document() -> None:
    assert finding_id(ROW, "budget") != finding_id(ROW, "final_account")


def test_a_finding_without_figures_is_told_by_the_words_it_quotes() -> None:
    words = ROW | {"expected": None, "found": None, "message_zh": "标点重复：“支出。。本年”"}
    reworded = words | {"message_zh": "有重复标点“支出。。本年”"}
    other = words | {"message_zh": "标点重复：“收入。。本年”"}
    assert finding_id(words, "budget") == finding_id(reworded, "budget")
    assert finding_id(words, "budget") != finding_id(other, "budget")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_file_saved_by_a_spreadsheet_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("finding,answer,reason\nx-1 x-2,不属实,含上年结转\n,,\n", encoding=encoding)
    (answer,) = read_file(path)
    assert answer[:3] == (("x-1", "x-2"), "refuted", "含上年结转")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["finding,answer", "x,属实"], "no column 'reason'"),
        (["finding,answer,reason", "x,maybe,"], "line 2 has the answer 'maybe'"),
        (["finding,answer,reason", "x,accepted,", "y,refuted,"], "line 3 refutes"),
    ],
)
def test_wrong_lines_are_named(lines: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse([line.split(",") for line in lines], Path("answers.csv"))


def test_written_answers_are_read_again_and_no_text_is_a_formula(tmp_path: Path) -> None:
    answers = [Answer(("x-1",), "refuted", "-5是上年数", ABOUT), Answer(("x-2",), "", "", ABOUT)]
    path = write_answers(tmp_path, answers)
    first = path.read_bytes()
    assert write_answers(tmp_path, read_file(path)).read_bytes() == first
    found = read_file(path)
    assert [one.answer for one in found] == ["refuted", ""]
    assert found[0].reason == "'-5是上年数"
    assert found[0].about[-1] == "'=说明"


def test_refuted_findings_and_errors_of_the_reader_are_quiet() -> None:
    id = finding_id(ROW, "budget")
    kinds = {"a": "budget"}
    for answer, quiet in {
        "refuted": True,
        "reader_error": True,
        "accepted": False,
        "": False,
    }.items():
        assert Answers([Answer((id,), answer, "原因")], kinds).is_quiet(ROW) is quiet
    assert not Answers([Answer((id,), "refuted", "原因")], kinds).is_quiet(ROW | {"found": 13.0})


def test_an_answer_is_never_lost_to_an_empty_line() -> None:
    old = [
        Answer(("x",), "refuted", "原因"),
        Answer(("gone",), "accepted", ""),
        Answer(("y",), "", ""),
    ]
    again = merged(old, [Answer(("x",), "", ""), Answer(("y",), "", ""), Answer(("z",), "", "")])
    assert [(one.findings[0], one.answer) for one in again] == [
        ("x", "refuted"),
        ("gone", "accepted"),
        ("y", ""),
        ("z", ""),
    ]


def test_a_new_answer_replaces_an_old_one() -> None:
    old = [Answer(("x", "y"), "refuted", "原因")]
    again = merged(old, [Answer(("x", "y"), "accepted", "")])
    assert again == [Answer(("x", "y"), "accepted", "")]
