"""What a report says is wrong or unread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from budgetkit.disclosure import DisclosureRows, select
from budgetkit.render.labels import LANGUAGES, Labels
from budgetkit.schema import PAGE_NOT_READ
from budgetkit.summary.gaps import KINDS, Issue, issues, reading_notes
from budgetkit.summary.summarize import summarize
from tests.helpers.truth import NAMES, read, truth


def disclosure_of(dataset: Path, name: str) -> DisclosureRows:
    told = truth(name)
    return select(read(dataset), told["department"], told["scope"], told["year"])


def kinds_of(disclosure: DisclosureRows) -> dict[str, Issue]:
    return {issue.kind: issue for issue in issues(summarize(disclosure))}


def without(disclosure: DisclosureRows, table: str) -> DisclosureRows:
    """The same disclosure, had it not printed a table."""
    kept = {
        name: [row for row in rows if row.get("table") != table]
        for name, rows in disclosure.rows.items()
    }
    return replace(disclosure, rows=kept)


@pytest.mark.parametrize("name", NAMES)
def test_clean_documents_have_no_loud_issue(sample_dataset: Path, name: str) -> None:
    found = kinds_of(disclosure_of(sample_dataset, name))
    loud = {kind for kind, issue in found.items() if not issue.quiet}
    staff = truth(name)["staff"]
    untold = {"no_active" if staff.get("authorized") else "no_staffing"}
    assert loud == (set() if staff.get("active") else untold)


def test_an_amount_that_was_not_read_is_said_with_its_place(sample_dataset: Path) -> None:
    disclosure = disclosure_of(sample_dataset, "changji-kjj-2025")
    row: dict[str, Any] = {"document": "changji-kjj-2025", "page": 7, "text": "12.30"}
    row |= {"x0": 1.0, "top": 2.0, "x1": 3.0, "bottom": 4.0, "table": "revenue", "rule": "x"}
    found = kinds_of(replace(disclosure, rows={**disclosure.rows, "unmapped": [row]}))
    assert found["unmapped"].values == {"n": "1"}
    assert [place.page for place in found["unmapped"].places] == [7]


def test_a_missing_table_is_named(sample_dataset: Path) -> None:
    disclosure = without(disclosure_of(sample_dataset, "changji-kjj-2025"), "carryover")
    assert "carryover" in kinds_of(disclosure)["missing_table"].tables


def test_a_table_that_may_stand_on_a_page_that_was_not_read_is_not_missing(
    sample_dataset: Path,
) -> None:
    disclosure = without(disclosure_of(sample_dataset, "changji-kjj-2025"), "carryover")
    row: dict[str, Any] = {"document": "changji-kjj-2025", "page": 12, "text": "", "table": None}
    row |= {"x0": 1.0, "top": 2.0, "x1": 3.0, "bottom": 4.0, "cause": PAGE_NOT_READ, "rule": "x"}
    found = kinds_of(replace(disclosure, rows={**disclosure.rows, "unmapped": [row]}))
    assert found["unread_page"].values == {"pages": "12"}
    assert found["missing_table_read"].tables == ("carryover",)
    assert not {"missing_table", "unmapped"} & found.keys()


def test_totals_that_differ_are_said_with_both_figures(sample_dataset: Path) -> None:
    disclosure = disclosure_of(sample_dataset, "changji-kjj-2025")
    changed = [
        row | {"amount": 999.99, "printed": "999.99"}
        if (row["table"], row["section"], row["code"]) == ("summary", "revenue", "total")
        else row
        for row in disclosure.rows["facts"]
    ]
    found = kinds_of(replace(disclosure, rows={**disclosure.rows, "facts": changed}))
    assert found["totals_differ"].values == {"revenue": 999.99, "expenditure": 664.08}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_its_words(lang: str) -> None:
    assert [kind for kind in KINDS if not Labels(lang).has(f"issue.{kind}")] == []


def test_a_text_is_not_called_alone_beside_its_tables(sample_dataset: Path) -> None:
    found = disclosure_of(sample_dataset, NAMES[0])
    (tables,) = found.documents
    note = f"holds the text alone; its tables are in {tables['source']}"
    prose = tables | {"document": "t", "source": "t.pdf", "error": f"{note}; its year is guessed"}
    assert reading_notes(replace(found, documents=(tables, prose))) == ("its year is guessed",)
    assert len(reading_notes(replace(found, documents=(prose,)))) == 3
