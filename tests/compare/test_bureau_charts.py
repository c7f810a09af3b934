"""Figures: what they show is the data, labels don't collide at thirty bureaus, no glyph lacks."""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from budgetkit.api import read_dataset
from budgetkit.compare import bureau_charts as figures
from budgetkit.compare.comparison import BureauComparison
from budgetkit.compare.icicle import icicle, layout
from budgetkit.render.charts import style
from budgetkit.render.fonts import missing_glyphs
from tests.helpers.truth import amount, truth

#: Names as long as they get, and a change that is far larger than the others.
NAMES = [f"某某自治州某某区人民政府第{n}街道办事处（虚构）" for n in range(1, 31)]
KINDS = {"published": "已公开", "invented": "虚构", "doubt": "要存疑"}


def _ranking() -> Any:
    values = [30.0 - n / 2 for n in range(30)]
    data = pd.DataFrame({"name": NAMES, "value": values, "text": [f"{v:.2f}" for v in values],
                         "origin": ["published", "invented"] * 15,
                         "doubt": [n % 7 == 0 for n in range(30)]})  # fmt: skip
    return figures.ranking(data, "万元/人", KINDS)


def _changes() -> Any:
    values = [250.0, *(float(n - 14) for n in range(29))]
    data = pd.DataFrame({"name": NAMES, "change": values,
                         "text": [f"{v:+.1f}% (+12,345.67)" for v in values]})  # fmt: skip
    return figures.changes(data, "%")


def _stacked() -> Any:
    data = pd.DataFrame({"name": NAMES, "a": range(30), "b": [None, *range(29)]})
    return figures.stacked(data, {"a": "人员经费", "b": "公用经费"}, "万元")


def _dots() -> Any:
    data = pd.DataFrame({"name": NAMES, "a": range(30), "b": range(30, 60), "c": [None] * 30})
    return figures.dots(data, {"a": "在职", "b": "编制", "c": "退休"}, "人")


def _heatmap() -> Any:
    columns = [
        "一般公共服务支出",
        "社会保障和就业支出",
        "文化旅游体育与传媒支出",
        "住房保障支出",
    ] * 4
    data = pd.DataFrame([[6.25] * 16] * 30, index=NAMES, columns=columns)
    return figures.heatmap(data, "%")


def _spread() -> Any:
    rows = [{"measure": m, "name": name, "amount": n * n} for m in ("a", "b", "c")
            for n, name in enumerate(NAMES)]  # fmt: skip
    return figures.distributions(pd.DataFrame(rows), {"a": "人均", "b": "占比", "c": "三公"})


def texts(figure: Any) -> Iterator[Any]:
    """Texts that are drawn; matplotlib keeps ticks beyond the edges, and draws none of them."""
    from matplotlib.text import Text

    beyond = {
        id(text)
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        for text in (tick.label1, tick.label2)
    }
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and id(text) not in beyond:
            yield text


@pytest.mark.parametrize("make", [_ranking, _changes, _stacked, _dots, _heatmap, _spread])
def test_labels_do_not_collide_at_thirty_bureaus(make: Any) -> None:
    with style():
        figure = make()
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        width, height = canvas.get_width_height()
        boxes = []
        for text in texts(figure):
            box = text.get_window_extent(renderer)
            if text.get_rotation() == 0 and box.width > 1:
                boxes.append((text.get_text(), box))
    outside = [
        words
        for words, box in boxes
        if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]
    collisions = [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]
    assert outside == []
    assert collisions == []


def test_texts_of_an_icicle_stay_in_their_parts(sample_dataset: Path) -> None:
    ds = read_dataset(sample_dataset)
    departments = sorted(set(ds.documents["department"]))
    assert len(departments) == 7
    for department in departments:
        data = ds.drill(department, 2025)
        figure = icicle(data)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        boxes = [text.get_window_extent(canvas.get_renderer()) for text in texts(figure)]
        for a, b in combinations(boxes, 2):
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert min(wide, high) <= 1, department


def test_parts_of_an_icicle_are_as_high_as_their_amounts(sample_dataset: Path) -> None:
    data = read_dataset(sample_dataset).drill("云汀自治州教育局", 2025)
    parts = {part.node: part for part in layout(data)}
    whole = data.loc[data["level"] == 0, "amount"].iloc[0]
    for node, size in zip(data["node"], data["amount"], strict=True):
        if node != "total":
            assert parts[node].y1 - parts[node].y0 == pytest.approx(size / whole, abs=1e-4)
    tops = sorted((p.y0, p.y1) for p in parts.values() if p.level == 1)
    assert all(a[1] == pytest.approx(b[0]) for a, b in pairwise(tops))


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest, sample_dataset: Path) -> BureauComparison:
    return BureauComparison(read_dataset(sample_dataset), lang=request.param)


