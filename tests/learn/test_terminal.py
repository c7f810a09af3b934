"""Lessons as a table on a terminal, and as lines in a pipe."""

from __future__ import annotations

import io
from pathlib import Path

from budgetkit.learn.learning import learn
from budgetkit.learn.terminal import print_lessons
from tests.helpers.unknowns import dataset, lost


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_a_line_each(tmp_path: Path) -> None:
    data = dataset(tmp_path, [lost("title", "收支总览"), lost("place", "甲")])
    stream = io.StringIO()
    print_lessons(learn(data, tmp_path / "lists"), stream)
    lines = stream.getvalue().splitlines()
    assert lines[0].split("\t") == [
        "amounts", "kind", "printed", "document", "page", "row", "reason",
    ]  # fmt: skip
    assert lines[1].split("\t")[:6] == ["1", "title", "收支总览", "a", "3", "summary,收支总览,总览"]
    assert lines[2] == "1 things were not understood; 1 amounts wait for them"
    assert lines[3] == "1 more amounts stand in unmapped for which no list is to blame:"
    assert lines[4] == "  1: no place for 甲"
    assert lines[5].startswith("0 rows are sure and count from now on; 1 are guesses in ")
    assert lines[6] == f"then extract again with BUDGETKIT_CODELISTS={tmp_path / 'lists'}"


def test_a_terminal_gets_a_table(tmp_path: Path) -> None:
    stream = Terminal()
    print_lessons(learn(dataset(tmp_path, [lost("title", "收支[总]览")])), stream)
    assert "\t" not in stream.getvalue()
    assert "──" in stream.getvalue()
    assert "amounts" in stream.getvalue()


def test_nothing_to_learn_is_said(tmp_path: Path) -> None:
    stream = Terminal()
    print_lessons(learn(dataset(tmp_path, [])), stream)
    assert stream.getvalue() == "nothing was met that no list knows\n"


def test_what_may_be_written_is_said_where_nothing_is_proposed(tmp_path: Path) -> None:
    rows = [lost("title", "某某清册"), lost("header", "村款", "村款", "revenue")]
    stream = io.StringIO()
    print_lessons(learn(dataset(tmp_path, rows)), stream)
    said = stream.getvalue()
    assert "revenue (收入总表)" in said
    assert "  block=carryover|carryover_next_year" in said
