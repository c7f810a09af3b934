"""The page that lists the reports: what it says, and in a browser what it does."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import budgetkit as bk
from budgetkit.checks.audit.run import audit
from budgetkit.extraction.extract import extract
from budgetkit.render.labels import Labels
from budgetkit.report.index import (
    IndexLine,
    comparison_beside,
    index_page,
    left_out,
    messages,
    with_findings,
)
from tests.helpers.runs import GOOD
from tests.helpers.truth import NAMES

REGIONS = ("昌吉州", "云汀州", "")


def lines(number: int) -> list[IndexLine]:
    return [
        IndexLine(
            f"第{i // 3}局", "department", 2023 + i % 3, f"r{i}.html", region=REGIONS[i % 3],
            problem="cell 4 stopped with <ValueError>: no" if i % 50 == 7 else "",
            notebook=f"failed/r{i}.ipynb" if i % 50 == 7 else "",
            expenditure=float(i * 11), n_facts=i,
        )
        for i in range(number)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def dataset(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    (folder / "broken.pdf").write_bytes(b"no PDF")
    extract([corpus / GOOD, folder / "broken.pdf"], folder / "dataset", jobs=0)
    return folder / "dataset"


def test_it_lists_each_report_with_what_failed_and_why(dataset: Path) -> None:
    say = Labels("zh")
    page = index_page(lines(60), left_out(bk.read_dataset(dataset), say), say)
    assert "报告的第4段程序出错：“&lt;ValueError&gt;: no”" in page
    assert 'href="r7.html"' not in page
    assert 'href="failed/r7.ipynb"' in page
    assert all(f'href="r{i}.html"' in page for i in range(60) if i % 50 != 7)
    assert "不是PDF文件" in page
    assert page.index("昌吉州</h2>") > 0


def test_the_audit_is_told_where_it_was_run(sample_dataset: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_dataset, tmp_path / "dataset")
    (tmp_path / "dataset" / "checks.parquet").unlink(missing_ok=True)
    dataset = bk.read_dataset(tmp_path / "dataset")
    assert messages(dataset, "zh") == {}
    failed = audit(dataset)
    failed = failed[failed["status"] == "fail"]
    found = messages(bk.read_dataset(tmp_path / "dataset"), "zh")
    assert sum(len(item) for item in found.values()) == len(failed)
    assert len(NAMES) >= len(found) > 0
    key, item = next(iter(found.items()))
    line = IndexLine(key[0], key[1], key[2], "r.html")
    known = with_findings(bk.read_dataset(tmp_path / "dataset"), [line], "zh")
    page = index_page(known, [], Labels("zh"))
    assert f'<summary class="bad">{len(item)}</summary>' in page
    assert item
    assert [m for m in item[:3] if m not in page.replace("&#39;", "'")] == []


def test_the_comparison_is_linked_where_there_is_one(tmp_path: Path) -> None:
    assert comparison_beside(tmp_path) == ""
    (tmp_path / "compare").mkdir()
    (tmp_path / "compare" / "index.html").touch()
    link = comparison_beside(tmp_path)
    page = index_page(lines(3), [], Labels("en"), comparison=link)
    assert '<a href="compare/index.html">Comparison of departments</a>' in page


# --- in a browser ----------------------------------------------------------------------


@pytest.fixture
def large(tmp_path: Path) -> Path:
    page = index_page(lines(1000), [], Labels("zh"))
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    return tmp_path / "index.html"


def visible(page: Any) -> int:
    count: int = page.locator("tr[data-year]:not([hidden])").count()
    return count


@pytest.mark.browser
def test_a_thousand_rows_are_searched_and_chosen_from(browser: Any, large: Path) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url)
            if not request.url.startswith("file:") else None)  # fmt: skip
    page.goto(large.as_uri())
    assert visible(page) == 1000
    page.fill("#search", "第12局 2024")
    assert visible(page) == 1
    page.fill("#search", "")
    page.select_option("#year", "2025")
    assert visible(page) == 333
    page.select_option("#region", "云汀州")
    assert visible(page) == len([i for i in range(1000) if i % 3 == 1 and 2023 + i % 3 == 2025])
    page.select_option("#region", "")
    page.select_option("#year", "")
    page.check("#failed")
    assert visible(page) == 20
    assert page.inner_text("#shown") == "20"
    page.uncheck("#failed")
    assert said == []
    page.close()


@pytest.mark.browser
def test_it_is_read_on_a_phone_without_scrolling_sideways(browser: Any, large: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(large.as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('td')).fontSize)")
    assert size >= 13
    page.close()


@pytest.mark.browser
def test_without_its_script_every_row_is_there(browser: Any, large: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(large.as_uri())
    assert page.locator("tr[data-year]").count() == 1000
    assert not page.is_visible("#tools")
    context.close()
