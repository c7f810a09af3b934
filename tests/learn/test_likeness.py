"""Which known text an unknown one is like."""

from __future__ import annotations

from budgetkit.learn.likeness import ALIKE, alike, spelling


def test_spelling_alone_is_a_score_of_one() -> None:
    (found,) = alike("財政撥款結轉（和）結餘", ["财政拨款结转结余", "水费"])
    assert (found.text, found.score) == ("财政拨款结转结余", 1.0)
    assert spelling("財政撥款結轉（和）結餘") == spelling("财政拨款结转结余")


def test_the_likest_come_first_and_the_rest_not_at_all() -> None:
    found = alike("村级基本支出", ["基本支出", "项目支出", "村级基本项目支出", "利息"])
    assert [like.text for like in found] == ["村级基本项目支出", "基本支出"]
    assert all(like.score >= ALIKE for like in found)
    assert found[0].shared == "村级基本…支出"
