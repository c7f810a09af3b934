"""The index of a site in a browser: a thousand departments, searched from a disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from budgetkit.report.index import LeftOut
from budgetkit.schema import Field
from budgetkit.site.case_pages import Finding
from budgetkit.site.downloads import DataFolder, Download, TableFiles
from budgetkit.site.entries import Amount
from budgetkit.site.site_pages import write_pages
from budgetkit.site.site_words import SiteWords
from tests.conftest import SHOTS
from tests.helpers.sites import entry, many, site_of

pytestmark = pytest.mark.browser

#: What a department of a hostile PDF may be called, and a search that finds it.
HOSTILE, ASKED = '<img src=x onerror="globalThis.broken=1">局', "onerror"
#: Milliseconds that an answer to a search may take, on a slow machine.
PATIENCE = 400


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "data").mkdir()
    entries = [*many(1000), entry(HOSTILE, 2025, note="</script>", status="partial")]
    findings = {
        one.key: [Finding("d", f"{one.key.department}合计不符", True, "sum")]
        for one in entries
        if one.key.year == 2025
    }
    left_out = [LeftOut("broken.pdf", "is not a PDF")]
    contents = site_of(entries, findings=findings, left_out=left_out)
    write_pages(contents, folder, SiteWords("zh"))
    return folder


@pytest.fixture
def page(browser: Any, site: Path) -> Any:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.said.append(request.url)
            if not request.url.startswith("file:") else None)  # fmt: skip
    page.goto((site / "index.html").as_uri())
    yield page
    assert page.said == []
    page.close()


def rows(page: Any) -> int:
    count: int = page.locator("#list tbody tr").count()
    return count


def total(page: Any) -> str:
    told: str = page.inner_text("#views a[aria-current] small")
    return told


def ask(page: Any, words: str) -> None:
    page.fill("#q", words)
    begin = words.partition(" ")[0]
    page.wait_for_function("begin => location.hash.includes(encodeURIComponent(begin))", arg=begin)


def test_a_thousand_departments_are_paged(page: Any) -> None:
    assert (rows(page), total(page)) == (50, "1,001")
    page.click("#pager button:last-of-type")
    assert "page=2" in page.url
    page.go_back()
    assert "page" not in page.url
    assert rows(page) == 50
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / "site.png")


def test_departments_projects_and_findings_are_searched_at_once(page: Any) -> None:
    ask(page, "砚平第3区 审计局")
    assert (rows(page), total(page)) == (1, "1")
    assert [one.inner_text() for one in page.locator("#views small").all()] == ["1", "15", "1", "0"]
    page.click("#views a:nth-child(2)")
    assert rows(page) == 15
    # The largest come first, until another order is asked for.
    assert page.locator("th[aria-sort='descending']").inner_text().startswith("金额")
    ask(page, "第3号")
    assert total(page) == "3,000"
    assert page.locator("mark").count() == 50


def test_filters_and_search_stand_in_the_address(page: Any, browser: Any) -> None:
    page.select_option("#region", "白沙市")
    page.select_option("#year", "2024")
    page.select_option("#kind", "final_account")
    found = total(page)
    assert 0 < int(found) <= 100
    ask(page, "教育")
    found = total(page)
    other = browser.new_page()
    other.goto(page.url)
    assert (total(other), other.input_value("#q")) == (found, "教育")
    assert other.input_value("#kind") == "final_account"
    other.click("#clear")
    assert total(other) == "1,001"
    other.close()


def test_a_column_is_sorted_and_what_is_not_disclosed_comes_last(page: Any) -> None:
    page.click("th button:has-text('支出总计')")
    first = page.inner_text("#list tbody tr:first-child td:nth-child(3)")
    assert first.startswith("13,014.00")
    assert page.locator("th[aria-sort='descending']").count() == 1
    page.click("th button:has-text('支出总计')")
    assert page.locator("th[aria-sort='ascending']").count() == 1


def test_an_amount_that_is_not_zero_never_looks_like_zero(browser: Any, tmp_path: Path) -> None:
    sizes = {"甲局": 664.08, "乙局": 64.08, "丙局": 0.5, "丁局": 0.0012, "戊局": 0.0}
    (tmp_path / "data").mkdir()
    found = [entry(name, 2025, expenditure=Amount(size)) for name, size in sizes.items()]
    write_pages(site_of(found), tmp_path, SiteWords("en"))
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri() + "#sort=-spent")
    cells = page.locator("#list tbody td:nth-child(3)").all_inner_texts()
    assert cells == ["6.64", "0.6408", "0.0050", "0.000012", "0.00"]
    assert "Amounts in million yuan, those per head in yuan." in page.inner_text("main")
    page.close()


def test_what_failed_is_listed_with_its_reason(page: Any) -> None:
    page.select_option("#state", "partial")
    assert total(page) == "21"
    assert "cell 4 stopped with <ValueError>: no" in page.text_content("#list")
    page.select_option("#state", "")
    page.click("#views a:last-child")
    assert "is not a PDF" in page.inner_text("#list")


def test_what_a_pdf_says_is_text(page: Any) -> None:
    ask(page, ASKED)
    assert HOSTILE in page.inner_text("#list")
    assert page.evaluate("globalThis.broken") is None
    assert page.locator("#list img").count() == 0


def test_an_answer_is_there_without_a_lag(page: Any) -> None:
    seconds = page.evaluate("""() => {
      const begin = performance.now();
      location.hash; const input = document.getElementById("q");
      return new Promise(done => {
        new MutationObserver(() => done(performance.now() - begin))
          .observe(document.getElementById("list"), { childList: true });
        input.value = "望江"; input.dispatchEvent(new Event("input"));
      });
    }""")
    assert seconds < PATIENCE


@pytest.mark.parametrize("width", [1440, 768, 390, 360])
def test_it_is_read_without_scrolling_sideways(browser: Any, site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for hash in ("", "#view=projects", "#view=findings"):
        page.goto((site / "index.html").as_uri() + hash)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto((site / "data" / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_table_of_the_data_page_leads_to_its_columns(browser: Any, tmp_path: Path) -> None:
    file = Download("facts.csv", 1200, "0" * 64)
    fields = (Field("amount", "number", "万元"),)
    tables = (TableFiles("facts", fields, 3, file, file, None),)
    (tmp_path / "data").mkdir()
    contents = site_of([entry("甲局", 2025)], data=DataFolder(tables, "0" * 64, 1200))
    write_pages(contents, tmp_path, SiteWords("zh"))
    page = browser.new_page()
    page.goto((tmp_path / "data" / "index.html").as_uri())
    assert not page.is_visible(".dictionary")
    page.click("a[href='#facts']")
    page.wait_for_selector(".dictionary", state="visible")
    assert "金额（万元）" in page.inner_text(".dictionary")
    assert "请用 CSV 或 Parquet" in page.inner_text("main")
    page.close()


def test_without_its_script_every_department_is_there(browser: Any, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator("noscript tr").count() == 1002
    assert not page.is_visible("#tools")
    context.close()


def test_all_that_matches_is_printed(page: Any) -> None:
    page.select_option("#region", "白沙市")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows(page) == 100
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert rows(page) == 50
