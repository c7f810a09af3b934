"""What a session remembers: the dataset, the language, and how often someone tried."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.lessons.judge import answer_of
from budgetkit.storage.own_folder import check_folder
from tests.helpers.lessons import exercises, truth_of
from tests.helpers.truth import read

CHANGJI = "changji-kjj-2025"


@pytest.fixture
def ds(sample_dataset: Path) -> bk.Dataset:
    return bk.lessons.use(read(sample_dataset), document=CHANGJI, lang="en")


def test_a_hint_after_two_tries_and_the_solution_after_three(ds: bk.Dataset) -> None:
    check, solution = bk.lessons.check, bk.lessons.solution
    assert "after 3 more tries" in repr(solution("5.1"))
    assert "Hint" not in repr(check("5.1", 44))
    assert check("5.1", ...).kind == "gap"  # no try
    assert "Hint" in repr(check("5.1", 27))
    assert "after 1 more tries" in repr(solution("5.1"))
    third = check("5.1", 1)
    assert "bk.lessons.solution" in repr(third)
    assert third._repr_html_().count("<div") == 4
    shown = solution("5.1")
    assert 'active = staff.loc[document, "active"]' in repr(shown)
    assert "<pre>" in shown._repr_html_()
    assert check("5.1", 25).right
    bk.lessons.use(ds, document=CHANGJI, lang="zh")  # begins anew
    assert "3 次" in repr(solution("5.1"))


def test_it_speaks_the_language_of_the_lesson(ds: bk.Dataset) -> None:
    assert "people on the books" in repr(bk.lessons.check("5.1", 44))
    bk.lessons.use(ds, document=CHANGJI, lang="zh")
    assert "实有" in repr(bk.lessons.check("5.1", 44))
    with pytest.raises(bk.UsageError, match="no language 'fr'; choose zh or en"):
        bk.lessons.use(ds, lang="fr")


def test_what_kind_of_answer_is_asked_for(ds: bk.Dataset) -> None:
    check = bk.lessons.check
    assert "A number is asked for" in repr(check("5.1", "many"))
    assert "answer holds 22" in repr(check("5.1", ds.documents["year"]))
    assert "answer holds 2" in repr(check("5.1", pd.DataFrame({"now": [1], "change": [2]})))
    assert "empty" in repr(check("5.1", pd.NA))
    assert "id of a cell" in repr(check("5.3", 436.07))
    assert "not the one" in repr(check("5.3", "changji-kjj-2025:basic_expenditure:14.4"))
    assert "5 values" in repr(check("5.5", 17.44))
    assert "1 of 5 are right" in repr(check("5.5", {"昌吉回族自治州科学技术局": 17.44}))
    assert "don't belong" in repr(check("5.5", {"昌吉回族自治州科学技术局": 17.44, "某局": 1}))
    assert "None of the 5" in repr(check("5.5", {"某局": 1}))
    per_head = {row.department: row.amount / row.active for row in _both(ds).itertuples()}
    assert check("5.5", per_head).right
    assert "nobody can tell whose" in repr(check("5.5", list(per_head.values())))
    assert "nobody can tell whose" in repr(check("5.5", pd.Series(per_head.values())))
    assert "in braces" in repr(check("1.5", "2060101"))
    assert "without commas" in repr(check("5.4", (17, 44)))
    assert check("1.1", "Three_Public ").right
    for few in (17.4, 17, "17"):
        assert "Give 2 decimals" in repr(check("5.4", few))
    for far in (0, 18.5, 16):
        assert "Not yet" in repr(check("5.4", far))


def test_a_comma_in_a_number_is_named(ds: bk.Dataset) -> None:
    check, guess = bk.lessons.check, bk.lessons.guess
    assert "behind a point" in repr(check("1.2", "75,93"))
    assert check("1.2", "75.93").right
    assert "the comma makes 2" in repr(guess("1.0", (1, 0)))
    assert "behind a point" in repr(guess("1.0", "66,4"))
    assert "your guess is 1,000." in repr(guess("1.0", "1,000"))


def test_a_missing_comma_between_texts_is_named(ds: bk.Dataset) -> None:
    (five,) = (one for lesson, one in exercises() if one.id == "1.5")
    first, second, *rest = sorted(answer_of(five.answer, truth_of(1)))
    assert "put a comma between" in repr(bk.lessons.check("1.5", {first + second, *rest}))
    assert "put a comma between" not in repr(bk.lessons.check("1.5", {first, "301", *rest}))


def test_columns_whose_lines_do_not_fit_are_told(ds: bk.Dataset) -> None:
    both = _both(ds)
    wrong = both.set_index("department")["amount"] / both["active"]
    assert "Take both from the same table" in repr(bk.lessons.check("5.5", wrong))


def test_a_usual_mistake_is_told_without_names_too(ds: bk.Dataset) -> None:
    both = _both(ds)
    said = bk.lessons.check("5.5", both["amount"] / both["total"])
    assert (said.kind, said.mistake) == ("mistake", "by_books")


def _both(ds: bk.Dataset) -> pd.DataFrame:
    """The table of lesson 5: people, and 301, of whole departments of a year."""
    facts = ds.facts[(ds.facts["table"] == "basic_expenditure") & (ds.facts["measure"] == "total")]
    wages = facts[facts["code"] == "301"][["document", "amount"]]
    both = ds.staffing.dropna(subset=["active"]).merge(wages, on="document")
    return both[(both["year"] == 2025) & (both["scope"] == "department")]


def test_a_guess_is_never_wrong(ds: bk.Dataset) -> None:
    assert bk.lessons.guess("5.0").kind == "gap"
    assert bk.lessons.check("5.0", 50).kind == "guess"
    assert "your guess is 50" in repr(bk.lessons.guess("5.0", "50"))
    assert "your guess is 10,000,000." in repr(bk.lessons.guess("5.0", 10_000_000))
    assert bk.lessons.guess("5.0", "half").kind == "gap"
    assert bk.lessons.guess("5.1", 25).right


def test_what_is_not_there_is_said_without_a_traceback(ds: bk.Dataset) -> None:
    for ask in (bk.lessons.check, bk.lessons.guess):
        assert "no exercise '5.9'; did you mean 5." in repr(ask("5.9", 1))
    assert "no exercise '99.1'" in repr(bk.lessons.solution("99.1"))
    with pytest.raises(bk.UsageError, match="no document 'changji'; did you mean changji-kjj-2025"):
        bk.lessons.use(ds, document="changji")


def test_another_dataset_is_answered_from_itself(corpus: Path, tmp_path: Path) -> None:
    check_folder(tmp_path / "own")
    files = [corpus / f"{name}.pdf" for name in ("yunting-sjj-2025", "yunting-wjw-2025")]
    bk.extract(files, tmp_path / "own", jobs=1)
    bk.lessons.use(tmp_path / "own", lang="en")
    assert bk.lessons.check("5.1", 33).right
    # Without a department that publishes its own office there is no answer, and none is made up.
    said = bk.lessons.check("5.6", 1)
    assert (said.kind, "does not disclose" in repr(said)) == ("unknown", True)
    bk.lessons.use(tmp_path / "own", document="yunting-wjw-2025", lang="en")
    assert bk.lessons.check("5.1", 25).kind == "unknown"
    assert "(not disclosed)" in repr(bk.lessons.check("5.1", 25)) or bk.lessons.check("5.1", 0)
