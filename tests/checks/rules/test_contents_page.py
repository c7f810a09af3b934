"""The table of contents against the tables that are there, and their pages."""

from __future__ import annotations

from typing import Any

import pytest

from budgetkit.checks.case import Case
from tests.helpers.cases import PLACE, case, fails, para, run, table

TITLES = {
    "summary": "一、收支总表",
    "revenue": "二、收入总表",
    "expenditure": "三、支出总表",
    "government_fund": "四、政府性基金预算支出表",
}


def entry(title: str, number: int | None = None) -> dict[str, Any]:
    return {"document": "d", "title": title, "printed_page": number} | PLACE | {"page": 2}


def page(number: int, printed: int | None, **fields: Any) -> dict[str, Any]:
    row = {"document": "d", "page": number, "printed": printed, "n_grids": 1, "n_chars": 900}
    return row | fields


def there(*names: str) -> list[dict[str, Any]]:
    return [table(name, title=TITLES[name][2:], pages=str(at)) for at, name in enumerate(names, 4)]


def disclosure(*names: str, **more: Any) -> Case:
    contents = [entry("第二部分2025年部门预算表"), *map(entry, TITLES.values()), entry("名词解释")]
    return case(**{"contents": contents, "tables": there(*names)} | more)


def test_a_table_of_the_contents_that_is_not_there_is_found() -> None:
    assert not fails(disclosure(*TITLES), "contents-table")
    (finding,) = fails(disclosure("summary", "revenue", "expenditure"), "contents-table")
    assert finding.table == "government_fund"
    assert not finding.certain
    assert finding.place is not None
    assert finding.place.page == 2


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"tables": there("summary")}, "skipped-contents-elsewhere"),
        ({"tables": [*there("summary", "revenue", "expenditure"), table("", title="用款表")]},
         "skipped-contents-unknown"),
        ({"paragraphs": [para("政府性基金预算支出表")]}, "skipped-contents-unknown"),
        ({"contents": [*map(entry, TITLES.values()), entry("五、收入甲，收入乙，收入丙表")]},
         "skipped-contents-title"),
        # As a dataset gives a line of the contents that holds dots and a page alone.
        ({"contents": [*map(entry, TITLES.values()), entry("") | {"title": None}]},
         "skipped-contents-title"),
    ],
)  # fmt: skip
def test_nothing_is_said_of_contents_or_tables_that_were_not_understood(
    more: dict[str, Any], why: str
) -> None:
    found = run(disclosure("summary", "revenue", "expenditure", **more), "contents-table")
    assert why in {finding.message for finding in found}
    assert not [finding for finding in found if finding.status == "fail"]


def test_of_two_tables_of_one_kind_neither_stands_for_the_other() -> None:
    contents = [entry(title) for title in (*TITLES.values(), "五、部门预算收入表")]
    found = run(disclosure(*TITLES, contents=contents), "contents-table")
    assert [finding.status for finding in found] == ["pass"] * 4 + ["skipped"]


def paged(*numbers: int, start: int = -2, **more: Any) -> Case:
    contents = [entry(t, n) for t, n in zip(TITLES.values(), numbers, strict=True)]
    pages = [page(n, n + start) for n in range(3, 12)]
    return disclosure(*TITLES, **{"contents": contents, "pages": pages} | more)


def test_pages_are_held_against_the_numbers_that_pages_print() -> None:
    assert not fails(paged(2, 3, 4, 5), "contents-page")
    (finding,) = fails(paged(2, 3, 4, 9), "contents-page")
    assert (finding.words["listed"], finding.words["number"]) == (9, 5)


def test_a_heading_has_its_page_too() -> None:
    contents = [entry(t, n) for t, n in zip(TITLES.values(), (2, 3, 4, 5), strict=True)]
    contents.append(entry("一、主要职责", 7))
    headings = [para("一、主要职责", rank=3, page=8)]
    (finding,) = fails(paged(2, 3, 4, 5, contents=contents, paragraphs=headings), "contents-page")
    assert finding.words["number"] == 6
    twice = [*headings, para("一、主要职责", rank=3, page=9)]
    assert not fails(paged(2, 3, 4, 5, contents=contents, paragraphs=twice), "contents-page")


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (paged(2, 3, 4, 9, pages=[page(n, None) for n in range(3, 12)]),
         "skipped-contents-numbers"),
        (paged(2, 3, 4, 9, pages=[page(n, n - 2 * (n > 7)) for n in range(3, 12)]),
         "skipped-contents-numbers"),
        (paged(4, 5, 6, 7), "skipped-contents-counted"),
    ],
)  # fmt: skip
def test_pages_that_are_not_known_are_not_judged(one: Case, why: str) -> None:
    assert {finding.message for finding in run(one, "contents-page")} == {why}


def test_a_title_may_stand_alone_on_the_page_before_its_table() -> None:
    pages = [page(n, n - 2, n_grids=int(n != 6)) for n in range(3, 12)]
    tables = [*there("summary", "revenue"), table("expenditure", title="支出总表", pages="7 8"),
              table("government_fund", title="政府性基金预算支出表", pages="9")]  # fmt: skip
    assert not fails(paged(2, 3, 4, 7, pages=pages, tables=tables), "contents-page")
    grids = [page(n, n - 2) for n in range(3, 12)]
    assert len(fails(paged(2, 3, 4, 7, pages=grids, tables=tables), "contents-page")) == 1
