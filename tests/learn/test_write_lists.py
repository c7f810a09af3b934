"""Proposals as files that the reader takes, and that a person's answers survive in."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetkit.codelists import header_rules, title_rules
from budgetkit.codelists.own_lists import FOLDER_VARIABLE, check_own_lists
from budgetkit.errors import UsageError
from budgetkit.learn.propose import Proposal
from budgetkit.learn.unknown import Unknown
from budgetkit.learn.write_lists import accept, write_lists

TITLE = Proposal(
    Unknown("title", "用款去向"), "titles", "用款去向", ends="去向", reason="none near"
)
HEADER = Proposal(
    Unknown("header", "財政專戶"), "headers", "財政專戶", "revenue", says="fund=special_account",
    sure=True,
)  # fmt: skip
LOST = Proposal(Unknown("row", "甲"), "", "甲", reason="no code")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    check_own_lists()


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_what_is_sure_goes_into_its_list_and_guesses_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = write_lists([TITLE, HEADER, LOST], tmp_path / "lists")
    assert (done.sure, done.guesses) == (1, 1)
    assert [path.name for path in done.files] == ["headers.csv", "proposals.csv"]
    (guess,) = rows(tmp_path / "lists" / "proposals.csv")
    assert (guess["accept"], guess["text"], guess["reason"]) == ("", "用款去向", "none near")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "lists"))
    check_own_lists()
    assert (header_rules()[0].word, header_rules()[0].role) == ("財政專戶", "fund=special_account")
    assert title_rules()[0].table == "performance_overall"


def test_an_accepted_guess_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_lists([TITLE], tmp_path).files[-1]
    accept(path, {"用款去向": "expenditure"})
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    check_own_lists()
    assert title_rules()[0].table == "expenditure"
    assert title_rules()[0].ends.search("用款去向")


def test_what_was_decided_stays_and_is_not_asked_again(tmp_path: Path) -> None:
    path = write_lists([TITLE], tmp_path).files[-1]
    text = path.read_text(encoding="utf-8-sig").replace("\n,titles", "\nno,titles")
    path.write_text(text, encoding="utf-8-sig")
    other = Proposal(Unknown("title", "来款"), "titles", "来款")
    assert write_lists([TITLE, other], tmp_path).guesses == 1
    assert [(row["accept"], row["text"]) for row in rows(path)] == [
        ("no", "用款去向"),
        ("", "来款"),
    ]


def test_rows_that_are_there_stay_and_none_is_added_twice(tmp_path: Path) -> None:
    own = "table,within,header,role\n*,,村级,neutral\n"
    (tmp_path / "headers.csv").write_text(own, encoding="utf-8")
    for _ in range(2):
        write_lists([HEADER], tmp_path)
    assert [row["header"] for row in rows(tmp_path / "headers.csv")] == ["村级", "財政專戶"]


def test_an_answer_to_nothing_is_said(tmp_path: Path) -> None:
    path = write_lists([TITLE], tmp_path).files[-1]
    with pytest.raises(UsageError, match=r"no open proposal for '用款' \(is '用款去向' meant"):
        accept(path, {"用款": "expenditure"})
    with pytest.raises(UsageError, match="says nothing; say what it is"):
        accept(path, {"用款去向": ""})


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("a file")
    with pytest.raises(UsageError, match="can't be written"):
        write_lists([TITLE], tmp_path / "lists")
