"""What was not read is said so; "not disclosed" is said of documents read whole alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import budgetkit as bk
from budgetkit.compare.guards import flags_of
from budgetkit.disclosure import DisclosureRows, select
from budgetkit.render.labels import LANGUAGES, Labels
from budgetkit.report.view import View, view
from budgetkit.storage.figures import Figure, Place
from budgetkit.summary.reading import doubt_about, read_whole, why_missing
from budgetkit.summary.summarize import summarize
from tests.helpers.truth import read, truth

NAME = "changji-kjj-2025"
BOX = {"x0": 1.0, "top": 2.0, "x1": 3.0, "bottom": 4.0}


def disclosure_of(dataset: Path, **rows: list[dict[str, Any]]) -> DisclosureRows:
    told = truth(NAME)
    found = select(read(dataset), told["department"], told["scope"], told["year"])
    return replace(found, rows={**found.rows, **rows})


def unmapped(table: str | None, page: int) -> dict[str, Any]:
    return {"document": NAME, "page": page, "text": "12.30", "table": table, "rule": "x"} | BOX


def partly_read(disclosure: DisclosureRows, family: str | None = None) -> DisclosureRows:
    """The same, had its document been read in part; of another family where one is given."""
    changed: dict[str, Any] = {"status": "partial"}
    if family is not None:
        changed["family"] = family
    return replace(disclosure, documents=tuple(row | changed for row in disclosure.documents))


def test_what_is_missing_in_a_document_read_whole_is_not_disclosed(sample_dataset: Path) -> None:
    disclosure = disclosure_of(sample_dataset)
    assert read_whole(disclosure)
    assert why_missing(disclosure, "procurement").key == "not_disclosed"
    assert why_missing(partly_read(disclosure), "procurement").key == "not_read"


def test_what_is_missing_where_amounts_are_unread_is_not_read_with_its_page(
    sample_dataset: Path,
) -> None:
    disclosure = disclosure_of(sample_dataset, unmapped=[unmapped("procurement", 9)])
    found = why_missing(disclosure, "procurement")
    assert (found.key, found.pages) == ("not_read", (9,))
    assert found.words(Labels("zh")) == "未读出（见第 9 页）"
    assert all(found.words(Labels(lang)) for lang in LANGUAGES)


def test_an_unread_amount_without_a_table_is_of_the_tables_of_its_page(
    sample_dataset: Path,
) -> None:
    disclosure = disclosure_of(sample_dataset)
    (page, *_) = next(
        row["pages"].split() for row in disclosure.rows["tables"] if row["table"] == "summary"
    )
    found = disclosure_of(sample_dataset, unmapped=[unmapped(None, int(page))])
    total = summarize(found).money.expenditure
    assert total is not None
    doubt = doubt_about(found, total)
    assert doubt is not None
    assert doubt.pages == (int(page),)
    assert doubt_about(disclosure, total) is None
    assert "unread_table" in flags_of("expenditure", summarize(found), total)


def test_a_doubtful_amount_puts_its_table_in_doubt(sample_dataset: Path) -> None:
    disclosure = disclosure_of(sample_dataset)
    facts = [dict(row) for row in disclosure.rows["facts"]]
    last = next(row for row in reversed(facts) if row["table"] == "summary")
    last["certainty"] = "doubtful"
    found = disclosure_of(sample_dataset, facts=facts)
    total = summarize(found).money.revenue
    assert total is not None
    assert doubt_about(found, total) is not None
    assert "doubtful" in flags_of("revenue", summarize(found), total)


def test_lines_of_several_units_are_said_to_be_printed_by_unit(sample_dataset: Path) -> None:
    disclosure = disclosure_of(sample_dataset)
    tables = ("basic_expenditure", "appropriation_basic")
    facts = [dict(row) for row in disclosure.rows["facts"]]
    for number, row in enumerate(row for row in facts if row["table"] in tables):
        row["budget_unit"] = "甲站" if number % 2 else "乙站"
    found = disclosure_of(sample_dataset, facts=facts)
    assert summarize(found).money.economic == ()
    assert why_missing(found, "economic").key == "by_unit"
    assert flags_of("wages", summarize(found), None) == ["by_unit"]


def test_a_figure_of_another_document_is_not_in_doubt(sample_dataset: Path) -> None:
    disclosure = disclosure_of(sample_dataset, unmapped=[unmapped("summary", 9)])
    place = Place("other", 1, (0.0, 0.0, 1.0, 1.0), "1", table="summary")  # type: ignore[arg-type]
    assert doubt_about(disclosure, Figure(1.0, (place,))) is None


def shown(dataset: Path, disclosure: DisclosureRows) -> View:
    told = truth(NAME)
    whole = view(bk.read_dataset(dataset), told["department"], told["scope"], told["year"])
    return replace(whole, years=(summarize(disclosure),))


def test_a_report_shows_not_read_instead_of_a_figure_in_doubt(sample_dataset: Path) -> None:
    report = shown(
        sample_dataset, disclosure_of(sample_dataset, unmapped=[unmapped("basic_expenditure", 9)])
    )
    assert report.unknown(report.now.money.personnel, "economic") == "未读出（见第 9 页）"
    assert report.unknown_per_head == "未读出（见第 9 页）"
    assert report.unknown(report.now.money.revenue, "revenue") == ""


def test_people_that_are_not_found_are_not_undisclosed_in_a_document_read_in_part(
    sample_dataset: Path,
) -> None:
    report = shown(sample_dataset, partly_read(disclosure_of(sample_dataset)))
    assert report.no_staff("no_staff") == "没有读到人员数，无法算人均"


def test_a_final_account_is_never_joined_to_a_budget(sample_dataset: Path) -> None:
    disclosure = disclosure_of(sample_dataset)
    account = replace(
        disclosure,
        documents=tuple(row | {"kind": "final_account"} for row in disclosure.documents),
    )
    assert account.is_final_account
    assert not disclosure.is_final_account
