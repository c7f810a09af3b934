"""The words of the reports."""

from __future__ import annotations

import re
import string
from importlib.resources import files

import pytest

from budgetkit.errors import UsageError
from budgetkit.render.labels import Labels
from tests.helpers.words import WORDS

TEMPLATES = files("budgetkit.render") / "templates" / "html"


def test_both_languages_take_the_same_values() -> None:
    def values(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    differ = {
        key: row
        for key, row in WORDS.items()
        if row["zh"] and values(row["zh"]) != values(row["en"])
    }
    assert differ == {}


def test_the_templates_say_only_what_has_words() -> None:
    for name in ("sections.html", "index.html"):
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        used = set(re.findall(r"say\('([\w.]+)'[,)]", text))
        assert used
        assert {key for key in used if key not in WORDS} == set()


def test_another_language_is_refused() -> None:
    with pytest.raises(UsageError, match="no language 'fr'; take zh or en"):
        Labels("fr")


def test_a_class_has_its_english_name_else_the_chinese_one() -> None:
    say = Labels("en")
    assert say.code("functional", "205") == "Education"
    assert say.code("functional", "2050201", "学前教育") == "Preschool education"
    assert say.code("functional", "2050299", "某某研学") == "某某研学"
    assert Labels("zh").code("functional", "205") == "教育支出"
