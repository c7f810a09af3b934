"""How disclosures, datasets, tables and frames show themselves in a notebook."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.render.highlight import CELLS, OUTLINE
from tests.helpers.rewritten import rewrite
from tests.helpers.truth import truth

CHANGJI = "changji-kjj-2025"


@pytest.fixture(scope="module")
def disclosure(corpus: Path) -> bk.Disclosure:
    return bk.read_disclosure(corpus / f"{CHANGJI}.pdf")


class Grid(HTMLParser):
    """Cells of an HTML table, spans laid out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, int, int]]] = []
        self._cell: tuple[int, int] | None = None
        self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self._cell = (int(given.get("colspan") or 1), int(given.get("rowspan") or 1))
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self._cell:
            self.rows[-1].append((self._text, *self._cell))


def test_a_disclosure_says_what_was_read(disclosure: bk.Disclosure) -> None:
    card = disclosure._repr_html_()
    assert "昌吉回族自治州科学技术局 2025" in card
    assert f"{len(disclosure.facts)} figures in {len(disclosure.tables)} tables" in card
    assert "nothing unmapped" in card
    assert "仅供教学" in card


def test_a_dataset_says_what_failed_and_what_is_unmapped(
    sample_dataset: Path, tmp_path: Path
) -> None:
    out = tmp_path / "dataset"
    shutil.copytree(sample_dataset, out, ignore=shutil.ignore_patterns("checks.*"))
    documents = pd.read_parquet(out / "documents.parquet", dtype_backend="numpy_nullable")
    documents.loc[0, ["status", "error"]] = ["failed", "is not a <PDF>"]
    documents.loc[1, "n_unmapped"] = 3
    rewrite(out, "documents", documents)
    card = bk.read_dataset(out)._repr_html_()
    assert "21 disclosures" in card
    assert "3 printed amounts are unmapped" in card
    assert "is not a &lt;PDF&gt;" in card
    assert "not audited yet" in card


def test_a_table_shows_as_printed_with_its_merged_headers(disclosure: bk.Disclosure) -> None:
    html = disclosure.table("basic_expenditure")._repr_html_()
    rows = Grid(html).rows
    spans = {text: (across, down) for row in rows for text, across, down in row if text}
    assert max(across for across, _ in spans.values()) > 1
    assert any(down > 1 for _, down in spans.values())
    widths = [sum(across for _, across, _ in row) for row in rows]
    assert max(widths) == widths[0]
    printed = {text for row in rows for text, _, _ in row}
    amounts = {
        f"{fact['value']:.2f}"
        for fact in truth(CHANGJI)["facts"]
        if fact["table"] == "basic_expenditure" and fact["value"]
    }
    assert amounts <= {text.replace(",", "") for text in printed}


def test_a_table_runs_over_all_its_pages(corpus: Path) -> None:
    audit = bk.read_disclosure(corpus / "yunting-sjj-2023.pdf")
    tables = audit.tables.set_index("table")["pages"]
    name = next(t for t, pages in tables.items() if len(str(pages).split()) > 1)
    shown = audit.table(str(name))
    assert [grid.grid.page for grid in shown.grids] == [int(n) for n in tables[name].split()]


def test_a_table_that_there_is_not(disclosure: bk.Disclosure) -> None:
    with pytest.raises(bk.UsageError, match="no table 'sumary'; did you mean summary"):
        disclosure.table("sumary")
    with pytest.raises(bk.UsageError, match="is there once, and there is no number 2; take 1"):
        disclosure.table("summary", 2)


def test_a_page_shows_its_cells_and_figures(disclosure: bk.Disclosure) -> None:
    facts = disclosure.facts
    page = int(facts[facts["table"] == "basic_expenditure"]["page"].iloc[0])
    colors = {color for _, color in disclosure.page(page).getcolors(1 << 24)}
    assert {CELLS, OUTLINE} <= colors
    prose = disclosure.page(1)
    assert OUTLINE not in {color for _, color in prose.getcolors(1 << 24)}


def test_a_fact_is_located_in_its_cell(sample_dataset: Path) -> None:
    ds = bk.read_dataset(sample_dataset)
    facts = ds.facts[ds.facts["document"] == CHANGJI]
    fact = facts[facts["table"] == "basic_expenditure"].iloc[0]
    picture = ds.locate(fact)
    assert picture.tobytes() == ds.locate(fact["fact_id"]).tobytes()
    # The outline of the figure is where the fact says, two pixels a point.
    x, y = round((fact["x0"] - 3) * 2), round(fact["top"] + fact["bottom"])
    assert any(picture.getpixel((x + dx, y)) == OUTLINE for dx in range(-2, 6))
    blue = [x for x in range(picture.width) if picture.getpixel((x, y)) == CELLS]
    assert min(blue) < fact["x0"] * 2 < fact["x1"] * 2 < max(blue)
