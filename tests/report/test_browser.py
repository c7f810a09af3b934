"""A department's report in a real browser, on a desk and on a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

import budgetkit as bk
from budgetkit.render.labels import Labels
from budgetkit.report.render_reports import render_reports
from tests.conftest import SHOTS
from tests.helpers.truth import amount, truth

pytestmark = pytest.mark.browser

NAME = "yunting-jyj-2025"


@pytest.fixture(scope="module")
def report(sample_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reports")
    told = truth(NAME)
    dataset = bk.read_dataset(sample_dataset)
    render_reports(dataset, out, department=told["department"], year=told["year"], lang="en")
    return out / f"{NAME}.html"


def opened(browser: Any, report: Path, width: int, height: int) -> tuple[Any, list[str]]:
    """The report in a window, and every address that it asked for."""
    page = browser.new_page(viewport={"width": width, "height": height})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    return page, asked


def test_the_first_screen_answers_and_loads_nothing(browser: Any, report: Path) -> None:
    page, asked = opened(browser, report, 1280, 800)
    cards = page.locator(".card")
    assert cards.count() == 3
    for i in range(3):
        box = cards.nth(i).bounding_box()
        assert box["y"] + box["height"] <= 800
    total = amount(NAME, "expenditure", "total", code="total")
    assert total is not None
    assert Labels("en").amount(total) in cards.nth(0).inner_text()
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / "report-first.png")
    page.close()


def test_a_figure_opens_to_its_header_and_its_row_where_it_stands(
    browser: Any, report: Path
) -> None:
    page, _ = opened(browser, report, 1280, 800)
    figure = page.locator(".pair td .fig").first
    figure.scroll_into_view_if_needed()
    figure.click()
    shown = page.locator(".evidence:popover-open")
    box = shown.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    assert 0 <= box["y"] <= box["y"] + box["height"] <= 800
    # The picture is there, and the outlined figure lies in what is seen of it.
    crop = shown.locator(".crop").last.bounding_box()
    outlined = shown.locator(".crop rect").bounding_box()
    assert crop["width"] > 300
    assert crop["y"] <= outlined["y"] <= crop["y"] + crop["height"]
    page.screenshot(path=SHOTS / "report-evidence.png")
    page.keyboard.press("Escape")
    assert page.locator(".evidence:popover-open").count() == 0
    page.close()


def test_it_is_six_screens_and_light(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 1440, 900)
    assert page.evaluate("document.documentElement.scrollHeight") <= 6 * 900
    assert page.locator(".evidence").count() > 50
    assert report.stat().st_size < 700 * 1024  # the longest report of the corpus
    page.close()


def test_printed_it_has_its_details_its_pages_and_no_evidence_unless_asked(
    browser: Any, report: Path, tmp_path: Path
) -> None:
    page, _ = opened(browser, report, 1280, 800)
    folded = page.locator("details:not([open]) td").first.inner_text
    printed = []
    for name, address in (("plain", ""), ("appendix", "#appendix")):
        page.goto(report.as_uri() + address)
        file = tmp_path / f"{name}.pdf"
        page.pdf(path=file, prefer_css_page_size=True)
        with pdfium.PdfDocument(file) as pdf:
            printed.append([one.get_textpage().get_text_bounded() for one in pdf])
    plain, appendix = printed
    assert f"1 / {len(plain)}" in plain[0]
    assert folded() in "".join(plain)
    assert f"{NAME}:summary:" not in "".join(plain)
    assert f"{NAME}:summary:" in "".join(appendix)
    assert len(appendix) > len(plain)
    page.close()


def test_it_is_readable_on_a_telephone(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 390, 844)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    page.screenshot(path=SHOTS / "report-phone.png")
    page.close()
