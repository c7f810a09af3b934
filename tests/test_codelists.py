"""A user's own lists beside the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetkit import codelists
from budgetkit.codelists import FOLDER_VARIABLE, classification, read_codelist, title_rules
from budgetkit.errors import UsageError


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    read_codelist.cache_clear()
    title_rules.cache_clear()
    yield
    read_codelist.cache_clear()
    title_rules.cache_clear()


def lists(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (folder / "titles.csv").write_text(text, encoding="utf-8-sig")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))


def test_a_users_rows_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lists(tmp_path, monkeypatch, "table,pattern\ngeneral_expenditure,分项用款表\n")
    first, second = title_rules()[:2]
    assert (first.table, first.pattern.pattern) == ("general_expenditure", "分项用款表")
    assert first.ends.pattern == codelists.TITLE_ENDS
    assert second.table == "performance_overall"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("table\nrevenue\n", r"titles.csv: the list has no column 'pattern'"),
        ("table,pattern\nrevenue,收入(表\n", r"titles.csv: line 2 holds '收入\(表'"),
    ],
)
def test_a_slip_in_a_list_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    lists(tmp_path, monkeypatch, text)
    with pytest.raises(UsageError, match=says):
        title_rules()


def test_every_class_has_its_parent() -> None:
    for kind in ("functional", "economic"):
        codes = classification(kind)
        assert len(codes) > 100
        for code, entry in codes.items():
            assert entry.name, code
            if entry.level > 1:
                assert code[:-2] in codes, code
