"""A department's report in a real browser, on a desk and on a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import budgetkit as bk
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
    assert f"{total:,.2f}" in cards.nth(0).inner_text()
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / "report-first.png")
    page.close()


def test_a_figure_leads_to_the_picture_of_its_cell(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 1280, 800)
    page.locator(".card .big a").first.click()
    picture = page.locator(".evidence:target img").first
    box = picture.bounding_box()
    assert 0 <= box["y"] <= 800
    assert picture.evaluate("image => image.naturalWidth") > 300
    page.screenshot(path=SHOTS / "report-evidence.png")
    page.close()


def test_it_is_readable_on_a_telephone(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 390, 844)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    page.screenshot(path=SHOTS / "report-phone.png")
    page.close()
