"""Pages beside rows: a click on a row shows where it is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.notebook import page_viewer as module
from budgetkit.render.highlight import SCALE
from tests.helpers.browser import open_page

CHANGJI = "changji-kjj-2025"


@pytest.fixture(scope="module")
def disclosure(corpus: Path) -> bk.Disclosure:
    return bk.read_disclosure(corpus / f"{CHANGJI}.pdf")


def data_of(html: str) -> dict[str, Any]:
    start = html.index('<script type="application/json">') + 32
    found: dict[str, Any] = json.loads(html[start : html.index("</script>", start)])
    return found


@pytest.fixture(scope="module")
def three(disclosure: bk.Disclosure) -> pd.DataFrame:
    facts = disclosure.facts
    return facts[facts["table"] == "three_public"]


def test_every_row_has_its_place_on_its_page(
    disclosure: bk.Disclosure, three: pd.DataFrame
) -> None:
    data = data_of(disclosure.viewer(three)._repr_html_())
    assert len(data["pages"]) == len(disclosure.pages)
    places = [
        (data["pages"][place[0]]["number"], *place[1:]) for places in data["at"] for place in places
    ]
    boxes = three[["page", "x0", "top", "x1", "bottom"]].values.tolist()
    assert len(places) == len(boxes)
    for place, box in zip(places, boxes, strict=True):
        assert list(place) == pytest.approx(box, abs=0.06)
    assert data["pages"][data["start"]]["number"] == three["page"].iloc[0]
    assert all(page["src"].startswith("data:image/png;base64,") for page in data["pages"])


def test_it_asks_for_nothing(disclosure: bk.Disclosure, three: pd.DataFrame) -> None:
    html = disclosure.viewer(three)._repr_html_()
    assert "://" not in html
    assert html.count('src="data:image/png') == 1  # the still picture


def test_it_shows_the_rows_that_it_is_given(disclosure: bk.Disclosure) -> None:
    shown = disclosure.viewer(disclosure.checks())
    assert {"check", "status"} <= set(shown.columns)
    assert "x0" not in shown.columns
    two = next(places for places in shown.places if len(places) == 2)
    assert all(1 <= place.page <= len(disclosure.pages) for place in two)
    assert disclosure.viewer(disclosure.unmapped).pages == shown.pages
    with pytest.raises(bk.UsageError, match="no column 'amuont'; did you mean amount"):
        disclosure.viewer(columns=["amuont"])


def test_a_dataset_shows_the_pages_of_its_rows(sample_dataset: Path) -> None:
    ds = bk.read_dataset(sample_dataset)
    costs = ds.compare(["wages_per_head"], year=2025, lang="en")
    data = data_of(ds.viewer(costs)._repr_html_())
    assert 0 < len(data["pages"]) <= module.MOST_PAGES
    assert [len(places) for places in data["at"]] == [
        len(str(places).split()) for places in costs["places"]
    ]
    assert CHANGJI in data["pages"][0]["name"]
    with pytest.raises(bk.UsageError, match="no row says where it is printed"):
        ds.viewer(ds.documents)


def test_rows_of_another_document_are_refused(
    disclosure: bk.Disclosure, sample_dataset: Path
) -> None:
    facts = bk.read_dataset(sample_dataset).facts
    with pytest.raises(bk.UsageError, match="is another document"):
        disclosure.viewer(facts)


def test_pages_that_are_too_many_are_left_out_and_counted(
    disclosure: bk.Disclosure, three: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 3)
    shown = disclosure.viewer(three)
    assert (CHANGJI, int(three["page"].iloc[0])) in shown.pages
    assert len(shown.pages) == 3
    assert f"{len(disclosure.pages) - 3} pages are left out" in shown._repr_html_()


@pytest.mark.browser
def test_pages_turn_and_rows_are_outlined(
    disclosure: bk.Disclosure, three: pd.DataFrame, tmp_path: Path
) -> None:
    facts = disclosure.facts
    rows = pd.concat([three, facts[facts["table"] == "summary"]])
    with open_page(disclosure.viewer(rows)._repr_html_(), tmp_path) as page:
        choice, picture = page.locator(".left select"), page.locator(".sheet img")
        assert picture.evaluate("image => image.naturalWidth") > 900
        line = page.locator("tbody tr").nth(len(three))
        line.click()
        number = int(rows["page"].iloc[len(three)])
        assert (
            choice.locator("option:checked").inner_text()
            == f"page {number} / {len(disclosure.pages)}"
        )
        assert "chosen" in line.get_attribute("class")
        # The outline stands where the fact says, in shares of the page.
        fact = rows.iloc[len(three)]
        share = page.evaluate(
            """() => { const mark = document.querySelector('.mark.chosen').getBoundingClientRect();
              const sheet = document.querySelector('.sheet').getBoundingClientRect();
              return (mark.left + mark.width / 2 - sheet.left) / sheet.width; }"""
        )
        width = disclosure.page(number).width / SCALE
        assert share == pytest.approx((fact["x0"] + fact["x1"]) / 2 / width, abs=0.004)
        old = picture.get_attribute("src")
        page.locator("button[title='next page']").click()
        assert picture.get_attribute("src") != old
        page.locator("button[title='page before']").click()
        assert picture.get_attribute("src") == old
        narrow = picture.bounding_box()["width"]
        page.locator("button[title='larger']").click()
        assert picture.bounding_box()["width"] == pytest.approx(1.25 * narrow, rel=0.01)
        # A click on a figure marks its row; the arrow keys go on from there.
        page.locator("button[title='fit the width']").click()
        page.locator(".mark").nth(1).click()
        assert page.locator("tr.chosen").inner_text().startswith(str(number))
        page.locator(".side .box").press("ArrowDown")
        assert page.locator("tr.chosen").count() == 1


@pytest.mark.browser
def test_without_scripts_a_picture_and_rows_stand_there(
    disclosure: bk.Disclosure, three: pd.DataFrame, tmp_path: Path
) -> None:
    with open_page(disclosure.viewer(three)._repr_html_(), tmp_path, scripts=False) as page:
        assert page.locator(".still img").is_visible()
        assert page.locator(".still tbody tr").count() == len(three)
