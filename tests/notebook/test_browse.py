"""A frame in a browser: filtered by column, sorted, and saved."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.notebook.browse import MOST, STILL, browse
from tests.helpers.browser import open_page

FRAME = pd.DataFrame(
    {
        "code": ["30101", "30102", "30201", "303", "total"],
        "name": ["基本工资", "津贴补贴", "办公费 <b>", "=1+1", None],
        "amount": [1200.5, 30.0, -5.0, None, 0.001],
        "year": [2024.0, 2025.0, 2025.0, 2023.0, None],
    }
)
FRAME.attrs["units"] = {"amount": "万元"}


def test_a_frame_is_browsed_without_a_network() -> None:
    html = browse(FRAME)._repr_html_()
    assert "://" not in html
    assert "src=" not in html
    assert "(万元)" in html
    assert len(html) < 20_000


def test_without_a_script_the_first_rows_stand_there() -> None:
    html = browse(pd.DataFrame({"a": range(50)}))._repr_html_()
    assert html.count("<tr>") == STILL + 1
    assert f"the first {STILL} of 50 rows" in html


def test_a_long_frame_is_cut_and_says_so() -> None:
    html = browse(pd.DataFrame({"a": range(MOST + 5)}))._repr_html_()
    assert f'"total":{MOST + 5}' in html
    assert f"[{MOST - 1}]" in html
    assert f"[{MOST}]" not in html


def test_the_language_is_that_of_the_frame() -> None:
    frame = pd.DataFrame({"a": [1]})
    frame.attrs["lang"] = "zh"
    assert "可筛选" in browse(frame)._repr_html_()


def test_a_series_is_a_column() -> None:
    counted = pd.Series(["a", "b", "a"], name="kind").value_counts()
    assert '[["a",2],["b",1]]' in bk.browse(counted)._repr_html_()


@pytest.fixture(scope="class")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with open_page(browse(FRAME)._repr_html_(), tmp_path_factory.mktemp("browse")) as page:
        yield page


@pytest.mark.browser
class TestInABrowser:
    """What a reader does with it."""

    @pytest.fixture(autouse=True)
    def _fresh(self, page: Any) -> None:
        page.reload()

    @staticmethod
    def codes(page: Any) -> list[str]:
        found: list[str] = page.locator("tbody tr td:first-child").all_inner_texts()
        return found

    def test_it_shows_all_rows_with_their_text_as_text(self, page: Any) -> None:
        assert self.codes(page) == FRAME["code"].tolist()
        assert page.locator("tbody b").count() == 0
        assert page.locator(".still").count() == 0
        amounts = page.locator("tbody tr td:nth-child(3)").all_inner_texts()
        assert amounts == ["1,200.50", "30.00", "-5.00", "", "0.0010"]

    @pytest.mark.parametrize(
        ("column", "asked", "codes"),
        [
            (0, "301", ["30101", "30102"]),
            (0, "=303", ["303"]),
            (0, "!30", ["total"]),
            (1, "工资", ["30101"]),
            (1, "=", ["total"]),
            (1, "!", ["30101", "30102", "30201", "303"]),
            (2, ">=30", ["30101", "30102"]),
            (2, "<0", ["30201"]),
            (2, "-10..1", ["30201", "total"]),
            (2, ">1,000", ["30101"]),
            (3, "2025", ["30102", "30201"]),
            (3, "!=2025", ["30101", "303"]),
            (3, "none", []),
        ],
    )
    def test_it_filters_by_column(
        self, page: Any, column: int, asked: str, codes: list[str]
    ) -> None:
        page.locator(".filters input").nth(column).fill(asked)
        page.wait_for_timeout(30)
        assert self.codes(page) == codes
        assert page.locator(".count").inner_text() == str(len(codes))
        page.locator(".clear").click()
        assert len(self.codes(page)) == len(FRAME)

    def test_filters_and_search_together(self, page: Any) -> None:
        page.locator(".bar input").fill("2025")
        page.locator(".filters input").nth(2).fill(">0")
        page.wait_for_timeout(30)
        assert self.codes(page) == ["30102"]

    def test_it_sorts_up_down_and_back(self, page: Any) -> None:
        head = page.locator("thead tr:first-child th", has_text="amount")
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "ascending"
        assert self.codes(page) == ["30201", "total", "30102", "30101", "303"]
        head.locator("button").click()
        assert self.codes(page) == ["30101", "30102", "total", "30201", "303"]
        head.locator("button").click()
        assert self.codes(page) == FRAME["code"].tolist()

    def test_names_sort_as_in_a_dictionary(self, page: Any) -> None:
        page.locator("thead tr:first-child th button", has_text="name").click()
        names = page.locator("tbody tr td:nth-child(2)").all_inner_texts()
        assert [name for name in names if name][-3:] == ["办公费 <b>", "基本工资", "津贴补贴"]

    def test_it_saves_what_it_shows(self, page: Any, tmp_path: Path) -> None:
        page.locator(".filters input").nth(2).fill("<=30")
        page.locator("thead tr:first-child th button", has_text="amount").click()
        page.wait_for_timeout(30)
        with page.expect_download() as download:
            page.locator(".save").click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        assert file.name == "rows.csv"
        assert file.read_bytes().startswith(b"\xef\xbb\xbfcode,")
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.reader(opened))
        assert rows == [
            ["code", "name", "amount", "year"],
            ["30201", "办公费 <b>", "-5", "2025"],
            ["total", "", "0.001", ""],
            ["30102", "津贴补贴", "30", "2025"],
        ]

    def test_a_text_that_looks_like_a_formula_is_saved_as_text(
        self, page: Any, tmp_path: Path
    ) -> None:
        page.locator(".filters input").nth(0).fill("=303")
        page.wait_for_timeout(30)
        with page.expect_download() as download:
            page.locator(".save").click()
        download.value.save_as(tmp_path / "saved.csv")
        assert "303,'=1+1,,2023" in (tmp_path / "saved.csv").read_text(encoding="utf-8-sig")


@pytest.mark.browser
def test_ten_thousand_rows_are_fast(tmp_path: Path) -> None:
    frame = pd.DataFrame({f"column {n}": range(n, MOST + n) for n in range(12)})
    frame["name"] = [f"单位{n % 97}" for n in range(MOST)]
    with open_page(browse(frame)._repr_html_(), tmp_path) as page:
        assert page.locator("tbody tr").count() < 500
        seconds = page.evaluate(
            """() => { const start = performance.now();
              document.querySelectorAll('thead th button')[12].click();
              document.querySelectorAll('thead th button')[3].click();
              return (performance.now() - start) / 1000; }"""
        )
        assert seconds < 2
        page.locator(".filters input").nth(12).fill("单位96")
        page.wait_for_function("document.querySelector('.count').textContent === '103'")
        page.locator(".clear").click()
        page.locator(".box").evaluate("box => { box.scrollTop = box.scrollHeight; }")
        page.wait_for_function("document.querySelectorAll('tbody tr').length >= 400")
