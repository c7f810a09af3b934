"""Ranked bars and project lists: what is drawn, what is refused, what is said below."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib as mpl
import pandas as pd
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

import budgetkit as bk


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def costs(**more: object) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "department": ["甲局", "乙局", "丙局"],
            "scope": "department",
            "year": 2025,
            "measure": "wages_per_head",
            "name": "人均",
            "value": pd.array([3.5, 12.25, None], dtype="Float64"),
            "unit": "万元/人",
            "note": ["", "", "没有公开在职人数"],
            "documents": ["a", "b", "c"],
        }
    )
    return frame.assign(**more)


def texts(ax: plt.Axes) -> str:
    return "\n".join(text.get_text() for text in ax.texts)


def test_the_highest_is_on_top_and_the_frame_is_kept() -> None:
    ax = bk.plot.ranked(costs())
    assert [text.get_text() for text in ax.get_yticklabels()] == ["乙局", "甲局"]
    assert bk.plot.drawn(ax)["documents"].tolist() == ["b", "a"]


def test_what_is_not_disclosed_is_counted_below_and_not_drawn() -> None:
    ax = bk.plot.ranked(costs())
    assert len(ax.patches) == 2
    assert "未列 1 行：没有公开在职人数 1 行" in texts(ax)
    assert "来源：a、b（2025 年）" in texts(ax)


def test_it_draws_on_the_axes_that_it_is_given_in_chinese() -> None:
    _, axes = plt.subplots(1, 2)
    assert bk.plot.ranked(costs(), ax=axes[1]) is axes[1]
    (name, _) = axes[1].get_yticklabels()
    assert name.get_fontfamily() == ["Noto Sans SC"]
    assert not axes[0].patches


def test_a_figure_in_doubt_is_hatched_and_marked() -> None:
    ax = bk.plot.ranked(costs(doubt=[True, False, False]))
    assert [patch.get_hatch() for patch in ax.patches] == [None, "////"]
    assert ax.get_yticklabels()[1].get_text() == "甲局 ※"
    assert "※ 要存疑" in texts(ax)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"year": [2024, 2025, 2025]}, "the years 2024, 2025, which are not compared"),
        ({"scope": ["unit", "department", "unit"]}, "a department contains its unit"),
        ({"department": "甲局"}, "several rows for 甲局"),
        ({"measure": ["a", "b", "c"]}, r"has 3 measures \(a, b, c\)"),
    ],
)
def test_what_does_not_compare_is_refused(change: dict[str, object], problem: str) -> None:
    with pytest.raises(bk.UsageError, match=problem):
        bk.plot.ranked(costs(**change))


def test_a_wide_frame_will_do() -> None:
    wide = pd.DataFrame({"department": ["甲局", "乙局"], "active": [4, 9]})
    wide.attrs["units"] = {"active": "人"}
    ax = bk.plot.ranked(wide, "active", color="#D55E00")
    assert ax.get_xlabel() == "人"
    assert [text.get_text() for text in ax.texts[:2]] == ["9", "4"]


def test_a_measure_that_is_not_there_is_suggested() -> None:
    with pytest.raises(bk.UsageError, match="did you mean wages_per_head"):
        bk.plot.ranked(costs(), "wages_per_had")


def test_projects_of_several_departments_are_told_apart() -> None:
    frame = pd.DataFrame(
        {"name": ["修路", "修路"], "amount": [2.0, 5.0], "department": ["甲局", "乙局"]}
    )
    ax = bk.plot.projects(frame)
    assert [text.get_text() for text in ax.get_yticklabels()] == ["修路\n乙局", "修路\n甲局"]


def test_axes_without_a_figure_of_ours_say_so() -> None:
    _, ax = plt.subplots()
    with pytest.raises(bk.UsageError, match=r"nothing of bk\.plot"):
        bk.plot.drawn(ax)
