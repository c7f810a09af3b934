"""The words of a site: each in both languages, and a meaning for each column."""

from __future__ import annotations

import pytest

from budgetkit.disclosure import DisclosureKey
from budgetkit.errors import UsageError
from budgetkit.render.labels import words_of
from budgetkit.site.site_words import SiteWords, every_field


def test_each_word_is_there_in_both_languages() -> None:
    words = words_of("budgetkit.site", "site_words.csv")
    assert [key for key, row in words.items() if not (row["zh"] and row["en"])] == []


def test_each_column_has_a_meaning_in_both_languages() -> None:
    known = words_of("budgetkit.site", "meanings.csv")
    every = [(f"{table}.{field.name}", f"*.{field.name}") for table, field in every_field()]
    assert [names for names in every if not any(known.get(name) for name in names)] == []
    tables = {table for table, _ in every_field()}
    words = words_of("budgetkit.site", "site_words.csv")
    assert [table for table in tables if f"table.{table}" not in words] == []
    assert all(SiteWords("en").meaning(table, field) for table, field in every_field())


def test_no_meaning_is_of_a_column_that_there_is_not() -> None:
    known = {f"{table}.{field.name}" for table, field in every_field()}
    known |= {f"*.{field.name}" for _, field in every_field()}
    assert set(words_of("budgetkit.site", "meanings.csv")) <= known


def test_a_report_is_called_by_its_year_kind_and_scope() -> None:
    say = SiteWords("en")
    assert say.report(DisclosureKey("a", "unit", 2024, "final_account")) == (
        "Final account 2024 (unit)"
    )


def test_another_language_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="no language"):
        SiteWords("fr")