def test_no_figure_lacks_a_glyph(page: BureauComparison) -> None:
    pictures = list(page.pictures())
    assert len(pictures) == 19
    for picture in pictures:
        figure = picture.draw(picture.data)
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # matplotlib warns of a glyph that it has not
            FigureCanvasAgg(figure).draw()
        assert missing_glyphs(picture.title + picture.source) == "", picture.id
        for text in texts(figure):
            assert missing_glyphs(text.get_text().replace("\n", "")) == "", picture.id


def test_a_missing_glyph_is_noticed() -> None:
    with style():
        figure = figures.ranking(
            pd.DataFrame({"name": ["𠮷"], "value": [1.0], "text": ["1.00"],
                          "origin": ["published"], "doubt": [False]}), "万元", KINDS)  # fmt: skip
        assert [t.get_text() for t in texts(figure) if "𠮷" in t.get_text()] == []
        figure.text(0.5, 0.5, "𠮷")
        with pytest.warns(UserWarning, match="Glyph"):
            FigureCanvasAgg(figure).draw()


def _data(page: BureauComparison, name: str) -> pd.DataFrame:
    picture = page.gallery.picture(name)
    assert picture is not None
    return picture.data


def test_the_data_behind_each_figure(sample_dataset: Path) -> None:
    page = BureauComparison(read_dataset(sample_dataset), lang="zh")
    names = [picture.id for picture in page.pictures()]
    assert names == [
        "per_head", "staffing", "cost", "money", "changes", "years", "distributions", "projects",
        "functions", "classes", "three_public", "dependence", *(f"drill-{n}" for n in range(1, 8)),
    ]  # fmt: skip
    per_head = _data(page, "per_head").set_index("name")
    assert per_head["value"].round(2).to_dict() == {
        "云汀自治州民政局（虚构）": 17.64,
        "昌吉回族自治州科学技术局": 17.44,
        "云汀自治州交通运输局（虚构）": 17.27,
        "云汀自治州教育局（虚构）": 15.72,
        "云汀自治州审计局（虚构）": 15.11,
    }
    staffing = _data(page, "staffing").set_index("name").loc["昌吉回族自治州科学技术局"]
    assert staffing[["active", "authorized", "retired"]].tolist() == [25, 27, 19]
    changes = _data(page, "changes").iloc[0]
    assert changes["name"] == "云汀自治州交通运输局（虚构）"
    assert (changes["before"], changes["now"]) == (3522.03, 4600.94)
    years = _data(page, "years").set_index("name").loc["云汀自治州教育局（虚构）"]
    assert years[["2023", "2024", "2025"]].tolist() == [3090.26, 3192.97, 3283.88]
    assert _data(page, "three_public").iloc[0][["reception", "vehicle_operation"]].tolist() == [
        2.49, 18.73]  # fmt: skip
    projects = _data(page, "projects").set_index("name")
    assert projects.loc["昌吉回族自治州科学技术局 (3)", "value"] == pytest.approx(50 / 72 * 100)


def test_shares_by_class_add_to_a_hundred(page: BureauComparison) -> None:
    for name in ("functions", "classes"):
        assert (_data(page, name).sum(axis=1) - 100).abs().max() < 0.01


def test_every_figure_says_its_sources_and_what_it_shows(page: BureauComparison) -> None:
    pictures = list(page.pictures())
    assert len(pictures) == 19
    for picture in pictures:
        assert "2023-02-10" in picture.source
        assert "2025-02-20" in picture.source
        assert len(picture.alt) > 15
        assert picture.title
        assert not re.search(r"[{}]", picture.alt + picture.title)


def test_the_files_carry_title_words_and_source(page: BureauComparison) -> None:
    picture = page.gallery.picture("per_head")
    assert picture is not None
    text, png = picture.files()
    assert text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert f"<desc>{picture.alt}</desc>" in text
    assert picture.files() == (text, png)
    chunks = dict(_chunks(png))
    assert chunks["Description"] == picture.alt


def _chunks(png: bytes) -> Iterator[tuple[str, str]]:
    """Text chunks of a PNG."""
    at = 8
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        if kind == b"iTXt":
            key, rest = body.split(b"\0", 1)
            packed, rest = rest[0], rest[2:].split(b"\0", 2)[2]
            yield key.decode(), (zlib.decompress(rest) if packed else rest).decode()
        elif kind == b"tEXt":
            key, rest = body.split(b"\0", 1)
            yield key.decode("latin-1"), rest.decode("latin-1")
        at += 12 + length


def test_only_so_many_are_drawn_and_that_is_said(
    page: BureauComparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert figures.MOST_ROWS == 30
    monkeypatch.setattr(figures, "MOST_ROWS", 3)
    found = page.gallery.picture("per_head")
    assert found is not None
    assert len(found.data) == 3
    assert "3" in found.note
    assert "5" in found.note


def test_the_truth_of_the_first_figure() -> None:
    staff = truth("yunting-mzj-2025")["staff"]["active"]
    wages = amount("yunting-mzj-2025", "basic_expenditure", "total", code="301")
    assert wages is not None
    assert round(wages / staff, 2) == 17.64
